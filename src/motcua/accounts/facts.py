"""Rows of grants as the plain values the rules decide on."""

from datetime import date

from motcua.accounts.models import Grant, User
from motcua.rules.permissions import RoleGrant


def grants_of(user: User, on: date) -> tuple[RoleGrant, ...]:
    """Return what `user` is entrusted with on `on`, one query; empty for a citizen."""
    if not user.is_active:
        return ()
    return tuple(grant.as_rule() for grant in Grant.objects.on(on).filter(user=user).order_by("pk"))
