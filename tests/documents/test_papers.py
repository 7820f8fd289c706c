"""The printed papers, read back from their PDF."""

import io
import re
import time
from typing import Any

import pypdf
import pytest
import segno
from barcode.codex import Code128

from motcua.documents.codes import barcode, qr_code
from motcua.documents.fonts import NEEDED, PACKAGED_FAMILY, families, printable
from motcua.documents.rendering import render
from motcua.documents.wording import date_in_words, moment_in_words, typeset
from motcua.rules.papers import PaperKind
from motcua.rules.prescribed_forms import AnyPaper
from motcua.rules.vietnamese import nfc
from tests.documents.sample import EVERY_FORM, RECEIVED, receipt, refusal, supplement_request


def text_of(pdf: bytes) -> str:
    pages = pypdf.PdfReader(io.BytesIO(pdf)).pages
    return nfc(" ".join(" ".join(page.extract_text() for page in pages).split()))


@pytest.mark.parametrize("kind", PaperKind)
def test_every_form_carries_the_heading_of_the_state_its_number_and_its_code(kind: PaperKind) -> None:
    data: Any = EVERY_FORM[kind]

    text = text_of(render(kind, data))

    for said in (
        "UBND PHƯỜNG ĐIỆN BIÊN PHỦ",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "Điện Biên Phủ, ngày 02 tháng 3 năm 2026",
        f"Số: {data['number']}",
        f"Mẫu số {data['form']}",
        "Mã hồ sơ: H18.31-260302-0012",
        "Vừ Thị Nguyệt Ánh",
        " ".join(data["title"]),
    ):
        assert said in text


def test_the_receipt_promises_a_moment_and_tells_how_it_was_counted() -> None:
    text = text_of(render(PaperKind.RECEIPT, receipt()))

    assert "4. Thời gian nhận hồ sơ: 15 giờ 40 phút, ngày 02 tháng 3 năm 2026" in text
    assert "5. Thời gian trả kết quả giải quyết hồ sơ: 17 giờ 00 phút, ngày 09 tháng 3 năm 2026" in text
    assert "Cách tính thời gian trả kết quả" in text
    assert "07/03/2026 Nghỉ hằng tuần; không tính." in text
    assert "Mã PIN tra cứu 4821" in text
    assert "75.000 đồng" in text
    assert "0215 3826 000" in text


def test_the_request_lists_what_to_add_and_whom_to_ask() -> None:
    text = text_of(render(PaperKind.SUPPLEMENT_REQUEST, supplement_request()))

    assert "PHIẾU YÊU CẦU BỔ SUNG, HOÀN THIỆN HỒ SƠ" in text
    assert "Ảnh chụp bị mờ, không đọc được ngày sinh. Xin chụp lại." in text
    assert "Lý do: Giấy tờ chưa đọc được và chưa đủ theo danh mục đã công bố." in text
    assert "liên hệ với Lò Thị Mẫu Hoa, số điện thoại 0215 3826 001" in text


def test_the_refusal_names_ground_provision_and_reason() -> None:
    text = text_of(render(PaperKind.REFUSAL, refusal()))

    assert "Căn cứ từ chối: Không thuộc thẩm quyền giải quyết" in text
    assert "Quy định áp dụng: Điều 35 khoản 1 Luật Hộ tịch số 60/2014/QH13" in text
    assert "xin nộp tại nơi cư trú của cha hoặc mẹ" in text


@pytest.mark.parametrize("kind", EVERY_FORM)
def test_forms_are_archivable_and_tagged(kind: AnyPaper) -> None:
    reader = pypdf.PdfReader(io.BytesIO(render(kind, EVERY_FORM[kind])))

    root = reader.root_object
    assert str(root["/MarkInfo"]) == "{'/Marked': True, '/Suspects': False}"
    assert str(root["/Lang"]) == "vi-VN"
    assert reader.xmp_metadata is not None
    about = reader.xmp_metadata.rdf_root.toxml()
    assert re.search(r"pdfaid:part\W+2\b", about)
    assert re.search(r"pdfaid:conformance\W+A\b", about)
    assert re.search(r"pdfuaid:part\W+1\b", about)


def test_a_short_receipt_has_its_promise_on_one_page_and_the_count_on_the_next() -> None:
    pages = pypdf.PdfReader(io.BytesIO(render(PaperKind.RECEIPT, receipt()))).pages

    assert len(pages) == 2
    assert "NGƯỜI TIẾP NHẬN HỒ SƠ" in nfc(pages[0].extract_text())
    assert "Cách tính" in nfc(pages[1].extract_text())


