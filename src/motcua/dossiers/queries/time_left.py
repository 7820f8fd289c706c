"""How much working time a dossier has left."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone

from motcua.dossiers.models import Dossier
from motcua.rules.deadlines import Urgency, urgency
from motcua.rules.working_time import WorkingCalendar, working_time_between


@dataclass(frozen=True, slots=True)
class Remaining:
    """`time` is working time, negative when overdue; `urgency` is what colour and words go with it (L-12)."""

    time: timedelta
    urgency: Urgency


def remaining_of(dossier: Dossier, calendar: WorkingCalendar, at: datetime) -> Remaining | None:
    """Return the working time until somebody must have acted, by the hours of `calendar`; None when no clock runs."""
    due_at, started_at = dossier.action_due_at, dossier.accepted_at or dossier.submitted_at
    if due_at is None or started_at is None:
        return None
    now, due, start = timezone.localtime(at), timezone.localtime(due_at), timezone.localtime(started_at)
    left = working_time_between(now, due, calendar) if now <= due else -working_time_between(due, now, calendar)
    return Remaining(time=left, urgency=urgency(start, due, now, calendar))
