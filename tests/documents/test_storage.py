"""What is taken, what is refused, and what is left of a file once it is kept."""

import io
import logging
import random
import threading
from contextlib import suppress
from pathlib import Path

import pypdf
import pytest
from django.core.files.base import ContentFile
from django.db import connection
from PIL import Image
from pypdf.generic import NameObject
from pytest_django.fixtures import Settings

from motcua.documents.inspection import cleaned
from motcua.documents.models import StoredFile
from motcua.documents.storage import FileRefused, keep, path_of, read, shown_name, store_upload
from tests.documents.make_files import (
    LAUNCH,
    SCRIPT,
    SECRET_PLACE,
    dictionary,
    image_bytes,
    jpeg_with_broken_exif,
    jpeg_with_place,
    locked_pdf,
    pdf_bytes,
    pdf_opening,
    pdf_packed,
    pdf_with_annotation,
    pdf_with_attachment,
    pdf_with_link,
    pdf_with_page_action,
    pdf_with_script,
    picture,
    pixel_bomb,
    png_with_text,
    zip_bytes,
)
from tests.make import MONDAY, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_folder(settings: Settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


def send(content: bytes, name: str = "giay-chung-sinh.pdf") -> StoredFile:
    return store_upload(ContentFile(content), name=name, by=None, at=MONDAY)


def refusal_of(content: bytes, name: str = "giay-chung-sinh.pdf") -> FileRefused:
    with pytest.raises(FileRefused) as refused:
        send(content, name)
    assert not StoredFile.objects.exists()
    return refused.value


def test_a_pdf_keeps_its_bytes() -> None:
    content = pdf_bytes()
    sender = make_user()

    kept = store_upload(ContentFile(content), name="Tờ khai.pdf", by=sender, at=MONDAY)

    assert read(kept) == content
    assert (kept.media_type, kept.original_name, kept.size) == ("application/pdf", "Tờ khai.pdf", len(content))
    assert (kept.uploaded_by, kept.uploaded_at) == (sender, MONDAY)


@pytest.mark.parametrize("content", [pdf_with_link(), pdf_packed(b"<</S/GoTo>>")], ids=["link", "object stream"])
def test_a_pdf_that_only_points_somewhere_is_taken(content: bytes) -> None:
    assert send(content).media_type == "application/pdf"


def test_a_photo_loses_place_and_phone_and_stands_upright() -> None:
    sent = jpeg_with_place(orientation=6)
    assert SECRET_PLACE.encode() in sent

    kept = read(send(sent, "anh.jpg"))

    assert SECRET_PLACE.encode() not in kept
    with Image.open(io.BytesIO(kept)) as image:
        assert (image.format, image.size, dict(image.getexif())) == ("JPEG", (40, 60), {})


@pytest.mark.parametrize(
    ("orientation", "corner"), [(1, "TL"), (2, "TR"), (3, "BR"), (4, "BL"), (5, "TL"), (6, "TR"), (7, "BR"), (8, "BL")]
)
def test_every_way_a_phone_was_held_is_turned_upright(orientation: int, corner: str) -> None:
    image = Image.new("L", (60, 40), "white")
    image.paste(0, (0, 0, 16, 16))
    exif = Image.Exif()
    exif[0x0112] = orientation

    kept = read(send(image_bytes("JPEG", image, exif=exif), "anh.jpg"))

    with Image.open(io.BytesIO(kept)) as upright:
        assert upright.size == ((60, 40) if orientation < 5 else (40, 60))
        down = {"T": 4, "B": upright.height - 4}[corner[0]]
        across = {"L": 4, "R": upright.width - 4}[corner[1]]
        assert upright.getpixel((across, down)) == pytest.approx(0, abs=20)


@pytest.mark.filterwarnings("ignore::UserWarning:PIL")
@pytest.mark.parametrize("damage", ["CUT", "ODD", "EMPTY", "ALIEN"])
def test_a_whole_picture_is_taken_though_its_exif_is_damaged(damage: str) -> None:
    kept = read(send(jpeg_with_broken_exif(damage), "anh.jpg"))

    with Image.open(io.BytesIO(kept)) as image:
        assert image.size == (60, 40)


@pytest.mark.filterwarnings("ignore::UserWarning:PIL")
def test_a_damaged_photo_is_taken_or_refused_but_never_a_fault_of_ours() -> None:
    whole, chance = jpeg_with_place(orientation=6), random.Random(7)  # the same damage each time
    for _ in range(120):
        damaged = bytearray(whole)
        for _ in range(chance.randint(1, 4)):
            damaged[chance.randrange(3, min(len(damaged), 700))] = chance.randrange(256)
        with suppress(FileRefused):
            cleaned(bytes(damaged))


def test_what_hides_behind_a_picture_is_gone() -> None:
    kept = read(send(image_bytes("JPEG") + zip_bytes(), "anh.jpg"))

    assert b"PK\x03\x04" not in kept


def test_text_in_a_png_is_gone() -> None:
    kept = send(png_with_text(), "anh.png")

    assert SECRET_PLACE.encode() not in read(kept)
    assert kept.media_type == "image/png"


def test_what_is_transparent_becomes_white() -> None:
    kept = read(send(image_bytes("PNG", Image.new("RGBA", (2, 2), (0, 0, 0, 0))), "chu-ky.png"))

    with Image.open(io.BytesIO(kept)) as image:
        assert image.getpixel((0, 0)) == (255, 255, 255)


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "PA", "RGBA", "I;16"])
def test_every_kind_of_png_is_redrawn(mode: str) -> None:
    image = picture(mode=mode) if mode != "PA" else picture(mode="P")

    assert send(image_bytes("PNG", image), "anh.png").size > 0


