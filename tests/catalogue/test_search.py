"""Finding procedures by what people type."""

from datetime import date
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from motcua.catalogue.commands.teach_synonyms import COMMON_SYNONYMS, teach_synonyms
from motcua.catalogue.models import Procedure, SearchSlip, SearchSynonym, SearchWord
from motcua.catalogue.search import find_procedures
from motcua.rules.vietnamese import search_key
from tests.catalogue.portal_lines import load, record
from tests.make import MONDAY, make_offering

pytestmark = pytest.mark.django_db

TODAY = date(2026, 3, 2)
TITLES = {
    "1.001193": "Thủ tục đăng ký khai sinh",
    "1.003583": "Thủ tục đăng ký khai sinh lưu động",
    "1.004884": "Thủ tục đăng ký lại khai sinh",
    "1.000656": "Thủ tục đăng ký khai tử",
    "1.000894": "Thủ tục đăng ký kết hôn",
    "1.004873": "Thủ tục cấp Giấy xác nhận tình trạng hôn nhân",
    "1.013225": "Cấp giấy phép xây dựng mới đối với công trình cấp III, cấp IV và nhà ở riêng lẻ",
    "1.005126": "Cấp Giấy phép xây dựng, cải tạo, nâng cấp đường ngang",
    "1.001612": "Đăng ký thành lập hộ kinh doanh",
    "1.012783": "Cấp đổi Giấy chứng nhận quyền sử dụng đất, quyền sở hữu tài sản gắn liền với đất",
    "1.009999": "Thẩm định sơ đồ, bản đồ địa chính",
    "1.014064": "Cấp lại thẻ căn cước",
    "3.000348": "Cấp lại giấy phép lái xe",
    "2.000815": "Chứng thực bản sao từ bản chính giấy tờ, văn bản",
}


@pytest.fixture(autouse=True)
def catalogue(tmp_path: Path) -> None:
    far = {"level": "province", "handled_by": ["department"]}
    load(
        tmp_path,
        *(
            record(code, title=title, results=[], field="Chung", **(far if code == "1.005126" else {}))
            for code, title in TITLES.items()
        ),
    )
    teach_synonyms(at=MONDAY)


def found(text: str) -> list[str]:
    return [hit.code for hit in find_procedures(text, on=TODAY)]


@pytest.mark.parametrize(
    ("text", "first"),
    [
        pytest.param("khai sinh", "1.001193", id="the plain one before its variants"),
        pytest.param("KHAI SINH", "1.001193", id="capitals"),
        pytest.param("đăng kí khai sinh", "1.001193", id="i for y"),
        pytest.param("khai si", "1.001193", id="unfinished"),
        pytest.param("khai sjnh", "1.001193", id="wrong letter"),
        pytest.param("khai sihn", "1.001193", id="swapped letters"),
        pytest.param("kai sinh", "1.001193", id="missing letter"),
        pytest.param("khaisinh", "1.001193", id="run together"),
        pytest.param("thủ tục làm giấy khai sinh", "1.001193", id="small talk and a synonym"),
        pytest.param("giay phep xay dung", "1.013225", id="without accents"),
        pytest.param("xay dung giay phep nha", "1.013225", id="any order"),
        pytest.param("gpxd nhà ở", "1.013225", id="an abbreviation in the middle"),
        pytest.param("giấy phép xây dựg nhà ở", "1.013225", id="a slip in a long text"),
        pytest.param("sổ đỏ", "1.012783", id="what people call it"),
        pytest.param("so do", "1.012783", id="the same without accents"),
        pytest.param("sơ đồ", "1.009999", id="another word that looks the same without accents"),
        pytest.param("hkd", "1.001612", id="hkd"),
        pytest.param("gplx", "3.000348", id="gplx"),
        pytest.param("cccd", "1.014064", id="cccd"),
        pytest.param("giấy độc thân", "1.004873", id="a colloquial name"),
        pytest.param("sao y bản chính", "2.000815", id="sao y"),
        pytest.param("xin giấy xác nhận còn độc thân để kết hôn", "1.004873", id="a whole sentence"),
        pytest.param("1.000656", "1.000656", id="a code"),
        pytest.param("1.000656.000.00.00.H18", "1.000656", id="a code with its agency"),
        pytest.param("1.0006", "1.000656", id="the beginning of a code"),
    ],
)
def test_the_right_procedure_comes_first(text: str, first: str) -> None:
    assert found(text)[:1] == [first]