def test_a_count_of_many_days_goes_on_over_pages() -> None:
    text = text_of(render(PaperKind.RECEIPT, receipt(days=60)))

    assert "Ngày làm việc thứ 60, ngày cuối" in text


@pytest.mark.parametrize("kind", EVERY_FORM)
def test_the_same_data_gives_the_same_bytes(kind: AnyPaper) -> None:
    assert render(kind, EVERY_FORM[kind]) == render(kind, EVERY_FORM[kind])


def test_every_vietnamese_letter_is_printed_and_read_back() -> None:
    letters = "".join(chr(point) for point in sorted(NEEDED) if chr(point).isalpha())
    words = " ".join(letters[start : start + 10] for start in range(0, len(letters), 10))

    text = text_of(render(PaperKind.REFUSAL, refusal() | {"reason": words}))

    assert words in text


def test_the_packaged_letters_hold_every_vietnamese_one() -> None:
    assert printable() >= NEEDED
    assert families()[-1] == PACKAGED_FAMILY


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("Nguye\u0302\u0303n", "Nguyễn"),
        ("a\u202eb\x00c\u200bd", "abcd"),
        ("Lý 😀 王", "Lý □ □"),
        ("hai\ndòng", "hai\ndòng"),
    ],
    ids=["decomposed letters", "control signs and marks of direction", "signs without a glyph", "line break"],
)
def test_what_people_type_can_always_be_printed(typed: str, printed: str) -> None:
    assert typeset(typed) == printed
    render(PaperKind.REFUSAL, refusal() | {"reason": typed})


def test_typed_text_is_printed_never_obeyed() -> None:
    program = '#read("form.typ") *đậm* $x^2$ @ref <label> \\ // ghi chú'

    text = text_of(render(PaperKind.REFUSAL, refusal() | {"reason": program}))

    assert program in text


def test_the_qr_code_holds_the_address_with_the_code_alone() -> None:
    address = receipt()["look_up_url"]

    squares = set()
    path = re.search(r'd="([^"]+)"', qr_code(address))
    assert path is not None
    row, column = 0.0, 0
    for command, dx, dy in re.findall(r"([Mmh])\s*([-\d.]+)(?:[ ,]?([-\d.]+))?", path[1]):
        if command == "M":
            column, row = int(dx), float(dy)
        elif command == "m":
            column, row = column + int(dx), row + float(dy)
        else:
            squares |= {(int(row), at) for at in range(column, column + int(dx))}
            column += int(dx)

    matrix = segno.make_qr(address, error="m").matrix
    assert squares == {(y + 4, x + 4) for y, line in enumerate(matrix) for x, dark in enumerate(line) if dark}
    assert address.endswith("?ma=H18.31-260302-0012")
    assert "4821" not in address


@pytest.mark.parametrize("code", ["H18.31-260302-0012", "000.00.31.H18-260302-0012"])
def test_the_barcode_is_the_code_in_code_128(code: str) -> None:
    bars = barcode(code)

    edges = [tuple(map(int, run)) for run in re.findall(r"M(\d+) 0h(\d+)v1h-\d+z", bars.svg)]
    drawn = "".join(
        "1" if any(start <= at < start + width for start, width in edges) else "0" for at in range(bars.modules)
    )
    assert drawn == f"{'0' * 10}{Code128(code).build()[0]}{'0' * 10}"


def test_a_form_is_drawn_in_less_than_300_ms() -> None:
    render(PaperKind.RECEIPT, receipt())

    took = []
    for _ in range(3):
        start = time.process_time()  # not the clock: other programs of a busy machine do not count
        render(PaperKind.RECEIPT, receipt())
        took.append(time.process_time() - start)

    assert min(took) < 0.3


def test_days_below_ten_and_the_first_two_months_take_a_zero() -> None:
    assert date_in_words(RECEIVED.replace(month=2, day=9)) == "ngày 09 tháng 02 năm 2026"
    assert date_in_words(RECEIVED.replace(month=11, day=19)) == "ngày 19 tháng 11 năm 2026"
    assert moment_in_words(RECEIVED) == "15 giờ 40 phút, ngày 02 tháng 3 năm 2026"
