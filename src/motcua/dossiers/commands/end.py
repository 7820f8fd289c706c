"""End a dossier without a decision: stopped by the agency, or closed after the applicant's silence (form 05, B-35)."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from motcua.accounts.models import User
from motcua.dossiers.commands.custody import HOLDER, close_open_parts, give_to_nobody
from motcua.dossiers.commands.guard import FORM, StaleDossier, advance, begin
from motcua.dossiers.commands.issue_form import issue_form
from motcua.dossiers.events import DossierClosedUnanswered, DossierStopped
from motcua.dossiers.models import Dossier, Ending, SupplementRequest
from motcua.kernel import events
from motcua.rules.papers import PaperKind
from motcua.rules.permissions import NotPermitted
from motcua.rules.transitions import Action, Status, TransitionRefused

__all__ = ["NotPermitted", "StaleDossier", "TransitionRefused", "close_unanswered", "stop"]


class ApplicantHasTime(Exception):
    """The applicant may still answer: closing is open from `closable_from`, None where the regime sets no term."""

    def __init__(self, closable_from: datetime | None) -> None:
        super().__init__(str(closable_from))
        self.closable_from = closable_from


@dataclass(frozen=True, slots=True)
class EndGround:
    """Why the dossier ends, and the provision that lets it (R-6)."""

    reason: str
    basis: str


@transaction.atomic
def stop(
    *, dossier: Dossier, officer: User, ground: EndGround, at: datetime, seen_version: int | None = None
) -> Dossier:
    """Stop the dossier, as the head of the agency, on the ground a provision gives.

    Raises `StaleDossier`, `NotPermitted`, `TransitionRefused`, as does all here.
    """
    dossier, status = begin(
        dossier=dossier, action=Action.STOP, officer=officer, at=at, seen_version=seen_version, related=FORM
    )
    number = _end(dossier, status, ground, officer=officer, at=at)
    events.record(DossierStopped(subject=dossier.reference, document=number), actor=officer, at=at)
    return dossier


@transaction.atomic
def close_unanswered(
    *, dossier: Dossier, officer: User, ground: EndGround, at: datetime, seen_version: int | None = None
) -> Dossier:
    """Close the dossier of an applicant who did not bring what was asked for in time (B step 10).

    Raises also `ApplicantHasTime`.
    """
    action = Action.CLOSE_UNANSWERED
    dossier, status = begin(
        dossier=dossier, action=action, officer=officer, at=at, seen_version=seen_version, related=FORM
    )
    asked = SupplementRequest.objects.get(dossier=dossier, completed_at=None)
    if asked.closable_from is None or at < asked.closable_from:
        raise ApplicantHasTime(asked.closable_from)
    number = _end(dossier, status, ground, officer=officer, at=at)
    events.record(DossierClosedUnanswered(subject=dossier.reference, document=number), actor=officer, at=at)
    return dossier


def _end(dossier: Dossier, status: Status, ground: EndGround, *, officer: User, at: datetime) -> str:
    stage_reached = dossier.get_status_display()
    dossier.status, dossier.closed_at = status, at
    data = {"reason": ground.reason, "basis": ground.basis, "stage": str(stage_reached)}
    issued = issue_form(dossier, PaperKind.STOP_NOTICE, data, officer=officer, at=at)
    Ending.objects.create(dossier=dossier, reason=ground.reason, basis=ground.basis, ended_by=officer, document=issued)
    close_open_parts(dossier, at)
    give_to_nobody(dossier)
    advance(dossier, ["status", "closed_at", *HOLDER])
    return issued.number
