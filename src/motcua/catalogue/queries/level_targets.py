"""What share is to be reached in a year, and how many procedures were full on a day (D-04)."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.core.paginator import Page, Paginator

from motcua.catalogue.models import ProcedureVersion, ServiceLevel, ServiceTarget
from motcua.rules.service_levels import Axis, Level, read_on

PAGE_SIZE: Final = 30


@dataclass(frozen=True, slots=True)
class FullShare:
    """How many procedures were in force on a day, and how many of them bore the level full at every unit."""

    full_count: int
    total_count: int


def targets() -> tuple[ServiceTarget, ...]:
    """Return every target, the newest year first."""
    return tuple(ServiceTarget.objects.order_by("-year", "metric"))


def targets_page(number: str) -> "Page[ServiceTarget]":
    """Return a page of the targets, the newest year first; two queries."""
    return Paginator(ServiceTarget.objects.order_by("-year", "metric"), PAGE_SIZE).get_page(number)


def full_shares(days: Collection[date]) -> dict[date, FullShare]:
    """Return the share of each of `days`; two queries, however many days."""
    if not days:
        return {}
    versions = ProcedureVersion.objects.filter(published_at__isnull=False, valid_from__lte=max(days)).values_list(
        "procedure", "valid_from", "valid_until", "procedure__withdrawn_on"
    )
    in_force = defaultdict[date, set[int]](set)
    for procedure, valid_from, valid_until, withdrawn_on in versions:
        ends_on = min(valid_until or date.max, withdrawn_on or date.max)
        for day in days:
            if valid_from <= day < ends_on:
                in_force[day].add(procedure)
    full = _full_on(days)
    return {day: FullShare(len(full[day] & in_force[day]), len(in_force[day])) for day in days}


def _full_on(days: Collection[date]) -> dict[date, set[int]]:
    levels = ServiceLevel.objects.standing().on_axis(Axis.EXTENT).filter(unit=None)
    found = defaultdict[date, set[int]](set)
    for row in levels.only("procedure", "level", "needs_presence", "valid_from", "valid_until"):
        for day in days:
            holds = row.valid_from <= day < (row.valid_until or date.max)
            if holds and read_on(Level(row.level), day, needs_presence=row.needs_presence) is Level.FULL:
                found[day].add(row.procedure_id)
    return found
