"""What an act on many dossiers would do, dossier by dossier, before it is ordered; and how far an ordered one is."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from motcua.accounts.models import Grant, User
from motcua.dossiers.facts import custody_by_row
from motcua.dossiers.models import BulkJob, Dossier, Step
from motcua.dossiers.queries.assignment import OfficerLoad, officers_of_each
from motcua.dossiers.queries.course import Reader
from motcua.dossiers.querysets import open_legs_of
from motcua.rules.bulk import (
    ACTION_OF,
    GIVES_TO_OFFICER,
    REVERSIBLE,
    BulkAct,
    ItemOutcome,
    acts_of_roles,
    may_remind,
)
from motcua.rules.permissions import GIVES_OUT_LEGS, Custody, Role, RoleGrant
from motcua.rules.transitions import Action, Status, open_actions

MOST_AT_ONCE = 1_000
"""More dossiers than this are not taken into one job."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """One dossier of a preview: `reason` is the name of the refusal it would meet, empty for none.

    `back_to` is the officer to whom it would be given back, where an earlier act is taken back; empty otherwise.
    `status` is None where the reader may not see the dossier any more: all that is told then is its code.
    """

    pk: int
    code: str
    version: int
    applicant: str
    procedure: str
    status: Status | None
    holder: str
    reason: str
    back_to: str = ""


@dataclass(frozen=True, slots=True)
class Preview:
    """What would be done and what not, in the order of the worklist; `officers` are those to whom all could be given.

    `is_cut` tells that more were chosen than one job takes.
    """

    can: tuple[Candidate, ...]
    cannot: tuple[Candidate, ...]
    officers: tuple[OfficerLoad, ...]
    is_cut: bool


@dataclass(frozen=True, slots=True)
class Asked:
    """An act, and to whom the dossiers would be given (acts that name an officer; None: not chosen yet)."""

    act: BulkAct
    to: User | None = None


def preview(
    dossiers: Iterable[Dossier], asked: Asked, actor: User, grants: Sequence[RoleGrant], *, at: datetime
) -> Preview:
    """Return what `asked` would do to `dossiers`, which `actor` may see; they come with `for_page()` loaded."""
    today = timezone.localdate(at)
    found = list(dossiers)
    judge = Judge(asked.act, found[:MOST_AT_ONCE], Reader(actor.pk, grants, at))
    there = units_of({asked.to.pk}, today).get(asked.to.pk, frozenset()) if asked.to else frozenset[int]()
    judged = [candidate(dossier, judge.reason(dossier, asked.to, there)) for dossier in found[:MOST_AT_ONCE]]
    return Preview(
        can=tuple(one for one in judged if not one.reason),
        cannot=tuple(one for one in judged if one.reason),
        officers=_officers(judge.units(), today) if asked.act in GIVES_TO_OFFICER else (),
        is_cut=len(found) > MOST_AT_ONCE,
    )


def acts_for(grants: Iterable[RoleGrant]) -> tuple[BulkAct, ...]:
    """Return the acts on many that somebody with these grants could ever do."""
    return acts_of_roles({grant.role for grant in grants})


def units_of(user_ids: Collection[int], on: date) -> dict[int, frozenset[int]]:
    """Return the units where each of these people verifies dossiers on `on`; who does nowhere is left out."""
    if not user_ids:
        return {}
    there = Grant.objects.on(on).filter(user__in=user_ids, role=Role.PROCESSING_OFFICER.value, user__is_active=True)
    found: dict[int, set[int]] = {}
    for user_id, unit_id in there.values_list("user_id", "unit_id"):
        found.setdefault(user_id, set()).add(unit_id)
    return {user_id: frozenset(units) for user_id, units in found.items()}


class Judge:
    """Says of each dossier whether the act may be done to it now, without a query a dossier."""

    def __init__(self, act: BulkAct, dossiers: Sequence[Dossier], reader: Reader) -> None:
        self._act, self._dossiers, self._reader = act, dossiers, reader
        self._legs = self._legs_to_give() if act is BulkAct.ASSIGN_LEG else {}

    def units(self) -> set[int]:
        """Return the units to whose officers the act gives something, of the dossiers to which it may be done."""
        possible = [dossier for dossier in self._dossiers if not self.reason(dossier, None, ())]
        if self._act is BulkAct.ASSIGN_LEG:
            return {leg.unit_id for dossier in possible for leg in self._legs[dossier.pk]}
        return {dossier.competent_unit_id for dossier in possible}

    def reason(self, dossier: Dossier, to: User | None, units_of_to: Collection[int]) -> str:
        """Return the name of the refusal that the act would meet; empty for none.

        `to` verifies dossiers in `units_of_to`; None: nobody is chosen yet.
        """
        action = ACTION_OF.get(self._act)
        if action is None:
            return self._reason_beside(custody_by_row(dossier))
        if action not in open_actions(dossier.stage):
            return "TransitionRefused"
        if action is Action.ASSIGN_LEG:
            return self._reason_of_leg(self._legs.get(dossier.pk, []), to, units_of_to)
        if not self._reader.may(action, custody_by_row(dossier)):
            return "NotPermitted"
        is_chosen = self._act is BulkAct.ASSIGN and to is not None
        return _not_to_give(dossier.assignee_id, dossier.competent_unit_id, to, units_of_to) if is_chosen else ""

    def _reason_beside(self, custody: Custody) -> str:
        is_theirs = self._act is not BulkAct.REMIND or may_remind(custody, self._reader.grants, on=self._reader.on)
        return "" if is_theirs else "NotToRemind"

    def _reason_of_leg(self, legs: Sequence[Step], to: User | None, units_of_to: Collection[int]) -> str:
        if len(legs) != 1:
            return "LegUnclear" if legs else "NotPermitted"
        return _not_to_give(legs[0].assignee_id, legs[0].unit_id, to, units_of_to) if to else ""

    def _legs_to_give(self) -> dict[int, list[Step]]:
        """Return the legs under way that the official may give out, by dossier."""
        units = [grant.unit_id for grant in self._reader.grants if grant.role in GIVES_OUT_LEGS]
        found: dict[int, list[Step]] = {}
        for step in open_legs_of(units).filter(dossier__in=[dossier.pk for dossier in self._dossiers]).order_by("pk"):
            found.setdefault(step.dossier_id, []).append(step)
        return found


def _not_to_give(holder_id: int | None, unit_id: int, to: User | None, units_of_to: Collection[int]) -> str:
    if to is not None and holder_id == to.pk:
        return "TheirsAlready"
    return "" if unit_id in units_of_to else "NotAnOfficerThere"


def _officers(unit_ids: Iterable[int], today: date) -> tuple[OfficerLoad, ...]:
    """Return the processing officers of these units, the least busy first; one of several units once."""
    loads: dict[str, OfficerLoad] = {}
    for theirs in officers_of_each(sorted(unit_ids), on=today).values():
        loads |= {load.username: load for load in theirs}
    return tuple(sorted(loads.values(), key=lambda load: load.held_count))


def candidate(dossier: Dossier, reason: str, *, back_to: str = "") -> Candidate:
    """Return a dossier, with `for_page()` loaded, as a preview shows it."""
    holder = dossier.assignee.display_name if dossier.assignee else ""
    return Candidate(
        pk=dossier.pk,
        code=dossier.public_code,
        version=dossier.version,
        applicant=dossier.applicant.full_name,
        procedure=dossier.procedure_version.name,
        status=dossier.stage,
        holder=holder or (dossier.holder_unit.name if dossier.holder_unit else ""),
        reason=reason,
        back_to=back_to,
    )


@dataclass(frozen=True, slots=True)
class ItemLine:
    """One dossier of a job and what came of it; `reason` is the name of the refusal, empty for none.

    `applicant` is empty where the reader may not see the dossier (any more).
    """

    code: str
    applicant: str
    outcome: ItemOutcome
    reason: str
    done_at: datetime | None


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a job is: `counts` of its dossiers by outcome; `to` is who gets them, empty for nobody.

    `is_undoable` while nothing has been done yet; `is_running` until it is over. `is_reversible` tells that some act
    takes back what it does; `can_be_taken_back` that it is over, did something, and nobody ordered to take it back yet:
    `taken_back_by` is the order that did.
    """

    job: BulkJob
    act: BulkAct
    to: str
    items: tuple[ItemLine, ...]
    counts: dict[ItemOutcome, int]
    is_undoable: bool
    is_running: bool
    is_reversible: bool
    can_be_taken_back: bool
    taken_back_by: BulkJob | None


