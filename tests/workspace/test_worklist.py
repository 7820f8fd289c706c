"""The worklist as one address: counters, filters, columns, saved filters, what is unread and who has what open."""

import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from urllib.parse import urlencode

import pytest
import time_machine
from django.db import connection
from django.http import QueryDict
from django.test import Client
from django.test.utils import CaptureQueriesContext

from motcua.accounts.facts import grants_of
from motcua.accounts.models import User
from motcua.dossiers.commands import consult, process
from motcua.dossiers.commands.open_dossier import note_opening
from motcua.dossiers.commands.saved_filters import MOST_FILTERS, TooManyFilters, save_filter
from motcua.dossiers.models import Dossier, SavedFilter
from motcua.dossiers.queries import worklist
from motcua.rules.permissions import Role
from motcua.rules.transitions import Action, Status
from motcua.workspace.worklist_address import Address
from tests.make import MONDAY, Office, make_branched_office, make_dossier, make_offering, make_office, make_officer
from tests.workspace.conftest import NOW

pytestmark = pytest.mark.django_db

AtWork = Callable[[User], Client]


def codes(client: Client, url: str) -> set[str]:
    return {row.code for row in client.get(url).context["rows"]}


def figures(client: Client, url: str = "/xu-ly/") -> dict[str, int]:
    return {figure.label: figure.value for figure in client.get(url).context["figures"]}


def open_by(person: User, dossier: Dossier, *, act: Action | None = None, minutes_ago: int = 0) -> None:
    at = NOW - timedelta(minutes=minutes_ago)
    note_opening(dossier=dossier, officer=person, act=act, at=at, fresh=at - timedelta(minutes=3))


@pytest.fixture
def other_procedure(office: Office) -> Office:
    """The same people with another procedure."""
    offering = make_offering(commune=office.offering.competent_unit, desk=office.offering.receiving_unit)
    return Office(
        offering=offering,
        reception=office.reception,
        dispatcher=office.dispatcher,
        officer=office.officer,
        signer=office.signer,
        clerk=office.clerk,
        asked=office.asked,
        result_file=office.result_file,
    )


def test_what_an_official_sees_is_put_together_once_a_thread(office: Office) -> None:
    grants = grants_of(office.reception, NOW.date())
    known = worklist._sight  # noqa: SLF001  # nothing of it shows but that two threads share no query

    def look() -> int:
        worklist.worklist_dossiers(office.reception, grants, at=NOW, part=worklist.EVERYTHING)
        return known.cache_info().misses

    before = known.cache_info().misses
    here = [look(), look()]
    with ThreadPoolExecutor(max_workers=1) as other:
        there = [other.submit(look).result() for _ in range(2)]

    assert [count - before for count in (*here, *there)] == [1, 1, 2, 2]


def test_a_list_is_narrowed_by_its_address_alone(office: Office, other_procedure: Office, at_work: AtWork) -> None:
    one = make_dossier(office=office)
    two = make_dossier(office=other_procedure)
    accepted = make_dossier(office=office, status=Status.ACCEPTED)
    desk = at_work(office.reception)
    procedure = two.procedure_version.procedure.code

    assert codes(desk, f"/xu-ly/?thutuc={procedure}") == {two.public_code}
    assert codes(desk, "/xu-ly/?buoc=ACCEPTED") == {accepted.public_code}
    assert codes(desk, f"/xu-ly/?q={one.public_code[-4:].lower()}") == {one.public_code}
    assert codes(desk, f"/xu-ly/?donvi={office.offering.receiving_unit.code}") == {
        one.public_code,
        two.public_code,
        accepted.public_code,
    }
    assert codes(desk, "/xu-ly/?buoc=la&ngan=la&cot=la&thutuc=") == codes(desk, "/xu-ly/")
    assert codes(desk, "/xu-ly/?thutuc=la") == set()


