"""What becomes of the limit when the papers asked for after acceptance come (L-10, S-13)."""

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from motcua.dossiers.facts import clock_facts, clock_rules, counting_mode, limit_for
from motcua.dossiers.models import Dossier
from motcua.organisations.facts import working_calendar
from motcua.rules.promises import ClockRules, SupplementClock, after_supplement, promise
from motcua.rules.working_time import CalendarExhausted


@dataclass(frozen=True, slots=True)
class ClockAhead:
    """What the answer to the open request does to the limit, which stands until then.

    `due_at` is when the result would be due if the answer came now, never sooner than promised (L-08); None where that
    cannot be told, because the limit is no length of time or ends past the calendar.
    """

    rule: SupplementClock
    due_at: datetime | None

    @property
    def is_resumed(self) -> bool:
        """Whether the limit goes on where it stood, rather than from zero."""
        return self.rule is SupplementClock.RESUME


def clock_ahead(dossier: Dossier, *, at: datetime) -> ClockAhead:
    """Return what an answer at `at` does to the limit of an accepted dossier that waits for papers."""
    rule = own_clock_rules(dossier).supplement
    asked = dossier.supplement_requests.filter(completed_at=None).values_list("requested_at", flat=True).get()
    return ClockAhead(rule=rule, due_at=_due_if_answered(dossier, rule, asked, at))


def own_clock_rules(dossier: Dossier) -> ClockRules:
    """Return what the law of its sector says of the clock of an accepted dossier."""
    return clock_rules(dossier.procedure_version, timezone.localdate(dossier.accepted_at))


def _due_if_answered(dossier: Dossier, rule: SupplementClock, asked_at: datetime, at: datetime) -> datetime | None:
    limit = limit_for(dossier.procedure_version, dossier.filing_channel)
    if limit is None or dossier.due_at is None:
        return None
    asked_at, at = timezone.localtime(asked_at), timezone.localtime(at)
    facts = after_supplement(clock_facts(dossier, limit), rule, asked_at=asked_at, at=at)
    calendar = working_calendar(dossier.competent_unit, at.date())
    try:
        return max(dossier.due_at, promise(facts, calendar, counting_mode()).due_at)
    except CalendarExhausted:
        return None
