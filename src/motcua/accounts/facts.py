"""Rows of grants as the plain values the rules decide on."""

from datetime import date

from django.db import connection

from motcua.accounts.models import User
from motcua.organisations.models import Unit
from motcua.rules.permissions import NEVER_DELEGATED, Role, RoleGrant

# What `Grant.objects.acted_in_by` finds; plain SQL, because every act asks and the ORM takes longer than the server.
_ACTED_IN = """
SELECT role, unit_id, valid_from, valid_until, nullif(user_id, %(user)s) FROM accounts_grant
WHERE valid_from <= %(day)s AND (valid_until IS NULL OR valid_until > %(day)s)
    AND (user_id = %(user)s OR NOT role = ANY(%(kept)s) AND user_id IN (
        SELECT absent_id FROM accounts_delegation
        WHERE deputy_id = %(user)s AND valid_from <= %(day)s AND valid_until > %(day)s))
ORDER BY id
"""
_KEPT = sorted(NEVER_DELEGATED)


def grants_of(user: User, on: date) -> tuple[RoleGrant, ...]:
    """Return what `user` is entrusted with on `on`, in person or in another's place, one query; empty for a citizen."""
    if not user.is_active:
        return ()
    with connection.cursor() as cursor:
        cursor.execute(_ACTED_IN, {"user": user.pk, "day": on, "kept": _KEPT})
        return tuple(RoleGrant(Role(role), *rest) for role, *rest in cursor.fetchall())


def units_above(unit: Unit) -> tuple[int, ...]:
    """Return the ids of `unit` and of every unit above it; one query a level, of which there are four at most."""
    ids: list[int] = []
    current: Unit | None = unit
    while current is not None and current.pk not in ids:
        ids.append(current.pk)
        current = current.parent
    return tuple(ids)
