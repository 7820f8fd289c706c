import re
from datetime import datetime

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from motcua.catalogue.models import Offering, ProcedureVersion
from motcua.dossiers.models import Dossier
from motcua.kernel.models import EventRecord
from motcua.portal.parts import gaps_of
from motcua.rules.completeness import Part
from motcua.rules.transitions import Status
from motcua.rules.working_time import HANOI
from tests.make import make_draft, make_offering, make_procedure, make_unit, make_user
from tests.portal.conftest import WHO, Guest, last_code

pytestmark = pytest.mark.django_db


def test_a_guest_files_an_application_without_any_script(guest: Guest) -> None:
    dossier = guest.file()

    page = guest.get(dossier, "da-nop/").content.decode()
    assert dossier.stage is Status.SUBMITTED
    assert dossier.reference in page
    assert dossier.lookup_pin in page
    assert guest.offering.receiving_unit.name in page


def test_every_part_leads_to_the_next_one(guest: Guest) -> None:
    dossier = guest.start()

    steps = [
        guest.post(dossier, "nguoi-nop/", {**WHO}),
        guest.post(dossier, "to-khai/", {"ten_con": "Vàng A Páo"}),
        guest.post(dossier, "nhan-ket-qua/", {"channel": "AT_THE_DESK"}),
    ]

    assert [step.status_code for step in steps] == [302, 302, 302]
    assert [step.headers["Location"].split("/")[-2] for step in steps] == ["to-khai", "giay-to", "lien-he"]


def test_pressing_start_twice_begins_one_application(guest: Guest) -> None:
    form = guest.start_form()

    first = guest.browser.post(guest.start_address, form)
    second = guest.browser.post(guest.start_address, form)

    assert first.headers["Location"] == second.headers["Location"]
    assert Dossier.objects.count() == 1


def test_going_back_and_choosing_another_place_begins_another_application() -> None:
    procedure = make_procedure()
    near, far = make_offering(procedure=procedure), make_offering(procedure=procedure, commune=make_unit())
    guest = Guest(near)
    form = guest.start_form()

    guest.browser.post(guest.start_address, form)
    other = form | {"place": f"{far.receiving_unit.code}-{far.competent_unit.code}"}
    guest.browser.post(guest.start_address, other)

    assert set(Dossier.objects.values_list("receiving_unit", flat=True)) == {
        near.receiving_unit_id,
        far.receiving_unit_id,
    }


def test_submitting_twice_shows_the_same_confirmation(guest: Guest) -> None:
    dossier = guest.file()

    again = guest.post(dossier, "nop/")

    assert again.headers["Location"] == f"/ho-so/{dossier.reference}/da-nop/"
    assert EventRecord.objects.filter(kind="DossierSubmitted").count() == 1


def test_the_start_page_offers_the_draft_there_is(guest: Guest) -> None:
    dossier = guest.start()

    page = guest.browser.get(guest.start_address).content.decode()

    assert page.index(f'href="/ho-so/{dossier.reference}/"') < page.index('name="key"')
    assert "Bạn đang soạn dở hồ sơ này" in page


def test_a_draft_says_on_every_page_that_it_is_not_handed_in(guest: Guest) -> None:
    dossier = guest.start()

    for page in ("", "nguoi-nop/", "to-khai/", "giay-to/", "nhan-ket-qua/", "lien-he/", "kiem-tra/"):
        assert "CHƯA nộp" in guest.get(dossier, page).content.decode(), page


def test_an_incomplete_application_is_not_handed_in_and_says_what_is_missing(guest: Guest) -> None:
    dossier = guest.start()
    guest.post(dossier, "nguoi-nop/", {**WHO})

    answer = guest.post(dossier, "nop/")
    page = guest.browser.get(answer.headers["Location"]).content.decode()

    dossier.refresh_from_db()
    assert dossier.stage is Status.DRAFT
    assert "Còn thiếu, chưa nộp được" in page
    assert f'href="/ho-so/{dossier.reference}/to-khai/"' in page
    assert f'action="/ho-so/{dossier.reference}/nop/"' not in page