@pytest.mark.parametrize("text", ["", "   ", "...", "xyzzy", "qqqq wwww", "'; DROP TABLE", "\x00", "& | ! ( )", "🙂"])
def test_nothing_is_found_for_nothing(text: str) -> None:
    assert find_procedures(text, on=TODAY) == []


def test_a_very_long_text_is_cut() -> None:
    assert "1.001193" in found("khai sinh " * 500)


def test_what_was_guessed_says_so() -> None:
    assert not find_procedures("khai sinh", on=TODAY)[0].is_guess
    assert find_procedures("khai sjnh", on=TODAY)[0].is_guess


def test_only_what_is_in_force_that_day_is_found() -> None:
    Procedure.objects.filter(code="1.001193").update(withdrawn_on=TODAY)

    assert "1.001193" not in found("khai sinh")
    assert find_procedures("khai sinh", on=date(2025, 12, 31)) == []


def test_a_unit_finds_what_it_offers() -> None:
    offering = make_offering(procedure=Procedure.objects.get(code="1.004884"))

    for unit in (offering.receiving_unit, offering.competent_unit):
        assert [hit.code for hit in find_procedures("khai sinh", on=TODAY, unit=unit)] == ["1.004884"]
        assert [hit.code for hit in find_procedures("khai sjnh", on=TODAY, unit=unit)] == ["1.004884"]


def test_a_hit_is_shown_as_in_force_that_day(tmp_path: Path) -> None:
    load(tmp_path, record("1.001193", title="Khai sinh kiểu mới", source_date="2026-02"))

    (hit,) = find_procedures("1.001193", on=date(2026, 1, 15))
    assert hit.title == "Thủ tục đăng ký khai sinh"
    assert found("kieu moi") == ["1.001193"]


def test_as_many_as_asked_for_are_returned() -> None:
    assert len(find_procedures("đăng ký", on=TODAY, limit=2)) == 2


@pytest.mark.parametrize(("text", "most"), [("khai sinh", 2), ("khai sjnh", 4), ("1.001193", 1)])
def test_a_search_is_a_few_queries_whatever_it_finds(text: str, most: int) -> None:
    with CaptureQueriesContext(connection) as queries:
        find_procedures(text, on=TODAY)

    assert len(queries) == most


def test_words_and_slips_follow_the_catalogue(tmp_path: Path) -> None:
    load(tmp_path, record("1.001193", title="Thủ tục hoàn toàn khác", source_date="2026-02", results=[], field="Chung"))
    load(tmp_path, record("1.003583", title="Lại khác nữa", source_date="2026-02", results=[], field="Chung"))
    load(tmp_path, record("1.004884", title="Thêm một", source_date="2026-02", results=[], field="Chung"))

    assert not SearchWord.objects.filter(word="sinh").exists()
    assert not SearchSlip.objects.filter(slip="snh").exists()
    assert SearchWord.objects.get(word="khac").procedure_count == 2
    assert found("hoan toan khac") == ["1.001193"]


def test_synonyms_are_taught_once() -> None:
    count = SearchSynonym.objects.count()

    assert teach_synonyms(at=MONDAY) == 0
    assert (
        SearchSynonym.objects.count()
        == count
        == sum(search_key(term) != search_key(expansion) for term, row in COMMON_SYNONYMS.items() for expansion in row)
    )
