"""Entering through the API what was taken in on paper (B-25)."""

from datetime import timedelta

import pytest
from time_machine import travel

from motcua.dossiers.commands.paper_mode import OutageNotice, declare_outage, reserve_kit
from motcua.dossiers.models import PaperEntry, PaperKit
from motcua.rules.permissions import Role
from tests.api.conftest import Machine, machine, told
from tests.api.test_journey import PERSON
from tests.make import MONDAY, Office, make_office, make_officer

EVENING = MONDAY + timedelta(hours=9)


@pytest.fixture
def office() -> Office:
    return make_office()


@pytest.fixture
def kit(office: Office) -> PaperKit:
    desk, agency = office.offering.receiving_unit, office.offering.competent_unit
    head = make_officer(Role.HEAD_OF_ONE_STOP, desk)
    notice = OutageNotice(MONDAY, None, "Mất điện")
    declare_outage(desk=desk, notice=notice, officer=head, at=MONDAY)
    return reserve_kit(desk=desk, competent_unit=agency, count=2, officer=head, at=MONDAY)


def entry(office: Office, **more: object) -> dict[str, object]:
    return {
        "procedure": office.offering.procedure.code,
        "applicant": PERSON,
        "answers": {"ten_con": "Giàng Thị Mỷ"},
        "papers": [{"position": 1, "originals_count": 1}],
        "accepted_at": "2026-03-02T09:15:00+07:00",
        "written_due_on": "2026-03-11",
        **more,
    }


def test_a_program_reads_the_kits_and_enters_a_dossier_once(office: Office, kit: PaperKit) -> None:
    desk, path = machine(office.reception), f"/work/paper-kits/{kit.code}"

    with travel(EVENING, tick=False):
        listed = told(desk.get("/work/paper-kits"))["items"]
        first, second = (told(desk.post(f"{path}/numbers/9001", entry(office), Idempotency_Key="a"), 201) for _ in "12")
        numbers = told(desk.get(path))["numbers"]

    assert [one["code"] for one in listed] == [kit.code]
    assert first == second
    assert first["code"] == f"{kit.identifier}-260302-9001"
    assert (first["status"], first["due_at"]) == ("ACCEPTED", "2026-03-11T17:00:00+07:00")
    assert [(one["number"], one["state"], one["code"]) for one in numbers] == [
        (9001, "USED", first["code"]),
        (9002, "FREE", ""),
    ]
    assert PaperEntry.objects.get().is_written_differently


def test_what_cannot_be_entered_has_its_code(office: Office, kit: PaperKit) -> None:
    desk, numbers = machine(office.reception), f"/work/paper-kits/{kit.code}/numbers"
    elsewhere: Machine = machine(make_office().reception)

    def refused(path: str, body: object, status: int, *, key: str) -> dict[str, object]:
        said: dict[str, object] = told(desk.post(path, body, Idempotency_Key=key), status)
        return said

    with travel(EVENING, tick=False):
        tomorrow = refused(f"{numbers}/9001", entry(office, accepted_at="2026-03-03T09:00:00+07:00"), 422, key="a")
        unlisted = refused(f"{numbers}/9001", entry(office, papers=[{"position": 7}]), 422, key="b")
        unknown = refused(f"{numbers}/9001", entry(office, procedure="9.999999"), 422, key="c")
        told(desk.post(f"{numbers}/9001", entry(office), Idempotency_Key="d"), 201)
        taken = refused(f"{numbers}/9001", entry(office), 409, key="e")
        told(desk.post(f"{numbers}/9999", entry(office), Idempotency_Key="f"), 404)
        told(elsewhere.post(f"{numbers}/9002", entry(office), Idempotency_Key="g"), 404)

    assert (tomorrow["code"], tomorrow["fault"]) == ("entry_refused", "IN_THE_FUTURE")
    assert unlisted["code"] == "invalid_request"
    assert unknown["code"] == "not_offered"
    assert (taken["code"], taken["by"]) == ("number_taken", office.reception.display_name)


@pytest.mark.parametrize("extreme", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-12:00"])
@pytest.mark.parametrize("name", ["accepted_at", "submitted_at", "transferred_at"])
def test_a_moment_at_the_end_of_the_calendar_is_refused(name: str, extreme: str, office: Office, kit: PaperKit) -> None:
    desk, path = machine(office.reception), f"/work/paper-kits/{kit.code}/numbers/9001"

    with travel(EVENING, tick=False):
        told(desk.post(path, entry(office, **{name: extreme}), Idempotency_Key="a"), 422)
        told(desk.post(path, entry(office, written_due_on=extreme[:10]), Idempotency_Key="b"), 422)