def test_a_printers_jpeg_in_cmyk_is_redrawn() -> None:
    assert send(image_bytes("JPEG", picture(mode="CMYK")), "anh.jpg").media_type == "image/jpeg"


def test_a_huge_photo_is_kept_smaller() -> None:
    kept = read(send(image_bytes("JPEG", Image.new("L", (14_000, 7_000))), "anh.jpg"))

    with Image.open(io.BytesIO(kept)) as image:
        assert image.size == (7_000, 3_500)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "EMPTY"),
        (b"%PDF-1.7\n", "BROKEN"),
        (pdf_bytes()[:200], "BROKEN"),
        (pdf_bytes(pypdf.PdfWriter()), "BROKEN"),
        (image_bytes("JPEG")[:300], "BROKEN"),
        (image_bytes("PNG")[:60], "BROKEN"),
        (b"\xff\xd8\xff" + b"x" * 50, "BROKEN"),
        (locked_pdf(), "LOCKED"),
        (pixel_bomb(7_000), "TOO_LARGE"),
        (pixel_bomb(12_000), "TOO_LARGE"),
        (pixel_bomb(20_000), "TOO_LARGE"),
        (pdf_with_script(), "ACTIVE_CONTENT"),
        (pdf_opening(SCRIPT), "ACTIVE_CONTENT"),
        (pdf_opening(LAUNCH), "ACTIVE_CONTENT"),
        (pdf_packed(), "ACTIVE_CONTENT"),
        (pdf_with_page_action(SCRIPT), "ACTIVE_CONTENT"),
        (pdf_with_annotation(dictionary(Subtype=NameObject("/Link"), A=LAUNCH)), "ACTIVE_CONTENT"),
        (pdf_with_annotation(dictionary(Subtype=NameObject("/FileAttachment"))), "ACTIVE_CONTENT"),
        (pdf_with_annotation(dictionary(Subtype=NameObject("/Widget"), AA=dictionary(K=SCRIPT))), "ACTIVE_CONTENT"),
        (pdf_opening(dictionary(S=NameObject("/GoTo"), Next=SCRIPT)), "ACTIVE_CONTENT"),
        (pdf_with_attachment(), "ACTIVE_CONTENT"),
        (pdf_bytes() + zip_bytes(), "ACTIVE_CONTENT"),
    ],
    ids=[
        "nothing",
        "only the head of a pdf",
        "half a pdf",
        "a pdf without pages",
        "truncated jpeg",
        "truncated png",
        "rubbish called jpeg",
        "locked pdf",
        "large png",
        "decompression bomb",
        "larger decompression bomb",
        "script by name",
        "script on opening",
        "program on opening",
        "program in an object stream",
        "script on a page",
        "program behind a link",
        "file behind a pin",
        "script on a key",
        "script after another action",
        "attachment",
        "pdf that is a zip too",
    ],
)
def test_a_file_that_cannot_be_trusted_is_refused(content: bytes, reason: str) -> None:
    assert refusal_of(content).reason == reason


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (b"MZ\x90\x00" + b"\x00" * 100, "PROGRAM"),
        (b"\x7fELF" + b"\x00" * 100, "PROGRAM"),
        (zip_bytes(), "OFFICE"),
        (b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic", "HEIC"),
        (image_bytes("GIF"), "OTHER"),
        (b"<html><script>alert(1)</script>%PDF-1.7", "OTHER"),
        (b"GIF89a%PDF-1.7", "OTHER"),
    ],
    ids=["exe", "elf", "docx", "heic", "gif", "page before a pdf", "gif before a pdf"],
)
def test_a_file_of_another_kind_is_refused_whatever_its_name(content: bytes, found: str) -> None:
    refusal = refusal_of(content, "don.pdf")

    assert (refusal.reason, refusal.found, refusal.name) == ("WRONG_TYPE", found, "don.pdf")


