"""Lists: page by page, each row once, and the same number of statements for one row and for thirty."""

import base64
import uuid
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from motcua.dossiers.models import Dossier
from motcua.dossiers.queries import own, register, worklist
from motcua.rules.transitions import Status
from tests.api.conftest import Machine, machine, told
from tests.make import MONDAY, Office, make_dossier, make_draft, make_office, make_user

LATER = MONDAY + timedelta(days=30)


@pytest.fixture
def office() -> Office:
    return make_office()


def every_page(known: Machine, path: str, query: dict[str, str] | None = None) -> list[list[str]]:
    """Read page after page until there is no cursor, and tell the codes on each."""
    pages, cursor = [], ""
    while True:
        said = told(known.get(path, {**(query or {}), "cursor": cursor}))
        pages.append([row.get("public_code") or row["reference"] for row in said["items"]])
        cursor = said["next_cursor"]
        if cursor is None:
            return pages


def copies(dossier: Dossier, count: int) -> list[str]:
    """Make `count` dossiers more like `dossier`, at one moment, and tell all references."""
    person, references = dossier.applicant, [dossier.reference]
    for number in range(count):
        dossier.pk, dossier.reference, dossier.code = None, f"T-{number:04}-0000-0000", None
        dossier.draft_key = uuid.uuid4()
        dossier.save(force_insert=True)
        person.pk = person.dossier_id = dossier.pk
        person.save(force_insert=True)
        references.append(dossier.reference)
    return references


def test_the_worklist_comes_page_by_page(office: Office) -> None:
    references = copies(make_dossier(office=office), worklist.PAGE_SIZE + 5)

    first, second = every_page(machine(office.reception), "/work/worklist")

    assert (len(first), len(second)) == (worklist.PAGE_SIZE, 6)
    assert sorted(first + second) == sorted(references)


def test_what_waits_for_applicants_comes_page_by_page_though_no_clock_runs(office: Office) -> None:
    dossier = make_dossier(office=office)
    Dossier.objects.update(
        status=Status.INTAKE_SUPPLEMENT, holder_unit=None, holder_role="", action_due_at=None, assignee=None
    )
    references = copies(Dossier.objects.select_related("applicant").get(pk=dossier.pk), worklist.PAGE_SIZE + 5)

    first, second = every_page(machine(office.reception), "/work/worklist", {"shelf": "WAITING_FOR_APPLICANT"})

    assert sorted(first + second) == sorted(references)
    assert told(machine(office.reception).get("/work/worklist"))["counts"]["WAITING_FOR_APPLICANT"] == len(references)


def test_the_register_comes_page_by_page_and_by_status(office: Office) -> None:
    references = copies(make_dossier(office=office), register.PAGE_SIZE)
    desk = machine(office.reception)

    first, second = every_page(desk, "/work/dossiers")

    assert sorted(first + second) == sorted(references)
    assert every_page(desk, "/work/dossiers", {"status": "RETURNED"}) == [[]]


def test_a_code_or_its_beginning_finds_dossiers(office: Office) -> None:
    dossier = make_dossier(office=office, status=Status.ACCEPTED)
    desk = machine(office.reception)

    assert every_page(desk, "/work/dossiers", {"code": dossier.reference[:6].lower()}) == [[dossier.code]]
    assert every_page(desk, "/work/dossiers", {"code": "T-0000-0000-0000"}) == [[]]


def test_own_dossiers_come_page_by_page_the_newest_first(office: Office) -> None:
    citizen = make_user()
    older = make_draft(offering=office.offering, owner=citizen, at=MONDAY - timedelta(days=1))
    references = copies(make_draft(offering=office.offering, owner=citizen), own.PAGE_SIZE)

    first, second = every_page(machine(citizen), "/my/dossiers")

    assert sorted(first + second) == sorted([*references, older.reference])
    assert second[-1] == older.reference


@pytest.mark.parametrize("cursor", ["xyz", "%%%", base64.b64encode(b"1; DROP TABLE").decode(), "2026-01-01~1"])
@pytest.mark.parametrize("path", ["/work/worklist", "/work/dossiers", "/my/dossiers"])
def test_a_cursor_of_somebody_elses_making_is_refused(office: Office, path: str, cursor: str) -> None:
    said = told(machine(office.reception).get(path, {"cursor": cursor}), 422)

    assert [(fault["path"], fault["code"]) for fault in said["errors"]] == [("cursor", "cursor_unclear")]


def statements(ask: Callable[[], object]) -> int:
    with CaptureQueriesContext(connection) as queries:
        ask()
    return len(queries)


@pytest.mark.parametrize(
    ("path", "most"),
    [("/work/worklist", 6), ("/work/worklist?shelf=ELSEWHERE", 6), ("/work/dossiers", 3), ("/work/dossiers?code=T", 4)],
)
def test_an_officials_list_asks_as_often_for_thirty_as_for_one(office: Office, path: str, most: int) -> None:
    dossier = make_dossier(office=office)
    desk = machine(office.reception)

    one = statements(lambda: told(desk.get(path)))
    copies(dossier, 29)

    assert statements(lambda: told(desk.get(path))) == one <= most


def test_a_citizens_list_asks_as_often_for_thirty_as_for_one(office: Office) -> None:
    citizen = make_user()
    dossier = make_draft(offering=office.offering, owner=citizen)
    known = machine(citizen)

    one = statements(lambda: told(known.get("/my/dossiers")))
    copies(dossier, 29)

    assert statements(lambda: told(known.get("/my/dossiers"))) == one <= 2


@pytest.mark.parametrize("status", [Status.SUBMITTED, Status.RETURNED])
def test_a_dossiers_page_asks_within_its_budget(office: Office, status: Status) -> None:
    dossier = make_dossier(office=office, status=status)
    assert dossier.owner is not None
    desk, citizen = machine(office.reception), machine(dossier.owner)

    assert statements(lambda: told(desk.get(f"/work/dossiers/{dossier.reference}"))) <= 9
    assert statements(lambda: told(citizen.get(f"/my/dossiers/{dossier.reference}"))) <= 7


def test_a_procedure_asks_within_its_budget(office: Office) -> None:
    code, desk = office.offering.procedure.code, office.offering.receiving_unit.code
    known = machine()

    assert statements(lambda: told(known.get(f"/procedures/{code}"))) <= 5
    assert statements(lambda: told(known.get(f"/procedures/{code}/desks"))) <= 2
    assert statements(lambda: told(known.get(f"/procedures/{code}/earliest-result", {"desk": desk}))) <= 5
