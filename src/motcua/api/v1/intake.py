"""What the reception desk decides: accept, ask for more, decline, pass on, hand over."""

from django.http import HttpResponse
from ninja import Router
from pydantic import Field

from motcua.api.auth import AskedByOfficer, OfficerToken
from motcua.api.shapes import Given, Position, Text, Words
from motcua.api.v1.acting import Moved, acted
from motcua.api.writing import ACTING
from motcua.dossiers.commands import intake, process
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
    """Everything that is asked for, at once, and why; the applicant reads these words."""

    reason: Words = Field(max_length=2000)
    papers: list[Wanted]


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
    return acted(
        request,
        code,
        lambda dossier, officer, seen: intake.request_intake_supplement(
            dossier=dossier,
            officer=officer.user,
            items=items,
            reason=payload.reason,
            at=officer.at,
            seen_version=seen,
        ),
        said=payload,
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
        lambda dossier, officer, seen: process.hand_over(
            dossier=dossier,
            officer=officer.user,
            received_by=payload.received_by,
            at=officer.at,
            seen_version=seen,
        ),
        said=payload,
    )
