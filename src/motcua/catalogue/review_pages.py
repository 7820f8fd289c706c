"""What the screens about the yearly review show."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.core.paginator import Page, Paginator
from django.db.models import Count, Q, Sum

from motcua.accounts.facts import grants_of
from motcua.accounts.models import User
from motcua.catalogue.models import CostLine, HourlyIncome, PartReview, Procedure, Review, ReviewPlan
from motcua.catalogue.review_facts import findings_of, line_of, review_office, saving_of
from motcua.organisations.models import Unit
from motcua.rules.compliance_cost import Saving, cost_a_year, cost_once, hourly_income
from motcua.rules.permissions import Role, RoleGrant
from motcua.rules.procedure_parts import Part
from motcua.rules.simplification import (
    NEXT,
    Findings,
    ReviewAct,
    ReviewState,
    TimeCut,
    Verdict,
    is_late,
    is_plan_late,
    may_review,
    time_cut,
)
from motcua.rules.vietnamese import words

PAGE_SIZE = 50
MOST = 50
_ABOVE = "unit__parent__parent__parent"
_DONE = frozenset({ReviewState.IN_FORCE, ReviewState.KEPT})


class Pile(StrEnum):
    """What the list of a plan may be narrowed to."""

    EVERY = "EVERY"
    PLANNED = "PLANNED"
    UNDER_WAY = "UNDER_WAY"
    WAITING = "WAITING"
    FOLLOWED = "FOLLOWED"
    DONE = "DONE"
    LATE = "LATE"


_PILE_OF = {
    ReviewState.PLANNED: Pile.PLANNED,
    ReviewState.UNDER_REVIEW: Pile.UNDER_WAY,
    ReviewState.GIVEN_BACK: Pile.UNDER_WAY,
    ReviewState.PROPOSED: Pile.WAITING,
    ReviewState.APPROVED: Pile.FOLLOWED,
    ReviewState.IN_FORCE: Pile.DONE,
    ReviewState.KEPT: Pile.DONE,
}


@dataclass(frozen=True, slots=True)
class PlanLine:
    """A year's plan in the list of plans: how many procedures it holds, and how many of them are done with."""

    year: int
    decision_no: str
    issued_on: date | None
    review_count: int
    done_count: int


def plans() -> tuple[PlanLine, ...]:
    """Return every plan, the newest year first."""
    standing = ~Q(reviews__state=ReviewState.DROPPED) & Q(reviews__isnull=False)
    rows = ReviewPlan.objects.annotate(
        review_count=Count("reviews", filter=standing),
        done_count=Count("reviews", filter=Q(reviews__state__in=_DONE)),
    )
    told = rows.order_by("-year").values_list("year", "decision_no", "issued_on", "review_count", "done_count")
    return tuple(PlanLine(*row) for row in told)


def own_plan_unit(units: Sequence[Unit], grants: Sequence[RoleGrant], on: date) -> Unit | None:
    """Return the unit at which an official may keep the plan, the highest above one of `units`; None for nobody."""
    for unit in units:
        top = line_of(unit)[-1]
        if may_review(ReviewAct.BEGIN, review_office(top), grants, on=on):
            return top
    return None


@dataclass(frozen=True, slots=True)
class ReviewLine:
    """One procedure in the plan; `saving` is None until both tables are counted."""

    review: Review
    is_late: bool
    saving: Saving | None


@dataclass(frozen=True, slots=True)
class PlanPage:
    """The plan of a year: a page of its procedures, how many lie on each pile, what it saves altogether.

    `in_force_count` is how many procedures are in force on the day, `covered_count` how many of them stand in the plan.
    `saved_vnd` counts what has been approved. `is_late` is about issuing the plan, not about its procedures.
    """

    plan: ReviewPlan
    page: Page[int]
    lines: tuple[ReviewLine, ...]
    pile: Pile
    counts: dict[Pile, int]
    in_force_count: int
    covered_count: int
    saved_vnd: int
    is_late: bool
    may_add: bool
    may_issue: bool


def plan_page(year: int, actor: User, *, pile: Pile, number: str, on: date) -> PlanPage:
    """Return page `number` of the plan narrowed to `pile`; raises `ReviewPlan.DoesNotExist`."""
    plan = ReviewPlan.objects.select_related(_ABOVE).get(year=year)
    standing = plan.reviews.exclude(state=ReviewState.DROPPED)
    piles = _piles(standing.order_by("number").values_list("pk", "state", "ends_on", "follow_up_on"), on)
    chosen = [pk for pk, lies_on in piles.items() if pile in lies_on]
    counts = Counter(one for lies_on in piles.values() for one in lies_on)
    page = Paginator(chosen, PAGE_SIZE).get_page(number)
    rows = {row.pk: row for row in Review.objects.filter(pk__in=list(page)).select_related("procedure", "unit")}
    lines = [ReviewLine(review=rows[pk], is_late=Pile.LATE in piles[pk], saving=saving_of(rows[pk])) for pk in page]
    grants = grants_of(actor, on)
    in_force = Procedure.objects.in_force(on)
    return PlanPage(
        plan=plan,
        page=page,
        lines=tuple(lines),
        pile=pile,
        counts={one: counts[one] for one in Pile},
        in_force_count=in_force.distinct().count(),
        covered_count=in_force.filter(reviews__in=standing).distinct().count(),
        saved_vnd=_saved(plan),
        is_late=is_plan_late(due_on=plan.plan_due_on, issued_on=plan.issued_on, on=on),
        may_add=any(grant.role is Role.PROCEDURE_CONTROL_OFFICER and grant.holds_on(on) for grant in grants),
        may_issue=plan.issued_on is None and may_review(ReviewAct.APPROVE, review_office(plan.unit), grants, on=on),
    )


