"""Each form of each generation against the text and the picture that were looked at and kept.

After a change that is meant: `MOTCUA_RENEW=1 python -m pytest -n 0 tests/documents/test_golden.py`, then look at the
pictures in `golden/`. They are drawn in the packaged letters, so they are the same on every machine.
"""

import os
from itertools import product
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from PIL import Image, ImageChops, ImageFilter

from motcua.documents.fonts import PACKAGED_FAMILY
from motcua.documents.form_data import FormData
from motcua.documents.office_data import OfficeData
from motcua.documents.rendering import render
from motcua.rules.papers import PaperKind
from motcua.rules.prescribed_forms import AnyPaper, OfficePaper, form_of
from motcua.rules.regimes import Regime
from motcua.rules.vietnamese import nfc
from tests.documents.sample import EVERY_FORM, of_regime

GOLDEN = Path(__file__).parent / "golden"
RENEWS = bool(os.environ.get("MOTCUA_RENEW"))
SCALE = 0.75  # 54 dots an inch: enough to see a line that moved
SHADES = 16
FAINT = 60
"""How far a dot may differ in 256 after blurring, for the edges that another version of the renderer smooths anew."""
EVERY: list[tuple[AnyPaper, Regime]] = list(product((*PaperKind, *OfficePaper), (Regime.R2021, Regime.R2026)))
BY_HAND = (PaperKind.SUPPLEMENT_REQUEST, PaperKind.REFUSAL)
ENTERED_AT = "2026-03-03T08:00:00+07:00"


def name_of(kind: AnyPaper, regime: Regime) -> str:
    return f"{kind.value.lower()}-{form_of(kind, regime).generation}"


def text_of(document: pypdfium2.PdfDocument) -> str:
    pages = (page.get_textpage().get_text_range() for page in document)
    return "\n\n".join(nfc("\n".join(line.strip() for line in page.splitlines())) for page in pages) + "\n"


def picture_of(document: pypdfium2.PdfDocument) -> Image.Image:
    """Return the first page in a few shades of grey."""
    drawn: Image.Image = document[0].render(scale=SCALE, grayscale=True).to_pil()
    step = 256 // SHADES
    return drawn.point([value // step * (255 // (SHADES - 1)) for value in range(256)])


def difference(one: Image.Image, other: Image.Image) -> int:
    """Return the largest difference of two pictures once their edges are blurred."""
    blurred = [picture.filter(ImageFilter.BoxBlur(1)) for picture in (one, other)]
    return ImageChops.difference(*blurred).getextrema()[1]  # type: ignore[return-value]  # one band: two numbers


@pytest.mark.parametrize(("kind", "regime"), EVERY, ids=[name_of(*one) for one in EVERY])
def test_a_form_looks_and_reads_as_it_was_kept(kind: AnyPaper, regime: Regime) -> None:
    check(GOLDEN / name_of(kind, regime), kind, of_regime(kind, regime))


@pytest.mark.parametrize("kind", BY_HAND)
def test_a_form_written_by_hand_says_so_and_which_number_it_bears(kind: AnyPaper) -> None:
    said: Any = {**of_regime(kind, Regime.R2026), "entered_at": ENTERED_AT, "paper_number": "9001"}
    kept = GOLDEN / f"{name_of(kind, Regime.R2026)}-by-hand"

    check(kept, kind, said)

    words = " ".join(kept.with_suffix(".txt").read_text(encoding="utf-8").split())
    assert "nhập lại từ giấy, ghi lúc 08 giờ 00" in words
    assert "Số trên giấy: 9001." in words


def check(kept: Path, kind: AnyPaper, said: FormData | OfficeData) -> None:
    document = pypdfium2.PdfDocument(render(kind, said, letters=[PACKAGED_FAMILY]))
    text, picture = text_of(document), picture_of(document)
    document.close()

    if RENEWS:
        GOLDEN.mkdir(exist_ok=True)
        kept.with_suffix(".txt").write_text(text, encoding="utf-8")
        picture.save(kept.with_suffix(".png"), optimize=True)
    with Image.open(kept.with_suffix(".png")) as golden:
        assert text == kept.with_suffix(".txt").read_text(encoding="utf-8")
        assert picture.size == golden.size
        assert difference(picture, golden.convert("L")) <= FAINT


LONG_NAME = "Nguyễn Phúc Tôn Nữ Hoàng Thị Thanh Thủy Ngọc Bảo Trân Châu Kim Liên " * 2
LONG_UNIT = (
    "Trung tâm Phục vụ hành chính công và Hỗ trợ doanh nghiệp liên phường Điện Biên Phủ – Mường Thanh – Thanh Trường"
)
LONG_WORD = "motdiachirratdaikhongcokhoangtrangnao@coquan.tinh.dienbien.example.gov.vn/duong/dan"
LONG: dict[str, str] = {
    "code": "000.00.31.H18-260302-00012",
    "email": LONG_WORD,
    "procedure": "Cấp giấy chứng nhận quyền sử dụng đất, quyền sở hữu tài sản khác gắn liền với đất " * 3,
    **dict.fromkeys(["full_name", "officer", "giver", "receiver", "applicant", "received_by", "closer"], LONG_NAME),
    **dict.fromkeys(["desk", "agency", "superior", "others", "giving_unit", "receiving_unit"], LONG_UNIT),
    **dict.fromkeys(["reason", "note", "ground", "basis", "stage", "address", "contact"], f"{LONG_WORD} rồi đến "),
}


def lengthened(said: Any, name: str = "") -> Any:
    """Return `said` with every text that people choose as long as it may come."""
    if isinstance(said, dict):
        return {key: lengthened(value, key) for key, value in said.items()}
    if isinstance(said, list):
        return [lengthened(value, name) for value in said]
    return LONG.get(name, said)


@pytest.mark.parametrize("kind", [*PaperKind, *OfficePaper])
def test_the_longest_words_stay_inside_the_margins(kind: AnyPaper) -> None:
    document = pypdfium2.PdfDocument(render(kind, lengthened(EVERY_FORM[kind]), letters=[PACKAGED_FAMILY]))

    for page in document:
        picture = page.render(scale=1, grayscale=True).to_pil()
        width, height = picture.size
        right = picture.crop((width - 22, 0, width, height))  # 8 mm of the 10 or more that every form leaves
        assert right.getextrema() == (255, 255)


def test_a_moved_line_is_seen() -> None:
    with Image.open(GOLDEN / "receipt-2025.png") as golden:
        kept = golden.convert("L")

    moved = ImageChops.offset(kept, 0, 2)

    assert difference(kept, moved) > FAINT
    assert difference(kept, kept) == 0


def test_no_golden_is_left_over() -> None:
    named = {name_of(*one) for one in EVERY} | {f"{name_of(kind, Regime.R2026)}-by-hand" for kind in BY_HAND}

    assert {path.stem for path in GOLDEN.iterdir()} == named