def progress(job: BulkJob, actor: User, grants: Sequence[RoleGrant], *, at: datetime) -> Progress:
    """Return how far `job`, with `to` loaded, is at `at`, as `actor` may read it."""
    visible = Dossier.objects.visible_to(grants, actor_id=actor.pk, on=timezone.localdate(at))
    seen = set(visible.filter(pk__in=job.items.values("dossier")).values_list("pk", flat=True))
    rows = job.items.select_related("dossier__applicant").order_by("position")
    items = tuple(
        ItemLine(
            code=row.dossier.public_code,
            applicant=row.dossier.applicant.full_name if row.dossier_id in seen else "",
            outcome=ItemOutcome(row.outcome),
            reason=row.reason,
            done_at=row.done_at,
        )
        for row in rows
    )
    counts = defaultdict[ItemOutcome, int](int)
    for item in items:
        counts[item.outcome] += 1
    act, is_running = BulkAct(job.act), job.finished_at is None
    undoing = job.taken_back_by.filter(cancelled_at=None).order_by("-pk").first() if act in REVERSIBLE else None
    is_to_take_back = act in REVERSIBLE and not is_running and undoing is None and counts[ItemOutcome.DONE] > 0
    return Progress(
        job=job,
        act=act,
        to=job.to.display_name if job.to else "",
        items=items,
        counts={outcome: counts[outcome] for outcome in ItemOutcome},
        is_undoable=is_running and counts[ItemOutcome.WAITING] == len(items) and at < job.starts_at,
        is_running=is_running,
        is_reversible=act in REVERSIBLE,
        can_be_taken_back=is_to_take_back,
        taken_back_by=undoing,
    )


def jobs_of(actor: User, limit: int = 20) -> tuple[BulkJob, ...]:
    """Return the newest jobs that `actor` ordered."""
    return tuple(BulkJob.objects.filter(ordered_by=actor).select_related("to").order_by("-ordered_at", "-pk")[:limit])
