"""The national database for machines: records in its structure, differences, entries confirmed once only."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from motcua.exchange.models import NationalDifference, NationalEntry
from motcua.exchange.queries import exported, lists
from tests.api.conftest import Machine, machine, told
from tests.catalogue.publishing import begun, make_province, new_line, published
from tests.exchange.national import taken, told_as_here
from tests.exchange.test_national_format import foreign
from tests.make import MONDAY, make_procedure

pytestmark = pytest.mark.django_db
HOME = "/work/national-database"


def test_a_procedure_is_told_in_the_national_structure_to_anybody() -> None:
    procedure = make_procedure()

    said = told(Machine("").get(f"/procedures/{procedure.code}/national-record"), 200)

    assert said["record"]["TENTTHC"] == procedure.title
    assert told(Machine("").get("/procedures/9.999999/national-record"), 404)["status"] == 404


def test_the_catalogue_is_told_page_by_page(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exported, "PAGE", 2)
    province, codes = make_province(), {make_procedure().code for _ in range(3)}
    officer = machine(province.officer)

    first = told(officer.get(f"{HOME}/records"), 200)
    second = told(officer.get(f"{HOME}/records?cursor={first['next_cursor']}"), 200)

    assert {one["MATTHC"] for one in [*first["items"], *second["items"]]} == codes
    assert len(first["items"]) == 2
    assert second["next_cursor"] is None


def test_differences_are_told_with_their_parts_and_narrowed() -> None:
    province, procedure = make_province(), make_procedure()
    taken(province, told_as_here(procedure.code, YEUCAU="Khác"), foreign(MATTHC="2.999999"))
    officer = machine(province.officer)

    every = told(officer.get(f"{HOME}/differences"), 200)["items"]
    some = told(officer.get(f"{HOME}/differences?part=CONDITIONS"), 200)["items"]

    assert [one["kind"] for one in every] == ["DIFFERING", "MISSING_HERE"]
    assert [(one["code"], one["parts"]) for one in some] == [(procedure.code, ["CONDITIONS"])]


def test_an_entry_is_confirmed_once_and_who_may_not_is_told_so() -> None:
    province = make_province()
    decision = begun(province, effective_on=MONDAY.date())
    new_line(decision, province)
    published(decision, province, at=MONDAY - timedelta(days=3))
    entry = NationalEntry.objects.get()
    path = f"{HOME}/entries/{entry.key}/confirmation"
    officer = machine(province.officer)
    assert told(officer.get(f"{HOME}/entries?state=NOT_SENT"), 200)["items"][0]["code"] == "3.000001"

    early = told(officer.post(path, {"entered_on": "2020-01-01"}), 422)
    stranger = told(machine(province.chairman).post(path, {"entered_on": "2026-03-02"}), 403)
    said = told(officer.post(path, {"entered_on": "2026-03-02"}), 200)

    assert (early["code"], stranger["code"]) == ("day_impossible", "not_the_keeper")
    assert (said["state"], said["entered_on"]) == ("CONFIRMED", "2026-03-02")
    assert told(officer.get(f"{HOME}/entries?state=NOT_SENT"), 200)["items"] == []


def test_differences_and_entries_are_told_page_by_page(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lists, "SLICE", 2)
    province = make_province()
    decision = begun(province, effective_on=MONDAY.date())
    for number in range(1, 6):
        new_line(decision, province, code=f"3.00000{number}")
        NationalDifference.objects.create(code=f"3.00000{number}", title="A", kind="DIFFERING", since=MONDAY)
    published(decision, province)
    last, first = NationalEntry.objects.filter(procedure__code__in=["3.000001", "3.000004"]).order_by("pk")
    NationalEntry.objects.filter(pk=last.pk).update(due_on=None)
    NationalEntry.objects.filter(pk=first.pk).update(due_on=MONDAY.date())
    officer = machine(province.officer)

    found = {name: list(_every(officer, f"{HOME}/{name}?")) for name in ("differences", "entries")}

    assert [code[-1] for code in found["differences"]] == ["1", "2", "3", "4", "5"]
    assert [code[-1] for code in found["entries"]] == ["4", "2", "3", "5", "1"]
    assert told(officer.get(f"{HOME}/entries?cursor=gì đó"), 422)["code"] == "invalid_request"


def _every(officer: Machine, path: str) -> Iterator[str]:
    cursor = ""
    while cursor is not None:
        page = told(officer.get(f"{path}cursor={cursor}"), 200)
        assert len(page["items"]) <= 2
        yield from (one["code"] for one in page["items"])
        cursor = page["next_cursor"]


@pytest.mark.parametrize("name", ["differences", "entries"])
def test_a_list_asks_as_much_for_thirty_as_for_one(name: str) -> None:
    province = make_province()
    decision = begun(province, effective_on=MONDAY.date())
    new_line(decision, province)
    published(decision, province)
    NationalDifference.objects.create(code="3.000001", title="A", kind="DIFFERING", since=MONDAY)
    officer = machine(province.officer)
    officer.get(f"{HOME}/{name}")
    with CaptureQueriesContext(connection) as one:
        officer.get(f"{HOME}/{name}")
    for number in range(29):
        NationalDifference.objects.create(code=f"2.0000{number:02}", title="A", kind="DIFFERING", since=MONDAY)
        NationalEntry.objects.create(
            decision=decision, procedure=make_procedure(), line_kind="NEW", opened_at=MONDAY, due_on=MONDAY.date()
        )

    with CaptureQueriesContext(connection) as thirty:
        officer.get(f"{HOME}/{name}")

    assert len(thirty) == len(one)


def test_a_page_of_records_asks_as_much_for_thirty_as_for_one() -> None:
    province = make_province()
    make_procedure()
    officer = machine(province.officer)
    officer.get(f"{HOME}/records")
    with CaptureQueriesContext(connection) as one:
        officer.get(f"{HOME}/records")
    for _ in range(29):
        make_procedure()

    with CaptureQueriesContext(connection) as thirty:
        officer.get(f"{HOME}/records")

    assert len(thirty) == len(one)
