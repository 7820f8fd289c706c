"""A linked application as everybody who may see it sees it: every leg with its agency, stage and due moment (B-21)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import F, Prefetch, Q
from django.utils import timezone

from motcua.accounts.models import User
from motcua.dossiers.linked_facts import carries_the_whole
from motcua.dossiers.models import LEG_LABELS, STATUS_LABELS, WHOLE_LABELS, Dossier, LinkedApplication, LinkedLeg
from motcua.dossiers.queries.derivation import DerivedDay, derivation_kept
from motcua.dossiers.querysets import LinkedApplicationQuerySet
from motcua.rules.deadlines import Outcome, outcome
from motcua.rules.linked import ENDED, LEAD, OVER, LegState, WholeState
from motcua.rules.permissions import RoleGrant
from motcua.rules.transitions import WAITING_FOR_APPLICANT, Status

MOST_ROWS = 200


@dataclass(frozen=True, slots=True)
class LegLine:
    """One leg, with nothing personal. `code` and `status` are None before it opens.

    `due_at` is by the plan of the whole, `own_due_at` by the clock of its own dossier; `after` names the legs it waits
    for, `because_of` the one without whose result it never opens (empty for none, and where the whole was taken back).
    `holder` is the unit that must act.
    """

    number: int
    procedure_code: str
    name: str
    agency: str
    state: LegState
    state_label: str
    code: str | None
    status: Status | None
    status_label: str
    holder: str
    after: tuple[str, ...]
    begins_at: datetime | None
    due_at: datetime | None
    own_due_at: datetime | None
    ended_at: datetime | None
    because_of: str
    is_late: bool
    is_applicants_turn: bool


@dataclass(frozen=True, slots=True)
class LinkedView:
    """The whole at the moment `at`. `code` is that of the leading dossier, which is the one people use."""

    at: datetime
    code: str
    group_code: str
    name: str
    state: WholeState
    state_label: str
    desk: str
    lead_agency: str
    accepted_at: datetime | None
    due_at: datetime | None
    due_is_provisional: bool
    derivation: tuple[DerivedDay, ...]
    finished_at: datetime | None
    is_closed: bool
    returns_together: bool
    legs: tuple[LegLine, ...]

    @property
    def ended_count(self) -> int:
        """How many legs have ended."""
        return sum(leg.state in ENDED for leg in self.legs)

    @property
    def late_legs(self) -> tuple[LegLine, ...]:
        """The legs that are late, under way or ended."""
        return tuple(leg for leg in self.legs if leg.is_late)

    @property
    def is_over(self) -> bool:
        """Whether every leg has ended."""
        return self.state in OVER


def whole_of(dossier: Dossier, *, at: datetime) -> LinkedView | None:
    """Return the linked application that `dossier` is a leg of; None for one of its own."""
    if dossier.linked_application_id is None:
        return None
    return linked_views(LinkedApplication.objects.filter(pk=dossier.linked_application_id), at=at)[0]


def whole_at(dossier: Dossier, *, at: datetime) -> LinkedView | None:
    """Return the linked application that `dossier` carries as its leading leg; None for every other dossier."""
    return whole_of(dossier, at=at) if carries_the_whole(dossier) else None


def linked_views(applications: LinkedApplicationQuerySet, *, at: datetime) -> tuple[LinkedView, ...]:
    """Return `applications`, in their order, as they stand at `at`."""
    legs = LinkedLeg.objects.select_related("group_leg", "procedure_version__procedure", "competent_unit")
    dossiers = Dossier.objects.select_related("holder_unit", "receiving_unit")
    rows = applications.select_related("group").prefetch_related(
        Prefetch("legs", queryset=legs.order_by("number")), Prefetch("dossiers", queryset=dossiers)
    )
    return tuple(_view(row, at) for row in rows)


@dataclass(frozen=True, slots=True)
class LinkedList:
    """The linked applications under way that an official answers for: `total` of all, the first `MOST_ROWS` as `rows`.

    `late_count` is how many of all have a leg that runs past its plan; they stand first.
    """

    at: datetime
    total: int
    late_count: int
    rows: tuple[LinkedView, ...]


def linked_list(actor: User, grants: Sequence[RoleGrant], *, at: datetime) -> LinkedList:
    """Return the linked applications under way whose leading leg `actor` may see, the late ones first (B-21)."""
    on = timezone.localdate(at)
    seen = LinkedApplication.objects.under_way().visible_to(grants, actor_id=actor.pk, on=on)
    late = LinkedApplication.objects.overdue(at).values("pk")
    ordered = seen.annotate(is_late=Q(pk__in=late)).order_by("-is_late", F("due_at").asc(nulls_last=True), "pk")
    return LinkedList(
        at=at,
        total=seen.count(),
        late_count=seen.overdue(at).count(),
        rows=linked_views(ordered[:MOST_ROWS], at=at),
    )


def _view(row: LinkedApplication, at: datetime) -> LinkedView:
    dossiers = {one.leg_number or LEAD: one for one in row.dossiers.all()}
    legs = list(row.legs.all())
    lead = dossiers[LEAD]
    return LinkedView(
        at=at,
        code=lead.public_code,
        group_code=row.group.code,
        name=row.group.name,
        state=row.stage,
        state_label=str(WHOLE_LABELS[row.stage]),
        desk=lead.receiving_unit.name,
        lead_agency=legs[0].competent_unit.authority_name,
        accepted_at=row.accepted_at,
        due_at=row.due_at,
        due_is_provisional=row.due_is_provisional,
        derivation=derivation_kept(row.derivation),
        finished_at=row.finished_at,
        is_closed=row.closed_at is not None,
        returns_together=row.group.returns_together,
        legs=tuple(_line(leg, legs, dossiers, at) for leg in legs),
    )


def _line(leg: LinkedLeg, legs: Sequence[LinkedLeg], dossiers: Mapping[int, Dossier], at: datetime) -> LegLine:
    names = {one.number: one.procedure_version.name for one in legs}
    dossier = dossiers.get(leg.number)
    status = dossier.stage if dossier else None
    return LegLine(
        number=leg.number,
        procedure_code=leg.procedure_version.procedure.code,
        name=names[leg.number],
        agency=leg.competent_unit.authority_name,
        state=leg.stage,
        state_label=str(LEG_LABELS[leg.stage]),
        code=dossier.public_code if dossier else None,
        status=status,
        status_label=str(STATUS_LABELS[status]) if status else "",
        holder=dossier.holder_unit.authority_name if dossier and dossier.holder_unit else "",
        after=tuple(names[needed] for needed in leg.group_leg.needs),
        begins_at=leg.begins_at,
        due_at=leg.due_at,
        own_due_at=dossier.due_at if dossier else None,
        ended_at=leg.ended_at,
        because_of=_because_of(leg, legs),
        is_late=_is_late(leg, at),
        is_applicants_turn=status in WAITING_FOR_APPLICANT,
    )


def _because_of(leg: LinkedLeg, legs: Sequence[LinkedLeg]) -> str:
    """Return the name of the leg whose missing result keeps `leg` from opening; empty when nothing is missing."""
    without = {LegState.NOT_GRANTED, LegState.NOT_NEEDED}
    found = (one for one in legs if one.number == leg.because_of and one.stage in without)
    return next((one.procedure_version.name for one in found), "")


def _is_late(leg: LinkedLeg, at: datetime) -> bool:
    """Tell whether a leg that is needed runs past its plan, or ended past it."""
    if leg.due_at is None or leg.stage is LegState.NOT_NEEDED:
        return False
    return outcome(leg.ended_at, leg.due_at) is Outcome.LATE if leg.ended_at else at > leg.due_at
