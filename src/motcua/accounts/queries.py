"""Who is entrusted with what, with the names that screens show."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from motcua.accounts.models import Grant, User
from motcua.organisations.models import Unit
from motcua.rules.permissions import Role, RoleGrant


@dataclass(frozen=True, slots=True)
class Post:
    """A role somebody holds in a unit; `grant` is the same for the rules."""

    role: Role
    unit: Unit
    grant: RoleGrant


def posts_of(user: User, on: date) -> tuple[Post, ...]:
    """Return the roles `user` holds on `on`, the oldest first, in one query; empty for a citizen."""
    if not user.is_active:
        return ()
    grants = Grant.objects.on(on).filter(user=user).select_related("unit").order_by("pk")
    return tuple(Post(role=Role(grant.role), unit=grant.unit, grant=grant.as_rule()) for grant in grants)


@dataclass(frozen=True, slots=True)
class GrantLine:
    """One role of one person in one unit; `last_day` is the last it holds, None while nobody has ended it."""

    pk: int
    username: str
    name: str
    role: Role
    unit: str
    valid_from: date
    last_day: date | None


def units_under(units: Iterable[Unit]) -> list[Unit]:
    """Return `units` and all that stand under them, in Vietnamese order, one query a level."""
    found = {unit.pk: unit for unit in units}
    level = list(found)
    while level:
        below = Unit.objects.filter(parent__in=level, dissolved_on=None).exclude(pk__in=found)
        level = [unit.pk for unit in below]
        found |= {unit.pk: unit for unit in below}
    return sorted(found.values(), key=lambda unit: (unit.sort_key, unit.code))


def grants_in(units: Iterable[Unit], on: date) -> tuple[GrantLine, ...]:
    """Return the grants in `units` that hold on `on` or will, by unit and then by person."""
    grants = Grant.objects.not_ended(on).filter(unit__in=list(units)).select_related("user", "unit")
    return tuple(
        GrantLine(
            pk=grant.pk,
            username=grant.user.username,
            name=grant.user.display_name,
            role=Role(grant.role),
            unit=grant.unit.name,
            valid_from=grant.valid_from,
            last_day=grant.valid_until - timedelta(days=1) if grant.valid_until else None,
        )
        for grant in grants.order_by("unit__sort_key", "unit__code", "user__full_name", "role", "pk")
    )
