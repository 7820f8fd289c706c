"""Rows about units as the plain values the rules decide on."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache

from django.db import connection

from motcua.organisations.models import CalendarAnnouncement, Unit, UnitIdentifier, UnitLevel
from motcua.rules.calendars import BUILT_IN, Announcement, DayTable, with_announced
from motcua.rules.identifiers import to_new_order, to_old_order
from motcua.rules.regimes import CodeOrder, regime_rules_on
from motcua.rules.working_time import DEFAULT_HOURS, OtherDays, Season, WorkingCalendar, calendar_by
from motcua.rules.working_time import OfficeHours as Hours

_Week = tuple[str, str]

# Hours and announcements in one question, because nearly every act asks it. Announcements come with how far above the
# unit their scope lies: null for the whole country.
_ASKED = """
WITH RECURSIVE above(unit_id, scope_id, distance) AS (
    SELECT id, id, 0 FROM organisations_unit WHERE id = ANY(%(units)s)
    UNION ALL
    SELECT above.unit_id, unit.parent_id, distance + 1
    FROM above JOIN organisations_unit unit ON unit.id = above.scope_id WHERE unit.parent_id IS NOT NULL
)
SELECT unit_id, spans, other_days, valid_from, valid_until, NULL::bigint, NULL::int, NULL::timestamptz
FROM organisations_officehours
WHERE (valid_until IS NULL OR valid_until > %(on)s) AND (unit_id IS NULL OR unit_id = ANY(%(units)s))
UNION ALL
SELECT above.unit_id, '', '', NULL, NULL, said.id, above.distance, said.in_force_at
FROM organisations_calendarannouncement said LEFT JOIN above ON above.scope_id = said.unit_id
WHERE (said.in_force_at IS NOT NULL OR said.id = %(also)s) AND (said.unit_id IS NULL OR above.unit_id IS NOT NULL)
"""

_IDENTIFIED = """
SELECT scheme, value FROM organisations_unitidentifier
WHERE unit_id = %(unit)s AND scheme = ANY(%(schemes)s)
AND (valid_from IS NULL OR valid_from <= %(on)s) AND (valid_until IS NULL OR valid_until > %(on)s)
"""


@dataclass(frozen=True, slots=True)
class _HoursRow:
    """Hours of a unit, or of everybody (None), for a period."""

    unit_id: int | None
    spans: str
    other_days: str
    valid_from: date
    valid_until: date | None

    def holds_on(self, day: date) -> bool:
        return self.valid_from <= day and (self.valid_until is None or day < self.valid_until)


@dataclass(frozen=True, slots=True)
class _AnnouncementRow:
    """An announcement for a unit, `distance` levels below its scope; None for the whole country."""

    unit_id: int | None
    id: int
    distance: int | None
    in_force_at: datetime | None

    def rank(self) -> tuple[float, bool, float, int]:
        """Return what to sort by; what is not in force yet comes as the latest."""
        width = float("inf") if self.distance is None else self.distance
        at = self.in_force_at.timestamp() if self.in_force_at else 0
        return (-width, self.in_force_at is None, at, self.id)


class NoAgencyIdentifier(Exception):
    """The unit has no agency identifier on that day, so its dossiers cannot be numbered (B-40)."""

    def __init__(self, unit_code: str) -> None:
        super().__init__(unit_code)
        self.unit_code = unit_code


def working_calendar(unit: Unit | None, on: date) -> WorkingCalendar:
    """Return when `unit` is open from `on` on: by its own hours, else by everybody's, else by those of L-01.

    None asks for everybody's hours and for what was announced for the whole country. Hours that begin later change the
    days from then on; the days before `on` are taken as having had the hours of `on`. Days are those of the built-in
    table and of every announcement in force for the unit or one above it.
    """
    pk = unit.pk if unit else None
    return working_calendars([pk], on)[pk]


def working_calendars(unit_ids: Collection[int | None], on: date) -> dict[int | None, WorkingCalendar]:
    """Return `working_calendar` of each of `unit_ids`, asked for at once."""
    hours, said = _asked(unit_ids, on, also=None)
    return {pk: _calendar_by(_hours_of(pk, hours), on, _in_order(pk, said)) for pk in unit_ids}


@dataclass(frozen=True, slots=True)
class Calendars:
    """When a unit is open, without and with one announcement."""

    before: WorkingCalendar
    after: WorkingCalendar


def calendars_around(unit_ids: Collection[int | None], on: date, announcement_id: int) -> dict[int | None, Calendars]:
    """Return the calendar of each of `unit_ids` without an announcement and with it, whether or not it is in force."""
    hours, said = _asked(unit_ids, on, also=announcement_id)
    found = dict[int | None, Calendars]()
    for pk in unit_ids:
        own, ids = _hours_of(pk, hours), _in_order(pk, said)
        without = tuple(one for one in ids if one != announcement_id)
        found[pk] = Calendars(_calendar_by(own, on, without), _calendar_by(own, on, ids))
    return found


def day_table(unit: Unit | None) -> DayTable:
    """Return the days known for `unit`: the built-in ones and all that was announced for it and is in force."""
    pk = unit.pk if unit else None
    _, said = _asked([pk], date.max, also=None)
    return _table(_in_order(pk, said))


def _asked(
    unit_ids: Collection[int | None], on: date, *, also: int | None
) -> tuple[list[_HoursRow], list[_AnnouncementRow]]:
    """Return the hours from `on` on and the announcements in force, and the one `also` asked for, for these units."""
    units = [pk for pk in unit_ids if pk is not None]
    asked: dict[str, list[int] | date | int | None] = {"units": units, "on": on, "also": also}
    with connection.cursor() as cursor:
        cursor.execute(_ASKED, asked)
        rows = cursor.fetchall()
    hours = [_HoursRow(row[0], *row[1:5]) for row in rows if row[5] is None]
    said = [_AnnouncementRow(row[0], *row[5:]) for row in rows if row[5] is not None]
    return hours, said


def _hours_of(pk: int | None, rows: Iterable[_HoursRow]) -> tuple[_HoursRow, ...]:
    """Return the rows that speak of the unit, its own before everybody's."""
    of_it = [row for row in rows if row.unit_id in {pk, None}]
    return tuple(sorted(of_it, key=lambda row: row.unit_id is None))


