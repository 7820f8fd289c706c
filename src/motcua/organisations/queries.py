"""What others ask about public bodies."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch
from django.db.models.functions import Length

from motcua.organisations.models import CalendarAnnouncement, CalendarDay, Succession, Unit, UnitIdentifier, UnitKind
from motcua.rules.vietnamese import words


@dataclass(frozen=True, slots=True)
class UnitCard:
    """A unit as a page shows it."""

    code: str
    name: str
    authority_name: str
    kind: str
    kind_label: str
    level: str
    parent_name: str
    address: str
    phone: str
    email: str


def unit_by_code(code: str) -> Unit:
    """Return the unit of that code; raises `Unit.DoesNotExist`."""
    return Unit.objects.select_related("parent").get(code=code)


def unit_by_identifier(scheme: str, value: str, on: date) -> Unit:
    """Return the unit that the code `value` of a register named on `on`; raises `Unit.DoesNotExist`.

    The same statistical code names another territory before 1 July 2025, so the day decides.
    """
    identifiers = UnitIdentifier.objects.on(on).select_related("unit__parent")
    try:
        return identifiers.get(scheme=scheme, value=value).unit
    except UnitIdentifier.DoesNotExist:
        raise Unit.DoesNotExist(f"{scheme} {value} on {on}") from None


def provinces(on: date) -> list[UnitCard]:
    """Return the provinces there are on `on`, in Vietnamese order."""
    return [unit_card(unit) for unit in Unit.objects.on(on).provinces().select_related("parent").by_name()]


def communes_of(province: Unit, on: date) -> list[UnitCard]:
    """Return the communes, wards and special zones of `province` on `on`, in Vietnamese order."""
    units = Unit.objects.on(on).communes().within(province).select_related("parent").by_name()
    return [unit_card(unit) for unit in units]


def service_centre_of(unit: Unit, on: date) -> Unit | None:
    """Return the one-stop centre directly under `unit` on `on`; None when it has none."""
    return Unit.objects.on(on).service_centres().within(unit).by_name().first()


def successors_of(unit: Unit, by: date) -> list[Succession]:
    """Return who has taken over from `unit` by the day `by`, with the successor loaded."""
    return list(unit.successions.by(by).select_related("successor").order_by("successor__sort_key", "successor__code"))


def predecessors_of(unit: Unit, by: date) -> list[Succession]:
    """Return from whom `unit` has taken over by the day `by`, with the predecessor loaded."""
    return list(
        unit.predecessions.by(by).select_related("predecessor").order_by("predecessor__sort_key", "predecessor__code")
    )


def find_units(text: str, *, on: date, limit: int = 20) -> list[UnitCard]:
    """Return the units on `on` whose name holds the words of `text`, with or without accents; the shortest first."""
    units = Unit.objects.on(on).select_related("parent")
    for word in words(text):
        units = units.filter(search_key__contains=word)
    return [unit_card(unit) for unit in units.order_by(Length("search_key"), "sort_key", "code")[:limit]]


def announcements_for(unit_ids: Iterable[int], limit: int = 100) -> list[CalendarAnnouncement]:
    """Return the newest announcements for the country and these units, with unit and days loaded."""
    found = CalendarAnnouncement.objects.within(unit_ids).select_related("unit").newest_first()
    return list(found.prefetch_related(Prefetch("days", CalendarDay.objects.order_by("on")))[:limit])


def unit_ids_under(unit: Unit) -> frozenset[int]:
    """Return the ids of `unit` and of all that stand or stood under it, one query a level."""
    found = level = {unit.pk}
    while level:
        level = set(Unit.objects.filter(parent__in=level).values_list("pk", flat=True)) - found
        found = found | level
    return frozenset(found)


def unit_card(unit: Unit) -> UnitCard:
    """Return `unit`, whose parent is loaded, as a page shows it."""
    return UnitCard(
        code=unit.code,
        name=unit.name,
        authority_name=unit.authority_name,
        kind=unit.kind,
        kind_label=str(UnitKind(unit.kind).label),
        level=unit.level,
        parent_name=unit.parent.name if unit.parent else "",
        address=unit.address,
        phone=unit.phone,
        email=unit.email,
    )
