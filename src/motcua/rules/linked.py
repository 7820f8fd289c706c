"""The course of a linked application: one request that fans out into legs at several agencies (B-21).

Source: docs/law/linked.md. A leg here is a dossier of its own at an agency of its own; the parallel branches of one
dossier's internal process, called legs too, stand in `rules.workflow_ways`. Legs are numbered from 1; the first is the
leading agency's, which answers for the whole. A leg opens when every leg it needs was granted; legs that need none of
each other run at the same time. When each leg is due stands in `rules.linked_terms`.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from motcua.rules.transitions import DECIDED, FINAL, GIVEN_OUT, Status

LEAD = 1
"""The number of the leading agency's leg."""


class GroupFault(StrEnum):
    """What is wrong with a group."""

    FEWER_THAN_TWO = "FEWER_THAN_TWO"
    NUMBERS = "NUMBERS"
    LEAD_WAITS = "LEAD_WAITS"
    NEEDS_LATER = "NEEDS_LATER"


class GroupUnsound(Exception):
    """The legs of a group cannot be gone through: `fault` at the leg `number`, 0 for the group as a whole."""

    def __init__(self, fault: GroupFault, number: int = 0) -> None:
        super().__init__(f"{fault.value} at leg {number}")
        self.fault, self.number = fault, number


def check_group(needs: Mapping[int, frozenset[int]]) -> None:
    """Raise `GroupUnsound` unless the legs, each with the numbers of those it needs, can be gone through.

    There are at least two, numbered without a gap; the leading one needs none, and the others only earlier ones, so
    that no leg waits for itself.
    """
    if len(needs) <= 1:
        raise GroupUnsound(GroupFault.FEWER_THAN_TWO)
    if sorted(needs) != list(range(1, len(needs) + 1)):
        raise GroupUnsound(GroupFault.NUMBERS)
    if needs[LEAD]:
        raise GroupUnsound(GroupFault.LEAD_WAITS, LEAD)
    for number, needed in needs.items():
        if not needed <= set(range(1, number)):
            raise GroupUnsound(GroupFault.NEEDS_LATER, number)


class LegState(StrEnum):
    """Where a leg stands; the value is what the database holds.

    WAITING has no dossier yet. NOT_GRANTED: it ended without what was asked for. NOT_NEEDED: it will never open,
    because a leg it needs was not granted, the whole came to nothing or was taken back.
    """

    WAITING = "WAITING"
    OPEN = "OPEN"
    GRANTED = "GRANTED"
    NOT_GRANTED = "NOT_GRANTED"
    NOT_NEEDED = "NOT_NEEDED"


ENDED = frozenset({LegState.GRANTED, LegState.NOT_GRANTED, LegState.NOT_NEEDED})
"""Nothing more happens in the leg before its result is given out."""

_WITHOUT_RESULT = FINAL - GIVEN_OUT | {Status.REFUSED}
_WITH_RESULT = GIVEN_OUT | {Status.DONE}


def leg_state(status: Status | None, *, is_refusal: bool = False) -> LegState:
    """Return where the leg stands whose dossier is in `status`, None while there is no dossier.

    `is_refusal` tells whether its result is one, which a returned dossier does not show. A result that is being
    corrected (B-23) is under way again.
    """
    if status is None:
        return LegState.WAITING
    if status in _WITHOUT_RESULT or (is_refusal and status in _WITH_RESULT):
        return LegState.NOT_GRANTED
    return LegState.GRANTED if status in _WITH_RESULT else LegState.OPEN


@dataclass(frozen=True, slots=True)
class Leg:
    """A leg as it stands: its number, the numbers of the legs it needs, its state."""

    number: int
    needs: frozenset[int]
    state: LegState


class WholeState(StrEnum):
    """Where a linked application stands; the value is what the database holds.

    PARTLY_GRANTED: some legs were granted and some were not. NOT_GRANTED: none was.
    """

    AT_THE_DESK = "AT_THE_DESK"
    UNDER_WAY = "UNDER_WAY"
    GRANTED = "GRANTED"
    PARTLY_GRANTED = "PARTLY_GRANTED"
    NOT_GRANTED = "NOT_GRANTED"


