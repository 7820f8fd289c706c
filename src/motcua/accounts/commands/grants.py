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

__all__ = ["GrantEndsBeforeItStarts", "MayNotEntrust", "PastWouldChange", "Period", "end_grant", "grant_role"]


class GrantEndsBeforeItStarts(Exception):
    """A grant would end before it starts, or be given for no day at all."""


class PastWouldChange(Exception):
    """A grant would come to hold, or not to have held, on days gone by."""


@dataclass(frozen=True, slots=True)
class Period:
    """From a day until the day before another; None: until revoked."""

    valid_from: date
    valid_until: date | None = None


@transaction.atomic
def grant_role(*, user: User, unit: Unit, role: Role, period: Period, by: User | None, at: datetime) -> Grant:
    """Entrust `user` with `role` in `unit` for `period`; doing it twice returns the first grant.

    A grant from the same day with another end, or revoked meanwhile, ends as `period` says from now on. `by` is None
    when the installation is set up. Raises `MayNotEntrust`, `GrantEndsBeforeItStarts`, `PastWouldChange`.
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
    is_changed = not is_new and _move_end(grant, period.valid_until, at)
    if is_new or is_changed:
        event = RoleGranted(
            subject=user.record_subject,
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

    One that ends by then anyway is returned as it is. Raises `MayNotEntrust`, `GrantEndsBeforeItStarts`,
    `PastWouldChange`.
    """
    User.objects.select_for_update(of=("self",)).get(pk=grant.user_id)
    grant = Grant.objects.select_for_update(of=("self",)).select_related("user", "unit").get(pk=grant.pk)
    _check(by, grant.user, grant.unit, at)
    if valid_until < grant.valid_from:
        raise GrantEndsBeforeItStarts
    if grant.valid_until is not None and grant.valid_until <= valid_until:
        return grant
    _move_end(grant, valid_until, at)
    event = RoleRevoked(
        subject=grant.user.record_subject, role=Role(grant.role), unit=grant.unit.code, valid_until=valid_until
    )
    events.record(event, actor=by, at=at)
    return grant


def _check(by: User | None, user: User, unit: Unit, at: datetime) -> None:
    if by is None:
        return
    today = timezone.localdate(at)
    if not may_entrust(units_above(unit), grants_of(by, today), actor_id=by.pk, user_id=user.pk, on=today):
        raise MayNotEntrust


def _move_end(grant: Grant, valid_until: date | None, at: datetime) -> bool:
    """Have `grant` end before `valid_until` (None: when revoked); tell whether that is another end than before."""
    if grant.valid_until == valid_until:
        return False
    first_changed = min(day for day in (grant.valid_until, valid_until) if day is not None)
    if first_changed < timezone.localdate(at):
        raise PastWouldChange
    grant.valid_until = valid_until
    grant.save(update_fields=["valid_until"])
    return True
