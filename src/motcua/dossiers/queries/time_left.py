"""How much working time a dossier has left."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone

from motcua.dossiers.models import Dossier
from motcua.organisations.facts import working_calendars
from motcua.rules.deadlines import Urgency, urgency
from motcua.rules.working_time import CalendarExhausted, WorkingCalendar, remaining


@dataclass(frozen=True, slots=True)
class Remaining:
    """`time` is working time, negative when overdue; `urgency` is what colour and words go with it (L-12)."""

    time: timedelta
    urgency: Urgency


def remaining_of_each(dossiers: Sequence[Dossier], at: datetime) -> dict[int, Remaining | None]:
    """Return `remaining_of` for each, by its primary key; every clock goes by the hours it was set by, in one query."""
    by_unit = working_calendars({_clock_unit(dossier) for dossier in dossiers}, timezone.localdate(at))
    return {dossier.pk: remaining_of(dossier, by_unit[_clock_unit(dossier)], at) for dossier in dossiers}


def remaining_of(dossier: Dossier, calendar: WorkingCalendar, at: datetime) -> Remaining | None:
    """Return the working time until somebody must have acted, by the hours of `calendar`.

    None when no clock runs, as once the result is there (L-11), or when it runs past the days the calendar knows: what
    is left cannot be told then (R-15).
    """
    due_at, started_at = dossier.action_due_at, dossier.counted_from or dossier.accepted_at or dossier.submitted_at
    return None if due_at is None or started_at is None else remaining_until(started_at, due_at, calendar, at)


def remaining_until(
    started_at: datetime, due_at: datetime, calendar: WorkingCalendar, at: datetime
) -> Remaining | None:
    """Return what is left at `at` of the working time since `started_at`; None where `calendar` does not know it."""
    try:
        return Remaining(time=remaining(at, due_at, calendar), urgency=urgency(started_at, due_at, at, calendar))
    except CalendarExhausted:
        return None


def _clock_unit(dossier: Dossier) -> int:
    """Return whose hours count: the desk's for its answer, the agency's for the result (B-20)."""
    return dossier.receiving_unit_id if dossier.accepted_at is None else dossier.competent_unit_id
