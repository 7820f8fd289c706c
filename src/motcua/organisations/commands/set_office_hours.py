"""Set opening hours."""

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from django.db import transaction

from motcua.kernel import events
from motcua.organisations.events import OfficeHoursSet
from motcua.organisations.models import OfficeHours, Unit
from motcua.rules.working_time import OfficeHours as Hours

if TYPE_CHECKING:
    from motcua.accounts.models import User


@transaction.atomic
def set_office_hours(
    *, unit: Unit | None, spans: str, valid_from: date, actor: "User | None", at: datetime
) -> OfficeHours:
    """Set the opening hours of `unit`, or of every unit without its own (None), from a day on.

    `spans` reads `07:30-11:30,13:00-17:00`; raises `OfficeHoursUnclear`. Hours in force until then end that day; hours
    that were to begin later are taken back.
    """
    written = str(Hours.parse(spans))
    same_unit = OfficeHours.objects.select_for_update().filter(unit=unit)
    same_unit.filter(valid_from__gte=valid_from).delete()
    same_unit.on(valid_from - timedelta(days=1)).update(valid_until=valid_from)
    hours = OfficeHours.objects.create(unit=unit, spans=written, valid_from=valid_from)
    event = OfficeHoursSet(subject=unit.code if unit else "units", spans=written, valid_from=valid_from)
    events.record(event, actor=actor, at=at)
    return hours
