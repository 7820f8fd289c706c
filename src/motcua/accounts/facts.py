"""Rows of grants as the plain values the rules decide on."""

from datetime import date

from motcua.accounts.models import Grant, User
from motcua.organisations.models import Unit
from motcua.rules.permissions import RoleGrant


def grants_of(user: User, on: date) -> tuple[RoleGrant, ...]:
    """Return what `user` is entrusted with on `on`, in person or in another's place, one query; empty for a citizen."""
    if not user.is_active:
        return ()
    return tuple(grant.as_rule(user.pk) for grant in Grant.objects.acted_in_by(user.pk, on))


def units_above(unit: Unit) -> tuple[int, ...]:
    """Return the ids of `unit` and of every unit above it; one query a level, of which there are four at most."""
    ids: list[int] = []
    current: Unit | None = unit
    while current is not None and current.pk not in ids:
        ids.append(current.pk)
        current = current.parent
    return tuple(ids)