OVER = frozenset({WholeState.GRANTED, WholeState.PARTLY_GRANTED, WholeState.NOT_GRANTED})
"""Every leg has ended."""


@dataclass(frozen=True, slots=True)
class Closing:
    """A leg that will never open, and the number of the leg that decides so."""

    number: int
    because_of: int


@dataclass(frozen=True, slots=True)
class Course:
    """What follows from how the legs stand: which open now, which never will, and where that leaves the whole."""

    opens: tuple[int, ...]
    closes: tuple[Closing, ...]
    whole: WholeState


def course(legs: Sequence[Leg], *, has_been_accepted: bool) -> Course:
    """Return what follows from how `legs`, in the order of their numbers, stand.

    No leg beside the leading one opens before the whole is accepted; when it ends unaccepted, none ever does. A refusal
    ends only the legs that need the refused one, those that need these in turn included.
    """
    states = {leg.number: leg.state for leg in legs}
    opens: list[int] = []
    closes: list[Closing] = []
    for leg in legs:
        if leg.state is not LegState.WAITING:
            continue
        failed = _failed(leg, states, has_been_accepted=has_been_accepted)
        if failed is not None:
            closes.append(Closing(leg.number, because_of=failed))
            states[leg.number] = LegState.NOT_NEEDED
        elif has_been_accepted and all(states[needed] is LegState.GRANTED for needed in leg.needs):
            opens.append(leg.number)
            states[leg.number] = LegState.OPEN
    return Course(tuple(opens), tuple(closes), _whole(states, has_been_accepted=has_been_accepted))


def may_still_open(legs: Sequence[Leg], *, has_been_accepted: bool) -> frozenset[int]:
    """Return the numbers of the legs that wait and that nothing keeps from opening: a withdrawal ends them (B-22).

    `legs` are in the order of their numbers.
    """
    closed = {closing.number for closing in course(legs, has_been_accepted=has_been_accepted).closes}
    return frozenset(leg.number for leg in legs if leg.state is LegState.WAITING and leg.number not in closed)


def waited_for(states: Mapping[int, LegState], *, given_up: Collection[int] = ()) -> tuple[int, ...]:
    """Return which legs, by number, the results that go out together wait for; not for those `given_up` (B-21)."""
    return tuple(number for number, state in states.items() if state not in ENDED and number not in given_up)


class WithdrawalEnds(StrEnum):
    """Until when an applicant may take back what is not decided of a linked application; what the database holds.

    The law says it of one dossier: until its decision (B-22). EACH_DECISION reads that leg by leg; FIRST_DECISION
    ends it for all legs with the first decision about any.
    """

    EACH_DECISION = "EACH_DECISION"
    FIRST_DECISION = "FIRST_DECISION"


def withdrawal_is_open(statuses: Collection[Status], ends: WithdrawalEnds) -> bool:
    """Tell whether legs not yet decided may be taken back while the dossiers of all legs stand in `statuses` (B-22)."""
    return ends is WithdrawalEnds.EACH_DECISION or DECIDED.isdisjoint(statuses)


def has_joint_result(statuses: Collection[Status]) -> bool:
    """Tell whether an application whose dossiers stand in `statuses` came to a result: a decision about any leg (C-30).

    A refusal is one. Without any, all was taken back, stopped or closed unanswered.
    """
    return not DECIDED.isdisjoint(statuses)


def _failed(leg: Leg, states: Mapping[int, LegState], *, has_been_accepted: bool) -> int | None:
    """Return the first leg that keeps `leg` from ever opening."""
    if not has_been_accepted:
        return LEAD if states[LEAD] in ENDED else None
    failed = {LegState.NOT_GRANTED, LegState.NOT_NEEDED}
    return next((needed for needed in sorted(leg.needs) if states[needed] in failed), None)


def _whole(states: Mapping[int, LegState], *, has_been_accepted: bool) -> WholeState:
    if not ENDED.issuperset(states.values()):
        return WholeState.UNDER_WAY if has_been_accepted else WholeState.AT_THE_DESK
    granted = sum(state is LegState.GRANTED for state in states.values())
    if granted == len(states):
        return WholeState.GRANTED
    return WholeState.PARTLY_GRANTED if granted else WholeState.NOT_GRANTED