def test_every_kind_of_question_is_asked_and_written_down() -> None:
    kinds = {"a": "date", "b": "number", "c": "choice", "d": "citizen_id", "e": "phone", "f": "longtext", "g": "text"}
    questions: list[dict[str, object]] = [
        {"key": key, "label": f"Câu {key}", "kind": kind, "required": key != "g", "options": ["Nam", "Nữ"], "help": ""}
        for key, kind in kinds.items()
    ]
    guest = Guest(make_offering(procedure=make_procedure(declaration=questions)))
    dossier = guest.start()

    said = {"a": "5/3/2026", "b": "2,5", "c": "Nữ", "d": "011190000077", "e": "0900000777", "f": "Lý do\nkhác", "g": ""}
    answer = guest.post(dossier, "to-khai/", {**said})

    dossier.refresh_from_db()
    assert answer.status_code == 302
    assert dossier.applicant.declaration == said | {"a": "05/03/2026", "b": "2.5", "f": "Lý do\nkhác"}


def test_a_long_declaration_is_shown_five_questions_at_a_time() -> None:
    questions: list[dict[str, object]] = [
        {"key": f"q{number}", "label": f"Câu {number}", "kind": "text", "required": True, "options": [], "help": ""}
        for number in range(7)
    ]
    guest = Guest(make_offering(procedure=make_procedure(declaration=questions)))

    page = guest.get(guest.start(), "to-khai/").content.decode()

    assert "nhóm 2 trên 2" in page


def test_a_procedure_without_questions_has_no_such_part() -> None:
    guest = Guest(make_offering(procedure=make_procedure(declaration=[])))
    dossier = guest.start()

    answer = guest.post(dossier, "nguoi-nop/", {**WHO})

    assert answer.headers["Location"].endswith("/giay-to/")


def test_a_result_by_post_needs_an_address(guest: Guest) -> None:
    dossier = guest.start()

    refused = guest.post(dossier, "nhan-ket-qua/", {"channel": "POST", "postal_address": ""})
    taken = guest.post(dossier, "nhan-ket-qua/", {"channel": "POST", "postal_address": "Bản Phủ"})

    assert refused.status_code == 422
    assert "Hãy ghi địa chỉ" in refused.content.decode()
    assert taken.status_code == 302


def test_a_guest_proves_phone_and_mail_by_codes(guest: Guest) -> None:
    dossier = guest.start()
    guest.fill_in(dossier)

    guest.post(dossier, "lien-he/dien-thoai/gui/")
    code = last_code()
    wrong = guest.post(dossier, "lien-he/dien-thoai/xac-nhan/", {"dien-thoai-code": f"{(int(code) + 1) % 10**6:06}"})
    right = guest.post(dossier, "lien-he/dien-thoai/xac-nhan/", {"dien-thoai-code": code})

    assert wrong.status_code == 422
    assert "Mã này chưa đúng" in wrong.content.decode()
    assert right.status_code == 302
    assert "Đã xác nhận" in guest.get(dossier, "lien-he/").content.decode()


def test_a_second_code_within_a_minute_is_refused_in_words(guest: Guest) -> None:
    dossier = guest.start()
    guest.fill_in(dossier)

    guest.post(dossier, "lien-he/dien-thoai/gui/")
    guest.post(dossier, "lien-he/dien-thoai/gui/")

    assert "Hãy chờ một phút" in guest.get(dossier, "lien-he/").content.decode()


def test_codes_go_over_known_ways_only(guest: Guest) -> None:
    assert guest.post(guest.start(), "lien-he/bo-cau/gui/").status_code == 404


def test_a_signed_in_citizen_confirms_no_contact_and_owns_the_dossier(client: Client, offering: Offering) -> None:
    citizen = make_user(full_name="Lò Thị Ban")
    client.force_login(citizen)
    guest = Guest(offering)
    guest.browser = client
    dossier = guest.start()

    page = guest.get(dossier, "nguoi-nop/").content.decode()
    guest.fill_in(dossier)
    answer = guest.post(dossier, "nop/")

    assert dossier.owner == citizen
    assert "Lò Thị Ban" in page
    assert answer.headers["Location"].endswith("/da-nop/")


def test_once_handed_in_no_part_can_be_changed(guest: Guest) -> None:
    dossier = guest.file()

    answers = [
        guest.get(dossier, "nguoi-nop/"),
        guest.post(dossier, "nguoi-nop/", {**WHO, "full_name": "Kẻ Khác"}),
        guest.get(dossier, "kiem-tra/"),
    ]

    assert {answer.headers.get("Location") for answer in answers} == {f"/ho-so/{dossier.reference}/"}
    dossier.refresh_from_db()
    assert dossier.applicant.full_name == "Lò Thị Ban"


