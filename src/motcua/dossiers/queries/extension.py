"""What an agency head sees before giving a new date: the days there are, and whether it is announced in time."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from motcua.dossiers.models import Dossier
from motcua.organisations.facts import working_calendar
from motcua.rules.deadlines import extension_deadline
from motcua.rules.promises import days_after

_CHOICES = 15


@dataclass(frozen=True, slots=True)
class NewDay:
    """The working day `days` working days later."""

    days: int
    on: date


@dataclass(frozen=True, slots=True)
class ExtensionOutlook:
    """The choices for a new date; `announce_by` is the last moment to announce it, None when nothing was promised.

    Where the promised day is over, the choices are counted from today.
    """

    announce_by: datetime | None
    is_late: bool
    choices: tuple[NewDay, ...]


def extension_outlook(dossier: Dossier, at: datetime) -> ExtensionOutlook:
    """Return what may be promised anew at `at` (B step 13); needs `competent_unit` loaded."""
    local = timezone.localtime(at)
    if dossier.due_at is None:
        return ExtensionOutlook(announce_by=None, is_late=False, choices=())
    calendar = working_calendar(dossier.competent_unit, local.date())
    promised = timezone.localtime(dossier.due_at)
    announce_by, base = extension_deadline(promised, calendar), max(promised, local)
    days = range(1, _CHOICES + 1)
    return ExtensionOutlook(
        announce_by=announce_by,
        is_late=local > announce_by,
        choices=tuple(NewDay(count, days_after(base, count, calendar)) for count in days),
    )
