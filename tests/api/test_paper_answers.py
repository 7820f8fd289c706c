"""Entering what a desk did on paper besides accepting, by a program (B-25)."""

from datetime import timedelta

import pytest

from motcua.dossiers.commands.paper_mode import OutageNotice, declare_outage, reserve_kit
from motcua.dossiers.models import Dossier, PaperEntry, PaperKit, PaperReturn
from motcua.rules.permissions import Role
from motcua.rules.transitions import Status
from tests.api.conftest import machine, told
from tests.make import MONDAY, Office, make_dossier, make_office, make_officer

pytestmark = pytest.mark.django_db
PERSON = {"full_name": "Giàng A Páo", "citizen_id": "011099000123", "phone": "0900000777", "address": "Bản Phủ"}
AT = "2026-03-02T07:30:00+07:00"


@pytest.fixture
def office() -> Office:
    return make_office()


@pytest.fixture
def kit(office: Office) -> PaperKit:
    """A kit, and an outage from seven o'clock to eight, when the tests' clock stands still."""
    desk, agency = office.offering.receiving_unit, office.offering.competent_unit
    head = make_officer(Role.HEAD_OF_ONE_STOP, desk)
    notice = OutageNotice(MONDAY - timedelta(hours=1), MONDAY, "Mất điện")
    declare_outage(desk=desk, notice=notice, officer=head, at=MONDAY)
    return reserve_kit(desk=desk, competent_unit=agency, count=2, officer=head, at=MONDAY - timedelta(days=4))


def declining(office: Office, **changes: object) -> dict[str, object]:
    return {
        "procedure": office.offering.procedure.code,
        "applicant": PERSON,
        "ground": "WRONG_SUBJECT",
        "citation": "Điều 1",
        "reason": "Không phải cư dân",
        "declined_at": AT,
        **changes,
    }


def asking(office: Office, **changes: object) -> dict[str, object]:
    return {
        "procedure": office.offering.procedure.code,
        "applicant": PERSON,
        "answers": {"ten_con": "Giàng Thị Mỷ"},
        "papers": [{"position": 1, "originals_count": 1}],
        "wanted": [{"position": 1, "note": "Ký tờ khai"}],
        "reason": "Chưa ký",
        "asked_at": AT,
        **changes,
    }


def test_a_decline_and_a_request_on_paper_are_entered_once_each(office: Office, kit: PaperKit) -> None:
    desk, numbers = machine(office.reception), f"/work/paper-kits/{kit.code}/numbers"

    declined = told(desk.post(f"{numbers}/9001/declining", declining(office), Idempotency_Key="1"), 201)
    again = told(desk.post(f"{numbers}/9001/declining", declining(office), Idempotency_Key="1"), 201)
    asked = told(desk.post(f"{numbers}/9002/supplement-request", asking(office), Idempotency_Key="2"), 201)
    listed = told(desk.get(f"/work/paper-kits/{kit.code}"))

    assert (declined["status"], again, asked["status"]) == ("NOT_ACCEPTED", declined, "INTAKE_SUPPLEMENT")
    assert {(row["number"], row["state"], row["code"]) for row in listed["numbers"]} == {
        (9001, "USED", declined["reference"]),
        (9002, "USED", asked["reference"]),
    }
    assert (listed["desk_code"], listed["competent_code"]) == (kit.desk.code, kit.competent_unit.code)
    assert {entry.kind for entry in PaperEntry.objects.all()} == {"DECLINED", "ASKED"}


def test_moments_outside_an_outage_and_papers_outside_the_list_are_refused(office: Office, kit: PaperKit) -> None:
    desk, numbers = machine(office.reception), f"/work/paper-kits/{kit.code}/numbers"
    early = declining(office, declined_at="2026-03-02T06:00:00+07:00")
    unknown = asking(office, wanted=[{"position": 9, "note": "Sổ hộ khẩu"}])

    refused = told(desk.post(f"{numbers}/9001/declining", early, Idempotency_Key="1"), 422)
    not_listed = told(desk.post(f"{numbers}/9001/supplement-request", unknown, Idempotency_Key="2"), 422)
    nothing = told(desk.post(f"{numbers}/9001/supplement-request", asking(office, wanted=[]), Idempotency_Key="3"), 422)

    assert (refused["code"], refused["fault"]) == ("entry_refused", "OUTSIDE_AN_OUTAGE")
    assert (not_listed["code"], nothing["code"]) == ("no_such_paper", "nothing_asked_for")
    assert not Dossier.objects.exists()


def test_a_result_given_out_on_paper_is_entered(office: Office, kit: PaperKit) -> None:
    dossier = make_dossier(status=Status.DONE, office=office, at=MONDAY - timedelta(days=3))
    desk, path = machine(office.reception), f"/work/dossiers/{dossier.code}/paper-hand-over"

    early = told(desk.post(path, {"received_by": "Mỷ", "given_at": "2026-02-01T08:00:00+07:00"}), 422)
    moved = told(desk.post(path, {"received_by": "Mỷ", "given_at": AT}))

    assert (early["code"], early["fault"]) == ("entry_refused", "BEFORE_THE_RESULT")
    assert (moved["status"], moved["holder_unit"]) == ("RETURNED", None)
    assert PaperReturn.objects.get().given_at == MONDAY - timedelta(minutes=30)
