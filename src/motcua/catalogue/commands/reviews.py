"""One review on its way: its parts, its cost tables, the proposal, the chairman's decision, what follows (C-15)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, TypedDict

from django.db import transaction
from django.utils import timezone

from motcua.accounts.facts import grants_of
from motcua.catalogue.models import CostLine, PartReview, ProcedureVersion, Review
from motcua.catalogue.review_events import (
    CostsCounted,
    PartAssessed,
    ReviewBegun,
    ReviewDropped,
    SimplificationApproved,
    SimplificationGivenBack,
    SimplificationInForce,
    SimplificationProposed,
)
from motcua.catalogue.review_facts import findings_of, hourly_vnd_on, review_office, totals_of
from motcua.kernel import events
from motcua.rules.compliance_cost import total_a_year
from motcua.rules.procedure_parts import Part
from motcua.rules.simplification import (
    Lack,
    MayNotReview,
    ReviewAct,
    ReviewNotThere,
    Verdict,
    lacks,
    may_review,
    state_after,
)

if TYPE_CHECKING:
    from motcua.accounts.models import User

__all__ = [
    "Assessment",
    "IncomeUnknown",
    "MayNotReview",
    "NothingInForce",
    "Proposal",
    "ProposalLacks",
    "ReviewNotThere",
    "approve_simplification",
    "assess_part",
    "begin_review",
    "close_review",
    "drop_review",
    "give_simplification_back",
    "propose_simplification",
    "write_costs",
]


class NothingInForce(Exception):
    """No version of the procedure is in force: nothing to review, or nothing yet of what was approved."""


class IncomeUnknown(Exception):
    """No income of an hour is set for the day, so no cost can be counted (S-05)."""


class ProposalLacks(Exception):
    """The proposal is not ready: `lacks` says what it needs."""

    def __init__(self, found: tuple[Lack, ...]) -> None:
        super().__init__(", ".join(found))
        self.lacks = found


@dataclass(frozen=True, slots=True)
class Assessment:
    """What is found of a part: the verdict, its reason, what to change; an answer that is not asked is empty."""

    verdict: Verdict
    reason: str
    proposal: str = ""
    necessity: str = ""
    legality: str = ""
    data: str = ""
    shortest: str = ""
    lowest: str = ""


@dataclass(frozen=True, slots=True)
class Proposal:
    """What is laid before the chairman; `limit_after` in the unit of the version's limit, None where it stays."""

    outcome: Verdict
    summary: str
    limit_after: Decimal | None = None


@transaction.atomic
def begin_review(*, review: Review, actor: "User", at: datetime) -> Review:
    """Begin the review of the version in force; raises `MayNotReview`, `ReviewNotThere`, `NothingInForce`."""
    review = _moved(review, ReviewAct.BEGIN, actor, at)
    today = timezone.localdate(at)
    version = ProcedureVersion.objects.on(today).alive(today).filter(procedure=review.procedure).first()
    if version is None:
        raise NothingInForce
    review.version = version
    review.save(update_fields=["state", "version"])
    event = ReviewBegun(**_named(review), version=version.number)
    events.record(event, actor=actor, at=at)
    return review


@transaction.atomic
def drop_review(*, review: Review, actor: "User", at: datetime) -> Review:
    """Take a review out of the plan; raises `MayNotReview`, `ReviewNotThere`."""
    review = _moved(review, ReviewAct.DROP, actor, at)
    review.save(update_fields=["state"])
    events.record(ReviewDropped(**_named(review)), actor=actor, at=at)
    return review


@transaction.atomic
def assess_part(*, review: Review, part: Part, found: Assessment, actor: "User", at: datetime) -> PartReview:
    """Keep what is found of `part`, in the place of what was before; raises `MayNotReview`, `ReviewNotThere`."""
    review = _moved(review, ReviewAct.ASSESS, actor, at)
    row, _ = PartReview.objects.update_or_create(
        review=review,
        part=part.value,
        defaults={
            "verdict": found.verdict.value,
            "reason": found.reason,
            "proposal": found.proposal,
            "necessity": found.necessity,
            "legality": found.legality,
            "data": found.data,
            "shortest": found.shortest,
            "lowest": found.lowest,
        },
    )
    event = PartAssessed(**_named(review), part=part.value, verdict=found.verdict.value)
    events.record(event, actor=actor, at=at)
    return row


