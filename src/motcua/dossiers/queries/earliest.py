"""The earliest day a result could come: what an applicant wants to know before filing."""

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from motcua.catalogue.models import ProcedureVersion
from motcua.dossiers.facts import counting_mode, limit_for
from motcua.dossiers.queries.derivation import DerivedDay, derivation_shown
from motcua.organisations.facts import working_calendar
from motcua.organisations.models import Unit
from motcua.rules.deadlines import due_moment
from motcua.rules.working_time import CalendarExhausted


@dataclass(frozen=True, slots=True)
class Earliest:
    """The earliest a result could come if the dossier were accepted right now, and how that was counted."""

    due_at: datetime
    is_provisional: bool
    derivation: tuple[DerivedDay, ...]


def earliest_result(
    version: ProcedureVersion, filing_channel: str, unit: Unit | None, *, at: datetime
) -> Earliest | None:
    """Count the limit of one way of filing from `at` by the hours of the deciding `unit` (None: everybody's).

    None when the limit is not known as a length of time, or ends past the loaded calendar.
    """
    limit = limit_for(version, filing_channel)
    if limit is None:
        return None
    calendar = working_calendar(unit, timezone.localdate(at))
    try:
        moment = due_moment(timezone.localtime(at), limit, calendar, counting_mode())
    except CalendarExhausted:
        return None
    return Earliest(moment.due_at, moment.is_provisional, derivation_shown(moment))
