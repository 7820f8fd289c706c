"""How much working time a dossier has left."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from motcua.dossiers.models import Dossier
from motcua.rules.deadlines import Urgency, urgency
from motcua.rules.working_time import CalendarExhausted, WorkingCalendar, remaining


@dataclass(frozen=True, slots=True)
class Remaining:
    """`time` is working time, negative when overdue; `urgency` is what colour and words go with it (L-12)."""

    time: timedelta
    urgency: Urgency


def remaining_of(dossier: Dossier, calendar: WorkingCalendar, at: datetime) -> Remaining | None:
    """Return the working time until somebody must have acted, by the hours of `calendar`.

    None when no clock runs, or when it runs past the days the calendar knows: what is left cannot be told then (R-15).
    """
    due_at, started_at = dossier.action_due_at, dossier.accepted_at or dossier.submitted_at
    if due_at is None or started_at is None:
        return None
    try:
        return Remaining(time=remaining(at, due_at, calendar), urgency=urgency(started_at, due_at, at, calendar))
    except CalendarExhausted:
        return None
