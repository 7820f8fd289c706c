"""The entry of a publication in the national database: where it stands, and what moves it (C-08, C-09).

Source: docs/law/national-database.md. Until when an entry is due stands in `rules.publication.enter_by`.
"""

from enum import StrEnum
from typing import Final


class EntryState(StrEnum):
    """Where the entry of one procedure of one decision stands."""

    NOT_SENT = "NOT_SENT"
    SENT = "SENT"
    CONFIRMED = "CONFIRMED"
    DIFFERENT = "DIFFERENT"
    FAILED = "FAILED"


class EntryAct(StrEnum):
    """What happens to an entry; the last two are what a comparison with the national database found.

    SEND_AGAIN is an officer's order, SEND and FAIL are what became of an attempt.
    """

    SEND = "SEND"
    SEND_AGAIN = "SEND_AGAIN"
    FAIL = "FAIL"
    CONFIRM = "CONFIRM"
    FIND_SAME = "FIND_SAME"
    FIND_DIFFERENT = "FIND_DIFFERENT"


class DifferenceKind(StrEnum):
    """How the national database and ours differ about one procedure."""

    MISSING_HERE = "MISSING_HERE"
    MISSING_THERE = "MISSING_THERE"
    DIFFERING = "DIFFERING"


class MappingKind(StrEnum):
    """What a word of the national database names that may have another name here."""

    SECTOR = "SECTOR"
    AGENCY = "AGENCY"
    PAPER = "PAPER"
    TIME_UNIT = "TIME_UNIT"


class EntryNotOpen(Exception):
    """The entry stands in `state`, where `act` is not done."""

    def __init__(self, state: EntryState, act: EntryAct) -> None:
        super().__init__(f"{act} in {state}")
        self.state = state
        self.act = act


OPEN: Final = frozenset({EntryState.NOT_SENT, EntryState.SENT, EntryState.FAILED})
"""States in which it is not known yet that the national database has it."""

STATE_AFTER: Final[dict[tuple[EntryState, EntryAct], EntryState]] = {
    **{(state, EntryAct.CONFIRM): EntryState.CONFIRMED for state in EntryState},
    **{(state, EntryAct.FIND_SAME): EntryState.CONFIRMED for state in EntryState},
    (EntryState.NOT_SENT, EntryAct.SEND): EntryState.SENT,
    (EntryState.FAILED, EntryAct.SEND): EntryState.SENT,
    (EntryState.DIFFERENT, EntryAct.SEND): EntryState.SENT,
    (EntryState.FAILED, EntryAct.SEND_AGAIN): EntryState.NOT_SENT,
    (EntryState.DIFFERENT, EntryAct.SEND_AGAIN): EntryState.NOT_SENT,
    (EntryState.NOT_SENT, EntryAct.FAIL): EntryState.FAILED,
    (EntryState.FAILED, EntryAct.FAIL): EntryState.FAILED,
    (EntryState.DIFFERENT, EntryAct.FAIL): EntryState.FAILED,
    (EntryState.SENT, EntryAct.FIND_DIFFERENT): EntryState.DIFFERENT,
    (EntryState.CONFIRMED, EntryAct.FIND_DIFFERENT): EntryState.DIFFERENT,
    (EntryState.DIFFERENT, EntryAct.FIND_DIFFERENT): EntryState.DIFFERENT,
}
"""What is not listed is refused: a difference means nothing before something was entered, nor is it sent twice."""


def state_after(state: EntryState, act: EntryAct) -> EntryState:
    """Return where an entry stands after `act`; raises `EntryNotOpen`."""
    if (state, act) not in STATE_AFTER:
        raise EntryNotOpen(state, act)
    return STATE_AFTER[state, act]


def may_send_again(state: EntryState) -> bool:
    """Tell whether an officer may have an entry sent once more: one that failed, or that stands there otherwise."""
    return (state, EntryAct.SEND_AGAIN) in STATE_AFTER


def may_take_over(kind: DifferenceKind, *, is_local: bool) -> bool:
    """Tell whether what the national database says may take the place of ours (C-05, C-09).

    Its content is the official one, of procedures regulated above. What the province regulates (`is_local`) is never
    overwritten: there the entry has to be mended, or a decision published. Of a procedure regulated above whose list
    the province has published, what `rules.publication.LIST_PARTS` names stays as published here.
    """
    return kind is not DifferenceKind.MISSING_THERE and not is_local
