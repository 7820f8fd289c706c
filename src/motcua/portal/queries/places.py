"""Where a procedure can be filed, and which of the places a visitor means."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.conf import settings

from motcua.catalogue.models import Offering
from motcua.organisations.models import Unit, UnitKind
from motcua.organisations.queries import UnitCard, unit_card


@dataclass(frozen=True, slots=True)
class Place:
    """One desk for one procedure. `key` stands in addresses; `home` is the code of the unit a visitor remembers."""

    offering: Offering
    key: str
    home: str
    label: str
    desk: str
    authority: str
    address: str
    phone: str


def places_of(procedure_id: int, on: date) -> tuple[Place, ...]:
    """Return every place where the procedure can be filed on `on`, in Vietnamese order of their names."""
    offerings = (
        Offering.objects.on(on)
        .filter(procedure=procedure_id)
        .select_related("receiving_unit__parent", "competent_unit", "procedure")
        .order_by("receiving_unit__sort_key", "receiving_unit__code", "competent_unit__sort_key", "pk")
    )
    return tuple(place_at(offering) for offering in offerings)


def place_meant(places: Iterable[Place], said: str) -> Place | None:
    """Return the place that `said` names, by its own key or by the unit remembered; the only one when there is one."""
    places = tuple(places)
    if len(places) == 1:
        return places[0]
    return next((place for place in places if said and said in {place.key, place.home}), None)


def desks_on(on: date) -> tuple[UnitCard, ...]:
    """Return the one-stop centres there are on `on`: the province's first, then those of communes by name."""
    desks = Unit.objects.on(on).service_centres().select_related("parent").by_name()
    return tuple(unit_card(desk) for desk in sorted(desks, key=lambda desk: desk.level != "PROVINCE"))


def province() -> UnitCard | None:
    """Return the province this installation serves; None while its units are not loaded."""
    unit = Unit.objects.filter(code=settings.PROVINCE_UNIT_CODE).select_related("parent").first()
    return unit_card(unit) if unit else None


def place_at(offering: Offering) -> Place:
    """Return the desk of `offering` as a place; needs its units loaded."""
    desk = offering.receiving_unit
    home = desk.parent if desk.kind == UnitKind.SERVICE_CENTRE and desk.parent and desk.parent.is_territory else desk
    return Place(
        offering=offering,
        key=f"{desk.code}-{offering.competent_unit.code}",
        home=home.code,
        label=home.name,
        desk=desk.name,
        authority=offering.competent_unit.authority_name,
        address=desk.address,
        phone=desk.phone,
    )
