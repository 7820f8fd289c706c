"""Who has which dossier open now, what they are doing there, and what an official has not seen yet (ux 19, 22)."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, Q

from motcua.dossiers.models import Opening
from motcua.rules.transitions import Action

PRESENT_FOR = timedelta(minutes=3)
"""How long after the last sign of life a dossier counts as open: pages give one a minute."""


@dataclass(frozen=True, slots=True)
class Present:
    """A colleague with a dossier open; `act` is whose form they fill in since `since`, both None while they read."""

    name: str
    act: Action | None
    since: datetime | None


@dataclass(frozen=True, slots=True)
class Presence:
    """Of one dossier: the colleagues there, editors first, and the version the official has seen (0: none yet)."""

    others: tuple[Present, ...] = ()
    seen_version: int = 0


def presence_of_each(dossier_ids: Collection[int], *, actor_id: int, at: datetime) -> Mapping[int, Presence]:
    """Return the presence at each of these dossiers, in one query; nobody for one that is missing."""
    rows = Opening.objects.filter(Q(user=actor_id) | Q(seen_at__gt=at - PRESENT_FOR), dossier__in=dossier_ids)
    others, seen = defaultdict[int, list[Present]](list), dict[int, int]()
    for row in rows.select_related("user").order_by("act_since", "pk"):
        if row.user_id == actor_id:
            seen[row.dossier_id] = row.seen_version
        else:
            act = Action(row.act) if row.act else None
            others[row.dossier_id].append(Present(row.user.display_name, act, row.act_since))
    return {
        pk: Presence(others=tuple(sorted(others[pk], key=lambda one: one.act is None)), seen_version=seen.get(pk, 0))
        for pk in dossier_ids
    }


def others_at(dossier_id: int, *, actor_id: int, at: datetime) -> tuple[Present, ...]:
    """Return the colleagues who have the dossier open, editors first."""
    return presence_of_each([dossier_id], actor_id=actor_id, at=at)[dossier_id].others


def unread_by(actor_id: int) -> Q:
    """Match dossiers that have changed since the official last opened them, or that they never did."""
    seen = Opening.objects.filter(dossier=OuterRef("pk"), user=actor_id, seen_version__gte=OuterRef("version"))
    return Q(~Exists(seen))