def test_the_counters_count_what_their_list_shows(office: Office, other_procedure: Office, at_work: AtWork) -> None:
    make_dossier(office=office, at=MONDAY - timedelta(days=4))
    make_dossier(office=other_procedure)
    desk = at_work(office.reception)
    procedure = other_procedure.offering.procedure.code

    assert figures(desk)["Tất cả việc của tôi"] == 2
    assert figures(desk)["Quá hạn"] == 1
    assert figures(desk, f"/xu-ly/?thutuc={procedure}")["Tất cả việc của tôi"] == 1
    assert figures(desk, f"/xu-ly/?thutuc={procedure}")["Quá hạn"] == 0
    url = next(figure.url for figure in desk.get(f"/xu-ly/?thutuc={procedure}").context["figures"] if figure.value == 0)
    assert f"thutuc={procedure}" in url


def test_a_dispatcher_finds_what_an_officer_holds_and_what_nobody_does(office: Office, at_work: AtWork) -> None:
    held = make_dossier(office=office, status=Status.IN_PROGRESS)
    waiting = make_dossier(office=office, status=Status.TRANSFERRED)
    dispatcher = at_work(office.dispatcher)

    assert codes(dispatcher, f"/xu-ly/?ngan=noi-khac&canbo={office.officer.username}") == {held.public_code}
    assert codes(dispatcher, "/xu-ly/?ngan=chua-giao") == {waiting.public_code}
    assert figures(dispatcher)["Chưa có cán bộ"] == 1
    assert "Chưa có cán bộ" not in figures(at_work(office.reception))


def test_what_waits_for_another_agency_stands_on_a_shelf_of_its_own(office: Office, at_work: AtWork) -> None:
    asked = make_officer(Role.PROCESSING_OFFICER, office.asked)
    dossier = make_dossier(office=office, status=Status.IN_PROGRESS)
    question = consult.Question(office.asked, "Có vướng gì không?", days=2)
    consult.consult(dossier=dossier, officer=office.officer, question=question, at=NOW)

    assert codes(at_work(office.officer), "/xu-ly/?ngan=cho-co-quan") == {dossier.public_code}
    assert codes(at_work(asked), "/xu-ly/?ngan=cho-co-quan") == set()
    assert codes(at_work(asked), "/xu-ly/") == {dossier.public_code}


def test_a_dossier_is_unread_until_it_is_opened_and_again_when_it_changes(office: Office, at_work: AtWork) -> None:
    dossier = make_dossier(office=office)
    desk = at_work(office.reception)
    assert codes(desk, "/xu-ly/?ngan=chua-xem") == {dossier.public_code}
    assert "Chưa xem" in [badge.label for badge in desk.get("/xu-ly/").context["rows"][0].badges]

    open_by(office.reception, dossier)
    assert codes(desk, "/xu-ly/?ngan=chua-xem") == set()
    assert figures(desk)["Chưa xem"] == 0

    Dossier.objects.filter(pk=dossier.pk).update(version=dossier.version + 1)
    assert codes(desk, "/xu-ly/?ngan=chua-xem") == {dossier.public_code}


def test_a_row_says_who_has_it_open_and_who_changes_it(office: Office, at_work: AtWork) -> None:
    dossier = make_dossier(office=office)
    lan = make_officer(Role.RECEPTION_OFFICER, office.offering.receiving_unit, full_name="Quàng Thị Lan")
    hung = make_officer(Role.RECEPTION_OFFICER, office.offering.receiving_unit, full_name="Lò Văn Hùng")
    gone = make_officer(Role.RECEPTION_OFFICER, office.offering.receiving_unit, full_name="Giàng A Vắng")
    open_by(lan, dossier, act=Action.ACCEPT, minutes_ago=2)
    open_by(hung, dossier)
    open_by(gone, dossier, minutes_ago=4)

    said = [badge.label for badge in at_work(office.reception).get("/xu-ly/").context["rows"][0].badges]

    assert said == ["Mới", "Chưa xem", "Thị Lan đang sửa (2 phút)", "Văn Hùng đang xem"]