def test_an_address_that_only_acts_leads_back_when_it_is_opened(guest: Guest) -> None:
    dossier = guest.start()

    for page in ("nop/", "giay-to/1/", "giay-to/1/bo/", "lien-he/dien-thoai/gui/", "roi-may-nay/"):
        assert guest.get(dossier, page).headers["Location"] == f"/ho-so/{dossier.reference}/", page


def test_past_the_working_calendar_nothing_is_promised_and_nothing_is_lost(guest: Guest) -> None:
    with time_machine.travel(datetime(2027, 12, 31, 16, 0, tzinfo=HANOI), tick=False):
        dossier = guest.file()
        page = guest.get(dossier, "kiem-tra/").content.decode()

    assert dossier.stage is Status.DRAFT
    assert "chưa có lịch làm việc của những ngày tới" in page


def test_the_confirmation_is_for_what_was_handed_in(guest: Guest) -> None:
    dossier = guest.start()

    assert guest.get(dossier, "da-nop/").headers["Location"] == f"/ho-so/{dossier.reference}/"


@pytest.mark.parametrize("page", ["", "nguoi-nop/", "giay-to/", "kiem-tra/", "da-nop/", "giay-to/1/xem/", "ket-qua/"])
def test_another_guest_is_told_nothing(guest: Guest, client: Client, page: str) -> None:
    dossier = guest.start()
    guest.fill_in(dossier)

    real, invented = client.get(f"/ho-so/{dossier.reference}/{page}"), client.get(f"/ho-so/T-0000-0000-0000/{page}")

    assert real.status_code == invented.status_code == 404
    token = re.compile(rb'(csrfmiddlewaretoken" value|nonce)="[^"]+"|T-[\d-]+')
    assert token.sub(b"", real.content) == token.sub(b"", invented.content)


def test_another_citizen_is_told_that_there_is_no_such_page(client: Client) -> None:
    dossier = make_draft()
    client.force_login(make_user())

    assert client.get(f"/ho-so/{dossier.reference}/").status_code == 404


def test_an_unfinished_draft_leads_to_its_first_gap_and_a_finished_one_to_the_last_look(guest: Guest) -> None:
    dossier = guest.start()

    begun = guest.get(dossier).content.decode()
    guest.fill_in(dossier)
    guest.confirm(dossier)
    done = guest.get(dossier).content.decode()

    assert "Làm tiếp: Người nộp" in begun
    assert "Làm tiếp" not in done
    assert "Xem lại và nộp" in done


def test_the_confirmation_says_where_to_look_the_dossier_up(guest: Guest) -> None:
    dossier = guest.file()

    page = guest.get(dossier, "da-nop/").content.decode()

    assert "http://testserver/tra-cuu/" in page
    assert dossier.lookup_pin in page


def test_a_draft_whose_text_has_changed_says_so_and_leads_to_the_procedure(guest: Guest) -> None:
    dossier = guest.start()
    guest.fill_in(dossier)
    guest.confirm(dossier)
    ProcedureVersion.objects.filter(pk=dossier.procedure_version_id).update(valid_until=timezone.localdate())

    answer = guest.post(dossier, "nop/")
    page = guest.browser.get(answer.headers["Location"]).content.decode()
    last_look = guest.get(dossier, "kiem-tra/").content.decode()

    dossier.refresh_from_db()
    assert dossier.stage is Status.DRAFT
    for shown in (page, last_look):
        assert "Bản nháp này không nộp được nữa" in shown
        assert f'href="/thu-tuc/{guest.offering.procedure.code}/"' in shown
        assert f'action="/ho-so/{dossier.reference}/nop/"' not in shown


def test_a_draft_for_a_desk_that_stopped_taking_it_says_so(guest: Guest) -> None:
    dossier = guest.start()
    guest.fill_in(dossier)
    guest.confirm(dossier)
    Offering.objects.update(valid_until=timezone.localdate())

    answer = guest.post(dossier, "nop/")

    assert "Nơi này không còn tiếp nhận thủ tục này" in guest.browser.get(answer.headers["Location"]).content.decode()


MOVING: list[dict[str, object]] = [
    {"key": "married", "label": "Đã kết hôn", "kind": "yes_no"},
    {"key": "spouse", "label": "Vợ hoặc chồng", "kind": "text", "condition": {"field": "married", "values": ["Có"]}},
    {"key": "children", "label": "Con", "kind": "group", "required": False, "most": 2},
    {"key": "name", "label": "Họ tên con", "kind": "text", "group": "children"},
    {"key": "who", "label": "Người khai", "kind": "text", "prefill": "NAME"},
    {"key": "last", "label": "Nơi làm việc", "kind": "text", "prefill": "EARLIER", "required": False},
    {"key": "needs", "label": "Cần gì", "kind": "choices", "options": ["Bản chính", "Bản sao"], "required": False},
]


