"""Who is entrusted with what, with the names that screens show."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q

from motcua.accounts.models import Delegation, Grant, User
from motcua.organisations.models import Unit
from motcua.rules.permissions import Role, RoleGrant


@dataclass(frozen=True, slots=True)
class Post:
    """A role somebody holds in a unit; `grant` is the same for the rules.

    `in_place_of` names the absent colleague whose role it is, empty for one's own.
    """

    role: Role
    unit: Unit
    grant: RoleGrant
    in_place_of: str = ""


def posts_of(user: User, on: date) -> tuple[Post, ...]:
    """Return the roles `user` acts in on `on`, the oldest first, in one query; empty for a citizen."""
    if not user.is_active:
        return ()
    return tuple(
        Post(
            role=Role(grant.role),
            unit=grant.unit,
            grant=grant.as_rule(user.pk),
            in_place_of="" if grant.user_id == user.pk else grant.user.display_name,
        )
        for grant in Grant.objects.acted_in_by(user.pk, on).select_related("unit", "user")
    )


@dataclass(frozen=True, slots=True)
class DelegationLine:
    """One absence: who acts for whom, from a day until and with `last_day`."""

    pk: int
    absent: str
    deputy: str
    valid_from: date
    last_day: date
    reason: str
    is_own: bool


def delegations_of(user: User, on: date) -> tuple[DelegationLine, ...]:
    """Return the absences of `user`, and those of colleagues `user` stands in for, that have not ended on `on`."""
    rows = Delegation.objects.not_ended(on).filter(Q(absent=user) | Q(deputy=user)).select_related("absent", "deputy")
    return tuple(
        DelegationLine(
            pk=row.pk,
            absent=row.absent.display_name,
            deputy=row.deputy.display_name,
            valid_from=row.valid_from,
            last_day=row.valid_until - timedelta(days=1),
            reason=row.reason,
            is_own=row.absent_id == user.pk,
        )
        for row in rows.order_by("valid_from", "pk")
    )


def colleagues_of(user: User, on: date) -> list[User]:
    """Return the officials who hold a role on `on` in a unit where `user` holds one, by name."""
    units = Grant.objects.on(on).filter(user=user).values("unit")
    there = Grant.objects.on(on).filter(unit__in=units).exclude(user=user).values("user")
    return list(User.objects.filter(pk__in=there, is_active=True).order_by("full_name", "username"))


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
