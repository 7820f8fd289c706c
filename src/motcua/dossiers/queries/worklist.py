"""An official's worklist: what waits for them now, the most urgent first."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from functools import cached_property, lru_cache
from threading import get_ident
from typing import Protocol, cast

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce
from django.utils import timezone

from motcua.accounts.models import User
from motcua.dossiers.facts import custody_by_row
from motcua.dossiers.models import Consultation, Dossier
from motcua.dossiers.queries.marks import read_mark
from motcua.dossiers.queries.narrowing import Choices, Narrowing, choices_among
from motcua.dossiers.queries.own_legs import OwnLeg, own_legs, time_left_for
from motcua.dossiers.queries.presence import unread_by
from motcua.dossiers.queries.time_left import Remaining, remaining_of_each
from motcua.dossiers.querysets import open_legs_of
from motcua.kernel.compiled import CompiledQuery
from motcua.organisations.models import Unit
from motcua.rules.permissions import ANSWERS_FOR_THE_UNIT, GIVES_OUT_LEGS, RoleGrant, may_act
from motcua.rules.transitions import WAITING_FOR_APPLICANT, Action, Status, open_actions

PAGE_SIZE = 50
# All that a line reads: the rest of a procedure is long.
_SHOWN = (
    "code",
    "reference",
    "status",
    "version",
    "submitted_at",
    "accepted_at",
    "counted_from",
    "action_due_at",
    "procedure_version__title",
    "procedure_version__short_title",
    "applicant__full_name",
    "holder_role",
    "receiving_unit",
    "holder_unit",
    "competent_unit",
    "assignee__full_name",
    "assignee__username",
)


class _Units(Protocol):
    """What a line says of units beside their numbers."""

    desk_name: str
    unit_name: str


def _name_of(unit: Combinable) -> Subquery:
    return Subquery(Unit.objects.filter(pk=unit).values("name")[:1])


# The names of units are looked up: joined three times over, planning takes longer than reading the lines.
_LINES = CompiledQuery(
    Dossier.objects.select_related("procedure_version", "applicant", "assignee")
    .only(*_SHOWN)
    .annotate(
        desk_name=_name_of(OuterRef("receiving_unit")),
        unit_name=_name_of(Coalesce(OuterRef("holder_unit"), OuterRef("competent_unit"))),
    )
    .order_by("action_due_at", "pk"),
    by="pk",
)


class Shelf(StrEnum):
    """The counters above the worklist, which are its filters too (ux 18).

    The first four and the last two hold what waits for the official, the others what they see waiting elsewhere.
    """

    ALL = "ALL"
    OVERDUE = "OVERDUE"
    DUE_TODAY = "DUE_TODAY"
    UNREAD = "UNREAD"
    WITHOUT_OFFICER = "WITHOUT_OFFICER"
    WAITING_FOR_APPLICANT = "WAITING_FOR_APPLICANT"
    WAITING_FOR_AGENCY = "WAITING_FOR_AGENCY"
    ELSEWHERE = "ELSEWHERE"


QUICK_ACTS = (Action.ASSIGN, Action.REQUEST_INTAKE_SUPPLEMENT, Action.REQUEST_SUPPLEMENT, Action.TRANSFER)
"""The acts that a line of the list leads to at once (ux 20)."""
_WITHOUT_OFFICER = Q(assignee=None, status__in=[Status.TRANSFERRED, Status.IN_PROGRESS])


@dataclass(frozen=True, slots=True)
class WorklistRow:
    """One line of a worklist: `code` is the public code, `procedure` its short name, `applicant` a name.

    `unit` holds it, `desk` received it. `remaining` is None when no clock runs. `leg` is what is left of the earliest
    parallel leg that waits for the reader, None where none does. `is_new` tells that it waits to be
    received; `acts` are those of `QUICK_ACTS` that are open to the reader.
    """

    pk: int
    code: str
    reference: str
    version: int
    procedure: str
    applicant: str
    status: Status
    unit: str
    desk: str
    assignee: str
    submitted_at: datetime | None
    action_due_at: datetime | None
    remaining: Remaining | None
    leg: Remaining | None
    is_new: bool
    acts: tuple[Action, ...]


@dataclass(frozen=True, slots=True)
class Worklist:
    """One page; `after` is what the next page continues from, None at the end. `counts` is by shelf."""

    rows: tuple[WorklistRow, ...]
    counts: dict[Shelf, int]
    after: str | None


@dataclass(frozen=True, slots=True)
class Part:
    """Which part of a worklist: a shelf, what it is narrowed to, and the `after` of the page before."""

    shelf: Shelf = Shelf.ALL
    narrowing: Narrowing = field(default_factory=Narrowing)
    after: str = ""


EVERYTHING = Part()
"""The first page of all that waits."""


def worklist(actor: User, grants: Sequence[RoleGrant], *, at: datetime, part: Part = EVERYTHING) -> Worklist:
    """Return a page of what waits for `actor` at `at`, by remaining working time, the least first, then by age.

    Pages follow one another by due moment, and each is ordered by what is left in the hours of whoever must act. The
    shelves of what waits elsewhere list what the actor may see but need not act on, in the units where they work now.
    What has no clock, as a result that waits to be fetched, stands last. A malformed `after` starts from the beginning.
    """
    shelves = _Shelves(actor, grants, at)
    rows = _page(shelves.narrowed(part), part.after)
    shown = rows[:PAGE_SIZE]
    left = remaining_of_each(shown, at)
    legs = time_left_for({row.pk: shelves.legs[row.pk] for row in shown if row.pk in shelves.legs}, at)
    return Worklist(
        rows=tuple(
            _row(dossier, left[dossier.pk], legs.get(dossier.pk), shelves.acts_open(dossier))
            for dossier in _by_remaining(shown, left)
        ),
        counts=shelves.counts(part.narrowing),
        after=_mark(rows[PAGE_SIZE - 1]) if len(rows) > PAGE_SIZE else None,
    )


def worklist_choices(actor: User, grants: Sequence[RoleGrant], *, at: datetime, shelf: Shelf) -> Choices:
    """Return what a shelf of the worklist can be narrowed to."""
    return choices_among(_Shelves(actor, grants, at).on(shelf))


def worklist_dossiers(actor: User, grants: Sequence[RoleGrant], *, at: datetime, part: Part) -> QuerySet[Dossier]:
    """Return all the dossiers of a part of the worklist, whatever their page, in its order."""
    return _Shelves(actor, grants, at).narrowed(part).order_by("action_due_at", "pk")


@dataclass(frozen=True, slots=True)
class _Sight:
    """What waits for an official, what they see, and how to tell some of it: conditions, no rows."""

    mine: QuerySet[Dossier]
    seen: QuerySet[Dossier]
    unread: Q
    held: Q
    elsewhere: Q
    awaited: Q


@lru_cache(maxsize=200)
def _sight(grants: tuple[RoleGrant, ...], actor_id: int, on: date, _thread: int) -> _Sight:
    """Return what an official with `grants` sees on a day; put together once, for whoever looks once looks again.

    Once a thread, by its number `_thread`: Django does not promise that two threads may put one query to use at a time.
    """
    mine = Dossier.objects.waiting_for(grants, actor_id=actor_id, on=on)
    answering = [grant.unit_id for grant in grants if grant.role in ANSWERS_FOR_THE_UNIT and grant.holds_on(on)]
    asked = Consultation.objects.filter(dossier=OuterRef("pk"), unit__in=answering, closed_at=None)
    given_out = [grant.unit_id for grant in grants if grant.role in GIVES_OUT_LEGS and grant.holds_on(on)]
    held = Q(holder_unit__isnull=False)
    held |= Q(pk__in=open_legs_of(given_out).values("dossier")) if given_out else Q()
    return _Sight(
        mine=mine,
        seen=Dossier.objects.under_way().near(grants, on=on).visible_to(grants, actor_id=actor_id, on=on),
        unread=unread_by(actor_id),
        held=held,
        elsewhere=held & ~Q(pk__in=mine.values("pk")),
        awaited=Q(~Exists(asked), status=Status.CONSULTING),
    )


class _Shelves:
    """The shelves of one official at one moment."""

    def __init__(self, actor: User, grants: Sequence[RoleGrant], at: datetime) -> None:
        self._actor, self._grants, self._on = actor, grants, timezone.localdate(at)
        self._at, self._midnight = at, _midnight_after(at)
        self._sight = _sight(tuple(grants), actor.pk, self._on, get_ident())

    @cached_property
    def legs(self) -> dict[int, OwnLeg]:
        """The legs that wait for the official, by dossier."""
        return own_legs(self._grants, actor_id=self._actor.pk, on=self._on)

    @cached_property
    def _overdue(self) -> Q:
        """Match what is late, or of which the official's own unit is late with its leg."""
        # Those few by their numbers: as a subquery they would keep the clock from being read off its index.
        late = [pk for pk, leg in self.legs.items() if leg.due_at < self._at]
        return Q(action_due_at__lt=self._at) | Q(pk__in=late)

    @cached_property
    def _today(self) -> Q:
        """Match what is due later today, or of which a leg of the official's own unit is."""
        due = [pk for pk, leg in self.legs.items() if self._at <= leg.due_at < self._midnight]
        return Q(action_due_at__gte=self._at, action_due_at__lt=self._midnight) | Q(pk__in=due)

    @cached_property
    def _without_officer(self) -> Q:
        """Match what was given to nobody, or of which a leg that waits for the official was."""
        return _WITHOUT_OFFICER | Q(pk__in=[pk for pk, leg in self.legs.items() if not leg.has_officer])

    def narrowed(self, part: Part) -> QuerySet[Dossier]:
        """Return what stands on the shelf of `part`, narrowed to what it asks for."""
        if part.shelf is Shelf.ELSEWHERE:
            return part.narrowing.of(self._sight.seen.filter(self._elsewhere(part.narrowing)))
        return part.narrowing.of(self.on(part.shelf))

    def _elsewhere(self, narrowing: Narrowing) -> Q:
        """Match what others hold; of what one officer helps with all, whatever else of it waits for the reader.

        An officer's legs are given to somebody else as a whole, so the list has as many as the officer.
        """
        return self._sight.held if narrowing.leg_officer else self._sight.elsewhere

    def on(self, shelf: Shelf) -> QuerySet[Dossier]:
        """Return what stands on `shelf`."""
        sight = self._sight
        of_the_moment = {
            Shelf.OVERDUE: lambda: self._overdue,
            Shelf.DUE_TODAY: lambda: self._today,
            Shelf.WITHOUT_OFFICER: lambda: self._without_officer,
        }
        if shelf in of_the_moment:
            return sight.mine.filter(of_the_moment[shelf]())
        if shelf in {Shelf.ALL, Shelf.UNREAD}:
            return sight.mine.filter(sight.unread if shelf is Shelf.UNREAD else Q())
        seen = {
            Shelf.WAITING_FOR_APPLICANT: Q(status__in=WAITING_FOR_APPLICANT),
            Shelf.WAITING_FOR_AGENCY: sight.awaited,
            Shelf.ELSEWHERE: sight.elsewhere,
        }
        return sight.seen.filter(seen[shelf])

    def acts_open(self, dossier: Dossier) -> tuple[Action, ...]:
        """Return the quick acts open to the official, without a query."""
        custody = custody_by_row(dossier)
        here = open_actions(dossier.stage)
        return tuple(
            act
            for act in QUICK_ACTS
            if act in here and may_act(act, custody, self._grants, actor_id=self._actor.pk, on=self._on)
        )

    def counts(self, narrowing: Narrowing) -> dict[Shelf, int]:
        """Return how many stand on each shelf, in two queries."""
        own = narrowing.of(self._sight.mine).aggregate(
            every=Count("pk"),
            overdue=Count("pk", filter=self._overdue),
            today=Count("pk", filter=self._today),
            unread=Count("pk", filter=self._sight.unread),
            without_officer=Count("pk", filter=self._without_officer),
        )
        others = narrowing.of(self._sight.seen).aggregate(
            applicant=Count("pk", filter=Q(status__in=WAITING_FOR_APPLICANT)),
            agency=Count("pk", filter=self._sight.awaited),
            elsewhere=Count("pk", filter=self._elsewhere(narrowing)),
        )
        return {
            Shelf.ALL: own["every"],
            Shelf.OVERDUE: own["overdue"],
            Shelf.DUE_TODAY: own["today"],
            Shelf.UNREAD: own["unread"],
            Shelf.WITHOUT_OFFICER: own["without_officer"],
            Shelf.WAITING_FOR_APPLICANT: others["applicant"],
            Shelf.WAITING_FOR_AGENCY: others["agency"],
            Shelf.ELSEWHERE: others["elsewhere"],
        }


