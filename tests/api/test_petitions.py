from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from time_machine import travel

from motcua.accounts.models import User
from motcua.petitions.commands.answering import ask_opinion
from motcua.petitions.models import Petition
from motcua.rules.petitions import PetitionStage
from tests.api.conftest import Machine, machine, told
from tests.make import MONDAY, make_user
from tests.petitions.making import SAID, Staff, make_in, make_petition, make_staff, published

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff() -> Staff:
    return make_staff()


def sent(citizen: Machine, staff: Staff, *, status: int = 201, **more: object) -> Any:
    body = {"text": SAID, "unit": staff.unit.code, "full_name": "Lò Thị Ban", "phone": "0912345678", **more}
    return told(citizen.send("POST", "/my/petitions", body, **{"Idempotency-Key": "mot"}), status)


def test_a_petition_goes_from_the_sender_to_the_answer_by_machines_alone(staff: Staff) -> None:
    citizen = machine(make_user())
    with travel(MONDAY, tick=False):
        receipt = sent(citizen, staff)
        again = sent(citizen, staff)
        where = f"/work/petitions/{receipt['code']}"
        machine(staff.sorter).send("POST", f"{where}/classify", {"sorting": "CONDUCT"})
        answer = {"finding": "FOUNDED", "text": "Đã nhắc nhở."}
        machine(staff.officer).send("POST", f"{where}/draft-answer", answer)
        leader = machine(staff.leader)
        draft = told(leader.get("/work/petitions"))["rows"][0]["draft"]
        other = told(leader.send("POST", f"{where}/answer", {"draft": draft["number"] + 1}), 409)
        done = told(leader.send("POST", f"{where}/answer", {"draft": draft["number"]}))
        asked = {"code": receipt["code"], "pin": receipt["pin"]}
        status = told(machine().send("POST", "/petition-status", asked))

    assert receipt == again
    assert receipt["due_at"] == "2026-03-09T17:00:00+07:00"
    assert (draft["text"], other["code"]) == ("Đã nhắc nhở.", "draft_changed")
    assert done["stage"] == "ANSWERED"
    assert (status["stage"], status["answer"]) == ("ANSWERED", "Đã nhắc nhở.")
    assert "Lò Thị Ban" not in str(status)
    assert Petition.objects.count() == 1


def test_a_unit_that_takes_none_is_a_fault_of_the_field(staff: Staff) -> None:
    answer = sent(machine(make_user()), staff, status=422, unit="khong-co")

    assert answer["errors"][0]["path"] == "unit"
    assert not Petition.objects.exists()


def test_an_account_that_sent_a_lot_waits_a_day(staff: Staff) -> None:
    owner = make_user()
    with travel(MONDAY, tick=False):
        for _ in range(10):
            make_petition(staff, owner=owner_with_bans_contact(owner))
        refused = sent(machine(owner), staff, status=429)

    assert refused["code"] == "too_many_sent"


def owner_with_bans_contact(owner: User) -> User:
    owner.phone, owner.email = "0912345678", "ban@example.com"
    owner.save()
    return owner


def test_every_refusal_has_its_code(staff: Staff) -> None:
    petition = make_in(PetitionStage.HANDLING, staff)
    where = f"/work/petitions/{petition.code}"
    officer = machine(staff.officer)

    unfit = told(officer.send("POST", f"{where}/draft-answer", {"finding": "AMEND", "text": "x"}), 422)
    early = told(machine(staff.leader).send("POST", f"{where}/answer", {"draft": 1}), 409)
    not_theirs = told(officer.send("POST", f"{where}/classify", {"sorting": "CONDUCT"}), 403)
    ask_opinion(petition=petition, unit=make_staff().unit, question="?", officer=staff.officer, at=MONDAY)
    waiting = told(officer.send("POST", f"{where}/draft-answer", {"finding": "FOUNDED", "text": "x"}), 409)

    codes = [one["code"] for one in (unfit, early, not_theirs, waiting)]
    assert codes == ["finding_unfit", "petition_act_refused", "not_permitted", "opinions_awaited"]


def test_what_was_published_is_read_without_a_token_and_tells_nobody(staff: Staff) -> None:
    petition = published(staff)

    found = told(machine().get("/published-answers", {"q": "tra ket qua"}))

    assert [line["number"] for line in found["lines"]] == [petition.published.number]
    for secret in (petition.full_name, petition.phone, petition.code, SAID):
        assert secret not in str(found)


@pytest.mark.parametrize("path", ["/work/petitions", "/published-answers"])
def test_thirty_cost_what_one_does(staff: Staff, path: str) -> None:
    reader = machine(staff.sorter)

    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert reader.get(path, {"which": "ALL"} if "work" in path else None).status_code == 200
        return len(queries)

    make_petition(staff)
    published(staff)
    reader.get(path)
    one = cost()
    for _ in range(14):
        make_petition(staff)
        published(staff)

    assert cost() == one
