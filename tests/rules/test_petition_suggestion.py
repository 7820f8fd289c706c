from hypothesis import given
from hypothesis import strategies as st

from motcua.rules.petition_suggestion import NAMED_SCORE, Decides, suggest_units

LAND, BUILD, WARD = 1, 2, 3
NAMES = {LAND: "Văn phòng Đăng ký đất đai", BUILD: "Sở Xây dựng", WARD: "Phường Điện Biên Phủ"}
CATALOGUE = [
    Decides(LAND, "Cấp giấy chứng nhận quyền sử dụng đất"),
    Decides(LAND, "Cấp đổi giấy chứng nhận quyền sử dụng đất"),
    Decides(LAND, "Đính chính giấy chứng nhận quyền sử dụng đất"),
    Decides(BUILD, "Cấp giấy phép xây dựng nhà ở riêng lẻ"),
    Decides(WARD, "Đăng ký khai sinh"),
]


def test_the_unit_that_decides_what_the_text_speaks_of_comes_first_with_its_reasons() -> None:
    found = suggest_units("Tôi xin cấp giay phep xay dung đã hai tháng", CATALOGUE, NAMES)

    assert found[0].unit_id == BUILD
    assert found[0].titles == ("Cấp giấy phép xây dựng nhà ở riêng lẻ",)
    assert not found[0].is_named


def test_a_unit_named_in_the_text_goes_before_all() -> None:
    found = suggest_units("Sở Xây dựng trả quyền sử dụng đất chậm", CATALOGUE, NAMES)

    assert [one.unit_id for one in found] == [BUILD, LAND]
    assert found[0].is_named
    assert found[0].score >= NAMED_SCORE
    assert len(found[1].titles) == 2, "two reasons are enough"


def test_words_that_are_everybodys_suggest_nothing() -> None:
    assert suggest_units("Cán bộ cần niềm nở hơn", CATALOGUE, NAMES) == ()
    assert suggest_units("", CATALOGUE, NAMES) == ()
    assert suggest_units("khai sinh", [], NAMES) == ()


@given(st.text(alphabet="abcdđơư giấy phép xây dựng", max_size=80), st.integers(1, 3))
def test_never_more_than_asked_for_always_known_and_in_order(text: str, most: int) -> None:
    found = suggest_units(text, CATALOGUE, NAMES, most=most)

    assert len(found) <= most
    assert {one.unit_id for one in found} <= set(NAMES)
    assert [one.score for one in found] == sorted((one.score for one in found), reverse=True)
