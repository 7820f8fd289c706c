"""What happens on the way to a decision: guidance, papers, minutes, opinions, money, a refusal proposed."""

from datetime import datetime

from django.http import Http404, HttpResponse
from ninja import File, Form, Router
from ninja.files import UploadedFile
from pydantic import AwareDatetime, Field

from motcua.api.auth import AskedByOfficer, Officer, OfficerToken
from motcua.api.shapes import Given, Text, Words
from motcua.api.v1.acting import Moved, acted, stored
from motcua.api.v1.intake import Wanted
from motcua.api.writing import ACTING
from motcua.dossiers.commands import consult as consulting
from motcua.dossiers.commands import financial, note, process
from motcua.dossiers.commands import request_supplement as asking
from motcua.dossiers.models import Consultation, Dossier
from motcua.organisations.models import Unit
from motcua.organisations.queries import unit_by_code
from motcua.rules.permissions import ROLE_FOR
from motcua.rules.transitions import Action

router = Router(tags=["Acts of officials"], auth=OfficerToken())


class Guidance(Given):
    """What the applicant should do, before the desk decides."""

    text: Words = Field(max_length=2000)


class LaterSupplement(Given):
    """What is missing or wrong in an accepted dossier."""

    reason: Words = Field(max_length=2000)
    papers: list[Wanted]


class MinutesGiven(Given):
    """When, where and with whom the check was made, and what it found; the signed minutes go with it as `file`."""

    began_at: AwareDatetime
    place: Words = Field(max_length=300)
    participants: Words = Field(max_length=2000)
    findings: Words = Field(max_length=5000)


class QuestionGiven(Given):
    """Whom to ask, by the unit's code, what, and how many working days they have."""

    unit: Words = Field(max_length=64)
    question: Words = Field(max_length=5000)
    days: int = Field(ge=1, le=60)


class OpinionGiven(Given):
    """The opinion of the unit that was asked; its letter goes with it as `file`."""

    text: Words = Field(max_length=5000)


class GoingOn(Given):
    """Why the officer goes on without the answer."""

    note: Words = Field(max_length=2000)


class ObligationGiven(Given):
    """What the applicant has to pay: the provision, the number of the notice, whole dong."""

    basis: Words = Field(max_length=300)
    notice_no: Words = Field(max_length=100)
    amount_vnd: int = Field(ge=1, lt=10**15)


class Settlement(Given):
    """What shows that it was paid."""

    proof: Words = Field(max_length=200)


class RefusalProposal(Given):
    """The provision a refusal rests on, the opinion, the title of the letter; its draft goes with it as `file`.

    `way` holds the words of the way that is taken, where the process leaves a choice.
    """

    basis: Words = Field(max_length=300)
    opinion: Words = Field(max_length=5000)
    title: Words = Field(max_length=300)
    way: Text = Field("", max_length=200)


@router.post("/{code}/guidance", response=Moved, openapi_extra=ACTING)
def guide(request: AskedByOfficer, code: str, payload: Guidance) -> HttpResponse:
    """Tell the applicant what to do, before the desk decides; the dossier stays where it is."""

    def perform(dossier: Dossier, officer: Officer, seen: int | None) -> Dossier:
        return note.guide(dossier=dossier, officer=officer.user, text=payload.text, at=officer.at, seen_version=seen)

    return acted(request, code, perform, said=payload)


@router.post("/{code}/later-supplement-request", response=Moved, openapi_extra=ACTING)
def request_later_supplement(request: AskedByOfficer, code: str, payload: LaterSupplement) -> HttpResponse:
    """Ask for papers once after acceptance (form 02); the limit starts anew when they are there."""

    def perform(dossier: Dossier, officer: Officer, seen: int | None) -> Dossier:
        return asking.request_supplement(
            dossier=dossier, officer=officer.user, asking=_asking(payload), at=officer.at, seen_version=seen
        )

    return acted(request, code, perform, said=payload)


@router.post("/{code}/supplement-override", response=Moved, openapi_extra=ACTING)
def override_supplement(request: AskedByOfficer, code: str, payload: LaterSupplement) -> HttpResponse:
    """Ask a second time, as the head of the agency; it is recorded as a finding (F10)."""

    def perform(dossier: Dossier, officer: Officer, seen: int | None) -> Dossier:
        return asking.override_supplement(
            dossier=dossier, officer=officer.user, asking=_asking(payload), at=officer.at, seen_version=seen
        )

    return acted(request, code, perform, said=payload)


@router.post("/{code}/verification", response=Moved, openapi_extra=ACTING)
def record_verification(
    request: AskedByOfficer, code: str, payload: Form[MinutesGiven], file: File[UploadedFile | None] = None
) -> HttpResponse:
    """Keep the minutes of a check on the spot."""

    def perform(dossier: Dossier, officer: Officer, seen: int | None) -> Dossier:
        began_at: datetime = payload.began_at
        minutes = note.Minutes(
            began_at, payload.place, payload.participants, payload.findings, file=stored(file, officer)
        )
        return note.record_verification(
            dossier=dossier, officer=officer.user, minutes=minutes, at=officer.at, seen_version=seen
        )

    return acted(request, code, perform, said=payload, files=[file])


