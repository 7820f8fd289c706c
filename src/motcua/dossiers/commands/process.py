"""The way of an accepted dossier through its internal process (B-29): each act closes a step and opens the next."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import connection, transaction
from django.utils import timezone

from motcua.accounts.models import User
from motcua.documents.models import StoredFile
from motcua.dossiers.commands.custody import (
    HOLDER,
    Onward,
    calendars_of,
    close_step,
    first_spec,
    go_on,
    is_officer,
    open_step,
    promise_of,
    reopen_verification,
    spec_of,
)
from motcua.dossiers.commands.guard import TERMS, StaleDossier, advance, begin
from motcua.dossiers.commands.irregular import note_irregularity
from motcua.dossiers.commands.promise import PROMISE, begin_anew
from motcua.dossiers.events import (
    DossierAssigned,
    DossierTransferred,
    RefusalIssued,
    RefusalProposed,
    ResultIssued,
    ResultProposed,
    ResultSigned,
    ReworkRequested,
)
from motcua.dossiers.models import Dossier, Result, Step
from motcua.kernel import events
from motcua.kernel.compiled import CompiledQuery
from motcua.kernel.rows import update_row
from motcua.rules.deadlines import outcome, transfer_due
from motcua.rules.irregularities import Irregularity
from motcua.rules.permissions import NotPermitted
from motcua.rules.promises import Beginning, PromiseCause
from motcua.rules.transitions import Action, TransitionRefused
from motcua.rules.workflow import StepKind
from motcua.rules.workflow_course import LegsAwaited, WayNotOpen
from motcua.rules.working_time import WorkingCalendar

__all__ = [
    "LegsAwaited",
    "NotPermitted",
    "StaleDossier",
    "TransitionRefused",
    "WayNotOpen",
    "assign",
    "issue",
    "propose",
    "sign",
    "transfer",
]


# Plain SQL, because the digest of the file comes back with the write instead of by a query of its own.
_DRAFTED = """
INSERT INTO dossiers_result AS result (dossier_id, title, file_id, refusal_basis, number, received_by, sent_by_post_no)
VALUES (%s, %s, %s, %s, '', '', '')
ON CONFLICT (dossier_id) DO UPDATE
SET title = EXCLUDED.title, file_id = coalesce(EXCLUDED.file_id, result.file_id), refusal_basis = EXCLUDED.refusal_basis
RETURNING coalesce((SELECT sha256 FROM documents_storedfile WHERE id = result.file_id), '')
"""
_SIGNED = """
UPDATE dossiers_result AS result SET signed_by_id = %s, signed_at = %s, signed_file_id = file_id
WHERE dossier_id = %s RETURNING coalesce((SELECT sha256 FROM documents_storedfile WHERE id = result.file_id), '')
"""

_RESULTS = CompiledQuery(Result.objects.select_related("file"), by="dossier")


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

    Where the regime counts from the agency's receipt the limit starts now, but what was promised is not shortened
    (B-12, L-08). A transfer later than the law allows is kept as an irregularity (L-09, R-7). Raises `StaleDossier`,
    `NotPermitted`, `TransitionRefused`, as do all acts here.
    """
    action = Action.TRANSFER
    dossier, status = begin(
        dossier=dossier, action=action, officer=officer, at=at, seen_version=seen_version, related=TERMS
    )
    dossier.status = status
    step = give_to_agency(dossier, officer, at)
    advance(dossier, ["status", *PROMISE, *HOLDER])
    event = DossierTransferred(subject=dossier.reference, to_unit=dossier.competent_unit.code, step=step.code)
    events.record(event, actor=officer, at=at)
    return dossier


def give_to_agency(dossier: Dossier, officer: User, at: datetime) -> Step:
    """Start the internal process of an accepted dossier at `at`, without saving it, and return its first step."""
    calendars = calendars_of((dossier.receiving_unit, dossier.competent_unit), at)
    _note_late_transfer(dossier, calendars[dossier.receiving_unit_id], officer, at)
    if dossier.counted_because == Beginning.EXPECTED_AT_AGENCY:
        begin_anew(dossier, Beginning.RECEIVED_BY_AGENCY, PromiseCause.AGENCY_RECEIPT, at)
    return open_step(dossier, first_spec(dossier), assignee=None, at=at, calendars=calendars)


@dataclass(frozen=True, slots=True)
class Giving:
    """Into whose hands the dossier goes, with what words, and which way when the process leaves a choice.

    `way` holds the words of the way that is taken, empty where there is one.
    """

    to: User
    note: str = ""
    way: str = ""


@transaction.atomic
def assign(
    *, dossier: Dossier, officer: User, giving: Giving, at: datetime, seen_version: int | None = None
) -> Dossier:
    """Give the dossier to a processing officer, or from one officer to another.

    A dossier given on runs its verification step anew, with the step's own time. Raises also `NotAnOfficerThere`,
    `WayNotOpen`.
    """
    dossier, status = begin(dossier=dossier, action=Action.ASSIGN, officer=officer, at=at, seen_version=seen_version)
    require_officer(giving.to, dossier, at)
    done = close_step(dossier, by=officer, at=at, note=giving.note)
    if done.kind == StepKind.VERIFY:
        steps = [open_step(dossier, spec_of(dossier, done.code), assignee=giving.to, at=at)]
    else:
        steps = go_on(dossier, done, Onward(Action.ASSIGN, giving.way, giving.to), at)
    dossier.status = status
    advance(dossier, ["status", *HOLDER])
    event = DossierAssigned(
        subject=dossier.reference, officer=giving.to.username, step=steps[0].code, legs=legs_begun(steps)
    )
    events.record(event, actor=officer, at=at)
    return dossier


