"""To whom a dossier can be given, with how much each has on the table, and who signs."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, F, OuterRef, Q

from motcua.accounts.models import Delegation, Grant, User
from motcua.dossiers.models import Step
from motcua.rules.permissions import Role
from motcua.rules.vietnamese import sort_key


@dataclass(frozen=True, slots=True)
class OfficerLoad:
    """One processing officer; `open_count` is the number of dossiers assigned to them now.

    `leg_count` is that of parallel legs given to them in dossiers that others hold, `own_leg_count` in those they hold.
    """

    username: str
    name: str
    open_count: int
    leg_count: int
    own_leg_count: int = 0

    @property
    def all_leg_count(self) -> int:
        """How many parallel legs they have, whoever holds the dossiers."""
        return self.leg_count + self.own_leg_count

    @property
    def held_count(self) -> int:
        """On how many dossiers they have something to do."""
        return self.open_count + self.leg_count


def officers_of(unit_id: int, *, on: date) -> tuple[OfficerLoad, ...]:
    """Return the processing officers of the unit on `on`, the least busy first, then by given name."""
    return officers_of_each([unit_id], on=on)[unit_id]


def officers_of_each(unit_ids: Collection[int], *, on: date) -> dict[int, tuple[OfficerLoad, ...]]:
    """Return the processing officers of each of these units, ordered as `officers_of` does, in two queries in all."""
    there = Grant.objects.on(on).filter(unit__in=unit_ids, role=Role.PROCESSING_OFFICER.value)
    users = User.objects.filter(pk__in=there.values("user"), is_active=True).annotate(
        open_count=Count("assigned_dossiers", filter=Q(assigned_dossiers__holder_unit__isnull=False)),
        units=ArraySubquery(there.filter(user=OuterRef("pk")).values("unit")),
    )
    given = Step.objects.filter(assignee__in=users.values("pk"), finished_at=None, leg__gt="")
    is_own = Q(dossier__assignee=F("assignee"))
    counted = given.order_by().values_list("assignee").annotate(Count("pk"), own=Count("pk", filter=is_own))
    legs = {user_id: (every - own, own) for user_id, every, own in counted}
    found: dict[int, list[OfficerLoad]] = {unit_id: [] for unit_id in unit_ids}
    for user in users:
        load = OfficerLoad(user.username, user.display_name, user.open_count, *legs.get(user.pk, (0, 0)))
        for unit_id in set(user.units):
            found[unit_id].append(load)
    return {unit_id: tuple(sorted(loads, key=_least_busy)) for unit_id, loads in found.items()}


def _least_busy(load: OfficerLoad) -> tuple[int, str, str]:
    return load.held_count, sort_key(load.name), load.username


@dataclass(frozen=True, slots=True)
class SignerLine:
    """Somebody who signs for a unit."""

    username: str
    name: str


def signers_of(unit_id: int, *, on: date) -> tuple[SignerLine, ...]:
    """Return who signs for the unit on `on`, in person or in an absent signer's place, by given name."""
    there = Grant.objects.on(on).filter(unit=unit_id, role=Role.SIGNER.value).values("user")
    deputies = Delegation.objects.on(on).filter(absent__in=there).values("deputy")
    users = User.objects.filter(Q(pk__in=there) | Q(pk__in=deputies), is_active=True)
    lines = [SignerLine(username=user.username, name=user.display_name) for user in users]
    return tuple(sorted(lines, key=lambda line: (sort_key(line.name), line.username)))
