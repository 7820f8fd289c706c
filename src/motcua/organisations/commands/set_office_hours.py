"""Set opening hours."""

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from django.db import transaction

from motcua.kernel import events
from motcua.organisations.events import OfficeHoursSet
from motcua.organisations.models import OfficeHours, Unit
from motcua.rules.working_time import OfficeHours as Hours
from motcua.rules.working_time import OtherDays

if TYPE_CHECKING:
    from motcua.accounts.models import User


@transaction.atomic
def set_office_hours(
    *, unit: Unit | None, spans: str, valid_from: date, actor: "User | None", at: datetime, other_days: str = ""
) -> OfficeHours:
    """Set the opening hours of `unit`, or of every unit without its own (None), from a day on.

    `spans` reads `07:30-11:30,13:00-17:00`, `other_days` names the weekdays that differ, T7 being the Saturday desk:
    `T6 07:30-11:30; T7 07:30-11:30` (L-01, L-02). Raises `OfficeHoursUnclear`. Hours in force until then end that
    day; hours that were to begin later are taken back.
    """
    written, others = str(Hours.parse(spans)), str(OtherDays.parse(other_days))
    same_unit = OfficeHours.objects.select_for_update().filter(unit=unit)
    same_unit.filter(valid_from__gte=valid_from).delete()
    same_unit.on(valid_from - timedelta(days=1)).update(valid_until=valid_from)
    hours = OfficeHours.objects.create(unit=unit, spans=written, other_days=others, valid_from=valid_from)
    subject = unit.code if unit else "units"
    event = OfficeHoursSet(subject=subject, spans=written, other_days=others, valid_from=valid_from)
    events.record(event, actor=actor, at=at)
    return hours
