from collections import deque
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.rules.transitions import (
    FINAL,
    GIVEN_OUT,
    NEXT,
    UNSURE_CODES,
    Action,
    Status,
    TransitionRefused,
    UnsureCodes,
    national_code,
    open_actions,
    status_after,
)


def test_every_status_can_be_reached_from_the_draft() -> None:
    seen, waiting = {Status.DRAFT}, deque([Status.DRAFT])
    while waiting:
        status = waiting.popleft()
        for action in open_actions(status):
            after = status_after(status, action)
            if after not in seen:
                seen.add(after)
                waiting.append(after)

    assert seen == set(Status)


def test_from_every_status_an_end_can_be_reached() -> None:
    can_end = set(FINAL)
    while True:
        more = {status for (status, _), after in NEXT.items() if after in can_end} - can_end
        if not more:
            break
        can_end |= more

    assert can_end == set(Status)


def test_what_is_final_is_closed_but_for_mending_and_rating_a_result() -> None:
    assert {status for status in Status if not open_actions(status)} == FINAL - GIVEN_OUT
    assert set(open_actions(Status.RETURNED)) == {Action.REPORT_ERROR, Action.RATE}


# The status model of rulebook B; SIGNED and CORRECTING are ours, and by B-22 one may withdraw until the signature.
ENDS = {Status.WITHDRAWN, Status.STOPPED}
FOLLOWS = {
    Status.DRAFT: {Status.SUBMITTED},
    Status.SUBMITTED: {
        Status.SUBMITTED,
        Status.ACCEPTED,
        Status.INTAKE_SUPPLEMENT,
        Status.NOT_ACCEPTED,
        Status.WITHDRAWN,
    },
    Status.INTAKE_SUPPLEMENT: {
        Status.INTAKE_SUPPLEMENT,
        Status.SUBMITTED,
        Status.WITHDRAWN,
        Status.CLOSED_UNANSWERED,
    },
    Status.NOT_ACCEPTED: set(),
    Status.ACCEPTED: {Status.TRANSFERRED, Status.IMMEDIATE_DONE, Status.WITHDRAWN},
    Status.TRANSFERRED: {Status.TRANSFERRED, Status.IN_PROGRESS, *ENDS},
    Status.IN_PROGRESS: {
        Status.IN_PROGRESS,
        Status.SUPPLEMENT,
        Status.CONSULTING,
        Status.FINANCIAL,
        Status.PENDING_SIGN,
        *ENDS,
    },
    Status.SUPPLEMENT: {Status.SUPPLEMENT, Status.IN_PROGRESS, Status.CLOSED_UNANSWERED, *ENDS},
    Status.CONSULTING: {Status.CONSULTING, Status.IN_PROGRESS, *ENDS},
    Status.FINANCIAL: {Status.FINANCIAL, Status.IN_PROGRESS, *ENDS},
    Status.PENDING_SIGN: {Status.PENDING_SIGN, Status.SIGNED, Status.IN_PROGRESS, *ENDS},
    Status.SIGNED: {Status.SIGNED, Status.DONE, Status.REFUSED},
    Status.DONE: {Status.RETURNED, Status.CORRECTING},
    Status.REFUSED: {Status.RETURNED},
    Status.CORRECTING: {Status.DONE},
    Status.RETURNED: {Status.RETURNED, Status.CORRECTING},
    Status.IMMEDIATE_DONE: {Status.IMMEDIATE_DONE, Status.CORRECTING},
    Status.WITHDRAWN: set(),
    Status.STOPPED: set(),
    Status.CLOSED_UNANSWERED: set(),
}


@pytest.mark.parametrize("status", Status)
def test_what_may_follow_a_status_is_what_the_model_says(status: Status) -> None:
    assert {status_after(status, action) for action in open_actions(status)} == FOLLOWS[status]