def legs_begun(steps: Sequence[Step]) -> tuple[str, ...]:
    """Return the codes of those of `steps` that begin a leg beside the leading way."""
    return tuple(step.code for step in steps if step.code == step.leg)


@dataclass(frozen=True, slots=True)
class Proposal:
    """What the officer lays before the signer: the opinion and the draft result, None when it is drafted on paper.

    `refusal_basis` is the provision a refusal rests on (R-6); empty for a result that grants what was asked. `way`
    holds the words of the way that is taken, where the process leaves a choice.
    """

    opinion: str
    title: str
    file: StoredFile | None
    refusal_basis: str = ""
    way: str = ""

    @property
    def action(self) -> Action:
        """The act the proposal is."""
        return Action.PROPOSE_REFUSAL if self.refusal_basis else Action.PROPOSE


@transaction.atomic
def propose(
    *, dossier: Dossier, officer: User, proposal: Proposal, at: datetime, seen_version: int | None = None
) -> Dossier:
    """Finish the verification and lay the draft result, or refusal, before whoever approves or signs it (B step 12).

    Raises also `WayNotOpen`, and `LegsAwaited` while parallel legs are not finished.
    """
    action = proposal.action
    dossier, status = begin(dossier=dossier, action=action, officer=officer, at=at, seen_version=seen_version)
    digest = _write_draft(dossier, proposal)
    done = close_step(dossier, by=officer, at=at, note=proposal.opinion)
    go_on(dossier, done, Onward(action, proposal.way), at)
    dossier.status = status
    advance(dossier, ["status", *HOLDER])
    what = RefusalProposed if proposal.refusal_basis else ResultProposed
    event = what(subject=dossier.reference, step=done.code, file_sha256=digest)
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
    step = reopen_verification(dossier, at)
    dossier.status = status
    advance(dossier, ["status", *HOLDER])
    events.record(ReworkRequested(subject=dossier.reference, step=step.code), actor=officer, at=at)
    return dossier


@transaction.atomic
def sign(*, dossier: Dossier, officer: User, note: str, at: datetime, seen_version: int | None = None) -> Dossier:
    """Sign the result, after the appraisal record only (N); what was signed is kept, whatever is issued later."""
    dossier, status = begin(dossier=dossier, action=Action.SIGN, officer=officer, at=at, seen_version=seen_version)
    digest = _write_result(_SIGNED, [officer.pk, at, dossier.pk])
    done = close_step(dossier, by=officer, at=at, note=note)
    go_on(dossier, done, Onward(Action.SIGN), at)
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
    """Number, stamp and issue the result or the refusal, and send it to the desk; raises also `ResultFileMissing`."""
    result = _RESULTS.find(dossier.pk)
    action = Action.ISSUE_REFUSAL if result is not None and result.is_refusal else Action.ISSUE
    dossier, status = begin(
        dossier=dossier, action=action, officer=officer, at=at, seen_version=seen_version, related=TERMS
    )
    if result is None:
        raise ResultFileMissing
    result.file = numbering.file or result.file
    if result.file is None:
        raise ResultFileMissing
    result.number, result.issued_on = numbering.number, timezone.localdate(at)
    update_row(result, ["file", "number", "issued_on"])
    done = close_step(dossier, by=officer, at=at, note="")
    go_on(dossier, done, Onward(action), at)
    dossier.status, dossier.finished_at = status, at
    dossier.action_due_at = dossier.warn_at = None
    advance(dossier, ["status", "finished_at", *HOLDER])
    said = outcome(at, dossier.due_at, promise_of(dossier)).value if dossier.due_at else ""
    what = RefusalIssued if result.is_refusal else ResultIssued
    event = what(subject=dossier.reference, outcome=said, file_sha256=result.file.sha256)
    events.record(event, actor=officer, at=at)
    return dossier


def _note_late_transfer(dossier: Dossier, desk: WorkingCalendar, officer: User, at: datetime) -> None:
    if dossier.accepted_at is None:
        return
    accepted = timezone.localtime(dossier.accepted_at)
    if at > transfer_due(accepted, desk):
        note_irregularity(dossier, Irregularity.LATE_TRANSFER, by=officer, at=at)


def _write_draft(dossier: Dossier, proposal: Proposal) -> str:
    """Write the draft result, or the next one after a rework, and return the digest of its file, empty for none.

    A proposal without a file keeps the file of the last.
    """
    return _write_result(
        _DRAFTED,
        [
            dossier.pk,
            proposal.title,
            proposal.file.pk if proposal.file else None,
            proposal.refusal_basis,
        ],
    )


def _write_result(sql: str, values: Sequence[int | str | datetime | None]) -> str:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        row = cursor.fetchone()
    if row is None:
        raise Result.DoesNotExist
    return str(row[0])


def require_officer(person: User, dossier: Dossier, at: datetime) -> None:
    """Raise `NotAnOfficerThere` unless the dossier can be given to `person` on the day of `at`."""
    if not is_officer(person, dossier, at):
        raise NotAnOfficerThere(person.username)
