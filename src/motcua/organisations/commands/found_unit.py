"""Enter one unit with its codes."""

from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import transaction

from motcua.kernel import events
from motcua.organisations.events import UnitFounded
from motcua.organisations.models import Unit, UnitIdentifier
from motcua.rules.identifiers import IdentifierUnclear, to_old_order
from motcua.rules.vietnamese import nfc, search_key, sort_key

if TYPE_CHECKING:
    from motcua.accounts.models import User


@dataclass(frozen=True, slots=True)
class UnitDetails:
    """A unit to enter. `agency` is its identifier in the new order; the old order is derived where there is one.

    `founded_on` None: before our records. `dissolved_on` is the first day without the unit.
    """

    code: str
    name: str
    kind: str
    level: str
    parent: Unit | None = None
    short_name: str = ""
    founded_on: date | None = None
    dissolved_on: date | None = None
    gso: str = ""
    agency: str = ""
    address: str = ""
    phone: str = ""
    email: str = ""


@transaction.atomic
def found_unit(*, details: UnitDetails, actor: "User | None", at: datetime) -> Unit:
    """Enter a unit with its codes; a unit of that code that is already there is returned unchanged."""
    known = Unit.objects.filter(code=details.code).first()
    if known:
        return known
    unit = Unit.objects.create(
        code=details.code,
        name=nfc(details.name),
        short_name=nfc(details.short_name),
        kind=details.kind,
        level=details.level,
        parent=details.parent,
        founded_on=details.founded_on,
        dissolved_on=details.dissolved_on,
        address=nfc(details.address),
        phone=details.phone,
        email=details.email,
        search_key=search_key(details.name),
        sort_key=sort_key(details.name),
    )
    UnitIdentifier.objects.bulk_create(
        UnitIdentifier(
            unit=unit,
            scheme=scheme,
            value=value,
            valid_from=details.founded_on,
            valid_until=details.dissolved_on,
        )
        for scheme, value in _codes(details)
    )
    event = UnitFounded(
        subject=unit.code,
        name=unit.name,
        kind=unit.kind,
        parent=details.parent.code if details.parent else "",
        founded_on=unit.founded_on,
    )
    events.record(event, actor=actor, at=at)
    return unit


def _codes(details: UnitDetails) -> list[tuple[str, str]]:
    scheme = UnitIdentifier.Scheme
    codes = [(scheme.GSO.value, details.gso), (scheme.AGENCY_NEW.value, details.agency)]
    with suppress(IdentifierUnclear):  # the old order has no room for it, or there is none
        codes.append((scheme.AGENCY_OLD.value, to_old_order(details.agency)))
    return [(name, value) for name, value in codes if value]
