"""Plain words, what to bring, blank declarations and events of life on the portal."""

import io
from dataclasses import replace
from datetime import date

import pytest
from django.test import Client
from pypdf import PdfReader

from motcua.catalogue.commands.life_events import LifeEventDefinition, LifeStepDefinition, write_life_event
from motcua.catalogue.commands.plain_words import PlainWords, write_plain_words
from motcua.catalogue.commands.withdraw_procedure import withdraw_procedure
from motcua.catalogue.definitions import PaperDefinition
from motcua.catalogue.models import Offering, Procedure, ProcedureVersion
from motcua.rules.permissions import Role
from tests.catalogue.test_comparison import WHOLE, publish
from tests.make import MONDAY, make_offering, make_officer, make_procedure

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]


def text_of(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


def printed(client: Client, address: str) -> str:
    answer = client.get(address)
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "application/pdf")
    pages = PdfReader(io.BytesIO(answer.content)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def with_cases() -> str:
    papers = (
        PaperDefinition("Tờ khai", originals=1, form_no="01"),
        PaperDefinition("Giấy ủy quyền", case="Nộp thay", copies=1, is_required=False),
        PaperDefinition("Giấy phép lao động", case="Người nước ngoài", copies=2, is_required=False),
        PaperDefinition("Hộ chiếu", case="Người nước ngoài", copies=1, is_required=False),
        PaperDefinition("Xuất trình căn cước", is_required=False, is_note=True),
    )
    publish(replace(WHOLE, papers=papers), MONDAY.date())
    return Procedure.objects.latest("pk").code


def test_what_the_officer_wrote_stands_before_what_can_be_derived(client: Client, offering: Offering) -> None:
    control = make_officer(Role.PROCEDURE_CONTROL_OFFICER, offering.competent_unit)
    version = ProcedureVersion.objects.get(procedure=offering.procedure)
    address = f"/thu-tuc/{offering.procedure.code}/"
    before = text_of(client, address)
    words = PlainWords(purpose="Để có giấy dùng suốt đời", how_long="Thường nhận ngay", place="Ở xã bạn")

    write_plain_words(version=version, words=words, actor=control, at=MONDAY)
    after = text_of(client, address)

    assert "Trực tuyến, Trực tiếp, Bưu chính" in before
    assert all(said in after for said in ("Để có giấy dùng suốt đời", "Thường nhận ngay", "Ở xã bạn"))
    assert "5 ngày làm việc" in after  # the limit of the decision still stands


def test_without_a_summary_the_page_says_what_one_receives(client: Client) -> None:
    code = with_cases()

    page = text_of(client, f"/thu-tuc/{code}/")

    assert "Để được cấp: Giấy khai sinh" in page
    assert "Công dân" in page


def test_the_list_to_print_has_everything_until_a_case_is_chosen(client: Client) -> None:
    address = f"/thu-tuc/{with_cases()}/giay-to/"

    every, foreign = text_of(client, address), text_of(client, f"{address}?truong_hop=2&truong_hop=99&truong_hop=x")

    papers = ["Tờ khai", "Giấy ủy quyền", "Giấy phép lao động", "Hộ chiếu"]
    assert all(f'<span lang="vi">{paper}</span>' in every for paper in papers)
    assert [f'<span lang="vi">{paper}</span>' in foreign for paper in papers] == [True, False, True, True]
    assert "Dưới đây là giấy tờ của mọi trường hợp." in every
    assert "Dưới đây là giấy tờ của mọi trường hợp." not in foreign
    assert foreign.count("checked") == 1
    assert "pdf/?truong_hop=2" in foreign
    assert "Xuất trình căn cước" in every


def test_the_printed_list_says_the_same_in_vietnamese(client: Client) -> None:
    address = f"/thu-tuc/{with_cases()}/giay-to/pdf/"
    client.cookies["django_language"] = "en"

    text = printed(client, f"{address}?truong_hop=1")

    assert "Giấy ủy quyền" in text
    assert "Hộ chiếu" not in text
    assert "1 bản sao" in text
    assert "Ngoài danh mục này" in text
    assert "http://testserver/thu-tuc/1.001193/" in text


def test_a_blank_declaration_asks_what_the_electronic_one_asks(client: Client) -> None:
    code = with_cases()

    text = printed(client, f"/thu-tuc/{code}/to-khai-trong/")

    assert "TỜ KHAI" in text
    assert "1. Tên con" in text
    assert "không thay mẫu do pháp luật quy định" in text
    assert f'href="/thu-tuc/{code}/to-khai-trong/"' in text_of(client, f"/thu-tuc/{code}/")


MARRIED = {"field": "married", "values": ["Có"]}
SPOKEN: list[dict[str, object]] = [
    {"key": "part", "label": "Về người khai", "kind": "heading", "help": "Ghi chữ in"},
    {"key": "word", "label": "Đọc kỹ trước khi khai", "kind": "note"},
    {"key": "married", "label": "Đã kết hôn", "kind": "yes_no"},
    {"key": "spouse", "label": "Vợ hoặc chồng", "kind": "text", "condition": MARRIED},
    {"key": "children", "label": "Con", "kind": "group", "most": 5, "condition": {**MARRIED, "effect": "REQUIRE"}},
    {"key": "name", "label": "Họ tên con", "kind": "text", "group": "children"},
    {"key": "born", "label": "Ngày sinh", "kind": "date", "group": "children", "condition": {"field": "name"}},
    {"key": "kin", "label": "Người thân", "kind": "group", "most": 2, "required": False},
    {"key": "kin_name", "label": "Tên người thân", "kind": "text", "group": "kin"},
    {"key": "why", "label": "Lý do", "kind": "longtext"},
]


def test_a_blank_declaration_speaks_the_whole_language(client: Client) -> None:
    code = make_offering(procedure=make_procedure(declaration=SPOKEN)).procedure.code
    client.cookies["django_language"] = "en"

    text = printed(client, f"/thu-tuc/{code}/to-khai-trong/")

    assert "Về người khai Ghi chữ in Đọc kỹ trước khi khai 1. Đã kết hôn Có Không 2. Vợ hoặc chồng" in text
    assert "2. Vợ hoặc chồng Chỉ trả lời khi mục 1 là: Có." in text
    assert "3. Con Phải trả lời khi mục 1 là: Có." in text
    assert [text.count(said) for said in ("Con – 3", "Con – 4", "3.1. Họ tên con", "4.1. Tên người thân")] == [
        1,
        0,
        3,
        2,
    ]
    assert "3.2. Ngày sinh Chỉ trả lời khi đã trả lời mục 3.1." in text
    assert text.count("Còn nữa thì ghi tiếp vào tờ kèm theo.") == 1
    assert "5. Lý do" in text


@pytest.mark.parametrize(
    ("on", "said"),
    [
        (MONDAY.date(), "Thủ tục này không còn hiệu lực từ ngày 02/03/2026"),
        (date(2026, 4, 1), "Từ ngày 01/04/2026, thủ tục này không còn hiệu lực"),
    ],
)
def test_papers_of_what_ends_say_so_and_name_what_replaces_it(client: Client, on: date, said: str) -> None:
    code, successor = with_cases(), make_procedure(title="Việc mới")
    old = Procedure.objects.get(code=code)
    withdraw_procedure(procedure=old, on=on, replaced_by=successor, actor=None, at=MONDAY)

    for tail in ("giay-to/pdf/", "to-khai-trong/"):
        text = printed(client, f"/thu-tuc/{code}/{tail}")
        assert said in text
        assert f"{successor.code} Việc mới" in text


def test_papers_of_what_is_yet_to_come_say_from_when(client: Client) -> None:
    publish(WHOLE, date(2026, 4, 1))
    code = Procedure.objects.latest("pk").code

    assert "Thủ tục này có hiệu lực từ ngày 01/04/2026" in printed(client, f"/thu-tuc/{code}/giay-to/pdf/")


def test_a_procedure_without_questions_has_no_blank_declaration(client: Client) -> None:
    code = make_offering(procedure=make_procedure(declaration=[])).procedure.code

    assert client.get(f"/thu-tuc/{code}/to-khai-trong/").status_code == 404
    assert "to-khai-trong" not in text_of(client, f"/thu-tuc/{code}/")
    for tail in ("giay-to/", "giay-to/pdf/", "to-khai-trong/"):
        assert client.get(f"/thu-tuc/9.999999/{tail}").status_code == 404


def test_an_event_of_life_leads_from_the_first_procedure_to_the_last(client: Client) -> None:
    first, second = make_offering().procedure, make_procedure()
    event = LifeEventDefinition(
        code="xay-nha",
        name="Xây nhà",
        introduction="Xin phép trước khi khởi công.",
        steps=(LifeStepDefinition(second.code, "Trước tiên"), LifeStepDefinition(first.code)),
        position=1,
        keywords=("làm nhà",),
    )
    write_life_event(definition=event, actor=None, at=MONDAY)

    page = text_of(client, "/doi-song/xay-nha/")

    assert page.index(second.title) < page.index("Trước tiên") < page.index(first.title)
    assert "Xin phép trước khi khởi công." in page
    assert 'href="/doi-song/xay-nha/"' in text_of(client, "/")
    assert 'href="/doi-song/xay-nha/"' in text_of(client, "/tim/?q=lam+nha")