@transaction.atomic
def write_costs(*, review: Review, side: str, lines: Sequence[CostLine], actor: "User", at: datetime) -> Review:
    """Put `lines`, not yet saved, in the place of one table, and count by the income of the day.

    Raises `MayNotReview`, `ReviewNotThere`, `IncomeUnknown`.
    """
    review = _moved(review, ReviewAct.ASSESS, actor, at)
    hourly = hourly_vnd_on(timezone.localdate(at))
    if hourly is None:
        raise IncomeUnknown
    review.costs.filter(side=side).delete()
    for position, line in enumerate(lines, start=1):
        line.review, line.side, line.position = review, side, position
    CostLine.objects.bulk_create(lines)
    review.hourly_vnd = hourly
    review.before_vnd, review.after_vnd = totals_of(review.costs.all(), hourly)
    review.save(update_fields=["hourly_vnd", "before_vnd", "after_vnd"])
    total = total_a_year((line.as_rule() for line in lines), hourly)
    event = CostsCounted(**_named(review), side=side, total_vnd=total, hourly_vnd=hourly)
    events.record(event, actor=actor, at=at)
    return review


@transaction.atomic
def propose_simplification(*, review: Review, proposal: Proposal, actor: "User", at: datetime) -> Review:
    """Lay the review before the chairman; raises `MayNotReview`, `ReviewNotThere`, `ProposalLacks` (C-15)."""
    review = _moved(review, ReviewAct.PROPOSE, actor, at)
    found = lacks(findings_of(review.parts.all(), review.costs.all()), proposal.outcome)
    if found:
        raise ProposalLacks(found)
    review.outcome, review.summary = proposal.outcome.value, proposal.summary
    review.limit_after, review.remark = proposal.limit_after, ""
    review.save(update_fields=["state", "outcome", "summary", "limit_after", "remark"])
    event = SimplificationProposed(**_named(review), outcome=review.outcome)
    events.record(event, actor=actor, at=at)
    return review


@transaction.atomic
def give_simplification_back(*, review: Review, reason: str, actor: "User", at: datetime) -> Review:
    """Give a proposal back to be changed; raises `MayNotReview`, `ReviewNotThere`."""
    review = _moved(review, ReviewAct.GIVE_BACK, actor, at)
    review.remark = reason
    review.save(update_fields=["state", "remark"])
    events.record(SimplificationGivenBack(**_named(review)), actor=actor, at=at)
    return review


@transaction.atomic
def approve_simplification(
    *, review: Review, decision_no: str, follow_up_on: date | None, actor: "User", at: datetime
) -> Review:
    """Approve a proposal, to be in force by `follow_up_on`; raises `MayNotReview`, `ReviewNotThere`."""
    review = _moved(review, ReviewAct.APPROVE, actor, at)
    review.decision_no, review.approved_at = decision_no, at
    review.follow_up_on = follow_up_on if review.outcome != Verdict.KEEP else None
    review.save(update_fields=["state", "decision_no", "approved_at", "follow_up_on"])
    event = SimplificationApproved(
        **_named(review), outcome=review.outcome, decision_no=decision_no, follow_up_on=review.follow_up_on
    )
    events.record(event, actor=actor, at=at)
    return review


@transaction.atomic
def close_review(*, review: Review, actor: "User", at: datetime) -> Review:
    """End the following-up: what was approved is in force. Raises `MayNotReview`, `ReviewNotThere`, `NothingInForce`.

    In force is a version that was published after the approval and has begun, or the abolition, where that was
    approved.
    """
    review, today = _moved(review, ReviewAct.CLOSE, actor, at), timezone.localdate(at)
    if review.outcome == Verdict.ABOLISH:
        withdrawn_on = review.procedure.withdrawn_on
        is_there = withdrawn_on is not None and withdrawn_on <= today
    else:
        since = ProcedureVersion.objects.on(today).filter(procedure=review.procedure)
        review.closed_by = since.filter(published_at__gt=review.approved_at).first()
        is_there = review.closed_by is not None
    if not is_there:
        raise NothingInForce
    review.save(update_fields=["state", "closed_by"])
    event = SimplificationInForce(**_named(review), version=review.closed_by.number if review.closed_by else None)
    events.record(event, actor=actor, at=at)
    return review


def _moved(review: Review, act: ReviewAct, actor: "User", at: datetime) -> Review:
    """Lock the review, ask who may, and put it where `act` leads; nothing is saved yet."""
    found = Review.objects.select_for_update(of=("self",)).select_related("procedure", "plan", "unit").get(pk=review.pk)
    today = timezone.localdate(at)
    if not may_review(act, review_office(found.unit), grants_of(actor, today), on=today):
        raise MayNotReview
    outcome = Verdict(found.outcome) if found.outcome else None
    found.state = Review.State(state_after(found.stands, act, outcome))
    return found


class _Named(TypedDict):
    subject: str
    year: int
    number: int


def _named(review: Review) -> _Named:
    return _Named(subject=review.procedure.code, year=review.plan.year, number=review.number)
