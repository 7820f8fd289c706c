"""What the reception desk decides: accept, ask for more, decline, pass on, hand over."""

from django.http import HttpResponse
from ninja import Body, File, Router
from ninja.files import UploadedFile
from pydantic import Field

from motcua.api.auth import AskedByOfficer, Officer, OfficerToken
from motcua.api.shapes import Given, Position, Text, Words
from motcua.api.v1.acting import NO_SCANS, Moved, acted, require_scans, stored
from motcua.api.writing import ACTING
from motcua.dossiers.commands import intake, process, return_result
from motcua.dossiers.commands.supplement import Brought, receive_supplement
from motcua.dossiers.commands.withdraw import record_withdrawal
from motcua.rules.papers import CheckState, DeclineGround

router = Router(tags=["Acts of officials"], auth=OfficerToken())


class PaperCheckGiven(Given):
    """What the officer found of one paper; counts are of what was handed in on paper."""

    position: Position
    state: CheckState
    originals_count: int = Field(0, ge=0, le=99)
    copies_count: int = Field(0, ge=0, le=99)
    note: Text = Field("", max_length=300)


class Acceptance(Given):
    """The check of every paper of the closed list."""

    papers: list[PaperCheckGiven]


class Wanted(Given):
    """What to add to or mend in one paper of the closed list."""

    position: Position
    note: Words = Field(max_length=300)


class SupplementAsked(Given):
    """Everything that is asked for, at once, and why; the applicant reads these words.

    `basis` cites the provision that orders asking once more; without one the desk asks only once.
    """

    reason: Words = Field(max_length=2000)
    basis: Text = Field("", max_length=300)
    papers: list[Wanted]


class BroughtGiven(Given):
    """What was brought of one paper asked for: sheets, which of the `scans` shows it, or why there is none."""

    position: Position
    originals_count: int = Field(0, ge=0, le=99)
    copies_count: int = Field(0, ge=0, le=99)
    scan: int | None = Field(None, ge=1, le=99, description="Counted from 1.")
    absence_reason: Text = Field("", max_length=300)


class SupplementGiven(Given):
    """What somebody brought of the papers asked for; what the applicant answered online before need not be here."""

    papers: list[BroughtGiven]


class WithdrawalGiven(Given):
    """Why the applicant takes the dossier back, in their own words."""

    reason: Words = Field(max_length=2000)


class Declining(Given):
    """The ground, the provision it rests on, and the case in plain words."""

    ground: DeclineGround
    citation: Words = Field(max_length=300)
    reason: Words = Field(max_length=2000)


class HandOver(Given):
    """Who took the result: the applicant, or somebody they sent."""

    received_by: Words = Field(max_length=150)


@router.post("/{code}/acceptance", response=Moved, openapi_extra=ACTING)
def accept(request: AskedByOfficer, code: str, payload: Acceptance) -> HttpResponse:
    """Accept: the dossier gets its national code, its due moment with the derivation, and form 01."""
    checks = {
        paper.position: intake.PaperCheck(
            state=paper.state,
            originals_count=paper.originals_count,
            copies_count=paper.copies_count,
            note=paper.note,
        )
        for paper in payload.papers
    }
    return acted(
        request,
        code,
        lambda dossier, officer, seen: intake.accept(
            dossier=dossier, officer=officer.user, checks=checks, at=officer.at, seen_version=seen
        ),
        said=payload,
    )


@router.post("/{code}/supplement-request", response=Moved, openapi_extra=ACTING)
def request_supplement(request: AskedByOfficer, code: str, payload: SupplementAsked) -> HttpResponse:
    """Ask for what is missing or wrong, once and completely, before acceptance (form 02)."""
    items = {paper.position: paper.note for paper in payload.papers}
    asking = intake.Asking(items, payload.reason, payload.basis)
    return acted(
        request,
        code,
        lambda dossier, officer, seen: intake.request_intake_supplement(
            dossier=dossier,
            officer=officer.user,
            asking=asking,
            at=officer.at,
            seen_version=seen,
        ),
        said=payload,
    )


@router.post("/{code}/supplement", response=Moved, openapi_extra=ACTING)
def take_supplement(
    request: AskedByOfficer,
    code: str,
    supplement: Body[SupplementGiven],
    scans: File[list[UploadedFile]] = NO_SCANS,
) -> HttpResponse:
    """Take at the counter what was asked for: a form with the part `supplement` in JSON, and the scans.

    Each paper asked for needs sheets, a scan or a reason for none; the desk then answers within eight working hours.
    """
    require_scans([paper.scan for paper in supplement.papers], len(scans), prefix="supplement.papers.")
    return acted(
        request,
        code,
        lambda dossier, officer, seen: receive_supplement(
            dossier=dossier,
            officer=officer.user,
            brought={paper.position: _brought(paper, scans, officer) for paper in supplement.papers},
            at=officer.at,
            seen_version=seen,
        ),
        said=supplement,
        files=scans,
    )


@router.post("/{code}/declining", response=Moved, openapi_extra=ACTING)
def decline(request: AskedByOfficer, code: str, payload: Declining) -> HttpResponse:
    """Decline the dossier with a legal ground (form 03)."""
    refusal = intake.Refusal(payload.ground, payload.citation, payload.reason)
    return acted(
        request,
        code,
        lambda dossier, officer, seen: intake.decline(
            dossier=dossier, officer=officer.user, refusal=refusal, at=officer.at, seen_version=seen
        ),
        said=payload,
    )


@router.post("/{code}/transfer", response=Moved, openapi_extra=ACTING)
def transfer(request: AskedByOfficer, code: str) -> HttpResponse:
    """Hand the accepted dossier to the competent unit, where its internal process begins."""
    return acted(
        request,
        code,
        lambda dossier, officer, seen: process.transfer(
            dossier=dossier, officer=officer.user, at=officer.at, seen_version=seen
        ),
    )


@router.post("/{code}/hand-over", response=Moved, openapi_extra=ACTING)
def hand_over(request: AskedByOfficer, code: str, payload: HandOver) -> HttpResponse:
    """Give the result to the applicant; the dossier is closed."""
    return acted(
        request,
        code,
        lambda dossier, officer, seen: return_result.hand_over(
            dossier=dossier,
            officer=officer.user,
            received_by=payload.received_by,
            at=officer.at,
            seen_version=seen,
        ),
        said=payload,
    )


@router.post("/{code}/withdrawal", response=Moved, openapi_extra=ACTING)
def withdraw_for_applicant(request: AskedByOfficer, code: str, payload: WithdrawalGiven) -> HttpResponse:
    """Take the application back for the applicant who asks the desk to, possible until the result is signed."""
    return acted(
        request,
        code,
        lambda dossier, officer, seen: record_withdrawal(
            dossier=dossier, officer=officer.user, reason=payload.reason, at=officer.at, seen_version=seen
        ),
        said=payload,
    )


def _brought(given: BroughtGiven, scans: list[UploadedFile], officer: Officer) -> Brought:
    return Brought(
        originals_count=given.originals_count,
        copies_count=given.copies_count,
        file=stored(scans[given.scan - 1], officer) if given.scan else None,
        absence_reason=given.absence_reason,
    )
