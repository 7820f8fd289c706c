"""What anyone with code and PIN may see of a dossier: stage, holder and due date, nothing personal (B-26)."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.db.models import Max, Min

from motcua.dossiers.models import Dossier, Result
from motcua.dossiers.queries.clock_ahead import own_clock_rules
from motcua.dossiers.queries.derivation import DerivedDay, derivation_of
from motcua.rules.promises import SupplementClock
from motcua.rules.transitions import (
    ENDED_EARLY,
    FINAL,
    GIVEN_OUT,
    SUPPLEMENTING,
    WAITING_FOR_APPLICANT,
    Action,
    Status,
    open_actions,
)
from motcua.rules.workflow import StepKind


class Milestone(StrEnum):
    """The stations of the road that a citizen is shown."""

    SUBMITTED = "SUBMITTED"
    ACCEPTED = "ACCEPTED"
    PROCESSED = "PROCESSED"
    SIGNED = "SIGNED"
    RESULT = "RESULT"
    RETURNED = "RETURNED"


_REACHED: dict[Status, Milestone] = {
    Status.SUBMITTED: Milestone.SUBMITTED,
    Status.INTAKE_SUPPLEMENT: Milestone.SUBMITTED,
    Status.NOT_ACCEPTED: Milestone.SUBMITTED,
    Status.ACCEPTED: Milestone.ACCEPTED,
    Status.TRANSFERRED: Milestone.ACCEPTED,
    Status.IN_PROGRESS: Milestone.ACCEPTED,
    Status.SUPPLEMENT: Milestone.ACCEPTED,
    Status.CONSULTING: Milestone.ACCEPTED,
    Status.FINANCIAL: Milestone.ACCEPTED,
    Status.PENDING_SIGN: Milestone.PROCESSED,
    Status.SIGNED: Milestone.SIGNED,
    Status.DONE: Milestone.RESULT,
    Status.REFUSED: Milestone.RESULT,
    Status.CORRECTING: Milestone.PROCESSED,
    Status.RETURNED: Milestone.RETURNED,
    Status.IMMEDIATE_DONE: Milestone.RETURNED,
}


@dataclass(frozen=True, slots=True)
class PublicStatus:
    """Where a dossier stands, for the public.

    `holder` is the unit that must act, None when it is the applicant's turn or over; `is_applicants_turn` says which.
    `since` is when the present stage began. `derivation` tells how the due moment was found; empty before acceptance.
    `supplement_clock` says what the papers asked for after acceptance do to the limit, None while none are.
    """

    public_code: str
    procedure_code: str
    procedure_title: str
    status: Status
    holder: str | None
    since: datetime
    submitted_at: datetime
    answer_due_at: datetime | None
    due_at: datetime | None
    due_is_provisional: bool
    is_applicants_turn: bool
    is_supplementing: bool
    supplement_clock: SupplementClock | None
    is_refusal: bool
    may_be_rated: bool
    is_over: bool
    return_channel: str
    desk: str
    desk_phone: str
    desk_address: str
    reached: Milestone
    derivation: tuple[DerivedDay, ...]


def public_status(dossier: Dossier) -> PublicStatus:
    """Return the public face of a submitted dossier; needs its units and version loaded."""
    stage = dossier.stage
    return PublicStatus(
        public_code=dossier.public_code,
        procedure_code=dossier.procedure_version.procedure.code,
        procedure_title=dossier.matter if dossier.linked_application_id else dossier.procedure_version.title,
        status=stage,
        holder=dossier.holder_unit.authority_name if dossier.holder_unit else None,
        since=_since(dossier),
        submitted_at=dossier.submitted_at or dossier.created_at,
        answer_due_at=dossier.action_due_at if stage is Status.SUBMITTED else None,
        due_at=dossier.due_at,
        due_is_provisional=dossier.due_is_provisional,
        is_applicants_turn=stage in WAITING_FOR_APPLICANT,
        is_supplementing=stage in SUPPLEMENTING,
        supplement_clock=own_clock_rules(dossier).supplement if stage is Status.SUPPLEMENT else None,
        is_refusal=_is_refusal(dossier),
        may_be_rated=Action.RATE in open_actions(stage),
        is_over=stage in FINAL,
        return_channel=dossier.return_channel,
        desk=dossier.receiving_unit.name,
        desk_phone=dossier.receiving_unit.phone,
        desk_address=dossier.receiving_unit.address,
        reached=_reached(dossier),
        derivation=derivation_of(dossier),
    )


def _since(dossier: Dossier) -> datetime:
    """Return when the present stage began."""
    step = dossier.steps.filter(finished_at=None, leg="").order_by("-started_at").first()
    moments = (
        _asked_at(dossier),
        dossier.closed_at,
        step.started_at if step else None,
        dossier.accepted_at,
        dossier.submitted_at,
    )
    return next(moment for moment in moments if moment is not None)


def _asked_at(dossier: Dossier) -> datetime | None:
    """Return since when somebody's answer is awaited or, by the desk, there; None where a step tells since when."""
    stage, told = dossier.stage, dossier.supplement_requests
    if stage in SUPPLEMENTING:
        since = told.aggregate(at=Max("requested_at"))
    elif stage is Status.SUBMITTED:
        since = told.aggregate(at=Max("completed_at"))
    elif stage is Status.FINANCIAL:
        since = dossier.financial_obligations.aggregate(at=Max("asked_at"))
    elif stage is Status.CONSULTING:
        since = dossier.consultations.filter(closed_at=None).aggregate(at=Min("asked_at"))
    elif stage is Status.CORRECTING:
        since = dossier.corrections.aggregate(at=Max("reported_at"))
    else:
        return None
    at: datetime | None = since["at"]
    return at


def _is_refusal(dossier: Dossier) -> bool:
    """Tell whether what was issued refuses what was asked; asks only where a returned paper may be either."""
    if dossier.stage not in GIVEN_OUT:
        return dossier.stage is Status.REFUSED
    return Result.objects.filter(dossier=dossier).exclude(refusal_basis="").exists()


def _reached(dossier: Dossier) -> Milestone:
    """Return the last station behind the dossier; one that was taken back ended where its last step stood."""
    if dossier.stage not in ENDED_EARLY:
        return _REACHED[dossier.stage]
    if dossier.accepted_at is None:
        return Milestone.SUBMITTED
    leading = dossier.steps.filter(leg="").order_by("-started_at", "-pk")
    last = leading.values_list("kind", flat=True).first()
    return Milestone.PROCESSED if last in {StepKind.APPROVE, StepKind.SIGN} else Milestone.ACCEPTED
