"""The plan of a year's reviews, and the income by which their costs are counted (C-15, C-16)."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils import timezone

from motcua.accounts.facts import grants_of
from motcua.catalogue.models import HourlyIncome, Procedure, Review, ReviewPlan
from motcua.catalogue.review_events import HourlyIncomeSet, ReviewPlanIssued, ReviewPlanned, ReviewPlanOpened
from motcua.catalogue.review_facts import review_office
from motcua.kernel import events
from motcua.organisations.models import Unit
from motcua.rules.simplification import MayNotReview, ReviewAct, may_review

if TYPE_CHECKING:
    from motcua.accounts.models import User

__all__ = [
    "AlreadyPlanned",
    "AlreadySet",
    "LastDays",
    "MayNotReview",
    "NotInForce",
    "PlanIssued",
    "PlanThere",
    "Planned",
    "issue_plan",
    "open_plan",
    "plan_review",
    "set_hourly_income",
]


class PlanThere(Exception):
    """There is a plan of that year already."""


class PlanIssued(Exception):
    """The plan was issued before, by the decision `decision_no`."""

    def __init__(self, decision_no: str) -> None:
        super().__init__(decision_no)
        self.decision_no = decision_no


class NotInForce(Exception):
    """The procedure is not in force: a draft, or abolished."""


class AlreadyPlanned(Exception):
    """The procedure stands in the plan already, under `number`."""

    def __init__(self, number: int) -> None:
        super().__init__(str(number))
        self.number = number


class AlreadySet(Exception):
    """An income is set from that very day already."""


@dataclass(frozen=True, slots=True)
class LastDays:
    """By when a plan is to be issued and its result reported, and what says so."""

    plan_due_on: date
    result_due_on: date
    source: str


@dataclass(frozen=True, slots=True)
class Planned:
    """What the plan says of one procedure: who reviews it, between which days (both counted), why, for what."""

    unit: Unit
    starts_on: date
    ends_on: date
    ground: str
    ground_note: str
    product: str


def plan_subject(year: int) -> str:
    """Return the subject under which the record keeps what happens to a plan."""
    return f"review-plan-{year}"


@transaction.atomic
def set_hourly_income(*, income: HourlyIncome, unit: Unit, actor: "User", at: datetime) -> HourlyIncome:
    """Keep an `income` not yet saved, for the province `unit`; raises `MayNotReview`, `AlreadySet` (C-16)."""
    _require_at_top(unit, actor, at)
    try:
        with transaction.atomic():
            income.save(force_insert=True)
    except IntegrityError as known:
        raise AlreadySet from known
    event = HourlyIncomeSet(
        subject="hourly-income",
        valid_from=income.valid_from,
        yearly_income_vnd=income.yearly_income_vnd,
        hours_a_year=income.hours_a_year,
        source=income.source,
    )
    events.record(event, actor=actor, at=at)
    return income


@transaction.atomic
def open_plan(*, year: int, unit: Unit, days: LastDays, actor: "User", at: datetime) -> ReviewPlan:
    """Begin the plan of `year`, kept at the province `unit`; raises `MayNotReview`, `PlanThere`."""
    _require_at_top(unit, actor, at)
    plan, is_new = ReviewPlan.objects.get_or_create(
        year=year,
        defaults={
            "unit": unit,
            "plan_due_on": days.plan_due_on,
            "result_due_on": days.result_due_on,
            "source": days.source,
        },
    )
    if not is_new:
        raise PlanThere
    events.record(ReviewPlanOpened(subject=plan_subject(year), unit=unit.code), actor=actor, at=at)
    return plan


@transaction.atomic
def issue_plan(*, plan: ReviewPlan, decision_no: str, issued_on: date, actor: "User", at: datetime) -> ReviewPlan:
    """Enter the decision by which the chairman issued the plan; raises `MayNotReview`, `PlanIssued`.

    Procedures may still be added afterwards: the office may review on its own motion (C-15).
    """
    plan = ReviewPlan.objects.select_for_update(of=("self",)).select_related("unit").get(pk=plan.pk)
    _require(plan.unit, actor, at, ReviewAct.APPROVE)
    if plan.issued_on is not None:
        raise PlanIssued(plan.decision_no)
    plan.decision_no, plan.issued_on = decision_no, issued_on
    plan.save(update_fields=["decision_no", "issued_on"])
    event = ReviewPlanIssued(subject=plan_subject(plan.year), decision_no=decision_no, issued_on=issued_on)
    events.record(event, actor=actor, at=at)
    return plan


@transaction.atomic
def plan_review(*, plan: ReviewPlan, procedure: Procedure, planned: Planned, actor: "User", at: datetime) -> Review:
    """Put a procedure in force into the plan; raises `MayNotReview`, `AlreadyPlanned`, `NotInForce`."""
    plan = ReviewPlan.objects.select_for_update(of=("self",)).get(pk=plan.pk)
    _require(planned.unit, actor, at)
    if not Procedure.objects.in_force(timezone.localdate(at)).filter(pk=procedure.pk).exists():
        raise NotInForce
    there = plan.reviews.filter(procedure=procedure).exclude(state=Review.State.DROPPED).first()
    if there is not None:
        raise AlreadyPlanned(there.number)
    last = plan.reviews.aggregate(last=Max("number"))["last"] or 0
    review = Review.objects.create(
        plan=plan,
        number=last + 1,
        procedure=procedure,
        unit=planned.unit,
        starts_on=planned.starts_on,
        ends_on=planned.ends_on,
        ground=planned.ground,
        ground_note=planned.ground_note,
        product=planned.product,
    )
    event = ReviewPlanned(subject=procedure.code, year=plan.year, number=review.number, unit=planned.unit.code)
    events.record(event, actor=actor, at=at)
    return review


def _require_at_top(unit: Unit, actor: "User", at: datetime) -> None:
    """Refuse what holds for the whole province at any unit below it."""
    if unit.parent_id is not None:
        raise MayNotReview
    _require(unit, actor, at)


def _require(unit: Unit, actor: "User", at: datetime, act: ReviewAct = ReviewAct.BEGIN) -> None:
    today = timezone.localdate(at)
    if not may_review(act, review_office(unit), grants_of(actor, today), on=today):
        raise MayNotReview
