"""Rows about units as the plain values the rules decide on."""

from datetime import date
from functools import cache

from django.db.models import F, Q

from motcua.organisations.models import OfficeHours, Unit, UnitIdentifier
from motcua.rules.identifiers import to_new_order, to_old_order
from motcua.rules.regimes import CodeOrder, regime_rules_on
from motcua.rules.working_time import DEFAULT_HOURS, WorkingCalendar
from motcua.rules.working_time import OfficeHours as Hours


class NoAgencyIdentifier(Exception):
    """The unit has no agency identifier on that day, so its dossiers cannot be numbered (B-40)."""

    def __init__(self, unit_code: str) -> None:
        super().__init__(unit_code)
        self.unit_code = unit_code


def working_calendar(unit: Unit | None, on: date) -> WorkingCalendar:
    """Return when `unit` is open, by the hours in force on `on`: its own, else everybody's, else those of L-01.

    None asks for everybody's hours.
    """
    spans = (
        OfficeHours.objects.on(on)
        .filter(Q(unit=unit) | Q(unit=None))
        .order_by(F("unit").asc(nulls_last=True))
        .values_list("spans", flat=True)
        .first()
    )
    return _calendar(spans or "")


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
def _calendar(spans: str) -> WorkingCalendar:
    return WorkingCalendar(hours=Hours.parse(spans) if spans else DEFAULT_HOURS)
