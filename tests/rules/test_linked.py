import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.rules.linked import (
    ENDED,
    LEAD,
    OVER,
    Closing,
    Course,
    GroupFault,
    GroupUnsound,
    Leg,
    LegState,
    WholeState,
    WithdrawalEnds,
    check_group,
    course,
    has_joint_result,
    leg_state,
    may_still_open,
    waited_for,
    withdrawal_is_open,
)
from motcua.rules.transitions import BEFORE_ACCEPTANCE, DECIDED, FINAL, GIVEN_OUT, NEXT, Action, Status

WAITING, OPEN, GRANTED, REFUSED = LegState.WAITING, LegState.OPEN, LegState.GRANTED, LegState.NOT_GRANTED
NOT_NEEDED = LegState.NOT_NEEDED
AT_THE_DESK, UNDER_WAY = WholeState.AT_THE_DESK, WholeState.UNDER_WAY

CHAIN = {1: frozenset[int](), 2: frozenset({1}), 3: frozenset({2})}
FAN = {1: frozenset[int](), 2: frozenset({1}), 3: frozenset({1})}
BESIDE = {1: frozenset[int](), 2: frozenset[int]()}


def legs(needs: dict[int, frozenset[int]], *states: LegState) -> list[Leg]:
    return [Leg(number, needs[number], state) for number, state in zip(sorted(needs), states, strict=True)]


@pytest.mark.parametrize(
    ("needs", "states", "accepted", "opens", "closes", "whole"),
    [
        pytest.param(CHAIN, [OPEN, WAITING, WAITING], False, (), (), AT_THE_DESK, id="the desk has not accepted"),
        pytest.param(CHAIN, [OPEN, WAITING, WAITING], True, (), (), UNDER_WAY, id="the lead starts"),
        pytest.param(CHAIN, [GRANTED, WAITING, WAITING], True, (2,), (), UNDER_WAY, id="one after the other"),
        pytest.param(FAN, [GRANTED, WAITING, WAITING], True, (2, 3), (), UNDER_WAY, id="two at the same time"),
        pytest.param(BESIDE, [OPEN, WAITING], True, (2,), (), UNDER_WAY, id="beside the lead, once accepted"),
        pytest.param(BESIDE, [OPEN, WAITING], False, (), (), AT_THE_DESK, id="beside the lead, not yet accepted"),
        pytest.param(
            CHAIN,
            [REFUSED, WAITING, WAITING],
            True,
            (),
            (Closing(2, 1), Closing(3, 2)),
            WholeState.NOT_GRANTED,
            id="a refusal ends what needs it, and what needs that",
        ),
        pytest.param(
            CHAIN,
            [GRANTED, REFUSED, WAITING],
            True,
            (),
            (Closing(3, 2),),
            WholeState.PARTLY_GRANTED,
            id="refused in the middle",
        ),
        pytest.param(FAN, [GRANTED, REFUSED, OPEN], True, (), (), UNDER_WAY, id="what does not need it goes on"),
        pytest.param(
            BESIDE,
            [REFUSED, WAITING],
            False,
            (),
            (Closing(2, LEAD),),
            WholeState.NOT_GRANTED,
            id="not accepted: nothing ever opens",
        ),
        pytest.param(BESIDE, [GRANTED, GRANTED], True, (), (), WholeState.GRANTED, id="all granted"),
        pytest.param(FAN, [GRANTED, REFUSED, GRANTED], True, (), (), WholeState.PARTLY_GRANTED, id="partly granted"),
    ],
)
def test_what_follows(
    needs: dict[int, frozenset[int]],
    states: list[LegState],
    accepted: bool,
    opens: tuple[int, ...],
    closes: tuple[Closing, ...],
    whole: WholeState,
) -> None:
    assert course(legs(needs, *states), has_been_accepted=accepted) == Course(opens, closes, whole)


@pytest.mark.parametrize(
    ("status", "is_refusal", "state"),
    [
        (None, False, WAITING),
        (Status.SUBMITTED, False, OPEN),
        (Status.IN_PROGRESS, False, OPEN),
        (Status.SIGNED, True, OPEN),
        (Status.DONE, False, GRANTED),
        (Status.RETURNED, False, GRANTED),
        (Status.RETURNED, True, REFUSED),
        (Status.IMMEDIATE_DONE, False, GRANTED),
        (Status.CORRECTING, False, OPEN),
        (Status.REFUSED, True, REFUSED),
        (Status.NOT_ACCEPTED, False, REFUSED),
        (Status.WITHDRAWN, False, REFUSED),
        (Status.STOPPED, False, REFUSED),
        (Status.CLOSED_UNANSWERED, False, REFUSED),
    ],
)
def test_where_a_leg_stands(status: Status | None, is_refusal: bool, state: LegState) -> None:
    assert leg_state(status, is_refusal=is_refusal) is state


@pytest.mark.parametrize(
    ("needs", "fault", "number"),
    [
        ({1: frozenset()}, GroupFault.FEWER_THAN_TWO, 0),
        ({1: frozenset(), 3: frozenset({1})}, GroupFault.NUMBERS, 0),
        ({1: frozenset({2}), 2: frozenset()}, GroupFault.LEAD_WAITS, 1),
        ({1: frozenset(), 2: frozenset({2})}, GroupFault.NEEDS_LATER, 2),
        ({1: frozenset(), 2: frozenset({3}), 3: frozenset()}, GroupFault.NEEDS_LATER, 2),
        ({1: frozenset(), 2: frozenset({7})}, GroupFault.NEEDS_LATER, 2),
    ],
)
def test_a_group_that_cannot_be_gone_through(needs: dict[int, frozenset[int]], fault: GroupFault, number: int) -> None:
    with pytest.raises(GroupUnsound) as refused:
        check_group(needs)

    assert (refused.value.fault, refused.value.number) == (fault, number)


