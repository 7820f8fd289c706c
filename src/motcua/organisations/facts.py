"""Rows about units as the plain values the rules decide on."""

from collections.abc import Collection
from datetime import date
from functools import cache

from django.db.models import F, Q

from motcua.organisations.models import OfficeHours, Unit, UnitIdentifier, UnitLevel
from motcua.rules.identifiers import to_new_order, to_old_order
from motcua.rules.regimes import CodeOrder, regime_rules_on
from motcua.rules.working_time import DEFAULT_HOURS, Season, WorkingCalendar
from motcua.rules.working_time import OfficeHours as Hours

_Hours = tuple[str, date, date | None]


class NoAgencyIdentifier(Exception):
    """The unit has no agency identifier on that day, so its dossiers cannot be numbered (B-40)."""

    def __init__(self, unit_code: str) -> None:
        super().__init__(unit_code)
        self.unit_code = unit_code


def working_calendar(unit: Unit | None, on: date) -> WorkingCalendar:
    """Return when `unit` is open from `on` on: by its own hours, else by everybody's, else by those of L-01.

    None asks for everybody's hours. Hours that begin later change the days from then on; the days before `on` are taken
    as having had the hours of `on`.
    """
    pk = unit.pk if unit else None
    return working_calendars([pk], on)[pk]


def working_calendars(unit_ids: Collection[int | None], on: date) -> dict[int | None, WorkingCalendar]:
    """Return `working_calendar` of each of `unit_ids`, asked for at once."""
    rows = list(
        OfficeHours.objects.ending_after(on)
        .filter(Q(unit__in=[pk for pk in unit_ids if pk is not None]) | Q(unit=None))
        .order_by(F("unit").asc(nulls_last=True))
        .values_list("unit", "spans", "valid_from", "valid_until")
    )
    return {pk: _calendar_by(tuple(row[1:] for row in rows if row[0] in {pk, None}), on) for pk in unit_ids}


def _calendar_by(rows: tuple[_Hours, ...], on: date) -> WorkingCalendar:
    edges = {edge for row in rows for edge in row[1:] if edge and edge > on}
    return _calendar(_spans_on(on, rows), tuple((edge, _spans_on(edge, rows)) for edge in sorted(edges)))


def _spans_on(day: date, rows: tuple[_Hours, ...]) -> str:
    in_force = (spans for spans, begins, ends in rows if begins <= day and (ends is None or day < ends))
    return next(in_force, "")


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
    known = dict(
        unit.identifiers.on(on)
        .filter(scheme__in=[schemes.AGENCY_NEW, schemes.AGENCY_OLD])
        .values_list("scheme", "value")
    )
    new, old = known.get(schemes.AGENCY_NEW), known.get(schemes.AGENCY_OLD)
    if new is None and old is None:
        raise NoAgencyIdentifier(unit.code)
    if regime_rules_on(on).code_order is CodeOrder.QD_20:
        return new or to_new_order(old or "")
    return old or to_old_order(new or "")


@cache
def _calendar(spans: str, later: tuple[tuple[date, str], ...]) -> WorkingCalendar:
    return WorkingCalendar(_hours(spans), tuple(Season(begins, _hours(spans)) for begins, spans in later))


def _hours(spans: str) -> Hours:
    return Hours.parse(spans) if spans else DEFAULT_HOURS
