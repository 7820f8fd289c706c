"""Petitions for machines: sent, looked up, read in public; listed, sorted, drafted and answered by officials."""

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Query, Router
from pydantic import BaseModel, Field

from motcua.api.auth import Asked, AskedByOfficer, BearerToken, Officer, OfficerToken
from motcua.api.errors import FieldFault, FieldsInvalid
from motcua.api.shapes import DerivedDayShape, Given, Moment, Shape, Text, Words
from motcua.api.v1.dossier_shapes import RemainingShape
from motcua.api.v1.status import LookUp
from motcua.api.writing import CREATING, REPEATABLE, idempotency_key, written
from motcua.dossiers.models import Dossier
from motcua.petitions.commands.answering import answer_petition, draft_answer
from motcua.petitions.commands.look_up import look_up_petition
from motcua.petitions.commands.send import Content, Sending, WhoSends, send_petition
from motcua.petitions.commands.sorting import classify
from motcua.petitions.models import Petition
from motcua.petitions.queries.public import petition_status, public_answers
from motcua.petitions.queries.units import units_petitioned
from motcua.petitions.queries.work import petition_list, visible_petitions
from motcua.rules.petitions import Finding, PetitionStage, Sorting

public = Router(tags=["Public"])
own = Router(tags=["Own petitions"], auth=BearerToken())
work = Router(tags=["Petitions"], auth=OfficerToken())
_KEYS = uuid.UUID("c2f4b6e8-0a3d-4d55-8f0e-6d2f4b8a9c10")


class PetitionStatusShape(Shape):
    """Where a petition stands; nothing tells who sent it.

    `question` is what the sender is asked to add, `answer` empty while there is none. What tells who
    somebody is is left out of what an official wrote, with […] in its place, and `is_kept_back` says so.
    """

    code: str
    stage: PetitionStage
    unit: str
    received_at: Moment | None
    due_at: Moment | None
    derivation: tuple[DerivedDayShape, ...]
    sorting: Sorting | None
    return_reason: str
    question: str
    answer: str
    answered_by: str
    answered_at: Moment | None
    is_kept_back: bool
    may_reopen: bool
    is_settled: bool | None
    published_number: int | None


class PublishedAsked(BaseModel):
    """Words to be found, only questions of law or all, and which page, from 1."""

    q: Text = Field("", max_length=200)
    only_questions: bool = False
    page: int = Field(1, ge=1, le=1000)


class PublishedLine(Shape):
    """A question that was answered in public."""

    number: int
    title: str
    question: str
    unit: str
    published_at: Moment
    is_question: bool


class PublishedList(Shape):
    """One page of them, the newest first."""

    lines: list[PublishedLine]
    has_next: bool


class PetitionGiven(Given):
    """A petition, or a question of law; `unit` by its code, `dossier` by its code or reference, empty for none."""

    text: Words = Field(max_length=4000)
    unit: Words = Field(max_length=64)
    is_question: bool = False
    place: Text = Field("", max_length=300)
    dossier: Text = Field("", max_length=64)
    full_name: Words = Field(max_length=150)
    phone: Text = Field("", max_length=20)
    email: Text = Field("", max_length=254)
    address: Text = Field("", max_length=300)


class PetitionSent(Shape):
    """What was received: code and PIN to look it up by, and by when the next step is due."""

    code: str
    pin: str
    stage: PetitionStage
    due_at: Moment | None


class WorkAsked(BaseModel):
    """Which list, OPEN, OVERDUE, REPEATED or ALL, and which page, from 1."""

    which: str = Field("OPEN", pattern="^(OPEN|OVERDUE|REPEATED|ALL)$")
    page: int = Field(1, ge=1, le=1000)


class DraftShape(Shape):
    """An answer that waits for the leader's word; `number` says which one was read."""

    number: int
    finding: Finding
    text: str


class PetitionRowShape(Shape):
    """A petition of the official's units; `remaining` is null while no clock runs, `draft` while none waits."""

    code: str
    text: str
    stage: PetitionStage
    unit: str
    assignee: str
    due_at: Moment | None
    remaining: RemainingShape | None
    is_repeated: bool
    draft: DraftShape | None


class PetitionListShape(Shape):
    """One page, what is due first at the top."""

    rows: list[PetitionRowShape]
    has_next: bool
    overdue_count: int


class SortingGiven(Given):
    """What the petition is; `reason` is told to the sender of what goes back."""

    sorting: Sorting
    is_complex: bool = False
    reason: Text = Field("", max_length=4000)


class AnswerGiven(Given):
    """The answer, and what it comes to."""

    finding: Finding
    text: Words = Field(max_length=4000)


class ApprovalGiven(Given):
    """`draft` is the number of the draft that was read.

    `for_joined` goes to the senders of joined petitions in place of the answer; empty: they get the same.
    """

    draft: int = Field(ge=1)
    for_joined: Text = Field("", max_length=4000)


class PetitionMoved(Shape):
    """Where a petition stands after an act."""

    code: str
    stage: PetitionStage
    sorting: str
    due_at: Moment | None


