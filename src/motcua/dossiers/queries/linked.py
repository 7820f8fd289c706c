"""A linked application as everybody who may see it sees it: every leg with its agency, stage and due moment (B-21)."""

from collections.abc import Iterable, Mapping, Sequence
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
from motcua.rules.linked import ENDED, LEAD, OVER, LegState, WholeState, waited_for
from motcua.rules.permissions import RoleGrant
from motcua.rules.transitions import AWAITS_HANDING_OUT, SUPPLEMENTING, WAITING_FOR_APPLICANT, Status

MOST_ROWS = 200


@dataclass(frozen=True, slots=True)
class LegLine:
    """One leg, with nothing personal. `code` and `status` are None before it opens.

    `due_at` is by the plan of the whole, `own_due_at` by the clock of its own dossier; `after` names the legs it waits
    for, `because_of` the one without whose result it never opens (empty for none, and where the whole was taken back).
    `holder` is the unit that must act. `right_due_at` is by when a wrong result has to be put right (B-23), None where
    none is being so. The results of the others wait for it until `awaited_until`, None: always; `is_given_up` tells
    that they no longer do. `is_supplementing` tells which of the applicant's turns it is: papers are awaited, not
    money.
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
    right_due_at: datetime | None
    awaited_until: datetime | None
    is_given_up: bool
    ended_at: datetime | None
    because_of: str
    is_late: bool
    is_applicants_turn: bool
    is_supplementing: bool

    @property
    def is_withdrawn(self) -> bool:
        """Whether its applicant took it back."""
        return self.status is Status.WITHDRAWN

    @property
    def awaits_handing_out(self) -> bool:
        """Whether its result, a refusal too, is issued and not yet given out."""
        return self.status in AWAITS_HANDING_OUT


@dataclass(frozen=True, slots=True)
class LinkedView:
    """The whole at the moment `at`. `code` is that of the leading dossier, which is the one people use.

    `return_channel` is how the results are wanted, a `ReturnChannel`; `was_given_out` tells whether any has been.
    """

    at: datetime
    code: str
    group_code: str
    name: str
    state: WholeState
    desk: str
    lead_agency: str
    accepted_at: datetime | None
    due_at: datetime | None
    due_is_provisional: bool
    derivation: tuple[DerivedDay, ...]
    finished_at: datetime | None
    is_closed: bool
    returns_together: bool
    was_given_out: bool
    return_channel: str
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
    def awaiting(self) -> tuple[LegLine, ...]:
        """The legs whose results are issued and not yet given out."""
        return tuple(leg for leg in self.legs if leg.awaits_handing_out)

    @property
    def goes_out_together(self) -> bool:
        """Whether the results are given out once for all; one put right after that goes out on its own."""
        return self.returns_together and not self.was_given_out

    @property
    def waits_for_others(self) -> bool:
        """Whether a result that is issued waits until other legs have ended."""
        states = {leg.number: leg.state for leg in self.legs}
        given_up = {leg.number for leg in self.legs if leg.is_given_up}
        return self.goes_out_together and bool(waited_for(states, given_up=given_up))

    @property
    def is_put_right(self) -> bool:
        """Whether every leg had ended, and a result that was wrong is being put right since (B-23)."""
        return self.finished_at is not None and any(leg.right_due_at for leg in self.legs)

    @property
    def was_refused_nothing(self) -> bool:
        """Whether every leg that ended without a result was taken back by the applicant, or never opened."""
        return all(leg.is_withdrawn for leg in self.legs if leg.state is LegState.NOT_GRANTED)

    @property
    def is_withdrawn(self) -> bool:
        """Whether it came to nothing because the applicant took it back, not because a leg was refused."""
        return self.state is WholeState.NOT_GRANTED and self.was_refused_nothing

    @property
    def state_label(self) -> str:
        """Where the whole stands, in the reader's language."""
        return str(STATUS_LABELS[Status.WITHDRAWN] if self.is_withdrawn else WHOLE_LABELS[self.state])

    @property
    def is_applicants_turn(self) -> bool:
        """Whether a leg waits for the applicant."""
        return any(leg.is_applicants_turn for leg in self.legs)

    @property
    def is_over(self) -> bool:
        """Whether every leg has ended."""
        return self.state in OVER


def whole_of(dossier: Dossier, *, at: datetime) -> LinkedView | None:
    """Return the linked application that `dossier` is a leg of; None for one of its own."""
    if dossier.linked_application_id is None:
        return None
    return linked_views(LinkedApplication.objects.filter(pk=dossier.linked_application_id), at=at)[0]


def wholes_by_code(dossiers: Iterable[Dossier], *, at: datetime) -> dict[str, LinkedView]:
    """Return, by their public codes, the linked applications that any of `dossiers` leads; three queries or none."""
    ids = [row.linked_application_id for row in dossiers if carries_the_whole(row)]
    if not ids:
        return {}
    return {view.code: view for view in linked_views(LinkedApplication.objects.filter(pk__in=ids), at=at)}


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
        desk=lead.receiving_unit.name,
        lead_agency=legs[0].competent_unit.authority_name,
        accepted_at=row.accepted_at,
        due_at=row.due_at,
        due_is_provisional=row.due_is_provisional,
        derivation=derivation_kept(row.derivation),
        finished_at=row.finished_at,
        is_closed=row.closed_at is not None,
        returns_together=row.group.returns_together,
        was_given_out=row.given_out_at is not None,
        return_channel=lead.return_channel,
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
        state_label=str(STATUS_LABELS[status] if status is Status.WITHDRAWN else LEG_LABELS[leg.stage]),
        code=dossier.public_code if dossier else None,
        status=status,
        status_label=str(STATUS_LABELS[status]) if status else "",
        holder=dossier.holder_unit.authority_name if dossier and dossier.holder_unit else "",
        after=tuple(names[needed] for needed in leg.group_leg.needs),
        begins_at=leg.begins_at,
        due_at=leg.due_at,
        own_due_at=dossier.due_at if dossier else None,
        right_due_at=dossier.action_due_at if dossier and status is Status.CORRECTING else None,
        awaited_until=leg.awaited_until,
        is_given_up=leg.stage not in ENDED and leg.awaited_until is not None and at > leg.awaited_until,
        ended_at=leg.ended_at,
        because_of=_because_of(leg, legs),
        is_late=_is_late(leg, at),
        is_applicants_turn=status in WAITING_FOR_APPLICANT,
        is_supplementing=status in SUPPLEMENTING,
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