@pytest.mark.parametrize(
    ("status", "code"),
    [
        pytest.param(Status.DRAFT, None, id="a draft is unknown to the portal"),
        pytest.param(Status.SUBMITTED, 1, id="newly filed"),
        pytest.param(Status.ACCEPTED, 2, id="accepted"),
        pytest.param(Status.NOT_ACCEPTED, 3, id="not accepted, form 03"),
        pytest.param(Status.TRANSFERRED, 4, id="in process once transferred"),
        pytest.param(Status.IN_PROGRESS, 4, id="in process with the officer"),
        pytest.param(Status.PENDING_SIGN, 4, id="in process with the signer"),
        pytest.param(Status.SIGNED, 4, id="in process with the records clerk"),
        pytest.param(Status.INTAKE_SUPPLEMENT, 5, id="waiting for papers, form 02"),
        pytest.param(Status.SUPPLEMENT, 5, id="waiting for papers after acceptance"),
        pytest.param(Status.FINANCIAL, 6, id="waiting for a payment"),
        pytest.param(Status.CONSULTING, 4, id="in process while others are asked"),
        pytest.param(Status.CORRECTING, 4, id="in process while a result is mended"),
        pytest.param(Status.WITHDRAWN, 7, id="withdrawn"),
        pytest.param(Status.STOPPED, 8, id="stopped, form 05"),
        pytest.param(Status.CLOSED_UNANSWERED, 8, id="closed after silence, form 05"),
        pytest.param(Status.REFUSED, 9, id="a reasoned refusal is a result: 8 or 9 [U]"),
        pytest.param(Status.DONE, 9, id="the result is there"),
        pytest.param(Status.RETURNED, 10, id="the result is handed over"),
        pytest.param(Status.IMMEDIATE_DONE, 10, id="the result is given on the spot: 9 or 10 [U]"),
    ],
)
def test_the_national_code(status: Status, code: int | None) -> None:
    assert national_code(status, date(2026, 3, 2)) == code


def test_what_is_unsure_of_the_national_list_is_dated() -> None:
    told = UnsureCodes(date(2027, 1, 1), {**UNSURE_CODES[-1].codes, Status.REFUSED: 8})
    days = (date(2015, 5, 15), date(2026, 12, 31), date(2027, 1, 1))

    assert [national_code(Status.REFUSED, on, (*UNSURE_CODES, told)) for on in days] == [9, 9, 8]
    assert [national_code(Status.DONE, on, (*UNSURE_CODES, told)) for on in days] == [9, 9, 9]


def test_each_row_of_what_is_unsure_says_all_of_it_in_the_order_of_its_beginning() -> None:
    assert [row.valid_from for row in UNSURE_CODES] == sorted({row.valid_from for row in UNSURE_CODES})
    assert {frozenset(row.codes) for row in UNSURE_CODES} == {frozenset({Status.REFUSED, Status.IMMEDIATE_DONE})}


def test_a_refusal_names_the_status_and_the_action() -> None:
    with pytest.raises(TransitionRefused, match="ACCEPT is not open in RETURNED") as refused:
        status_after(Status.RETURNED, Action.ACCEPT)

    assert (refused.value.status, refused.value.action) == (Status.RETURNED, Action.ACCEPT)


@pytest.mark.parametrize("status", [Status.SIGNED, Status.DONE, Status.RETURNED, Status.IMMEDIATE_DONE])
def test_an_applicant_cannot_withdraw_once_the_decision_is_signed(status: Status) -> None:
    assert not {Action.WITHDRAW, Action.RECORD_WITHDRAWAL} & {*open_actions(status)}


@pytest.mark.parametrize("status", Status)
def test_the_desk_does_for_an_applicant_what_they_may_do_themselves_and_nothing_more(status: Status) -> None:
    acts = open_actions(status)

    assert (Action.RECORD_WITHDRAWAL in acts) == (Action.WITHDRAW in acts)
    assert (Action.RECEIVE_SUPPLEMENT in acts) == (Action.COMPLETE_SUPPLEMENT in acts)


@given(st.lists(st.sampled_from(Action), max_size=30))
def test_no_history_leaves_a_final_status_but_to_mend_or_returns_to_the_draft(actions: list[Action]) -> None:
    status, past = Status.DRAFT, list[Status]()
    for action in actions:
        if (status, action) in NEXT:
            past.append(status)
            status = status_after(status, action)

    ends = [(before, after) for before, after in pairwise([*past, status]) if before in FINAL]
    assert set(ends) <= {(given, after) for given in GIVEN_OUT for after in (Status.CORRECTING, given)}
    assert Status.DRAFT not in past[1:]