def _piles(rows: Iterable[tuple[int, str, date, date | None]], on: date) -> dict[int, set[Pile]]:
    found = dict[int, set[Pile]]()
    for pk, state, ends_on, follow_up_on in rows:
        stands = ReviewState(state)
        late = is_late(stands, ends_on=ends_on, follow_up_on=follow_up_on, on=on)
        found[pk] = {Pile.EVERY, _PILE_OF[stands]} | ({Pile.LATE} if late else set())
    return found


def _saved(plan: ReviewPlan) -> int:
    """Return what the approved reviews save a year in dong: what is abolished costs nothing, what is kept as before."""
    approved = plan.reviews.filter(state__in=[ReviewState.APPROVED, *_DONE]).exclude(outcome=Verdict.KEEP)
    sums = approved.aggregate(
        before=Sum("before_vnd", filter=Q(after_vnd__isnull=False) | Q(outcome="ABOLISH")),
        after=Sum("after_vnd", filter=~Q(outcome="ABOLISH") & Q(before_vnd__isnull=False)),
    )
    return int(sums["before"] or 0) - int(sums["after"] or 0)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A procedure that may be put into a plan; `number` is where it stands there already, None where it does not."""

    code: str
    title: str
    number: int | None


def candidates(plan: ReviewPlan, text: str, on: date) -> tuple[Candidate, ...]:
    """Return the procedures in force whose title or code holds `text`, at most `MOST`; those outside the plan first."""
    found = Procedure.objects.in_force(on).distinct()
    for word in words(text):
        found = found.filter(Q(search_key__contains=word) | Q(code__contains=word))
    there = dict(plan.reviews.exclude(state=ReviewState.DROPPED).values_list("procedure__code", "number"))
    rows = found.order_by("sort_key", "code").values_list("code", "title")[:MOST]
    lines = [Candidate(code=code, title=title, number=there.get(code)) for code, title in rows]
    return tuple(sorted(lines, key=lambda line: line.number is not None))


def reviewing_units(units: Sequence[Unit], on: date) -> list[Unit]:
    """Return the units that an official of `units` may charge with a review: their own, and those right below."""
    own = [unit.pk for unit in units]
    below = Unit.objects.on(on).filter(Q(pk__in=own) | Q(parent__in=own)).exclude(kind="SERVICE_CENTRE")
    return sorted(below.order_by("sort_key", "code"), key=lambda unit: unit.pk not in own)


@dataclass(frozen=True, slots=True)
class CountedLine:
    """A row of a cost table with what it comes to, once and a year, in dong."""

    line: CostLine
    once_vnd: int
    year_vnd: int


@dataclass(frozen=True, slots=True)
class ReviewPage:
    """One review: its parts by name, both tables counted, what is saved and cut, which acts are open to the reader."""

    review: Review
    parts: dict[Part, PartReview]
    before: tuple[CountedLine, ...]
    after: tuple[CountedLine, ...]
    saving: Saving | None
    time_cut: TimeCut | None
    findings: Findings
    acts: frozenset[ReviewAct]
    is_late: bool


def review_page(year: int, number: int, actor: User, *, on: date) -> ReviewPage:
    """Return the page of a review; raises `Review.DoesNotExist`."""
    rows = Review.objects.select_related("plan", "procedure", "version", "closed_by", _ABOVE)
    review = rows.get(plan__year=year, number=number)
    parts, costs = list(review.parts.all()), list(review.costs.order_by("side", "position"))
    grants, office = grants_of(actor, on), review_office(review.unit)
    return ReviewPage(
        review=review,
        parts={Part(row.part): row for row in parts},
        before=_counted(review, [line for line in costs if line.side == CostLine.Side.BEFORE]),
        after=_counted(review, [line for line in costs if line.side == CostLine.Side.AFTER]),
        saving=saving_of(review),
        time_cut=_time_cut(review),
        findings=findings_of(parts, costs),
        acts=frozenset(act for act in NEXT[review.stands] if may_review(act, office, grants, on=on)),
        is_late=is_late(review.stands, ends_on=review.ends_on, follow_up_on=review.follow_up_on, on=on),
    )


def _counted(review: Review, lines: Sequence[CostLine]) -> tuple[CountedLine, ...]:
    hourly = review.hourly_vnd or 0
    rules = ((line, line.as_rule()) for line in lines)
    return tuple(CountedLine(line, cost_once(row, hourly), cost_a_year(row, hourly)) for line, row in rules)


def _time_cut(review: Review) -> TimeCut | None:
    limit = review.version.limit_amount if review.version and review.outcome != Verdict.KEEP else None
    return None if limit is None or review.limit_after is None else time_cut(limit, review.limit_after)


@dataclass(frozen=True, slots=True)
class IncomeLine:
    """An income with what an hour comes to, in dong."""

    income: HourlyIncome
    hourly_vnd: int


def incomes() -> tuple[IncomeLine, ...]:
    """Return every income that was set, the newest first."""
    rows = HourlyIncome.objects.order_by("-valid_from")
    return tuple(IncomeLine(row, hourly_income(row.yearly_income_vnd, row.hours_a_year)) for row in rows)