def _in_order(pk: int | None, rows: Iterable[_AnnouncementRow]) -> tuple[int, ...]:
    """Return the ids of what was announced for the unit: the widest scope first, in each by when it came into force."""
    of_it = [row for row in rows if row.distance is None or row.unit_id == pk]
    return tuple(row.id for row in sorted(of_it, key=_AnnouncementRow.rank))


def _calendar_by(rows: tuple[_HoursRow, ...], on: date, announced: tuple[int, ...]) -> WorkingCalendar:
    edges = {edge for row in rows for edge in (row.valid_from, row.valid_until) if edge and edge > on}
    later = tuple((edge, _week_on(edge, rows)) for edge in sorted(edges))
    return _calendar(_week_on(on, rows), later, announced)


def _week_on(day: date, rows: tuple[_HoursRow, ...]) -> _Week:
    in_force = ((row.spans, row.other_days) for row in rows if row.holds_on(day))
    return next(in_force, ("", ""))


def commune_id_of(unit: Unit) -> int | None:
    """Return the commune whose body `unit` is; None for a body of the province or of a district."""
    if unit.level != UnitLevel.COMMUNE:
        return None
    return unit.pk if unit.is_territory else unit.parent_id


def agency_identifier(unit: Unit, on: date) -> str:
    """Return the identifier of `unit` on `on`, in the order of the regime then in force (I-01).

    Raises `NoAgencyIdentifier`.
    """
    schemes = UnitIdentifier.Scheme
    with connection.cursor() as cursor:
        cursor.execute(_IDENTIFIED, {"unit": unit.pk, "schemes": [schemes.AGENCY_NEW, schemes.AGENCY_OLD], "on": on})
        known: dict[str, str] = dict(cursor.fetchall())
    new, old = known.get(schemes.AGENCY_NEW), known.get(schemes.AGENCY_OLD)
    if new is None and old is None:
        raise NoAgencyIdentifier(unit.code)
    if regime_rules_on(on).code_order is CodeOrder.QD_20:
        return new or to_new_order(old or "")
    return old or to_old_order(new or "")


@cache
def _calendar(week: _Week, later: tuple[tuple[date, _Week], ...], announced: tuple[int, ...]) -> WorkingCalendar:
    seasons = tuple(Season(begins, *_hours(each)) for begins, each in later)
    return calendar_by(_table(announced), *_hours(week), seasons)


@cache
def _table(announced: tuple[int, ...]) -> DayTable:
    """Return the days with these announcements; read once a program, for what was announced never changes."""
    if not announced:
        return BUILT_IN
    found = CalendarAnnouncement.objects.prefetch_related("days__announcement").in_bulk(announced)
    said = (found[pk] for pk in announced)
    return with_announced(
        Announcement(tuple(day.as_rule() for day in one.days.all()), one.confirms_year) for one in said
    )


def _hours(week: _Week) -> tuple[Hours, OtherDays]:
    spans, other_days = week
    return Hours.parse(spans) if spans else DEFAULT_HOURS, OtherDays.parse(other_days)
