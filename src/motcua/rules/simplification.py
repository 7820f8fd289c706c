"""Reviewing a procedure to make it simpler: its parts, the questions, the acts of a review (C-03, C-14, C-15).

Source: docs/law/compliance-cost.md. The officer who controls procedures prepares, in the unit that reviews or above it;
the chairman of the province approves.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

from motcua.rules.permissions import Role, RoleGrant
from motcua.rules.procedure_parts import Part

_PERCENT = Decimal("0.01")


class Question(StrEnum):
    """What is asked of a part (C-14)."""

    NECESSITY = "NECESSITY"
    LEGALITY = "LEGALITY"
    DATA = "DATA"
    SHORTEST = "SHORTEST"
    LOWEST = "LOWEST"


_ALWAYS = (Question.NECESSITY, Question.LEGALITY)
_MORE: Mapping[Part, tuple[Question, ...]] = {
    Part.STEPS: (Question.SHORTEST,),
    Part.PAPERS: (Question.DATA,),
    Part.LIMIT: (Question.SHORTEST,),
    Part.AGENCIES: (Question.LOWEST,),
    Part.FORMS: (Question.DATA,),
    Part.CONDITIONS: (Question.DATA,),
}


def questions(part: Part) -> tuple[Question, ...]:
    """Return what is asked of `part`, in order (C-14)."""
    return _ALWAYS + _MORE.get(part, ())


class Verdict(StrEnum):
    """What becomes of a part, or of the whole procedure."""

    KEEP = "KEEP"
    AMEND = "AMEND"
    ABOLISH = "ABOLISH"


class Lack(StrEnum):
    """Why a review cannot be laid before the chairman."""

    PART_OPEN = "PART_OPEN"
    COST_BEFORE_MISSING = "COST_BEFORE_MISSING"
    COST_AFTER_MISSING = "COST_AFTER_MISSING"
    KEPT_THOUGH_CHANGED = "KEPT_THOUGH_CHANGED"
    CHANGED_THOUGH_KEPT = "CHANGED_THOUGH_KEPT"


@dataclass(frozen=True, slots=True)
class Findings:
    """What a review has found: the verdict of each part looked at, and whether the two cost tables hold rows."""

    verdicts: Mapping[Part, Verdict]
    has_cost_before: bool
    has_cost_after: bool


def lacks(findings: Findings, outcome: Verdict) -> tuple[Lack, ...]:
    """Return what keeps the proposal `outcome` from being laid before the chairman; empty when nothing does (C-15).

    Every part needs a verdict. The cost before is always counted, the cost after where the procedure is amended; an
    abolished procedure costs nothing afterwards.
    """
    is_changed = any(verdict is not Verdict.KEEP for verdict in findings.verdicts.values())
    found = {
        Lack.PART_OPEN: set(findings.verdicts) != set(Part),
        Lack.COST_BEFORE_MISSING: not findings.has_cost_before,
        Lack.COST_AFTER_MISSING: outcome is Verdict.AMEND and not findings.has_cost_after,
        Lack.KEPT_THOUGH_CHANGED: outcome is Verdict.KEEP and is_changed,
        Lack.CHANGED_THOUGH_KEPT: outcome is Verdict.AMEND and not is_changed,
    }
    return tuple(lack for lack, is_so in found.items() if is_so)


class ReviewState(StrEnum):
    """Where a planned review stands."""

    PLANNED = "PLANNED"
    UNDER_REVIEW = "UNDER_REVIEW"
    PROPOSED = "PROPOSED"
    GIVEN_BACK = "GIVEN_BACK"
    APPROVED = "APPROVED"
    IN_FORCE = "IN_FORCE"
    KEPT = "KEPT"
    DROPPED = "DROPPED"


class ReviewAct(StrEnum):
    """What is done to a planned review. `CLOSE` names the version that puts the approved proposal in force."""

    BEGIN = "BEGIN"
    ASSESS = "ASSESS"
    PROPOSE = "PROPOSE"
    GIVE_BACK = "GIVE_BACK"
    APPROVE = "APPROVE"
    CLOSE = "CLOSE"
    DROP = "DROP"


NEXT: Mapping[ReviewState, Mapping[ReviewAct, ReviewState]] = {
    ReviewState.PLANNED: {ReviewAct.BEGIN: ReviewState.UNDER_REVIEW, ReviewAct.DROP: ReviewState.DROPPED},
    ReviewState.UNDER_REVIEW: {
        ReviewAct.ASSESS: ReviewState.UNDER_REVIEW,
        ReviewAct.PROPOSE: ReviewState.PROPOSED,
        ReviewAct.DROP: ReviewState.DROPPED,
    },
    ReviewState.PROPOSED: {ReviewAct.GIVE_BACK: ReviewState.GIVEN_BACK, ReviewAct.APPROVE: ReviewState.APPROVED},
    ReviewState.GIVEN_BACK: {ReviewAct.ASSESS: ReviewState.GIVEN_BACK, ReviewAct.PROPOSE: ReviewState.PROPOSED},
    ReviewState.APPROVED: {ReviewAct.CLOSE: ReviewState.IN_FORCE},
    ReviewState.IN_FORCE: {},
    ReviewState.KEPT: {},
    ReviewState.DROPPED: {},
}
"""Which act leads where. Approving the proposal to keep everything leads to `KEPT` instead: nothing is to follow."""

BY_THE_CHAIRMAN = frozenset({ReviewAct.GIVE_BACK, ReviewAct.APPROVE})


class ReviewNotThere(Exception):
    """The act is not open to a review in that `state`."""

    def __init__(self, act: ReviewAct, state: ReviewState) -> None:
        super().__init__(f"{act.value} in {state.value}")
        self.act, self.state = act, state


def state_after(state: ReviewState, act: ReviewAct, outcome: Verdict | None = None) -> ReviewState:
    """Return where `act` leads; raises `ReviewNotThere`. `outcome` is what was proposed, None before."""
    if act not in NEXT[state]:
        raise ReviewNotThere(act, state)
    if act is ReviewAct.APPROVE and outcome is Verdict.KEEP:
        return ReviewState.KEPT
    return NEXT[state][act]


@dataclass(frozen=True, slots=True)
class ReviewOffice:
    """Where a review is done: `preparing_ids` are the units whose officers prepare it, `approving_ids` the provinces.

    Both are ids of units; `approving_ids` is empty where no province stands above.
    """

    preparing_ids: frozenset[int]
    approving_ids: frozenset[int]


class MayNotReview(Exception):
    """The official may not prepare, or decide on, this review."""


def may_review(act: ReviewAct, office: ReviewOffice, grants: Iterable[RoleGrant], *, on: date) -> bool:
    """Tell whether an official with `grants` may do `act` on `on` to a review done at `office` (C-15, C-19)."""
    by_chairman = act in BY_THE_CHAIRMAN
    role = Role.SIGNER if by_chairman else Role.PROCEDURE_CONTROL_OFFICER
    places = office.approving_ids if by_chairman else office.preparing_ids
    return any(grant.role is role and grant.unit_id in places and grant.holds_on(on) for grant in grants)


_AT_WORK = frozenset({ReviewState.PLANNED, ReviewState.UNDER_REVIEW, ReviewState.GIVEN_BACK})


def is_late(state: ReviewState, *, ends_on: date, follow_up_on: date | None, on: date) -> bool:
    """Tell whether a review is late on `on`: not proposed after its last day, or not in force after `follow_up_on`.

    Before the chairman it is not late: the unit has done its part. `follow_up_on` None: no day was set.
    """
    if state in _AT_WORK:
        return on > ends_on
    return state is ReviewState.APPROVED and follow_up_on is not None and on > follow_up_on


def is_plan_late(*, due_on: date, issued_on: date | None, on: date) -> bool:
    """Tell whether a plan was issued after `due_on`, or on `on` still waits; `issued_on` None: it waits (C-15)."""
    return (issued_on or on) > due_on


@dataclass(frozen=True, slots=True)
class TimeCut:
    """How much of the time limit of the law is cut: in its own unit, and in per cent to two places."""

    cut: Decimal
    rate: Decimal


def time_cut(before: Decimal, after: Decimal) -> TimeCut | None:
    """Return what is cut from the limit `before`, both in one unit; None where the law sets no length of time.

    Negative where the proposal is longer.
    """
    if not before:
        return None
    cut = before - after
    return TimeCut(cut=cut, rate=(cut * 100 / before).quantize(_PERCENT, ROUND_HALF_UP))
