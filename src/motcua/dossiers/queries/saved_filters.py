"""The filters an official can choose: their own, and those shared with a unit they work in."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q

from motcua.accounts.models import User
from motcua.dossiers.models import SavedFilter
from motcua.rules.permissions import RoleGrant


@dataclass(frozen=True, slots=True)
class FilterLine:
    """One filter: `shared_by` is the colleague it comes from, `unit` whom it is shared with; empty for neither."""

    pk: int
    name: str
    query: str
    is_own: bool
    shared_by: str
    unit: str
    unit_code: str


def filters_for(actor: User, grants: Sequence[RoleGrant]) -> tuple[FilterLine, ...]:
    """Return the filters open to `actor`, their own first, by name."""
    units = {grant.unit_id for grant in grants}
    rows = SavedFilter.objects.filter(Q(owner=actor) | Q(unit__in=units)).select_related("owner", "unit")
    lines = [
        FilterLine(
            pk=row.pk,
            name=row.name,
            query=row.query,
            is_own=row.owner_id == actor.pk,
            shared_by="" if row.owner_id == actor.pk else row.owner.display_name,
            unit=row.unit.name if row.unit else "",
            unit_code=row.unit.code if row.unit else "",
        )
        for row in rows.order_by("name", "pk")
    ]
    return tuple(sorted(lines, key=lambda line: not line.is_own))