def test_a_declaration_opens_questions_and_rows_without_a_script() -> None:
    guest = Guest(make_offering(procedure=make_procedure(declaration=MOVING)))
    dossier = guest.start()
    guest.post(dossier, "nguoi-nop/", {**WHO})

    page = guest.get(dossier, "to-khai/").content.decode()
    assert 'name="spouse"' not in page
    assert f'value="{WHO["full_name"]}"' in page
    typed: dict[str, object] = {
        "shown-fields": "married children who last needs",
        "married": "Có",
        "children": "0",
        "who": "Mùa A Sử",
    }
    more = guest.post(dossier, "to-khai/", {**typed, "declaration-act": "add:children"}).content.decode()
    assert 'name="children-1-name"' in more
    assert 'name="spouse"' in more
    assert 'value="Mùa A Sử"' in more

    unseen = guest.post(dossier, "to-khai/", typed)
    assert unseen.status_code == 422
    assert "Câu trả lời của bạn mở thêm câu hỏi." in unseen.content.decode()
    rows = {"children": "2", "children-1-name": "Páo", "children-2-name": "Say"}
    fewer = guest.post(dossier, "to-khai/", {**typed, **rows, "declaration-act": "remove:children:1"}).content.decode()
    assert 'name="children-2-name"' not in fewer
    assert 'value="Say"' in fewer

    del typed["shown-fields"]
    said: dict[str, object] = {**typed, **rows, "spouse": "Giàng Thị Mỷ", "last": "", "needs": ["Bản chính", "Bản sao"]}
    assert guest.post(dossier, "to-khai/", said).status_code == 302
    dossier.refresh_from_db()
    assert dossier.applicant.declaration == {**said, "needs": "Bản chính\nBản sao"}
    told = guest.get(dossier, "kiem-tra/").content.decode()
    assert "Họ tên con (2)" in told
    assert "Bản chính; Bản sao" in told


def test_a_required_answer_in_a_row_keeps_the_application_back() -> None:
    guest = Guest(make_offering(procedure=make_procedure(declaration=MOVING)))
    dossier = guest.start()
    guest.post(dossier, "luu/to-khai/", {"married": "Không", "children": "1", "who": "Mùa A Sử"})

    dossier.refresh_from_db()
    assert [gap.what for gap in gaps_of(dossier) if gap.part is Part.DECLARATION] == ["children-1-name"]


def test_a_group_that_an_answer_requires_keeps_the_application_back_without_a_row() -> None:
    condition = {"field": "married", "values": ["Có"], "effect": "REQUIRE"}
    asked = [{**one, "condition": condition} if one["key"] == "children" else one for one in MOVING]
    guest = Guest(make_offering(procedure=make_procedure(declaration=asked)))
    dossier = guest.start()
    said = {"married": "Có", "spouse": "Giàng Thị Mỷ", "children": "0", "who": "Mùa A Sử"}
    guest.post(dossier, "luu/to-khai/", {**said})

    dossier.refresh_from_db()
    assert [gap.what for gap in gaps_of(dossier) if gap.part is Part.DECLARATION] == ["children-1-name"]
    page = guest.get(dossier, "to-khai/").content.decode()
    assert 'name="children-1-name"' in page
    assert "remove:children:1" not in page


def test_a_question_may_be_called_as_buttons_are_elsewhere() -> None:
    asked: list[dict[str, object]] = [*MOVING[:4], {"key": "do", "label": "Độ", "kind": "text"}]
    guest = Guest(make_offering(procedure=make_procedure(declaration=asked)))
    dossier = guest.start()
    said: dict[str, object] = {"married": "Không", "children": "0", "do": "add:children"}

    assert guest.post(dossier, "to-khai/", said).status_code == 302

    dossier.refresh_from_db()
    assert dossier.applicant.declaration == said
    page = guest.get(dossier, "to-khai/").content.decode()
    assert page.count('name="do"') == 1
    more = guest.post(dossier, "to-khai/", {**said, "declaration-act": "add:children"}).content.decode()
    assert 'name="children-1-name"' in more
