"""Writes repeat safely, and nobody writes over what they have not seen."""

import json
from collections.abc import Iterator
from datetime import timedelta

import pytest
from pytest_django import Settings
from time_machine import travel

from motcua.dossiers.models import Dossier
from motcua.kernel.models import EventRecord, KeptAnswer
from motcua.rules.transitions import Status
from tests.api.conftest import Machine, machine, pdf_file, told
from tests.api.test_journey import CHECKED, PERSON
from tests.documents.make_files import pdf_bytes
from tests.make import MONDAY, Office, make_dossier, make_draft, make_office, make_user

TUESDAY = MONDAY + timedelta(days=1)


@pytest.fixture
def office() -> Iterator[Office]:
    with travel(TUESDAY, tick=False):
        yield make_office()


@pytest.fixture
def citizen() -> Machine:
    return machine(make_user())


def place(office: Office) -> dict[str, str]:
    return {"procedure": office.offering.procedure.code, "desk": office.offering.receiving_unit.code}


def test_beginning_twice_under_one_key_begins_once(office: Office, citizen: Machine) -> None:
    first = citizen.post("/my/dossiers", place(office), Idempotency_Key="k1")
    second = citizen.post("/my/dossiers", place(office), Idempotency_Key="k1")

    assert told(first, 201) == told(second, 201)
    assert "Idempotent-Replayed" not in first.headers
    assert second.headers["Idempotent-Replayed"] == "true"
    assert second.headers["Location"] == first.headers["Location"]
    assert second.headers["ETag"] == first.headers["ETag"]
    assert Dossier.objects.count() == 1


def test_another_key_begins_another_dossier(office: Office, citizen: Machine) -> None:
    told(citizen.post("/my/dossiers", place(office), Idempotency_Key="k1"), 201)
    told(citizen.post("/my/dossiers", place(office), Idempotency_Key="k2"), 201)

    assert Dossier.objects.count() == 2


def test_beginning_needs_a_key(office: Office, citizen: Machine) -> None:
    said = told(citizen.post("/my/dossiers", place(office)), 422)

    assert [(fault["path"], fault["code"]) for fault in said["errors"]] == [("Idempotency-Key", "missing")]


@pytest.mark.parametrize("key", ["a b", "x" * 101, "khóa"])
def test_a_key_is_short_and_plain(office: Office, citizen: Machine, key: str) -> None:
    answer = citizen.post("/my/dossiers", place(office), Idempotency_Key=key)

    assert told(answer, 422)["errors"][0]["code"] == "key_unclear"


def test_a_key_stands_for_one_request_of_one_caller(office: Office, citizen: Machine) -> None:
    told(citizen.post("/my/dossiers", place(office), Idempotency_Key="k1"), 201)

    other_body = citizen.post("/my/dossiers", {**place(office), "desk": "H18"}, Idempotency_Key="k1")
    other_caller = machine(make_user()).post("/my/dossiers", place(office), Idempotency_Key="k1")

    assert told(other_body, 422)["code"] == "idempotency_key_reused"
    told(other_caller, 201)
    assert Dossier.objects.count() == 2


def test_the_order_of_a_bodys_members_does_not_make_another_request(office: Office, citizen: Machine) -> None:
    body = place(office)
    told(citizen.post("/my/dossiers", body, Idempotency_Key="k1"), 201)

    turned = dict(reversed(body.items()))

    told(citizen.post("/my/dossiers", turned, Idempotency_Key="k1"), 201)


def test_a_refused_write_leaves_its_key_free(office: Office, citizen: Machine) -> None:
    wrong = {**place(office), "desk": "H18.99"}

    assert told(citizen.post("/my/dossiers", wrong, Idempotency_Key="k1"), 422)["code"] == "not_offered"

    assert KeptAnswer.objects.count() == 0
    told(citizen.post("/my/dossiers", place(office), Idempotency_Key="k1"), 201)


def test_handing_in_twice_gives_the_same_dossier_also_without_a_key(office: Office) -> None:
    draft = make_draft(offering=office.offering)
    assert draft.owner is not None
    owner = machine(draft.owner)

    first = told(owner.post(f"/my/dossiers/{draft.reference}/submission"))
    second = told(owner.post(f"/my/dossiers/{draft.reference}/submission"))

    assert first == second
    assert EventRecord.objects.filter(kind="DossierSubmitted").count() == 1