def _by_remaining(dossiers: Sequence[Dossier], left: Mapping[int, Remaining | None]) -> list[Dossier]:
    """Order by what is left in working time; what has no clock, or none that can be told, stands at the end."""

    def remaining(dossier: Dossier) -> tuple[bool, bool, timedelta]:
        known = left[dossier.pk]
        return dossier.action_due_at is None, known is None, known.time if known else timedelta()

    return sorted(dossiers, key=remaining)


def _page(dossiers: QuerySet[Dossier], after: str) -> list[Dossier]:
    """Pick the rows from the index alone, then read what the lines show of those few."""
    return _LINES.among(_later_than(after, dossiers).order_by("action_due_at", "pk").values("pk")[: PAGE_SIZE + 1])


def _later_than(after: str, dossiers: QuerySet[Dossier]) -> QuerySet[Dossier]:
    mark = read_mark(after)
    if mark is None:
        return dossiers
    if mark.moment is None:
        return dossiers.filter(action_due_at=None, pk__gt=mark.pk)
    later = Q(action_due_at__gt=mark.moment) | Q(action_due_at=mark.moment, pk__gt=mark.pk)
    return dossiers.filter(later | Q(action_due_at=None))


def _mark(dossier: Dossier) -> str:
    """Name a row by its clock and its number; the clock is empty while none runs."""
    due_at = dossier.action_due_at
    return f"{due_at.isoformat() if due_at else ''}~{dossier.pk}"


def _row(dossier: Dossier, left: Remaining | None, leg: Remaining | None, acts: tuple[Action, ...]) -> WorklistRow:
    units = cast("_Units", dossier)
    return WorklistRow(
        pk=dossier.pk,
        code=dossier.public_code,
        reference=dossier.reference,
        version=dossier.version,
        procedure=dossier.procedure_version.name,
        applicant=dossier.applicant.full_name,
        status=dossier.stage,
        unit=units.unit_name,
        desk=units.desk_name,
        assignee=dossier.assignee.display_name if dossier.assignee else "",
        submitted_at=dossier.submitted_at,
        action_due_at=dossier.action_due_at,
        remaining=left,
        leg=leg,
        is_new=dossier.stage is Status.SUBMITTED,
        acts=acts,
    )


def _midnight_after(at: datetime) -> datetime:
    local = timezone.localtime(at)
    return (local + timedelta(days=1)).replace(hour=0, minute=0, second=0, microsecond=0)
