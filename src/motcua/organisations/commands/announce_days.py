"""Announce days off, worked in exchange or closed, and put an announcement in force."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from motcua.kernel import events
from motcua.organisations.events import CalendarAnnounced, CalendarPutInForce
from motcua.organisations.facts import day_table
from motcua.organisations.models import CalendarAnnouncement, CalendarDay, Unit
from motcua.rules.calendar_days import CalendarDay as Day
from motcua.rules.calendars import Announcement, AnnouncementFault, AnnouncementRefused, check_announcement

if TYPE_CHECKING:
    from motcua.accounts.models import User

__all__ = [
    "AnnouncementFault",
    "AnnouncementRefused",
    "CalendarNotice",
    "InForceAlready",
    "announce_days",
    "put_in_force",
]


class InForceAlready(Exception):
    """The announcement counts already; it is put right by another one, never taken back."""


@dataclass(frozen=True, slots=True)
class CalendarNotice:
    """What a document says about the calendar, and for whom: `unit` and all below, None for the whole country."""

    source: str
    unit: Unit | None
    days: tuple[Day, ...] = ()
    confirms_year: int | None = None


@transaction.atomic
def announce_days(*, notice: CalendarNotice, actor: "User | None", at: datetime) -> CalendarAnnouncement:
    """Enter what was announced; it counts once it is put in force. Raises `AnnouncementRefused`."""
    said = Announcement(notice.days, notice.confirms_year)
    check_announcement(said, day_table(notice.unit), is_nationwide=notice.unit is None)
    announcement = CalendarAnnouncement.objects.create(
        unit=notice.unit,
        source=notice.source,
        confirms_year=notice.confirms_year,
        announced_at=at,
        announced_by=actor,
    )
    CalendarDay.objects.bulk_create(
        CalendarDay(
            announcement=announcement,
            on=day.on,
            kind=day.kind.value,
            name=day.name,
            name_en=day.name_en if day.name_en != day.name else "",
        )
        for day in notice.days
    )
    event = CalendarAnnounced(
        subject=announcement.record_subject,
        source=notice.source,
        unit=notice.unit.code if notice.unit else "",
        days=tuple(f"{day.on} {day.kind}" for day in notice.days),
        confirms_year=notice.confirms_year,
    )
    events.record(event, actor=actor, at=at)
    return announcement


@transaction.atomic
def put_in_force(*, announcement: CalendarAnnouncement, actor: "User | None", at: datetime) -> CalendarAnnouncement:
    """Have `announcement` count from now on; what was promised before is another command's. Raises `InForceAlready`."""
    announcement = CalendarAnnouncement.objects.select_for_update(of=("self",)).get(pk=announcement.pk)
    if announcement.in_force_at is not None:
        raise InForceAlready
    announcement.in_force_at = at
    announcement.save(update_fields=["in_force_at"])
    events.record(CalendarPutInForce(subject=announcement.record_subject), actor=actor, at=at)
    return announcement
