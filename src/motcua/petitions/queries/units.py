"""Which units petitions may be sent to."""

from datetime import date

from django.conf import settings

from motcua.organisations.models import Unit, UnitKind

_KINDS = (
    UnitKind.PROVINCE,
    UnitKind.DEPARTMENT,
    UnitKind.COMMUNE,
    UnitKind.WARD,
    UnitKind.TOWNSHIP,
    UnitKind.SPECIAL_ZONE,
)


def units_petitioned(on: date) -> list[Unit]:
    """Return the units there are on `on` that take petitions: the province, its departments, then communes, by name."""
    rank = {UnitKind.PROVINCE.value: 0, UnitKind.DEPARTMENT.value: 1}
    units = Unit.objects.on(on).filter(kind__in=_KINDS).by_name()
    return sorted(units, key=lambda unit: rank.get(unit.kind, len(rank)))


def default_unit() -> str:
    """Return the code of the unit that takes what names no other."""
    return str(settings.PROVINCE_UNIT_CODE)