@router.post("/{code}/consultation", response=Moved, openapi_extra=ACTING)
def consult(request: AskedByOfficer, code: str, payload: QuestionGiven) -> HttpResponse:
    """Ask another unit for its opinion; the promise to the applicant stays."""

    def perform(dossier: Dossier, officer: Officer, seen: int | None) -> Dossier:
        question = consulting.Question(_unit(payload.unit), payload.question, payload.days)
        return consulting.consult(
            dossier=dossier, officer=officer.user, question=question, at=officer.at, seen_version=seen
        )

    return acted(request, code, perform, said=payload)


@router.post("/{code}/opinion", response=Moved, openapi_extra=ACTING)
def answer_consultation(
    request: AskedByOfficer, code: str, payload: Form[OpinionGiven], file: File[UploadedFile | None] = None
) -> HttpResponse:
    """Answer for the caller's unit, the most urgent question first; 404 when nothing is asked of it."""

    def perform(dossier: Dossier, officer: Officer, seen: int | None) -> Dossier:
        opinion = consulting.Opinion(payload.text, stored(file, officer))
        return consulting.answer_consultation(
            consultation=_asked_of(dossier, officer),
            officer=officer.user,
            opinion=opinion,
            at=officer.at,
            seen_version=seen,
        )

    return acted(request, code, perform, said=payload, files=[file])


@router.post("/{code}/going-on", response=Moved, openapi_extra=ACTING)
def go_on_unanswered(request: AskedByOfficer, code: str, payload: GoingOn) -> HttpResponse:
    """Go on without the answers whose term is over."""

    def perform(dossier: Dossier, officer: Officer, seen: int | None) -> Dossier:
        return consulting.go_on_unanswered(
            dossier=dossier, officer=officer.user, note=payload.note, at=officer.at, seen_version=seen
        )

    return acted(request, code, perform, said=payload)


@router.post("/{code}/financial-obligation", response=Moved, openapi_extra=ACTING)
def await_financial(request: AskedByOfficer, code: str, payload: ObligationGiven) -> HttpResponse:
    """Tell the applicant what to pay, and wait for it."""

    def perform(dossier: Dossier, officer: Officer, seen: int | None) -> Dossier:
        owed = financial.Obligation(payload.basis, payload.notice_no, payload.amount_vnd)
        return financial.await_financial(
            dossier=dossier, officer=officer.user, obligation=owed, at=officer.at, seen_version=seen
        )

    return acted(request, code, perform, said=payload)


@router.post("/{code}/settlement", response=Moved, openapi_extra=ACTING)
def settle_financial(request: AskedByOfficer, code: str, payload: Settlement) -> HttpResponse:
    """Take the proof of payment at the desk; the agency goes on."""

    def perform(dossier: Dossier, officer: Officer, seen: int | None) -> Dossier:
        return financial.settle_financial(
            dossier=dossier, officer=officer.user, proof=payload.proof, at=officer.at, seen_version=seen
        )

    return acted(request, code, perform, said=payload)


@router.post("/{code}/refusal-proposal", response=Moved, openapi_extra=ACTING)
def propose_refusal(
    request: AskedByOfficer, code: str, payload: Form[RefusalProposal], file: File[UploadedFile | None] = None
) -> HttpResponse:
    """Lay a draft refusal before the signer, with the provision it rests on."""

    def perform(dossier: Dossier, officer: Officer, seen: int | None) -> Dossier:
        draft = stored(file, officer)
        proposal = process.Proposal(payload.opinion, payload.title, draft, refusal_basis=payload.basis, way=payload.way)
        return process.propose(
            dossier=dossier, officer=officer.user, proposal=proposal, at=officer.at, seen_version=seen
        )

    return acted(request, code, perform, said=payload, files=[file])


def _asking(given: LaterSupplement) -> asking.Asking:
    return asking.Asking({paper.position: paper.note for paper in given.papers}, given.reason)


def _unit(code: str) -> Unit:
    try:
        return unit_by_code(code)
    except Unit.DoesNotExist as unknown:
        raise Http404 from unknown


def _asked_of(dossier: Dossier, officer: Officer) -> Consultation:
    """Return the open question to a unit of the officer's, the most urgent first."""
    role = ROLE_FOR[Action.ANSWER_CONSULTATION]
    units = [grant.unit_id for grant in officer.grants if grant.role is role and grant.holds_on(officer.today)]
    asked = Consultation.objects.filter(dossier=dossier, unit__in=units, closed_at=None).select_related("dossier")
    found = asked.order_by("due_at", "pk").first()
    if found is None:
        raise Http404
    return found
