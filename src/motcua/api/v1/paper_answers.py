"""Work on paper: entering what a desk did besides accepting: declined, asked for papers, gave out a result (B-25)."""

from django.http import HttpResponse
from ninja import Router
from pydantic import Field

from motcua.api.auth import AskedByOfficer, Officer, OfficerToken
from motcua.api.forms import person_of
from motcua.api.shapes import Given, Words
from motcua.api.v1.acting import Moved, acted, moved
from motcua.api.v1.intake import Declining, Wanted
from motcua.api.v1.own_shapes import PersonGiven
from motcua.api.v1.paper_mode import (
    ApplicationGiven,
    PastMoment,
    entry_key,
    filing_of,
    offering_of,
    slot_of,
)
from motcua.api.writing import ACTING, CREATING, created, written
from motcua.dossiers.commands.enter_answer import PaperAnswer, enter_asking, enter_decline
from motcua.dossiers.commands.file_at_counter import CounterFiling
from motcua.dossiers.commands.intake import Asking, Refusal
from motcua.dossiers.commands.return_result import GivenOnPaper, enter_hand_over
from motcua.dossiers.models import Dossier

kits = Router(tags=["Paper mode"], auth=OfficerToken())
dossiers = Router(tags=["Acts of officials"], auth=OfficerToken())


class PaperDecliningGiven(Declining):
    """What form 03 says that was written by hand; `submitted_at` null: as declined."""

    procedure: Words = Field(max_length=40)
    applicant: PersonGiven
    declined_at: PastMoment
    submitted_at: PastMoment | None = None


class PaperAskingGiven(ApplicationGiven):
    """What form 02 says that was written by hand, and the application it is about; `submitted_at` null: as asked."""

    reason: Words = Field(max_length=2000)
    wanted: list[Wanted]
    asked_at: PastMoment
    submitted_at: PastMoment | None = None


class HandedOutGiven(Given):
    """Who took the result at the desk while the system was down, and when."""

    received_by: Words = Field(max_length=150)
    given_at: PastMoment


@kits.post("/paper-kits/{code}/numbers/{number}/declining", response={201: Moved}, openapi_extra=CREATING)
def enter_paper_decline(request: AskedByOfficer, code: str, number: int, payload: PaperDecliningGiven) -> HttpResponse:
    """Enter an application that was declined on paper (form 03) under that number, with its original moment.

    The same Idempotency-Key enters the same dossier; a number is entered once.
    """
    officer, key = request.auth, entry_key(request)
    slot = slot_of(officer, code, number)

    def entered() -> Moved:
        submitted_at = payload.submitted_at or payload.declined_at
        came = CounterFiling(key, person_of(payload.applicant.model_dump(), prefix="applicant."))
        dossier = enter_decline(
            slot=slot,
            offering=offering_of(slot, payload.procedure, submitted_at),
            answer=PaperAnswer(came, submitted_at, payload.declined_at),
            refusal=Refusal(payload.ground, payload.citation, payload.reason),
            officer=officer.user,
            at=officer.at,
        )
        return moved(dossier)

    return created(written(request, officer, entered, said=payload, status=201), "/api/v1/work/dossiers/")


@kits.post("/paper-kits/{code}/numbers/{number}/supplement-request", response={201: Moved}, openapi_extra=CREATING)
def enter_paper_asking(request: AskedByOfficer, code: str, number: int, payload: PaperAskingGiven) -> HttpResponse:
    """Enter papers that were asked for on paper (form 02) under that number, with their original moment.

    The same Idempotency-Key enters the same dossier; a number is entered once.
    """
    officer, key = request.auth, entry_key(request)
    slot = slot_of(officer, code, number)

    def entered() -> Moved:
        submitted_at = payload.submitted_at or payload.asked_at
        offering = offering_of(slot, payload.procedure, submitted_at)
        filing = filing_of(offering, payload, submitted_at, key)
        dossier = enter_asking(
            slot=slot,
            offering=offering,
            answer=PaperAnswer(filing, submitted_at, payload.asked_at),
            asking=Asking({paper.position: paper.note for paper in payload.wanted}, payload.reason),
            officer=officer.user,
            at=officer.at,
        )
        return moved(dossier)

    return created(written(request, officer, entered, said=payload, status=201), "/api/v1/work/dossiers/")


@dossiers.post("/{code}/paper-hand-over", response=Moved, openapi_extra=ACTING)
def enter_paper_hand_over(request: AskedByOfficer, code: str, payload: HandedOutGiven) -> HttpResponse:
    """Enter that a result was given out on paper while the system was down; the dossier is closed as of then."""
    given = GivenOnPaper(payload.received_by, payload.given_at)

    def perform(dossier: Dossier, officer: Officer, seen: int | None) -> Dossier:
        return enter_hand_over(dossier=dossier, officer=officer.user, given=given, at=officer.at, seen_version=seen)

    return acted(request, code, perform, said=payload)
