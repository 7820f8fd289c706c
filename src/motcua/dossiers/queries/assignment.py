"""To whom a dossier can be given, and how much each has on the table."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q

from motcua.accounts.models import Grant, User
from motcua.rules.permissions import Role
from motcua.rules.vietnamese import sort_key


@dataclass(frozen=True, slots=True)
class OfficerLoad:
    """One processing officer; `open_count` is the number of dossiers assigned to them now."""

    username: str
    name: str
    open_count: int


def officers_of(unit_id: int, *, on: date) -> tuple[OfficerLoad, ...]:
    """Return the processing officers of the unit on `on`, the least busy first, then by given name."""
    there = Grant.objects.on(on).filter(unit=unit_id, role=Role.PROCESSING_OFFICER.value).values("user")
    users = User.objects.filter(pk__in=there, is_active=True).annotate(
        open_count=Count("assigned_dossiers", filter=Q(assigned_dossiers__holder_unit__isnull=False))
    )
    loads = [OfficerLoad(username=user.username, name=user.display_name, open_count=user.open_count) for user in users]
    return tuple(sorted(loads, key=lambda load: (load.open_count, sort_key(load.name), load.username)))
