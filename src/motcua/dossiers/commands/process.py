"""The way of an accepted dossier through its internal process (B-29): each act closes a step and opens the next."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import connection, transaction
from django.utils import timezone

from motcua.accounts.facts import grants_of
from motcua.accounts.models import User
from motcua.documents.models import StoredFile
from motcua.dossiers.commands.custody import (
    HOLDER,
    close_step,
    give_to_nobody,
    open_step,
    promise_of,
    spec_after,
    spec_of,
)
from motcua.dossiers.commands.guard import TERMS, StaleDossier, advance, begin
from motcua.dossiers.events import (
    DossierAssigned,
    DossierTransferred,
    ResultIssued,
    ResultProposed,
    ResultReturned,
    ResultSigned,
    ReworkRequested,
)
from motcua.dossiers.models import Dossier, Result
from motcua.kernel import events
from motcua.rules.deadlines import outcome
from motcua.rules.permissions import NotPermitted, Role
from motcua.rules.transitions import Action, TransitionRefused
from motcua.rules.workflow import StepKind

__all__ = ["NotPermitted", "StaleDossier", "TransitionRefused", "assign", "hand_over", "issue", "propose", "sign"]


# Plain SQL, because the digest of the file comes back with the write instead of by a query of its own.
_DRAFTED = """
INSERT INTO dossiers_result AS result (dossier_id, title, file_id, number, received_by) VALUES (%s, %s, %s, '', '')
ON CONFLICT (dossier_id) DO UPDATE
SET title = EXCLUDED.title, file_id = coalesce(EXCLUDED.file_id, result.file_id)
RETURNING coalesce((SELECT sha256 FROM documents_storedfile WHERE id = result.file_id), '')
"""
_SIGNED = """
UPDATE dossiers_result AS result SET signed_by_id = %s, signed_at = %s, signed_file_id = file_id
WHERE dossier_id = %s RETURNING coalesce((SELECT sha256 FROM documents_storedfile WHERE id = result.file_id), '')
"""


class NotAnOfficerThere(Exception):
    """The person the dossier was to be assigned to is no processing officer of the unit that day."""

    def __init__(self, username: str) -> None:
        super().__init__(username)
        self.username = username


class ResultFileMissing(Exception):
    """There is no result file to sign or issue."""


@transaction.atomic
def transfer(*, dossier: Dossier, officer: User, at: datetime, seen_version: int | None = None) -> Dossier:
    """Hand the accepted dossier to the competent agency and start its internal process (B step 7).

    Raises `StaleDossier`, `NotPermitted`, `TransitionRefused`, as do all acts here.
    """
    dossier, status = begin(dossier=dossier, action=Action.TRANSFER, officer=officer, at=at, seen_version=seen_version)
    dossier.status = status
    step = open_step(dossier, spec_after(dossier, None), assignee=None, at=at)
    advance(dossier, ["status", *HOLDER])
    event = DossierTransferred(subject=dossier.reference, to_unit=dossier.competent_unit.code, step=step.code)
    events.record(event, actor=officer, at=at)
    return dossier


@transaction.atomic
def assign(
    *, dossier: Dossier, officer: User, to: User, note: str, at: datetime, seen_version: int | None = None
) -> Dossier:
    """Give the dossier to the processing officer `to`, or from one officer to another; raises also `NotAnOfficerThere`.

    A dossier given on runs its verification step anew, with the step's own time.
    """
    dossier, status = begin(dossier=dossier, action=Action.ASSIGN, officer=officer, at=at, seen_version=seen_version)
    _require_officer(to, dossier, at)
    done = close_step(dossier, by=officer, at=at, note=note)
    is_given_on = done.kind == StepKind.VERIFY
    spec = spec_of(dossier, done.code) if is_given_on else spec_after(dossier, done.code)
    step = open_step(dossier, spec, assignee=to, at=at)
    dossier.status = status
    advance(dossier, ["status", *HOLDER])
    events.record(DossierAssigned(subject=dossier.reference, officer=to.username, step=step.code), actor=officer, at=at)
    return dossier


@dataclass(frozen=True, slots=True)
class Proposal:
    """What the officer lays before the signer: the opinion and the draft result, None when it is drafted on paper."""

    opinion: str
    title: str
    file: StoredFile | None


@transaction.atomic
def propose(
    *, dossier: Dossier, officer: User, proposal: Proposal, at: datetime, seen_version: int | None = None
) -> Dossier:
    """Finish the verification and lay the draft result before the signer."""
    dossier, status = begin(dossier=dossier, action=Action.PROPOSE, officer=officer, at=at, seen_version=seen_version)
    digest = _write_draft(dossier, proposal)
    done = close_step(dossier, by=officer, at=at, note=proposal.opinion)
    open_step(dossier, spec_after(dossier, done.code), assignee=None, at=at)
    dossier.status = status
    advance(dossier, ["status", *HOLDER])
    event = ResultProposed(subject=dossier.reference, step=done.code, file_sha256=digest)
    events.record(event, actor=officer, at=at)
    return dossier


@transaction.atomic
def return_for_rework(
    *, dossier: Dossier, officer: User, reason: str, at: datetime, seen_version: int | None = None
) -> Dossier:
    """Give the dossier back to the officer who verified it, with the reason; to none once their role has ended."""
    action = Action.RETURN_FOR_REWORK
    dossier, status = begin(dossier=dossier, action=action, officer=officer, at=at, seen_version=seen_version)
    close_step(dossier, by=officer, at=at, note=reason)
    last = dossier.steps.filter(kind=StepKind.VERIFY).select_related("finished_by").latest("started_at")
    spec = spec_of(dossier, last.code)
    verifier = last.finished_by
    is_there = verifier is not None and _is_officer(verifier, dossier, at)
    open_step(dossier, spec, assignee=verifier if is_there else None, at=at)
    dossier.status = status
    advance(dossier, ["status", *HOLDER])
    events.record(ReworkRequested(subject=dossier.reference, step=spec.code), actor=officer, at=at)
    return dossier


@transaction.atomic
def sign(*, dossier: Dossier, officer: User, note: str, at: datetime, seen_version: int | None = None) -> Dossier:
    """Sign the result, after the appraisal record only (N); what was signed is kept, whatever is issued later."""
    dossier, status = begin(dossier=dossier, action=Action.SIGN, officer=officer, at=at, seen_version=seen_version)
    digest = _write_result(_SIGNED, [officer.pk, at, dossier.pk])
    done = close_step(dossier, by=officer, at=at, note=note)
    open_step(dossier, spec_after(dossier, done.code), assignee=None, at=at)
    dossier.status = status
    advance(dossier, ["status", *HOLDER])
    event = ResultSigned(subject=dossier.reference, step=done.code, file_sha256=digest)
    events.record(event, actor=officer, at=at)
    return dossier


@dataclass(frozen=True, slots=True)
class Numbering:
    """What the records clerk gives the result: its number and sign, and the stamped file (None: the draft's)."""

    number: str
    file: StoredFile | None


@transaction.atomic
def issue(
    *, dossier: Dossier, officer: User, numbering: Numbering, at: datetime, seen_version: int | None = None
) -> Dossier:
    """Number, stamp and issue the result, and send it to the desk; raises also `ResultFileMissing`."""
    action = Action.ISSUE
    dossier, status = begin(
        dossier=dossier, action=action, officer=officer, at=at, seen_version=seen_version, related=TERMS
    )
    result = Result.objects.select_related("file").get(dossier=dossier)
    result.file = numbering.file or result.file
    if result.file is None:
        raise ResultFileMissing
    result.number, result.issued_on = numbering.number, timezone.localdate(at)
    result.save(update_fields=["file", "number", "issued_on"])
    done = close_step(dossier, by=officer, at=at, note="")
    open_step(dossier, spec_after(dossier, done.code), assignee=None, at=at)
    dossier.status, dossier.finished_at, dossier.action_due_at = status, at, None
    advance(dossier, ["status", "finished_at", *HOLDER])
    said = outcome(at, dossier.due_at, promise_of(dossier)).value if dossier.due_at else ""
    event = ResultIssued(subject=dossier.reference, outcome=said, file_sha256=result.file.sha256)
    events.record(event, actor=officer, at=at)
    return dossier


@transaction.atomic
def hand_over(
    *, dossier: Dossier, officer: User, received_by: str, at: datetime, seen_version: int | None = None
) -> Dossier:
    """Give the result to the applicant or whoever they sent; the dossier is closed (B step 16)."""
    dossier, status = begin(dossier=dossier, action=Action.HAND_OVER, officer=officer, at=at, seen_version=seen_version)
    Result.objects.filter(dossier=dossier).update(received_by=received_by[:150])
    close_step(dossier, by=officer, at=at, note="")
    give_to_nobody(dossier)
    dossier.status, dossier.closed_at = status, at
    advance(dossier, ["status", "closed_at", *HOLDER])
    events.record(ResultReturned(subject=dossier.reference, channel=dossier.return_channel), actor=officer, at=at)
    return dossier


def _write_draft(dossier: Dossier, proposal: Proposal) -> str:
    """Write the draft result, or the next one after a rework, and return the digest of its file, empty for none.

    A proposal without a file keeps the file of the last.
    """
    return _write_result(_DRAFTED, [dossier.pk, proposal.title, proposal.file.pk if proposal.file else None])


def _write_result(sql: str, values: Sequence[int | str | datetime | None]) -> str:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        row = cursor.fetchone()
    if row is None:
        raise Result.DoesNotExist
    return str(row[0])


def _require_officer(person: User, dossier: Dossier, at: datetime) -> None:
    if not _is_officer(person, dossier, at):
        raise NotAnOfficerThere(person.username)


def _is_officer(person: User, dossier: Dossier, at: datetime) -> bool:
    return any(
        grant.role is Role.PROCESSING_OFFICER and grant.unit_id == dossier.competent_unit_id
        for grant in grants_of(person, timezone.localdate(at))
    )
