"""What an act on many dossiers would do, dossier by dossier, before it is ordered; and how far an ordered one is."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from motcua.accounts.models import Grant, User
from motcua.dossiers.facts import custody_by_row
from motcua.dossiers.models import BulkJob, Dossier
from motcua.dossiers.queries.assignment import OfficerLoad, officers_of
from motcua.rules.bulk import ACTION_OF, BulkAct, ItemOutcome, acts_of_roles, may_remind
from motcua.rules.permissions import Role, RoleGrant, may_act
from motcua.rules.transitions import Status, open_actions

MOST_AT_ONCE = 1_000
"""More dossiers than this are not taken into one job."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """One dossier of a preview: `reason` is the name of the refusal it would meet, empty for none."""

    pk: int
    code: str
    version: int
    applicant: str
    procedure: str
    status: Status
    holder: str
    reason: str


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
    """An act, and to whom the dossiers would be given (ASSIGN alone; None: not chosen yet)."""

    act: BulkAct
    to: User | None = None


def preview(
    dossiers: Iterable[Dossier], asked: Asked, actor: User, grants: Sequence[RoleGrant], *, at: datetime
) -> Preview:
    """Return what `asked` would do to `dossiers`, which `actor` may see; they come with `for_page()` loaded."""
    today = timezone.localdate(at)
    found = list(dossiers)
    units = {dossier.competent_unit_id for dossier in found[:MOST_AT_ONCE]}
    judge = _Judge(asked, actor, grants, today)
    judged = [_candidate(dossier, judge.reason(dossier)) for dossier in found[:MOST_AT_ONCE]]
    return Preview(
        can=tuple(one for one in judged if not one.reason),
        cannot=tuple(one for one in judged if one.reason),
        officers=_officers(units, today) if asked.act is BulkAct.ASSIGN else (),
        is_cut=len(found) > MOST_AT_ONCE,
    )


def acts_for(grants: Iterable[RoleGrant]) -> tuple[BulkAct, ...]:
    """Return the acts on many that somebody with these grants could ever do."""
    return acts_of_roles({grant.role for grant in grants})


class _Judge:
    """Says of each dossier whether the act may be done to it now, without a query a dossier."""

    def __init__(self, asked: Asked, actor: User, grants: Sequence[RoleGrant], today: date) -> None:
        self._asked, self._actor, self._grants, self._today = asked, actor, grants, today
        there = Grant.objects.on(today).filter(user=asked.to, role=Role.PROCESSING_OFFICER.value)
        self._units_of_officer = set(there.values_list("unit_id", flat=True)) if asked.to else set()

    def reason(self, dossier: Dossier) -> str:
        """Return the name of the refusal that the act would meet; empty for none."""
        custody = custody_by_row(dossier)
        action = ACTION_OF.get(self._asked.act)
        if action is None:
            is_refused = self._asked.act is BulkAct.REMIND and not may_remind(custody, self._grants, on=self._today)
            return "NotToRemind" if is_refused else ""
        if action not in open_actions(dossier.stage):
            return "TransitionRefused"
        if not may_act(action, custody, self._grants, actor_id=self._actor.pk, on=self._today):
            return "NotPermitted"
        if self._asked.act is BulkAct.ASSIGN and self._asked.to:
            return self._reason_not_to_give(dossier, self._asked.to)
        return ""

    def _reason_not_to_give(self, dossier: Dossier, to: User) -> str:
        if dossier.assignee_id == to.pk:
            return "TheirsAlready"
        return "" if dossier.competent_unit_id in self._units_of_officer else "NotAnOfficerThere"


def _officers(unit_ids: Iterable[int], today: date) -> tuple[OfficerLoad, ...]:
    """Return the processing officers of these units, the least busy first; one of several units once."""
    loads: dict[str, OfficerLoad] = {}
    for unit_id in sorted(unit_ids):
        loads |= {load.username: load for load in officers_of(unit_id, on=today)}
    return tuple(sorted(loads.values(), key=lambda load: load.open_count))


def _candidate(dossier: Dossier, reason: str) -> Candidate:
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

    `is_undoable` while nothing has been done yet; `is_running` until it is over.
    """

    job: BulkJob
    act: BulkAct
    to: str
    items: tuple[ItemLine, ...]
    counts: dict[ItemOutcome, int]
    is_undoable: bool
    is_running: bool


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
    return Progress(
        job=job,
        act=BulkAct(job.act),
        to=job.to.display_name if job.to else "",
        items=items,
        counts={outcome: counts[outcome] for outcome in ItemOutcome},
        is_undoable=job.finished_at is None and counts[ItemOutcome.WAITING] == len(items) and at < job.starts_at,
        is_running=job.finished_at is None,
    )


def jobs_of(actor: User, limit: int = 20) -> tuple[BulkJob, ...]:
    """Return the newest jobs that `actor` ordered."""
    return tuple(BulkJob.objects.filter(ordered_by=actor).select_related("to").order_by("-ordered_at", "-pk")[:limit])
