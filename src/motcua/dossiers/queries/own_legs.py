"""The steps of parallel legs that wait for an official, and the time left for them (B-21, B-29)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from motcua.dossiers.queries.time_left import Remaining, remaining_until
from motcua.dossiers.querysets import legs_waiting_for
from motcua.organisations.facts import working_calendars
from motcua.rules.permissions import DOES_LEGS, GIVES_OUT_LEGS, RoleGrant


@dataclass(frozen=True, slots=True)
class OwnLeg:
    """From when to when a unit does its part; `has_officer` once it was given to one."""

    started_at: datetime
    due_at: datetime
    unit_id: int
    has_officer: bool


def own_legs(grants: Iterable[RoleGrant], *, actor_id: int, on: date) -> dict[int, OwnLeg]:
    """Return the earliest leg of each dossier, by its primary key, that waits for the official with `grants` on `on`.

    One query, and none for who neither does nor gives out legs: as many rows as their units have under way.
    """
    held = [grant for grant in grants if grant.role in DOES_LEGS | GIVES_OUT_LEGS and grant.holds_on(on)]
    if not held:
        return {}
    legs = legs_waiting_for(held, actor_id=actor_id, on=on).order_by("-due_at", "-pk")
    rows = legs.values_list("dossier", "started_at", "due_at", "unit", "assignee")
    return {
        dossier_id: OwnLeg(started_at, due_at, unit_id, has_officer=assignee_id is not None)
        for dossier_id, started_at, due_at, unit_id, assignee_id in rows
    }


def time_left_for(legs: Mapping[int, OwnLeg], at: datetime) -> dict[int, Remaining]:
    """Return what is left of each of `legs` at `at`, by the unit's own hours.

    One that is due past the days that the calendar knows is left out.
    """
    if not legs:
        return {}
    by_unit = working_calendars({leg.unit_id for leg in legs.values()}, timezone.localdate(at))
    left = {pk: remaining_until(leg.started_at, leg.due_at, by_unit[leg.unit_id], at) for pk, leg in legs.items()}
    return {pk: one for pk, one in left.items() if one is not None}
