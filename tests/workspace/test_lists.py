"""The worklist, the register and the look-up: what they show, to whom, and how much they ask of the database."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from motcua.accounts.models import User
from motcua.dossiers.models import Dossier
from motcua.dossiers.queries.time_left import remaining_of
from motcua.organisations.facts import working_calendar
from motcua.organisations.models import OfficeHours
from motcua.rules.permissions import Role
from motcua.rules.transitions import Status
from motcua.workspace.printed import clock_of
from tests.make import LONG_AGO, MONDAY, Office, make_dossier, make_office, make_officer, make_user
from tests.workspace.conftest import NOW

pytestmark = pytest.mark.django_db

AtWork = Callable[[User], Client]


def queries_of(client: Client, url: str) -> int:
    client.get(url)  # warms what is cached for the life of the process
    with CaptureQueriesContext(
        connection,
    ) as captured:
        assert client.get(url).status_code == 200
    return len(captured)


def test_the_least_time_left_stands_first_and_says_so_in_words(office: Office, at_work: AtWork) -> None:
    fresh = make_dossier(office=office, at=MONDAY + timedelta(hours=7))
    older = make_dossier(office=office, at=MONDAY)
    late = make_dossier(office=office, at=MONDAY - timedelta(days=4))

    said = at_work(office.reception).get("/xu-ly/").content.decode()

    places = [said.index(dossier.public_code) for dossier in (late, older, fresh)]
    assert places == sorted(places)
    assert "quá hạn 1 ngày" in said
    assert "Mới" in said


def test_the_counters_are_filters(office: Office, at_work: AtWork) -> None:
    late = make_dossier(office=office, at=MONDAY - timedelta(days=4))
    fresh = make_dossier(office=office, at=MONDAY + timedelta(hours=7))

    said = at_work(office.reception).get("/xu-ly/?ngan=qua-han").content.decode()

    assert late.public_code in said
    assert fresh.public_code not in said


def test_an_unknown_filter_and_a_broken_mark_start_from_the_beginning(office: Office, at_work: AtWork) -> None:
    dossier = make_dossier(office=office)

    said = at_work(office.reception).get("/xu-ly/?ngan=la&sau=la~la").content.decode()

    assert dossier.public_code in said


def test_pages_of_the_worklist_follow_one_another_without_gap_or_repeat(
    office: Office, at_work: AtWork, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("motcua.dossiers.queries.worklist.PAGE_SIZE", 2)
    codes = {make_dossier(office=office).public_code for _ in range(5)}
    client = at_work(office.reception)
    url, seen = "/xu-ly/", []
    while url:
        answer = client.get(url)
        seen += [row.code for row in answer.context["rows"]]
        url = f"/xu-ly/?sau={answer.context['after']}".replace("+", "%2B") if answer.context["after"] else ""

    assert len(seen) == 5
    assert set(seen) == codes


def test_the_worklist_asks_as_much_for_one_row_as_for_thirty(office: Office, at_work: AtWork) -> None:
    client = at_work(office.reception)
    make_dossier(office=office)
    for_one = queries_of(client, "/xu-ly/")
    for _ in range(29):
        make_dossier(office=office)

    assert (for_one, queries_of(client, "/xu-ly/")) == (11, 11)


def test_the_register_asks_as_much_for_one_row_as_for_thirty(office: Office, at_work: AtWork) -> None:
    client = at_work(office.reception)
    make_dossier(office=office)
    for_one = queries_of(client, "/xu-ly/ho-so-cua-bo-phan/")
    for _ in range(29):
        make_dossier(office=office)

    assert (for_one, queries_of(client, "/xu-ly/ho-so-cua-bo-phan/")) == (5, 5)


def test_the_dossier_page_asks_a_fixed_number_of_queries(office: Office, at_work: AtWork) -> None:
    early = make_dossier(status=Status.ACCEPTED, office=office)
    late = make_dossier(status=Status.RETURNED, office=office)
    client = at_work(office.reception)

    assert [queries_of(client, f"/xu-ly/ho-so/{dossier.public_code}/") for dossier in (early, late)] == [25, 25]


def test_the_register_shows_one_status_or_all(office: Office, at_work: AtWork) -> None:
    waiting = make_dossier(office=office)
    returned = make_dossier(status=Status.RETURNED, office=office)
    client = at_work(office.reception)

    everything = client.get("/xu-ly/ho-so-cua-bo-phan/").content.decode()
    over = client.get("/xu-ly/ho-so-cua-bo-phan/?status=RETURNED").content.decode()

    assert waiting.public_code in everything
    assert returned.public_code in everything
    assert returned.public_code in over
    assert waiting.public_code not in over


def test_pages_of_the_register_follow_one_another(
    office: Office, at_work: AtWork, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("motcua.dossiers.queries.register.PAGE_SIZE", 2)
    dossiers = [make_dossier(office=office, at=MONDAY - timedelta(hours=number)) for number in range(3)]
    client = at_work(office.reception)

    first = client.get("/xu-ly/ho-so-cua-bo-phan/")
    second = client.get("/xu-ly/ho-so-cua-bo-phan/", {"sau": first.context["after"]})

    shown = [printed.row.code for page in (first, second) for printed in page.context["rows"]]
    assert shown == [dossier.public_code for dossier in dossiers]
    assert second.context["after"] is None


def test_a_code_opens_its_dossier_and_a_beginning_lists_what_fits(office: Office, at_work: AtWork) -> None:
    dossier = make_dossier(status=Status.ACCEPTED, office=office)
    other = make_dossier(status=Status.ACCEPTED, office=office)
    client = at_work(office.reception)

    exact = client.get("/xu-ly/tim/", {"q": f" {dossier.public_code.lower()} "})
    by_reference = client.get("/xu-ly/tim/", {"q": dossier.reference})
    by_beginning = client.get("/xu-ly/tim/", {"q": dossier.public_code[:-4]}).content.decode()

    assert exact.headers["Location"] == f"/xu-ly/ho-so/{dossier.public_code}/"
    assert by_reference.headers["Location"] == f"/xu-ly/ho-so/{dossier.public_code}/"
    assert dossier.public_code in by_beginning
    assert other.public_code in by_beginning


def test_the_look_up_finds_nothing_of_a_stranger(office: Office, at_work: AtWork) -> None:
    dossier = make_dossier(office=office)

    answer = at_work(make_office().reception).get("/xu-ly/tim/", {"q": dossier.public_code})

    assert answer.status_code == 200
    assert "Không tìm thấy" in answer.content.decode()


def test_whoever_holds_no_role_today_reads_so(at_work: AtWork) -> None:
    answer = at_work(make_user(full_name="Lò Thị Dân")).get("/xu-ly/")

    assert answer.status_code == 403
    assert "Hôm nay bạn chưa được giao việc nào" in answer.content.decode()


def test_a_processing_officer_sees_only_what_is_assigned_to_them(office: Office, at_work: AtWork) -> None:
    dossier = make_dossier(status=Status.IN_PROGRESS, office=office)
    colleague = make_officer(Role.PROCESSING_OFFICER, office.offering.competent_unit)

    own = at_work(office.officer).get("/xu-ly/").content.decode()
    others = at_work(colleague).get("/xu-ly/").content.decode()

    assert dossier.public_code in own
    assert dossier.public_code not in others


def test_a_live_session_gives_a_form_its_token_and_a_dead_one_leads_to_the_sign_in(
    office: Office, at_work: AtWork
) -> None:
    alive = at_work(office.reception).get("/xu-ly/phien/")
    dead = Client().get("/xu-ly/phien/")

    assert (alive.status_code, alive.headers["Cache-Control"]) == (200, "no-store")
    assert len(alive.content) > 30
    assert dead.status_code == 302


def test_signing_in_again_leads_back_to_the_same_form(office: Office, now: object) -> None:
    dossier = make_dossier(office=office)

    answer = Client().post(f"/xu-ly/ho-so/{dossier.public_code}/tu-choi/", {"reason": "dài"})

    assert answer.status_code == 302
    assert answer.headers["Location"].endswith(f"?next=/xu-ly/ho-so/{dossier.public_code}/tu-choi/")
    assert Dossier.objects.get(pk=dossier.pk).status == Status.SUBMITTED


@pytest.mark.parametrize("page", ["/xu-ly/", "/xu-ly/ho-so-cua-bo-phan/"])
def test_no_browser_keeps_a_page_of_the_workspace(office: Office, at_work: AtWork, page: str) -> None:
    answer = at_work(office.reception).get(page)

    assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "no-store, private")


def test_a_result_that_waits_to_be_fetched_is_never_overdue_and_stands_last(
    office: Office, at_work: AtWork, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("motcua.dossiers.queries.worklist.PAGE_SIZE", 1)
    ready = [make_dossier(office=office, status=Status.DONE, at=MONDAY - timedelta(days=30)) for _ in range(2)]
    fresh = make_dossier(office=office, at=MONDAY + timedelta(hours=7))
    client = at_work(office.reception)

    seen, url = [], "/xu-ly/"
    while url:
        answer = client.get(url)
        seen += [row.code for row in answer.context["rows"]]
        url = f"/xu-ly/?sau={answer.context['after']}".replace("+", "%2B") if answer.context["after"] else ""
    late = client.get("/xu-ly/?ngan=qua-han").context["rows"]
    page = client.get(f"/xu-ly/ho-so/{ready[0].public_code}/").content.decode()

    assert seen == [fresh.public_code, *(dossier.public_code for dossier in ready)]
    assert list(late) == []
    assert "chờ người nộp đến nhận" in page
    assert "quá hạn" not in page


def test_who_only_looks_on_still_sees_the_results_that_wait_at_the_desk(office: Office, at_work: AtWork) -> None:
    head = make_officer(Role.HEAD_OF_ONE_STOP, office.offering.receiving_unit)
    ready = make_dossier(office=office, status=Status.DONE)

    said = at_work(head).get("/xu-ly/?ngan=noi-khac").content.decode()

    assert ready.public_code in said


def test_time_left_is_told_by_the_hours_of_whoever_must_act(office: Office, at_work: AtWork) -> None:
    """The desk is open around the clock, the agency a quarter of an hour a day: each clock goes by its own hours."""
    waiting, accepted = make_dossier(office=office), make_dossier(office=office, status=Status.ACCEPTED)
    OfficeHours.objects.create(unit=waiting.receiving_unit, spans="00:00-23:45", valid_from=LONG_AGO)
    OfficeHours.objects.create(unit=waiting.competent_unit, spans="08:00-08:15", valid_from=LONG_AGO)
    client = at_work(office.reception)

    rows = {row.code: row for row in client.get("/xu-ly/").context["rows"]}
    pages = {
        dossier.public_code: client.get(f"/xu-ly/ho-so/{dossier.public_code}/").context["clock"]
        for dossier in (waiting, accepted)
    }

    for dossier, unit in ((waiting, waiting.receiving_unit), (accepted, accepted.competent_unit)):
        left = remaining_of(dossier, working_calendar(unit, NOW.date()), NOW)
        assert (
            rows[dossier.public_code].time_left
            == pages[dossier.public_code].words
            == clock_of(left, dossier.stage).words
        )
