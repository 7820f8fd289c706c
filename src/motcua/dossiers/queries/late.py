"""What is late in the eyes of who answers for it: at which step, in whose hands, since when, and why."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.db.models import Prefetch
from django.utils import timezone

from motcua.accounts.models import User
from motcua.dossiers.models import Consultation, Dossier, Step
from motcua.dossiers.queries.time_left import Remaining, remaining_of_each
from motcua.rules.permissions import RoleGrant
from motcua.rules.transitions import Status

MOST_ROWS = 200


class Cause(StrEnum):
    """Why a dossier is where it is, as far as the record tells."""

    CONSULTED_UNIT_SILENT = "CONSULTED_UNIT_SILENT"
    AWAITS_OPINION = "AWAITS_OPINION"
    LEG_SLOW = "LEG_SLOW"
    EARLIER_STEP_SLOW = "EARLIER_STEP_SLOW"
    THIS_STEP_SLOW = "THIS_STEP_SLOW"
    NOT_ANSWERED = "NOT_ANSWERED"
    REWORKED = "REWORKED"
    UNKNOWN = "UNKNOWN"


@dataclass(frozen=True, slots=True)
class LateLeg:
    """A parallel leg that has let its time pass: its step, and the officer it was given to, else the unit."""

    step: str
    holder: str


@dataclass(frozen=True, slots=True)
class LateRow:
    """One late dossier: its step and `holder`, how long it has been there, and `causes`, the weightiest first.

    `legs` are those it waits for that are late themselves; `slow_step` is the finished step that outlasted its own time
    the most, empty for none.
    """

    code: str
    procedure: str
    step: str
    holder: str
    held_since: datetime
    due_at: datetime
    remaining: Remaining | None
    was_extended: bool
    causes: tuple[Cause, ...]
    legs: tuple[LateLeg, ...]
    slow_step: str


@dataclass(frozen=True, slots=True)
class Place:
    """How many late dossiers lie with one holder at one step."""

    step: str
    holder: str
    count: int


@dataclass(frozen=True, slots=True)
class LateList:
    """What is late at `at`: `total` of all, the `MOST_ROWS` longest overdue as `rows`, and where these lie."""

    at: datetime
    total: int
    rows: tuple[LateRow, ...]
    places: tuple[Place, ...]


def late_list(actor: User, grants: Sequence[RoleGrant], *, at: datetime) -> LateList:
    """Return the late dossiers `actor` may see."""
    on = timezone.localdate(at)
    seen = Dossier.objects.under_way().visible_to(grants, actor_id=actor.pk, on=on).overdue(at)
    steps = Prefetch("steps", queryset=Step.objects.select_related("unit", "assignee").order_by("started_at", "pk"))
    asked = Prefetch("consultations", queryset=Consultation.objects.filter(closed_at=None))
    found = list(
        seen.select_related("procedure_version", "holder_unit", "assignee", "extension")
        .prefetch_related(steps, asked)
        .order_by("action_due_at", "pk")[:MOST_ROWS]
    )
    left = remaining_of_each(found, at)
    rows = tuple(_row(dossier, left[dossier.pk], at) for dossier in found)
    places = Counter((row.step, row.holder) for row in rows)
    return LateList(
        at=at,
        total=seen.count(),
        rows=rows,
        places=tuple(Place(step, holder, count) for (step, holder), count in places.most_common()),
    )


def _row(dossier: Dossier, left: Remaining | None, at: datetime) -> LateRow:
    steps = list(dossier.steps.all())
    current = next((step for step in reversed(steps) if step.finished_at is None and not step.leg), None)
    unit = dossier.holder_unit.name if dossier.holder_unit else ""
    slow = max((step for step in steps if _overrun(step)), key=_overrun, default=None)
    return LateRow(
        code=dossier.public_code,
        procedure=dossier.procedure_version.name,
        step=current.name if current else str(dossier.get_status_display()),
        holder=dossier.assignee.display_name if dossier.assignee else unit,
        held_since=current.started_at if current else dossier.accepted_at or dossier.submitted_at or dossier.created_at,
        due_at=dossier.action_due_at or at,
        remaining=left,
        was_extended=hasattr(dossier, "extension"),
        causes=tuple(_causes(dossier, steps, current, at)) or (Cause.UNKNOWN,),
        legs=tuple(LateLeg(step.name, _holder_of(step)) for step in steps if _is_late_leg(step, at)),
        slow_step=slow.name if slow else "",
    )


def _is_late_leg(step: Step, at: datetime) -> bool:
    return bool(step.leg) and step.finished_at is None and step.due_at < at


def _holder_of(leg: Step) -> str:
    return leg.assignee.display_name if leg.assignee else leg.unit.name


def _overrun(step: Step) -> float:
    """Return by how many seconds a finished step outlasted its own time; 0 when it did not."""
    if step.finished_at is None:
        return 0.0
    return max(0.0, (step.finished_at - step.due_at).total_seconds())


def _causes(dossier: Dossier, steps: Sequence[Step], current: Step | None, at: datetime) -> list[Cause]:
    awaited = list(dossier.consultations.all())
    is_reworked = len([step for step in steps if step.code == current.code]) > 1 if current else False
    told = {
        Cause.CONSULTED_UNIT_SILENT: any(asked.due_at < at for asked in awaited),
        Cause.LEG_SLOW: any(_is_late_leg(step, at) for step in steps),
        Cause.AWAITS_OPINION: bool(awaited) and all(asked.due_at >= at for asked in awaited),
        Cause.NOT_ANSWERED: dossier.stage is Status.SUBMITTED,
        Cause.THIS_STEP_SLOW: current is not None and current.due_at < at,
        Cause.EARLIER_STEP_SLOW: any(_overrun(step) for step in steps),
        Cause.REWORKED: is_reworked,
    }
    return [cause for cause, is_true in told.items() if is_true]