@st.composite
def groups(draw: st.DrawFn) -> dict[int, frozenset[int]]:
    size = draw(st.integers(2, 6))
    return {
        number: draw(st.frozensets(st.integers(1, number - 1))) if number > 1 else frozenset()
        for number in range(1, size + 1)
    }


@given(needs=groups(), data=st.data())
def test_every_leg_ends_once_or_is_never_needed_and_then_the_whole_is_over(
    needs: dict[int, frozenset[int]], data: st.DataObject
) -> None:
    check_group(needs)
    states = dict.fromkeys(needs, WAITING) | {LEAD: OPEN}
    accepted, opened, ended = False, [LEAD], []
    for _ in range(40):
        found = course(legs(needs, *states.values()), has_been_accepted=accepted)
        assert not set(found.opens) & {closing.number for closing in found.closes}
        opened += found.opens
        ended += [closing.number for closing in found.closes]
        states |= dict.fromkeys(found.opens, OPEN)
        states |= {closing.number: NOT_NEEDED for closing in found.closes}
        assert (found.whole in OVER) is ENDED.issuperset(states.values())
        running = [number for number, state in states.items() if state is OPEN]
        if not running:
            break
        if not accepted and data.draw(st.booleans()):
            accepted = True
            continue
        ending = data.draw(st.sampled_from(running))
        can_be_granted = accepted or ending != LEAD
        states[ending] = data.draw(st.sampled_from([GRANTED, REFUSED] if can_be_granted else [REFUSED]))
        ended.append(ending)

    found = course(legs(needs, *states.values()), has_been_accepted=accepted)
    assert not found.opens
    assert not found.closes
    if not [number for number, state in states.items() if state is OPEN]:
        assert sorted(ended) == sorted(needs)
        assert sorted(opened) == sorted({*opened})
        assert found.whole in OVER


@given(needs=groups(), data=st.data())
def test_following_twice_changes_nothing(needs: dict[int, frozenset[int]], data: st.DataObject) -> None:
    states = {number: data.draw(st.sampled_from([WAITING, OPEN, GRANTED, REFUSED])) for number in needs}
    first = course(legs(needs, *states.values()), has_been_accepted=True)
    states |= dict.fromkeys(first.opens, OPEN) | {closing.number: NOT_NEEDED for closing in first.closes}

    again = course(legs(needs, *states.values()), has_been_accepted=True)

    assert (again.opens, again.closes) == ((), ())
    assert again.whole is first.whole


@pytest.mark.parametrize(
    ("needs", "states", "expected"),
    [
        (CHAIN, (OPEN, WAITING, WAITING), {2, 3}),
        (CHAIN, (GRANTED, WAITING, WAITING), {2, 3}),
        (CHAIN, (REFUSED, WAITING, WAITING), set[int]()),
        (FAN, (GRANTED, OPEN, WAITING), {3}),
        (BESIDE, (REFUSED, WAITING), {2}),
        (BESIDE, (REFUSED, NOT_NEEDED), set[int]()),
    ],
)
def test_legs_that_may_still_open_are_there_to_be_taken_back(
    needs: dict[int, frozenset[int]], states: tuple[LegState, ...], expected: set[int]
) -> None:
    assert may_still_open(legs(needs, *states), has_been_accepted=True) == expected


@given(needs=groups(), data=st.data())
def test_what_opens_or_is_closed_follows_from_what_may_still_open(
    needs: dict[int, frozenset[int]], data: st.DataObject
) -> None:
    states = [data.draw(st.sampled_from([WAITING, OPEN, GRANTED, REFUSED])) for _ in needs]
    standing = legs(needs, *states)

    found, left = course(standing, has_been_accepted=True), may_still_open(standing, has_been_accepted=True)

    assert set(found.opens) <= left
    assert left | {closing.number for closing in found.closes} == {
        leg.number for leg in standing if leg.state is WAITING
    }


@pytest.mark.parametrize("decided", sorted(DECIDED))
def test_until_when_a_whole_may_be_taken_back_is_the_group_s(decided: Status) -> None:
    beside = {Status.IN_PROGRESS, Status.WITHDRAWN, Status.STOPPED}

    assert withdrawal_is_open({decided, *beside}, WithdrawalEnds.EACH_DECISION)
    assert not withdrawal_is_open({decided, *beside}, WithdrawalEnds.FIRST_DECISION)
    assert withdrawal_is_open(beside, WithdrawalEnds.FIRST_DECISION)


def test_what_is_decided_is_what_the_applicant_cannot_take_back() -> None:
    accepted = set(Status) - BEFORE_ACCEPTANCE - (FINAL - GIVEN_OUT)

    assert {status for status in accepted if (status, Action.WITHDRAW) not in NEXT} == DECIDED


@pytest.mark.parametrize("decided", [Status.DONE, Status.REFUSED, Status.RETURNED, Status.CORRECTING])
def test_a_decision_about_any_leg_is_a_result_of_the_whole(decided: Status) -> None:
    ended = {Status.WITHDRAWN, Status.STOPPED, Status.CLOSED_UNANSWERED}

    assert has_joint_result({decided, *ended})
    assert not has_joint_result(ended)


def test_results_that_go_out_together_wait_for_every_leg_not_given_up() -> None:
    states = {1: GRANTED, 2: OPEN, 3: WAITING, 4: NOT_NEEDED}

    assert waited_for(states) == (2, 3)
    assert waited_for(states, given_up={1, 3}) == (2,)
    assert waited_for({1: GRANTED, 2: REFUSED}) == ()