def test_a_file_past_the_limit_is_refused(settings: Settings) -> None:
    settings.PAPER_MAX_BYTES = 100

    assert refusal_of(b"%PDF-" + b"x" * 100).reason == "TOO_LARGE"


@pytest.mark.parametrize("content", [pdf_bytes(), pdf_packed(b"<</S/GoTo>>")], ids=["plain", "packed"])
def test_a_pdf_of_endless_objects_is_refused(content: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("motcua.documents.inspection.MAX_PDF_OBJECTS", content.count(b" obj") - 1)

    assert refusal_of(content).reason == "TOO_LARGE"


def test_a_pdf_of_endless_packed_objects_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    content = pdf_packed(b"<</S/GoTo>>")
    monkeypatch.setattr("motcua.documents.inspection.MAX_PDF_OBJECTS", content.count(b" obj"))

    assert refusal_of(content).reason == "TOO_LARGE"


@pytest.mark.parametrize(
    ("sent", "shown"),
    [
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("C:\\Users\\Lò Thị\\đơn.PDF", "đơn.pdf"),
        ("don\x00.exe\x00.pdf", "don.exe.pdf"),
        ("\u202efdp.exe", "fdp.exe.pdf"),
        ("virus.exe", "virus.exe.pdf"),
        ("...", "tep.pdf"),
        ("", "tep.pdf"),
        ("  Tờ \n khai  .pdf", "Tờ khai.pdf"),
        ("To\u031b\u0300 khai.pdf", "Tờ khai.pdf"),
        ("ơ" * 300 + ".pdf", "ơ" * 116 + ".pdf"),
    ],
    ids=["path", "windows path", "nul", "bidi", "program", "dots", "empty", "blanks", "decomposed", "300 letters"],
)
def test_names_are_shown_without_their_tricks(sent: str, shown: str) -> None:
    assert shown_name(sent, media_type="application/pdf") == shown
    assert send(pdf_bytes(), sent).original_name == shown


def test_the_same_content_sent_twice_lies_once_on_the_disk(settings: Settings) -> None:
    first, second = send(pdf_bytes(), "a.pdf"), send(pdf_bytes(), "b.pdf")

    assert first.sha256 == second.sha256
    assert [path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()] == [path_of(first.sha256)]


@pytest.mark.django_db(transaction=True)
def test_two_uploads_of_the_same_content_at_once_keep_one_whole_file(settings: Settings) -> None:
    content = pdf_bytes() + b"\n" * 500_000
    gate = threading.Barrier(4)

    def upload() -> None:
        gate.wait()
        send(content)
        connection.close()

    threads = [threading.Thread(target=upload) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    files = [path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()]
    assert [path.read_bytes() for path in files] == [content]
    assert StoredFile.objects.count() == 4


def test_a_failed_write_leaves_nothing_behind(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)

    with pytest.raises(OSError, match="No space"):
        keep(b"abc", media_type="application/pdf", name="a.pdf", by=None, at=MONDAY)

    assert not StoredFile.objects.exists()
    assert not [path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()]


def test_logs_hold_neither_name_nor_content(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)

    with pytest.raises(FileRefused):
        send(pdf_bytes()[:200], "CCCD Lò Thị Mẫu 011199000123.pdf")
    send(jpeg_with_place(), "CCCD Lò Thị Mẫu 011199000123.jpg")

    told = [record.getMessage() for record in caplog.records if not record.name.startswith("django.db")]
    assert not [line for line in told if "011199000123" in line or SECRET_PLACE in line]