def test_columns_are_chosen_in_the_address(office: Office, at_work: AtWork) -> None:
    make_dossier(office=office)
    desk = at_work(office.reception)

    usual = desk.get("/xu-ly/").context
    chosen = desk.get("/xu-ly/?cot=ngay-nop&cot=noi-nhan&cot=buoc").context

    assert usual["columns"] == ["Thủ tục", "Bước"]
    assert chosen["columns"] == ["Bước", "Nơi tiếp nhận", "Nộp lúc"]
    assert [cell.value for cell in chosen["rows"][0].cells][1] == office.offering.receiving_unit.name


def test_what_can_be_done_at_once_is_a_link_of_the_row(office: Office, at_work: AtWork) -> None:
    dossier = make_dossier(office=office, status=Status.TRANSFERRED)
    new = make_dossier(office=office)

    acts = at_work(office.dispatcher).get("/xu-ly/").context["rows"][0].acts
    desk = {row.code: row.acts for row in at_work(office.reception).get("/xu-ly/").context["rows"]}

    assert [(act.key, act.url) for act in acts] == [("a", f"/xu-ly/ho-so/{dossier.public_code}/phan-cong/")]
    assert [act.key for act in desk[new.public_code]] == ["s"]


def test_a_filter_is_kept_under_a_name_and_shared_with_the_unit(office: Office, at_work: AtWork) -> None:
    colleague = make_officer(Role.RECEPTION_OFFICER, office.offering.receiving_unit)
    desk = at_work(office.reception)
    unit = office.offering.receiving_unit.code
    typed = {"name": "Gấp, khai sinh", "query": "ngan=qua-han&sau=x~1&la=la&q=abc", "unit": unit}

    answer = desk.post("/xu-ly/bo-loc/", typed)
    desk.post("/xu-ly/bo-loc/", {"name": "Riêng tôi", "query": "buoc=ACCEPTED", "unit": ""})

    assert answer.headers["Location"] == "/xu-ly/?ngan=qua-han&q=abc"
    own = [line.name for line, _ in desk.get("/xu-ly/").context["filters"]]
    theirs = [(line.name, line.query) for line, _ in at_work(colleague).get("/xu-ly/").context["filters"]]
    assert own == ["Gấp, khai sinh", "Riêng tôi"]
    assert theirs == [("Gấp, khai sinh", "ngan=qua-han&q=abc")]
    assert [current for _, current in desk.get("/xu-ly/?q=abc&ngan=qua-han").context["filters"]] == [True, False]


def test_a_shared_filter_stays_shared_when_it_is_saved_again(office: Office, at_work: AtWork) -> None:
    desk, unit = at_work(office.reception), office.offering.receiving_unit
    desk.post("/xu-ly/bo-loc/", {"name": "Gấp", "query": "ngan=qua-han", "unit": unit.code})

    said = desk.get("/xu-ly/?ngan=qua-han").content.decode()
    other = desk.get("/xu-ly/").content.decode()

    option = re.compile(rf'<option value="{unit.code}"\s+selected>')
    assert option.search(said)
    assert not option.search(other)


def test_a_filter_is_renewed_by_its_name_and_removed_by_its_owner_alone(office: Office, at_work: AtWork) -> None:
    desk = at_work(office.reception)
    for query in ("ngan=qua-han", "ngan=cho-nguoi-nop"):
        desk.post("/xu-ly/bo-loc/", {"name": "Gấp", "query": query})
    saved = SavedFilter.objects.get()

    assert saved.query == "ngan=cho-nguoi-nop"
    assert at_work(make_office().reception).post(f"/xu-ly/bo-loc/{saved.pk}/xoa/").status_code == 404
    desk.post(f"/xu-ly/bo-loc/{saved.pk}/xoa/")
    assert not SavedFilter.objects.exists()


