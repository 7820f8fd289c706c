"""Rows of the yearly review as the plain values the rules decide on."""

from collections.abc import Iterable
from datetime import date

from motcua.catalogue.models import CostLine, HourlyIncome, PartReview, Review
from motcua.organisations.models import Unit, UnitKind
from motcua.rules.compliance_cost import Saving, hourly_income, saving, total_a_year
from motcua.rules.simplification import Findings, Part, ReviewOffice, Verdict


def review_office(unit: Unit) -> ReviewOffice:
    """Return where a review by `unit` is prepared and approved; no query when the units above it are loaded."""
    line = line_of(unit)
    return ReviewOffice(
        preparing_ids=frozenset(above.pk for above in line),
        approving_ids=frozenset(above.pk for above in line if above.kind == UnitKind.PROVINCE),
    )


def line_of(unit: Unit) -> tuple[Unit, ...]:
    """Return `unit` and every unit above it, the highest last."""
    line = [unit]
    while line[-1].parent is not None:
        line.append(line[-1].parent)
    return tuple(line)


def hourly_vnd_on(day: date) -> int | None:
    """Return the income of an hour on `day` in whole dong; None while none is set (C-16)."""
    found = HourlyIncome.objects.filter(valid_from__lte=day).order_by("-valid_from").first()
    return hourly_income(found.yearly_income_vnd, found.hours_a_year) if found else None


def findings_of(parts: Iterable[PartReview], costs: Iterable[CostLine]) -> Findings:
    """Return what a review has found so far."""
    sides = {line.side for line in costs}
    return Findings(
        verdicts={Part(row.part): Verdict(row.verdict) for row in parts},
        has_cost_before=CostLine.Side.BEFORE in sides,
        has_cost_after=CostLine.Side.AFTER in sides,
    )


def saving_of(review: Review, costs: Iterable[CostLine]) -> Saving | None:
    """Return what the review would save a year; None until both tables stand, or the procedure is to be abolished."""
    if review.hourly_vnd is None:
        return None
    rows = list(costs)
    before = [line.as_rule() for line in rows if line.side == CostLine.Side.BEFORE]
    after = [line.as_rule() for line in rows if line.side == CostLine.Side.AFTER]
    is_abolished = review.outcome == Verdict.ABOLISH
    if not before or not (after or is_abolished):
        return None
    after_vnd = 0 if is_abolished else total_a_year(after, review.hourly_vnd)
    return saving(total_a_year(before, review.hourly_vnd), after_vnd)
