"""The entry in the national database: what moves it, and what is never overwritten (C-05, C-08, C-09)."""

import pytest

from motcua.rules.national_entry import (
    OPEN,
    DifferenceKind,
    EntryAct,
    EntryNotOpen,
    EntryState,
    may_send_again,
    may_take_over,
    state_after,
)


@pytest.mark.parametrize("state", EntryState)
def test_an_officer_may_confirm_in_every_state(state: EntryState) -> None:
    assert state_after(state, EntryAct.CONFIRM) is EntryState.CONFIRMED
    assert state_after(state, EntryAct.FIND_SAME) is EntryState.CONFIRMED


@pytest.mark.parametrize(
    ("state", "act", "after"),
    [
        (EntryState.NOT_SENT, EntryAct.SEND, EntryState.SENT),
        (EntryState.FAILED, EntryAct.SEND, EntryState.SENT),
        (EntryState.DIFFERENT, EntryAct.SEND, EntryState.SENT),
        (EntryState.FAILED, EntryAct.SEND_AGAIN, EntryState.NOT_SENT),
        (EntryState.DIFFERENT, EntryAct.SEND_AGAIN, EntryState.NOT_SENT),
        (EntryState.NOT_SENT, EntryAct.FAIL, EntryState.FAILED),
        (EntryState.SENT, EntryAct.FIND_DIFFERENT, EntryState.DIFFERENT),
        (EntryState.CONFIRMED, EntryAct.FIND_DIFFERENT, EntryState.DIFFERENT),
    ],
)
def test_an_act_moves_the_entry(state: EntryState, act: EntryAct, after: EntryState) -> None:
    assert state_after(state, act) is after


@pytest.mark.parametrize(
    ("state", "act"),
    [
        (EntryState.SENT, EntryAct.SEND),
        (EntryState.CONFIRMED, EntryAct.SEND),
        (EntryState.SENT, EntryAct.FAIL),
        (EntryState.SENT, EntryAct.SEND_AGAIN),
        (EntryState.CONFIRMED, EntryAct.SEND_AGAIN),
        (EntryState.NOT_SENT, EntryAct.FIND_DIFFERENT),
    ],
)
def test_what_is_not_open_is_refused_with_its_names(state: EntryState, act: EntryAct) -> None:
    with pytest.raises(EntryNotOpen) as refused:
        state_after(state, act)

    assert (refused.value.state, refused.value.act) == (state, act)


def test_what_failed_or_stands_there_otherwise_may_be_sent_again() -> None:
    assert {state for state in EntryState if may_send_again(state)} == {EntryState.FAILED, EntryState.DIFFERENT}


def test_what_stands_there_is_open_no_more() -> None:
    assert frozenset(EntryState) - {EntryState.CONFIRMED, EntryState.DIFFERENT} == OPEN


@pytest.mark.parametrize(
    ("kind", "is_local", "may"),
    [
        (DifferenceKind.DIFFERING, False, True),
        (DifferenceKind.MISSING_HERE, False, True),
        (DifferenceKind.DIFFERING, True, False),
        (DifferenceKind.MISSING_THERE, False, False),
    ],
)
def test_only_national_content_takes_the_place_of_ours(kind: DifferenceKind, *, is_local: bool, may: bool) -> None:
    assert may_take_over(kind, is_local=is_local) is may