@pytest.mark.parametrize("typed", [{"name": ""}, {"name": "x" * 61}, {"name": "Gấp", "unit": "H99.99.99"}])
def test_a_filter_without_a_good_name_or_for_another_unit_is_not_kept(
    typed: dict[str, str], office: Office, at_work: AtWork
) -> None:
    answer = at_work(office.reception).post("/xu-ly/bo-loc/", {"query": "ngan=qua-han", **typed})

    assert answer.headers["Location"] == "/xu-ly/?ngan=qua-han"
    assert not SavedFilter.objects.exists()


def test_the_longest_filter_in_the_longest_letters_is_kept(office: Office, at_work: AtWork) -> None:
    words = dict.fromkeys(("thutuc", "canbo", "donvi", "q"), "ỹ" * 64)

    at_work(office.reception).post("/xu-ly/bo-loc/", {"name": "Dài", "query": urlencode(words)})

    assert Address.read(QueryDict(SavedFilter.objects.get().query)).narrowing.text == "ỹ" * 64


def test_nobody_keeps_more_filters_than_they_can_oversee(office: Office) -> None:
    SavedFilter.objects.bulk_create(
        SavedFilter(owner=office.reception, name=str(number), saved_at=NOW) for number in range(MOST_FILTERS)
    )

    with pytest.raises(TooManyFilters):
        save_filter(owner=office.reception, name="Thêm", query="", unit=None, at=NOW)
    save_filter(owner=office.reception, name="1", query="q=1", unit=None, at=NOW)


def test_no_row_is_lost_from_page_to_page_of_a_narrowed_list(
    office: Office, at_work: AtWork, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("motcua.dossiers.queries.worklist.PAGE_SIZE", 2)
    made = {make_dossier(office=office, at=MONDAY + timedelta(hours=hour)).public_code for hour in range(5)}
    made |= {make_dossier(office=office, status=Status.DONE).public_code}
    client, seen, url = at_work(office.reception), list[str](), "/xu-ly/?cot=thu-tuc"
    while url:
        answer = client.get(url)
        seen += [row.code for row in answer.context["rows"]]
        after = re.search(r'rel="next"', answer.content.decode()) and answer.context["after"]
        url = "/xu-ly/?cot=thu-tuc&sau=" + after.replace("+", "%2B") if after else ""

    assert len(seen) == 6
    assert set(seen) == made


def test_an_officer_with_much_to_do_costs_as_many_queries_when_narrowed(office: Office, at_work: AtWork) -> None:
    dossier = make_dossier(office=office, status=Status.IN_PROGRESS)
    process.assign(dossier=dossier, officer=office.dispatcher, giving=process.Giving(office.officer), at=NOW)
    client = at_work(office.officer)
    counted = []
    for url in ("/xu-ly/", f"/xu-ly/?buoc=IN_PROGRESS&canbo={office.officer.username}&q=H18"):
        client.get(url)
        with CaptureQueriesContext(connection) as captured:
            client.get(url)
        counted.append(len(captured))

    assert counted == [12, 12]


def test_a_leg_of_ones_own_unit_has_its_own_clock(at_work: AtWork) -> None:
    office = make_branched_office()
    expert = make_officer(Role.PROCESSING_OFFICER, office.asked)
    dossier = make_dossier(status=Status.IN_PROGRESS, office=office)
    leg = dossier.steps.get(code="PHOI_HOP")
    desk = at_work(expert)
    said = []
    for moment in (NOW, leg.due_at + timedelta(minutes=1)):
        with time_machine.travel(moment, tick=False):
            said.append(desk.get("/xu-ly/").context)

    badges = [
        [str(badge.label) for badge in context["rows"][0].badges if "phối hợp" in badge.label] for context in said
    ]
    overdue = [context["figures"][1].value for context in said]
    assert [len(labels) for labels in badges] == [1, 1]
    assert badges[0][0].startswith("Bước phối hợp: còn")
    assert "quá" in badges[1][0]
    assert overdue == [0, 1]
    with time_machine.travel(leg.due_at + timedelta(minutes=1), tick=False):
        assert len(desk.get("/xu-ly/?ngan=qua-han").context["rows"]) == 1
        assert "Bước phối hợp" not in at_work(office.signer).get("/xu-ly/").content.decode()
