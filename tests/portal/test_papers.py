import re

import pytest
from django.test import Client
from pytest_django import Settings

from tests.documents.make_files import image_bytes, jpeg_with_place, pdf_with_script
from tests.portal.conftest import Guest, upload

pytestmark = pytest.mark.django_db

PROGRAM = b"MZ\x90\x00\x03\x00\x00\x00" + b"\x00" * 400
OFFICE = b"PK\x03\x04" + b"\x00" * 400


def given(guest: Guest, dossier: object) -> str:
    return guest.get(dossier, "giay-to/").content.decode()  # type: ignore[arg-type]  # a dossier


@pytest.mark.parametrize(
    ("content", "name", "sentence"),
    [
        (PROGRAM, "to-khai.pdf", "Bên trong tệp này là một chương trình"),
        (OFFICE, "to-khai.docx", "Đây là tệp Word, Excel"),
        (b"chi la chu", "to-khai.pdf", "không phải ảnh JPG, PNG hay PDF"),
        (b"", "to-khai.pdf", "Tệp này không có nội dung"),
        (b"%PDF-1.4\nhong", "to-khai.pdf", "bị hỏng"),
        (pdf_with_script(), "to-khai.pdf", "chương trình chạy kèm"),
    ],
    ids=["program", "office", "text", "empty", "broken", "script"],
)
def test_a_bad_file_is_refused_in_words_and_the_good_one_stays(
    guest: Guest, content: bytes, name: str, sentence: str
) -> None:
    dossier = guest.start()
    guest.post(dossier, "giay-to/1/", {"paper-1-file": upload(name="ban-dau.pdf")})

    answer = guest.post(dossier, "giay-to/1/", {"paper-1-file": upload(content, name=name)})
    page = answer.content.decode()

    assert answer.status_code == 422
    assert sentence in page
    assert 'href="#id_paper-1-file"' in page
    assert "ban-dau.pdf" in page
    assert "ban-dau.pdf" in given(guest, dossier)


def test_sending_no_file_asks_for_one(guest: Guest) -> None:
    answer = guest.post(guest.start(), "giay-to/1/")

    assert answer.status_code == 422
    assert "Hãy chọn một tệp hoặc chụp ảnh" in answer.content.decode()


def test_a_photo_is_kept_without_its_place_and_shown_to_its_owner(guest: Guest) -> None:
    dossier = guest.start()

    guest.post(dossier, "giay-to/1/", {"paper-1-file": upload(jpeg_with_place(), name="anh.jpg")})
    shown = guest.get(dossier, "giay-to/1/xem/")

    content = b"".join(shown.streaming_content)  # type: ignore[attr-defined]  # a file
    assert shown.headers["Content-Type"] == "image/jpeg"
    assert b"CANON" not in content


def test_a_new_file_takes_the_place_of_the_old_one(guest: Guest) -> None:
    dossier = guest.start()
    guest.post(dossier, "giay-to/1/", {"paper-1-file": upload(name="cu.pdf")})

    guest.post(dossier, "giay-to/1/", {"paper-1-file": upload(image_bytes("PNG"), name="moi.png")})

    page = given(guest, dossier)
    assert "moi.png" in page
    assert "cu.pdf" not in re.sub(r"Đã nhận tệp [^<]*", "", page)


def test_a_file_can_be_taken_back(guest: Guest) -> None:
    dossier = guest.start()
    guest.post(dossier, "giay-to/1/", {"paper-1-file": upload(name="nham.pdf")})
    given(guest, dossier)

    answer = guest.post(dossier, "giay-to/1/bo/")

    assert answer.status_code == 302
    assert "nham.pdf" not in given(guest, dossier)
    assert guest.get(dossier, "giay-to/1/xem/").status_code == 404


def test_the_list_of_papers_is_closed(guest: Guest) -> None:
    dossier = guest.start()

    assert guest.post(dossier, "giay-to/9/", {"paper-9-file": upload()}).status_code == 404
    assert guest.post(dossier, "giay-to/9/bo/").status_code == 404


def test_a_request_past_the_limit_is_answered_413_and_the_draft_stays(guest: Guest, settings: Settings) -> None:
    dossier = guest.start()
    guest.post(dossier, "giay-to/1/", {"paper-1-file": upload(name="ban-dau.pdf")})
    settings.REQUEST_MAX_BYTES = 100_000

    answer = guest.post(dossier, "giay-to/1/", {"paper-1-file": upload(b"x" * 200_000)})

    assert answer.status_code == 413
    assert "Mỗi giấy tờ tải lên không được quá 20 MB" in answer.content.decode()
    assert "ban-dau.pdf" in given(guest, dossier)


def test_papers_only_for_a_case_are_folded_away_until_one_is_given(guest: Guest) -> None:
    dossier = guest.start()
    before = given(guest, dossier)

    guest.post(dossier, "giay-to/2/", {"paper-2-file": upload()})

    folded = re.compile(r'details--wide"\s*>')
    assert folded.search(before)
    assert not folded.search(given(guest, dossier))


def test_nobody_else_sees_a_paper(guest: Guest, client: Client) -> None:
    dossier = guest.start()
    guest.post(dossier, "giay-to/1/", {"paper-1-file": upload()})

    assert client.get(f"/ho-so/{dossier.reference}/giay-to/1/xem/").status_code == 404


def test_a_paper_is_shown_to_its_owner_in_a_box(guest: Guest) -> None:
    dossier = guest.start()
    guest.post(dossier, "giay-to/1/", {"paper-1-file": upload(name='a";x="<b>.pdf')})

    answer = guest.get(dossier, "giay-to/1/xem/")
    answer.close()

    assert answer.headers["Content-Security-Policy"].startswith("sandbox; default-src 'none'")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in answer.headers["Cache-Control"]
    assert answer.headers["Content-Type"] == "application/pdf"


@pytest.mark.parametrize(
    ("sent", "shown"),
    [
        ("../../../etc/passwd.pdf", "passwd.pdf"),
        ("a" * 200 + ".pdf", "a" * 116 + ".pdf"),
        ("giấy 😀 khai\u202efdp.exe", "giấy 😀 khaifdp.exe.pdf"),
    ],
)
def test_the_name_that_is_said_is_the_name_that_is_kept(guest: Guest, sent: str, shown: str) -> None:
    dossier = guest.start()

    guest.post(dossier, "giay-to/1/", {"paper-1-file": upload(name=sent)})
    page = guest.get(dossier, "giay-to/").content.decode()

    assert f"Đã nhận tệp {shown}." in page
    assert dossier.papers.get(position=1).file.original_name == shown  # type: ignore[union-attr]  # it has one
