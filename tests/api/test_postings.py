"""Postings over the API: what a desk must show, and its confirmation, done once (C-10)."""

from datetime import timedelta

import pytest

from motcua.posting.models import PostingConfirmation
from motcua.rules.permissions import Role
from tests.api.conftest import machine, told
from tests.make import make_officer, make_procedure, make_unit
from tests.posting.boards import LONG_UP, TODAY, Desk, make_desk, more

POSTINGS = "/work/postings"


@pytest.fixture
def desk() -> Desk:
    return make_desk()


def given(desk: Desk, **changed: object) -> dict[str, object]:
    said = {
        "unit": desk.unit.code,
        "act": "PUT_UP",
        "kind": "BOARD",
        "on": LONG_UP.isoformat(),
        "shows_feedback": True,
        "procedures": [{"procedure": desk.procedure.code, "version": 1}],
    }
    return {**said, **changed}


def test_a_desk_is_asked_and_confirms_once(desk: Desk) -> None:
    program, query = machine(desk.officer), {"unit": desk.unit.code}
    (before,) = told(program.get(POSTINGS, query))["items"]
    assert (before["state"], before["version"], before["put_up_on"], before["shown"]) == ("MISSING", 1, None, [])

    first = told(program.post(POSTINGS, given(desk), Idempotency_Key="bang-1"), 201)
    again = program.post(POSTINGS, given(desk), Idempotency_Key="bang-1")

    assert again.headers["Idempotent-Replayed"] == "true"
    assert told(again, 201) == first
    assert (first["act"], first["kind"], first["on"]) == ("PUT_UP", "BOARD", "2020-01-06")
    assert str(PostingConfirmation.objects.get().key) == first["key"]
    (after,) = told(program.get(POSTINGS, query))["items"]
    assert (after["state"], after["put_up_on"], after["lag"]) == ("CURRENT", "2020-01-06", 3)
    assert after["shown"] == [{"kind": "BOARD", "version": 1, "since": "2020-01-06"}]


def test_what_was_taken_down_is_confirmed_by_code(desk: Desk) -> None:
    program = machine(desk.officer)
    told(program.post(POSTINGS, given(desk), Idempotency_Key="len"), 201)
    off = given(desk, act="TAKEN_DOWN", on=TODAY.isoformat(), procedures=[{"procedure": desk.procedure.code}])

    assert told(program.post(POSTINGS, off, Idempotency_Key="xuong"), 201)["shows_feedback"] is False

    (line,) = told(program.get(POSTINGS, {"unit": desk.unit.code}))["items"]
    assert line["state"] == "MISSING"


def test_every_desk_is_listed_with_its_findings(desk: Desk) -> None:
    more(desk, 2)
    reader = machine(make_officer(Role.AUDITOR, desk.province.unit))

    (row,) = told(reader.get("/work/posting-places"))["items"]

    assert (row["code"], row["total"], row["by_state"]["MISSING"]) == (desk.unit.code, 3, 3)
    assert (row["has_f06"], row["has_f07"], row["lag_worst"], row["last_on"]) == (True, True, None, None)


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"on": (TODAY + timedelta(days=1)).isoformat()}, "day_impossible"),
        ({"on": "2019-12-31"}, "put_up_before_signed"),
        ({"procedures": []}, "nothing_chosen"),
        ({"procedures": [{"procedure": "9.999999", "version": 1}]}, "not_to_post"),
        ({"procedures": [{"procedure": "1.000001", "version": 1}] * 2}, "named_twice"),
        ({"kind": "LOUDSPEAKER"}, "invalid_request"),
    ],
)
def test_what_cannot_be_is_told_with_a_stable_code(desk: Desk, changed: dict[str, object], code: str) -> None:
    answer = machine(desk.officer).post(POSTINGS, given(desk, **changed), Idempotency_Key="x")

    assert told(answer, 422)["code"] == code
    assert not PostingConfirmation.objects.exists()


def test_who_does_not_work_there_confirms_nothing_and_what_is_no_desk_is_not_found(desk: Desk) -> None:
    foreign = machine(make_desk(province=desk.province).officer)
    other = make_procedure()

    refused = told(foreign.post(POSTINGS, given(desk), Idempotency_Key="x"), 403)
    assert refused["code"] == "may_not_confirm_posting"
    assert told(foreign.get(POSTINGS, {"unit": make_unit().code}), 404)["code"] == "not_found"
    named = [{"procedure": other.code, "version": 1}]
    answer = machine(desk.officer).post(POSTINGS, given(desk, procedures=named), Idempotency_Key="y")
    assert told(answer, 422)["procedures"] == [other.code]
    without_key = machine(desk.officer).post(POSTINGS, given(desk))
    assert told(without_key, 422)["errors"][0]["path"] == "Idempotency-Key"
