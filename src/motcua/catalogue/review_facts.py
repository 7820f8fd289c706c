"""Rows of the yearly review as the plain values the rules decide on."""

from collections.abc import Iterable
from datetime import date

from motcua.catalogue.models import CostLine, HourlyIncome, PartReview, Review
from motcua.organisations.models import Unit, UnitKind
from motcua.rules.compliance_cost import Saving, hourly_income, saving, total_a_year
from motcua.rules.procedure_parts import Part
from motcua.rules.simplification import Findings, ReviewOffice, Verdict


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


def totals_of(costs: Iterable[CostLine], hourly_vnd: int) -> tuple[int | None, int | None]:
    """Return what the tables before and after come to a year, in dong; None for a table without a row."""
    rows = list(costs)
    before = [line.as_rule() for line in rows if line.side == CostLine.Side.BEFORE]
    after = [line.as_rule() for line in rows if line.side == CostLine.Side.AFTER]
    return (
        total_a_year(before, hourly_vnd) if before else None,
        total_a_year(after, hourly_vnd) if after else None,
    )


def saving_of(review: Review) -> Saving | None:
    """Return what the review would save a year; None until both tables stand, and for what is kept as it is.

    What is to be abolished costs nothing afterwards, whatever the second table says.
    """
    if review.outcome == Verdict.KEEP:
        return None
    after = 0 if review.outcome == Verdict.ABOLISH else review.after_vnd
    return None if review.before_vnd is None or after is None else saving(review.before_vnd, after)
