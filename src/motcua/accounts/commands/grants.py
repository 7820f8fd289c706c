"""Entrust people with roles, and end it."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from motcua.accounts.events import RoleGranted, RoleRevoked
from motcua.accounts.facts import grants_of, units_above
from motcua.accounts.models import Grant, User
from motcua.kernel import events
from motcua.organisations.models import Unit
from motcua.rules.permissions import MayNotEntrust, Role, may_entrust

__all__ = ["GrantEndsBeforeItStarts", "MayNotEntrust", "Period", "end_grant", "grant_role"]


class GrantEndsBeforeItStarts(Exception):
    """A grant would end before it starts, or be given for no day at all."""


@dataclass(frozen=True, slots=True)
class Period:
    """From a day until the day before another; None: until revoked."""

    valid_from: date
    valid_until: date | None = None


@transaction.atomic
def grant_role(*, user: User, unit: Unit, role: Role, period: Period, by: User | None, at: datetime) -> Grant:
    """Entrust `user` with `role` in `unit` for `period`; doing it twice returns the first grant.

    `by` is None when the installation is set up. Raises `MayNotEntrust`, `GrantEndsBeforeItStarts`.
    """
    user = User.objects.select_for_update(of=("self",)).get(pk=user.pk)
    _check(by, user, unit, at)
    if period.valid_until is not None and period.valid_until <= period.valid_from:
        raise GrantEndsBeforeItStarts
    grant, is_new = Grant.objects.get_or_create(
        user=user,
        unit=unit,
        role=role.value,
        valid_from=period.valid_from,
        defaults={"valid_until": period.valid_until},
    )
    if is_new:
        event = RoleGranted(
            subject=f"user:{user.username}",
            role=role,
            unit=unit.code,
            valid_from=period.valid_from,
            valid_until=period.valid_until,
        )
        events.record(event, actor=by, at=at)
    return grant


@transaction.atomic
def end_grant(*, grant: Grant, valid_until: date, by: User, at: datetime) -> Grant:
    """End `grant` before `valid_until`; the right is gone from that day on, and with its first day it never was.

    Raises `MayNotEntrust`, `GrantEndsBeforeItStarts`.
    """
    User.objects.select_for_update(of=("self",)).get(pk=grant.user_id)
    grant = Grant.objects.select_for_update(of=("self",)).select_related("user", "unit").get(pk=grant.pk)
    _check(by, grant.user, grant.unit, at)
    if valid_until < grant.valid_from:
        raise GrantEndsBeforeItStarts
    grant.valid_until = valid_until
    grant.save(update_fields=["valid_until"])
    event = RoleRevoked(
        subject=f"user:{grant.user.username}", role=Role(grant.role), unit=grant.unit.code, valid_until=valid_until
    )
    events.record(event, actor=by, at=at)
    return grant


def _check(by: User | None, user: User, unit: Unit, at: datetime) -> None:
    if by is None:
        return
    today = timezone.localdate(at)
    if not may_entrust(units_above(unit), grants_of(by, today), actor_id=by.pk, user_id=user.pk, on=today):
        raise MayNotEntrust
