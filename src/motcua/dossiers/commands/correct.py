"""Put a wrong result right at the agency's own cost, within three working days (B-23)."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from motcua.accounts.models import User
from motcua.documents.models import StoredFile
from motcua.dossiers.commands.custody import HOLDER, calendar_of, open_step, spec_of_kind
from motcua.dossiers.commands.guard import StaleDossier, advance, begin
from motcua.dossiers.commands.linked_legs import renew_papers
from motcua.dossiers.commands.linked_whole import lock_whole
from motcua.dossiers.events import ResultCorrected, ResultErrorReported
from motcua.dossiers.models import Correction, Dossier, Result
from motcua.kernel import events
from motcua.rules.deadlines import due_at, due_soon_from
from motcua.rules.permissions import NotPermitted, Role
from motcua.rules.time_limits import LimitUnit, TimeLimit
from motcua.rules.transitions import Action, TransitionRefused
from motcua.rules.workflow import StepKind

__all__ = ["NotPermitted", "StaleDossier", "TransitionRefused", "correct", "report_error"]

CORRECT_WITHIN = TimeLimit(Decimal(3), LimitUnit.WORKING_DAY)
"""B-23: Decree 118/2025 Art 23; before it no term was set, and this one is kept as the standard of the house."""


@transaction.atomic
def report_error(
    *, dossier: Dossier, officer: User, error: str, at: datetime, seen_version: int | None = None
) -> Dossier:
    """Write down what is wrong with a result; the signer has three working days to put it right.

    Raises `StaleDossier`, `NotPermitted`, `TransitionRefused`, as does all here.
    """
    action = Action.REPORT_ERROR
    dossier, status = begin(dossier=dossier, action=action, officer=officer, at=at, seen_version=seen_version)
    result = Result.objects.get(dossier=dossier)
    calendar = calendar_of(dossier.competent_unit, at)
    due = due_at(timezone.localtime(at), CORRECT_WITHIN, calendar)
    Correction.objects.create(
        dossier=dossier,
        error=error,
        reported_by=officer,
        reported_at=at,
        due_at=due,
        wrong_number=result.number,
        wrong_file=result.file,
    )
    dossier.steps.filter(finished_at=None).update(finished_at=at, finished_by=officer)
    dossier.status, dossier.closed_at = status, None
    dossier.holder_unit, dossier.holder_role = dossier.competent_unit, Role.SIGNER.value
    dossier.assignee, dossier.action_due_at = None, due
    dossier.warn_at = due_soon_from(at, due, calendar)
    advance(dossier, ["status", "closed_at", *HOLDER])
    events.record(ResultErrorReported(subject=dossier.reference, due_at=due), actor=officer, at=at)
    return dossier


@dataclass(frozen=True, slots=True)
class RightResult:
    """The result as it should have been: its number and its signed, stamped file."""

    number: str
    file: StoredFile


@transaction.atomic
def correct(
    *, dossier: Dossier, officer: User, right: RightResult, at: datetime, seen_version: int | None = None
) -> Dossier:
    """Sign and issue the right result; the desk returns it. The wrong one stays on record.

    Legs of a linked application that are under way and were given the wrong one as a paper have the right one.
    """
    action = Action.CORRECT
    whole = lock_whole(dossier)
    dossier, status = begin(dossier=dossier, action=action, officer=officer, at=at, seen_version=seen_version)
    under_way = Correction.objects.get(dossier=dossier, corrected_at=None)
    under_way.corrected_at, under_way.corrected_by = at, officer
    under_way.save(update_fields=["corrected_at", "corrected_by"])
    Result.objects.filter(dossier=dossier).update(
        number=right.number,
        file=right.file,
        signed_file=right.file,
        signed_by=officer,
        signed_at=at,
        issued_on=timezone.localdate(at),
        received_by="",
        sent_by_post_no="",
    )
    open_step(dossier, spec_of_kind(dossier, StepKind.RETURN), assignee=None, at=at)
    dossier.status, dossier.action_due_at, dossier.warn_at = status, None, None
    advance(dossier, ["status", *HOLDER])
    if whole is not None and under_way.wrong_file is not None:
        renew_papers(dossier, under_way.wrong_file, right.file, number=right.number, officer=officer, at=at)
    event = ResultCorrected(subject=dossier.reference, file_sha256=right.file.sha256)
    events.record(event, actor=officer, at=at)
    return dossier
