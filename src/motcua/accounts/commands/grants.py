"""Entrust people with roles, and end it."""

from datetime import date, datetime

from django.db import transaction

from motcua.accounts.events import RoleGranted, RoleRevoked
from motcua.accounts.models import Grant, User
from motcua.kernel import events
from motcua.organisations.models import Unit
from motcua.rules.permissions import Role


@transaction.atomic
def grant_role(*, user: User, unit: Unit, role: Role, valid_from: date, by: User | None, at: datetime) -> Grant:
    """Entrust `user` with `role` in `unit` from `valid_from` on; doing it twice returns the first grant."""
    user = User.objects.select_for_update(of=("self",)).get(pk=user.pk)
    grant, is_new = Grant.objects.get_or_create(user=user, unit=unit, role=role.value, valid_from=valid_from)
    if is_new:
        event = RoleGranted(
            subject=f"user:{user.username}", role=role, unit=unit.code, valid_from=valid_from, valid_until=None
        )
        events.record(event, actor=by, at=at)
    return grant


@transaction.atomic
def end_grant(*, grant: Grant, valid_until: date, by: User, at: datetime) -> Grant:
    """End `grant` before `valid_until`; the right is gone from that day on."""
    User.objects.select_for_update(of=("self",)).get(pk=grant.user_id)
    grant = Grant.objects.select_for_update(of=("self",)).select_related("user", "unit").get(pk=grant.pk)
    grant.valid_until = valid_until
    grant.save(update_fields=["valid_until"])
    event = RoleRevoked(
        subject=f"user:{grant.user.username}", role=Role(grant.role), unit=grant.unit.code, valid_until=valid_until
    )
    events.record(event, actor=by, at=at)
    return grant
