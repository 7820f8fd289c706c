"""Days announced for the country, a province or a unit, and whom they reach."""

from datetime import date, datetime, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from motcua.kernel.models import EventRecord
from motcua.organisations.commands.announce_days import (
    AnnouncementFault,
    AnnouncementRefused,
    CalendarNotice,
    InForceAlready,
    announce_days,
    put_in_force,
)
from motcua.organisations.commands.set_office_hours import set_office_hours
from motcua.organisations.facts import calendars_around, day_table, working_calendar, working_calendars
from motcua.organisations.models import CalendarAnnouncement, CalendarDay, Unit
from motcua.rules.calendar_days import CalendarDay as Day
from motcua.rules.calendar_days import DayKind
from tests.make import MONDAY, make_unit

pytestmark = pytest.mark.django_db

TODAY = MONDAY.date()
FLOOD = date(2026, 3, 11)
LETTER = "Công văn 12/UBND-NC ngày 09/3/2026"


def announce(
    unit: Unit | None, *days: tuple[date, DayKind], at: datetime = MONDAY, confirms_year: int | None = None
) -> CalendarAnnouncement:
    said = tuple(Day(on, kind, "lũ quét", "flash flood", LETTER) for on, kind in days)
    return announce_days(notice=CalendarNotice(LETTER, unit, said, confirms_year), actor=None, at=at)


def closed(unit: Unit | None, *, at: datetime = MONDAY, kind: DayKind = DayKind.CLOSED) -> CalendarAnnouncement:
    return put_in_force(announcement=announce(unit, (FLOOD, kind), at=at), actor=None, at=at)


def test_what_is_announced_counts_once_it_is_in_force() -> None:
    unit = make_unit()
    announcement = announce(unit, (FLOOD, DayKind.CLOSED))

    assert working_calendar(unit, TODAY).is_working_day(FLOOD)
    put_in_force(announcement=announcement, actor=None, at=MONDAY)

    assert not working_calendar(unit, TODAY).is_working_day(FLOOD)
    assert working_calendar(unit, TODAY).days[FLOOD] == Day(FLOOD, DayKind.CLOSED, "lũ quét", "flash flood", LETTER)
    kinds = EventRecord.objects.filter(subject=announcement.record_subject).order_by("seq").values_list("kind")
    assert list(kinds) == [("CalendarAnnounced",), ("CalendarPutInForce",)]


def test_an_announcement_reaches_the_unit_and_all_below() -> None:
    province = make_unit(kind="PROVINCE", level="PROVINCE")
    commune = make_unit(parent=province)
    centre = make_unit(kind="SERVICE_CENTRE", parent=commune)
    neighbour = make_unit(parent=province)
    closed(commune)

    calendars = working_calendars([province.pk, commune.pk, centre.pk, neighbour.pk, None], TODAY)

    works = {pk: calendar.is_working_day(FLOOD) for pk, calendar in calendars.items()}
    assert works == {province.pk: True, commune.pk: False, centre.pk: False, neighbour.pk: True, None: True}


def test_the_narrower_scope_goes_before_whichever_came_first() -> None:
    commune = make_unit(parent=make_unit(kind="PROVINCE", level="PROVINCE"))
    closed(commune)
    closed(commune.parent, at=MONDAY + timedelta(hours=1), kind=DayKind.WORKING)
    closed(None, at=MONDAY + timedelta(hours=2), kind=DayKind.HOLIDAY)

    assert working_calendar(commune, TODAY).day_kind(FLOOD) is DayKind.CLOSED
    assert working_calendar(commune.parent, TODAY).day_kind(FLOOD) is DayKind.WORKING
    assert working_calendar(None, TODAY).day_kind(FLOOD) is DayKind.HOLIDAY


def test_a_correction_is_a_later_announcement() -> None:
    unit = make_unit()
    closed(unit)
    closed(unit, at=MONDAY + timedelta(hours=1), kind=DayKind.WORKING)

    assert working_calendar(unit, TODAY).is_working_day(FLOOD)
    assert day_table(unit).days[FLOOD].kind is DayKind.WORKING
    assert FLOOD not in day_table(None).days


@pytest.mark.parametrize("is_in_force", [True, False])
def test_the_calendar_can_be_seen_without_an_announcement_and_with_it(is_in_force: bool) -> None:
    unit = make_unit()
    announcement = closed(unit) if is_in_force else announce(unit, (FLOOD, DayKind.CLOSED))

    both = calendars_around([unit.pk], TODAY, announcement.pk)[unit.pk]

    assert both.before.is_working_day(FLOOD)
    assert not both.after.is_working_day(FLOOD)


def test_a_year_is_confirmed_one_after_the_other() -> None:
    with pytest.raises(AnnouncementRefused) as refused:
        announce(None, confirms_year=2028)
    put_in_force(announcement=announce(None, confirms_year=2027), actor=None, at=MONDAY)
    put_in_force(announcement=announce(None, confirms_year=2028), actor=None, at=MONDAY)

    assert refused.value.fault is AnnouncementFault.YEAR_NOT_NEXT
    assert working_calendar(make_unit(), TODAY).loaded_until == date(2029, 1, 1)


def test_an_announcement_comes_into_force_once() -> None:
    announcement = closed(make_unit())

    with pytest.raises(InForceAlready):
        put_in_force(announcement=announcement, actor=None, at=MONDAY)


@pytest.mark.parametrize("table", ["organisations_calendarannouncement", "organisations_calendarday"])
def test_what_was_announced_is_only_added_to(table: str) -> None:
    closed(make_unit())

    for change in ("DELETE FROM {}", "UPDATE {} SET id = id + 1000"):
        with pytest.raises(IntegrityError, match="frozen"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(change.format(table))
    assert CalendarDay.objects.count() == 1


def test_a_calendar_costs_one_question_and_is_laid_out_once() -> None:
    unit = make_unit()
    closed(unit)
    calendar = working_calendar(unit, TODAY)

    with CaptureQueriesContext(
        connection,
    ) as asked:
        again = working_calendars([unit.pk, None], TODAY)

    assert len(asked) == 1
    assert again[unit.pk] is calendar


def test_hours_by_weekday_and_a_saturday_desk_begin_with_their_season() -> None:
    unit = make_unit()
    text = "T7 07:30-11:30; T6 07:30-11:30,13:00-16:30"
    set_office_hours(
        unit=unit, spans="07:30-11:30,13:00-17:00", other_days=text, valid_from=date(2026, 4, 1), actor=None, at=MONDAY
    )

    calendar = working_calendar(unit, TODAY)

    assert calendar.close_of(date(2026, 3, 27)).hour == 17
    assert str(calendar.hours_on(date(2026, 4, 3))) == "07:30-11:30,13:00-16:30"
    assert calendar.saturday_desk(date(2026, 3, 28)) is None
    assert str(calendar.saturday_desk(date(2026, 4, 4))) == "07:30-11:30"
    event = EventRecord.objects.get(kind="OfficeHoursSet")
    assert event.payload["other_days"] == "T6 07:30-11:30,13:00-16:30; T7 07:30-11:30"