def test_an_account_hands_in_where_no_code_can_be_sent(office: Office, settings: Settings) -> None:
    settings.CONTACT_CODE_CHANNELS = []
    draft = make_draft(offering=office.offering)
    assert draft.owner is not None

    told(machine(draft.owner).post(f"/my/dossiers/{draft.reference}/submission"))

    assert Dossier.objects.get().status == Status.SUBMITTED


def test_an_act_sent_again_under_its_key_is_answered_as_the_first_time(office: Office) -> None:
    dossier = make_dossier(office=office)
    desk = machine(office.reception)
    path = f"/work/dossiers/{dossier.reference}/acceptance"
    seen = f'"{dossier.version}"'

    first = told(desk.post(path, CHECKED, Idempotency_Key="a1", If_Match=seen))
    again = desk.post(path, CHECKED, Idempotency_Key="a1", If_Match=seen)

    assert told(again) == first
    assert EventRecord.objects.filter(kind="DossierAccepted").count() == 1


def test_an_upload_under_the_same_key_is_known_by_its_content(office: Office) -> None:
    draft = make_draft(offering=office.offering)
    assert draft.owner is not None
    owner, path = machine(draft.owner), f"/my/dossiers/{draft.reference}/papers/2"

    told(owner.upload(path, {"file": pdf_file(pdf_bytes())}, Idempotency_Key="u1"))
    told(owner.upload(path, {"file": pdf_file(pdf_bytes())}, Idempotency_Key="u1"))
    other = owner.upload(path, {"file": pdf_file(pdf_bytes() + b"%")}, Idempotency_Key="u1")

    assert told(other, 422)["code"] == "idempotency_key_reused"
    assert EventRecord.objects.filter(kind="DraftChanged", payload={"part": "PAPER"}).count() == 2


def test_a_counter_filing_sent_twice_is_one_dossier(office: Office) -> None:
    desk = machine(office.reception)
    filing = json.dumps({**place(office), "applicant": PERSON, "answers": {"ten_con": "Páo"}})

    first, second = (told(desk.upload("/work/counter", {"filing": filing}, Idempotency_Key="q"), 201) for _ in "12")

    assert first == second
    assert Dossier.objects.count() == 1


def test_a_stale_act_is_told_who_changed_what_and_when(office: Office) -> None:
    dossier = make_dossier(office=office)
    desk, colleague = machine(office.reception), machine(office.reception)
    seen = desk.get(f"/work/dossiers/{dossier.reference}").headers["ETag"]
    told(colleague.post(f"/work/dossiers/{dossier.reference}/acceptance", CHECKED))

    late = desk.post(f"/work/dossiers/{dossier.reference}/acceptance", CHECKED, If_Match=seen)

    said = told(late, 409)
    assert said["code"] == "stale_dossier"
    assert said["changed"] == {
        "event": "DossierAccepted",
        "by": office.reception.full_name,
        "at": "2026-03-03T08:00:00+07:00",
    }
    assert EventRecord.objects.filter(kind="DossierAccepted").count() == 1


def test_the_etag_of_an_answer_is_good_for_the_next_act(office: Office) -> None:
    dossier = make_dossier(office=office)
    desk = machine(office.reception)
    seen = desk.get(f"/work/dossiers/{dossier.reference}").headers["ETag"]

    accepted = desk.post(f"/work/dossiers/{dossier.reference}/acceptance", CHECKED, If_Match=f"W/{seen}")

    told(accepted)
    told(desk.post(f"/work/dossiers/{dossier.reference}/transfer", If_Match=accepted.headers["ETag"]))


def test_without_if_match_the_status_alone_decides(office: Office) -> None:
    dossier = make_dossier(office=office, status=Status.ACCEPTED)

    again = machine(office.reception).post(f"/work/dossiers/{dossier.code}/acceptance", CHECKED)

    said = told(again, 409)
    assert (said["code"], said["action"], said["dossier_status"]) == ("transition_refused", "ACCEPT", "ACCEPTED")


@pytest.mark.parametrize("said", ["7", '"abc"', '"1", "2"'])
def test_an_etag_that_is_none_is_refused_rather_than_ignored(office: Office, said: str) -> None:
    dossier = make_dossier(office=office)

    answer = machine(office.reception).post(f"/work/dossiers/{dossier.reference}/acceptance", CHECKED, If_Match=said)

    assert told(answer, 422)["errors"][0]["code"] == "etag_unclear"
