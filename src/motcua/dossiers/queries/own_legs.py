"""The steps of parallel legs that are under way in an official's own units, and the time left for them (B-21, B-29)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from motcua.dossiers.queries.time_left import Remaining, remaining_until
from motcua.dossiers.querysets import open_legs_of
from motcua.organisations.facts import working_calendars
from motcua.rules.permissions import DOES_LEGS, RoleGrant


@dataclass(frozen=True, slots=True)
class OwnLeg:
    """From when to when a unit does its part."""

    started_at: datetime
    due_at: datetime
    unit_id: int


def own_legs(grants: Iterable[RoleGrant], *, on: date) -> dict[int, OwnLeg]:
    """Return the earliest leg under way of each dossier, by its primary key, that `grants` let the official do on `on`.

    One query, and none for who does no legs: there are as many as their units have under way, not as ever were.
    """
    units = {grant.unit_id for grant in grants if grant.role in DOES_LEGS and grant.holds_on(on)}
    if not units:
        return {}
    rows = open_legs_of(units).order_by("-due_at", "-pk").values_list("dossier", "started_at", "due_at", "unit")
    return {dossier_id: OwnLeg(started_at, due_at, unit_id) for dossier_id, started_at, due_at, unit_id in rows}


def time_left_for(legs: Mapping[int, OwnLeg], at: datetime) -> dict[int, Remaining]:
    """Return what is left of each of `legs` at `at`, by the unit's own hours.

    One that is due past the days that the calendar knows is left out.
    """
    if not legs:
        return {}
    by_unit = working_calendars({leg.unit_id for leg in legs.values()}, timezone.localdate(at))
    left = {pk: remaining_until(leg.started_at, leg.due_at, by_unit[leg.unit_id], at) for pk, leg in legs.items()}
    return {pk: one for pk, one in left.items() if one is not None}
