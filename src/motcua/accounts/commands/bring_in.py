"""Bring in which roles the units of a province need."""

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from motcua.accounts.carried import CarriedRole
from motcua.accounts.events import RolesBroughtIn
from motcua.accounts.models import RolePlace
from motcua.kernel import events
from motcua.organisations.carried import UnitNotThere, units_by_code

if TYPE_CHECKING:
    from motcua.accounts.models import User

__all__ = ["UnitNotThere", "bring_in_roles"]


@transaction.atomic
def bring_in_roles(roles: Sequence[CarriedRole], *, package: str, actor: "User | None", at: datetime) -> None:
    """Note the roles that are needed; nobody is given one. Raises `UnitNotThere`."""
    if not roles:
        return
    units = units_by_code([told.unit for told in roles])
    RolePlace.objects.bulk_create(
        (RolePlace(unit=units[told.unit], role=told.role) for told in roles), ignore_conflicts=True
    )
    events.record(RolesBroughtIn(subject="roles", package=package, item_count=len(roles)), actor=actor, at=at)
