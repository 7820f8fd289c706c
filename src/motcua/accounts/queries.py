"""Who is entrusted with what, with the names that screens show."""

from dataclasses import dataclass
from datetime import date

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