@public.post("/petition-status", response=PetitionStatusShape)
def read_petition_status(request: HttpRequest, payload: LookUp) -> PetitionStatusShape:
    """Tell where the petition of that code and PIN stands; guessing is locked as for dossiers."""
    at = timezone.now()
    found = look_up_petition(code=payload.code, pin=payload.pin, client=request.META["REMOTE_ADDR"], at=at)
    petition = Petition.objects.select_related("unit", "joined_to__unit").get(pk=found.pk)
    return PetitionStatusShape.model_validate(petition_status(petition, at=at))


@public.get("/published-answers", response=PublishedList)
def list_published_answers(request: HttpRequest, asked: Query[PublishedAsked]) -> PublishedList:  # Ninja gives it
    """List the questions that were answered in public, the newest first."""
    found = public_answers(asked.q, number=asked.page, only_questions=asked.only_questions)
    return PublishedList.model_validate(found)


@own.post("", response={201: PetitionSent}, openapi_extra=CREATING)
def send_own_petition(request: Asked, payload: PetitionGiven) -> HttpResponse:
    """Send a petition; it is received at once, because the account vouches for its contact."""
    caller = request.auth
    units = {unit.code: unit for unit in units_petitioned(caller.today)}
    unit = units.get(payload.unit)
    if unit is None:
        raise FieldsInvalid([FieldFault("unit", "no_such_unit", _("Đơn vị này không nhận phản ánh, kiến nghị."))])
    dossier = Dossier.objects.submitted().with_public_code(payload.dossier).first() if payload.dossier else None
    who = WhoSends(payload.full_name, phone=payload.phone, email=payload.email, address=payload.address)
    content = Content(
        text=payload.text, unit=unit, is_question=payload.is_question, place=payload.place, dossier=dossier
    )
    key = uuid.uuid5(_KEYS, f"{caller.user.pk} {idempotency_key(request, is_required=True)}")

    def act() -> PetitionSent:
        sent = send_petition(sending=Sending(key, who, content), owner=caller.user, at=caller.at)
        return PetitionSent.model_validate(sent)

    return written(request, caller, act, said=payload, status=201)


@work.get("", response=PetitionListShape)
def list_petitions(request: AskedByOfficer, asked: Query[WorkAsked]) -> PetitionListShape:
    """List the petitions that the official reads, what is due first at the top."""
    officer = request.auth
    found = petition_list(officer.grants, which=asked.which, number=asked.page, at=officer.at)
    rows = [
        PetitionRowShape(
            code=row.code,
            text=row.text,
            stage=row.stage,
            unit=row.unit,
            assignee=row.assignee,
            due_at=row.due_at,
            remaining=RemainingShape.of(row.remaining),
            is_repeated=row.is_repeated,
            draft=DraftShape.model_validate(row.draft) if row.draft else None,
        )
        for row in found.rows
    ]
    return PetitionListShape(rows=rows, has_next=found.has_next, overdue_count=found.overdue_count)


@work.post("/{code}/classify", response=PetitionMoved, openapi_extra=REPEATABLE)
def classify_petition(request: AskedByOfficer, code: str, payload: SortingGiven) -> HttpResponse:
    """Say what a petition is; a complaint, a denunciation, a judicial matter goes back with guidance."""
    officer = request.auth

    def act() -> PetitionMoved:
        done = classify(
            petition=_petition(officer, code),
            sorting=payload.sorting,
            reason=payload.reason,
            is_complex=payload.is_complex,
            officer=officer.user,
            at=officer.at,
        )
        return PetitionMoved.model_validate(done)

    return written(request, officer, act, said=payload)


@work.post("/{code}/draft-answer", response=PetitionMoved, openapi_extra=REPEATABLE)
def draft_petition_answer(request: AskedByOfficer, code: str, payload: AnswerGiven) -> HttpResponse:
    """Lay an answer before the leader."""
    officer = request.auth

    def act() -> PetitionMoved:
        found, said = _petition(officer, code), payload.text
        done = draft_answer(petition=found, text=said, finding=payload.finding, officer=officer.user, at=officer.at)
        return PetitionMoved.model_validate(done)

    return written(request, officer, act, said=payload)


@work.post("/{code}/answer", response=PetitionMoved, openapi_extra=REPEATABLE)
def approve_petition_answer(request: AskedByOfficer, code: str, payload: ApprovalGiven) -> HttpResponse:
    """Approve the drafted answer, which goes to the sender and, naming nobody, to those of joined ones."""
    officer = request.auth

    def act() -> PetitionMoved:
        found = _petition(officer, code)
        done = answer_petition(
            petition=found, draft=payload.draft, for_joined=payload.for_joined, officer=officer.user, at=officer.at
        )
        return PetitionMoved.model_validate(done)

    return written(request, officer, act, said=payload)


def _petition(officer: Officer, code: str) -> Petition:
    return get_object_or_404(visible_petitions(officer.grants, at=officer.at), code=code)
