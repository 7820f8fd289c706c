"""The counter: what an official's desks take, and taking down the application of somebody who came in person."""

import uuid
from collections.abc import Sequence

from django.http import HttpResponse
from django.utils.translation import gettext as _
from ninja import Body, File, Query, Router
from ninja.files import UploadedFile
from pydantic import BaseModel, Field

from motcua.accounts.queries import posts_of
from motcua.api.auth import AskedByOfficer, Officer, OfficerToken
from motcua.api.errors import FieldFault, FieldsInvalid
from motcua.api.forms import answers_of, person_of, postal_address_of
from motcua.api.shapes import Given, Moment, Position, Shape, Text, Words
from motcua.api.v1.acting import NO_SCANS, Moved, moved, require_scans, stored
from motcua.api.v1.own_shapes import PersonGiven
from motcua.api.writing import CREATING, created, idempotency_key, written
from motcua.catalogue.models import Offering
from motcua.catalogue.queries import offering_at
from motcua.dossiers.commands.file_at_counter import CounterFiling, HandedIn, NotOffered, file_at_counter
from motcua.dossiers.models import Dossier, ReturnChannel
from motcua.dossiers.queries.counter import AskedFor, asked_by, groups_offered_at, offered_at, version_asked
from motcua.rules.permissions import NotPermitted, Role, check_file_at
from motcua.rules.transitions import Action

router = Router(tags=["Counter"], auth=OfficerToken())
_FILING_KEYS = uuid.UUID("0c1d2c1f-2a1e-4a52-8c79-3f0f9f0f6b77")


class CounterAsked(BaseModel):
    """What is looked for; empty: everything by title."""

    q: Text = Field("", max_length=200)


class ChoiceShape(Shape):
    """One procedure at one desk, with the unit that decides."""

    desk_code: str
    procedure_code: str
    title: str
    competent_code: str
    competent: str


class GroupChoiceShape(Shape):
    """One linked group at one desk, with the agency that leads."""

    desk_code: str
    group_code: str
    name: str
    competent_code: str
    competent: str
    leg_count: int


class Choices(Shape):
    """Up to a hundred procedures of each desk, and the linked groups it takes in."""

    items: list[ChoiceShape]
    groups: list[GroupChoiceShape]


class HandedInGiven(Given):
    """What was handed in of one paper: sheets on paper, and which of the `scans` shows it, counted from 1."""

    position: Position
    originals_count: int = Field(0, ge=0, le=99)
    copies_count: int = Field(0, ge=0, le=99)
    scan: int | None = Field(None, ge=1, le=99)


class TakenDown(Given):
    """What an officer takes down of any application; `competent` only where the desk serves several such units."""

    desk: Words = Field(max_length=40)
    competent: Text = Field("", max_length=40)
    applicant: PersonGiven
    answers: dict[str, Text] = {}
    papers: list[HandedInGiven] = []
    return_channel: ReturnChannel = ReturnChannel.AT_THE_DESK
    postal_address: Text = Field("", max_length=300)


class CounterFilingGiven(TakenDown):
    """One application as the officer takes it down."""

    procedure: Words = Field(max_length=40)


class LinkedFilingGiven(TakenDown):
    """One application for a whole group, with the keys and positions that `/linked-groups/{code}` names."""

    group: Words = Field(max_length=80)


class Filed(Moved):
    """The dossier, with the PIN that the applicant takes home together with its reference."""

    lookup_pin: str
    answer_due_at: Moment | None


@router.get("/counter", response=Choices)
def list_counter_procedures(request: AskedByOfficer, asked: Query[CounterAsked]) -> Choices:
    """List what the official's desks take today, searched or all."""
    officer = request.auth
    desks = [post.unit for post in posts_of(officer.user, officer.today) if post.role is Role.RECEPTION_OFFICER]
    if not desks:
        raise NotPermitted(Action.SUBMIT)
    found = [choice for desk in desks for choice in offered_at(desk, on=officer.today, text=asked.q)]
    groups = [choice for desk in desks for choice in groups_offered_at(desk, on=officer.today, text=asked.q)]
    return Choices(
        items=[ChoiceShape.model_validate(choice) for choice in found],
        groups=[GroupChoiceShape.model_validate(choice) for choice in groups],
    )


@router.post("/counter", response={201: Filed}, openapi_extra=CREATING)
def file_in_person(
    request: AskedByOfficer, filing: Body[CounterFilingGiven], scans: File[list[UploadedFile]] = NO_SCANS
) -> HttpResponse:
    """File for somebody at the counter: a form with the part `filing` in JSON, and the scans.

    Papers may be missing, the desk then asks for them. The same Idempotency-Key files the same dossier.
    """
    officer = request.auth
    key = filing_key(request)

    def filed() -> Filed:
        offering = _offering(officer, filing)
        taken = taken_down(officer, filing, _asked(officer, offering, filing), scans, key)
        return filed_as(file_at_counter(offering=offering, filing=taken, officer=officer.user, at=officer.at))

    return created(written(request, officer, filed, said=filing, files=scans, status=201), "/api/v1/work/dossiers/")


def filing_key(request: AskedByOfficer) -> uuid.UUID:
    """Return the key that makes one dossier of a filing, however often the official sends it."""
    return uuid.uuid5(_FILING_KEYS, f"{request.auth.user.pk} {idempotency_key(request, is_required=True)}")


def filed_as(dossier: Dossier) -> Filed:
    """Return what is told of a dossier just filed at the counter."""
    return Filed(**dict(moved(dossier)), lookup_pin=dossier.lookup_pin, answer_due_at=dossier.action_due_at)


def _offering(officer: Officer, given: CounterFilingGiven) -> Offering:
    """Return what is offered there; raises `NotOffered`, and `NotPermitted` before anything of the desk is told."""
    try:
        offering = offering_at(given.procedure, given.desk, given.competent, officer.today)
    except Offering.DoesNotExist as unknown:
        raise NotOffered(given.procedure) from unknown
    check_file_at(offering.receiving_unit_id, officer.grants, on=officer.today)
    return offering


def _asked(officer: Officer, offering: Offering, given: CounterFilingGiven) -> tuple[AskedFor, ...]:
    version = version_asked(offering, officer.today)
    if version is None:
        raise NotOffered(given.procedure)
    return asked_by(version)


def taken_down(
    officer: Officer, given: TakenDown, asked: Sequence[AskedFor], scans: list[UploadedFile], key: uuid.UUID
) -> CounterFiling:
    """Return what was taken down of what is `asked`, as the commands take it; raises `FieldsInvalid`, `FileRefused`."""
    listed = {paper.position for part in asked for paper in part.papers}
    questions = [question for part in asked for question in part.questions]
    require_listed([paper.position for paper in given.papers], listed, prefix="filing.papers.")
    require_scans([paper.scan for paper in given.papers], len(scans), prefix="filing.papers.")
    return CounterFiling(
        key=key,
        details=person_of(given.applicant.model_dump(), prefix="filing.applicant."),
        answers=answers_of(questions, given.answers, prefix="filing.answers."),
        papers={
            paper.position: HandedIn(
                paper.originals_count,
                paper.copies_count,
                stored(scans[paper.scan - 1], officer) if paper.scan else None,
            )
            for paper in given.papers
        },
        return_channel=given.return_channel,
        postal_address=postal_address_of(given.return_channel, given.postal_address),
    )


def require_listed(positions: Sequence[int], listed: set[int], *, prefix: str) -> None:
    """Refuse papers outside the closed list (B-08); raises `FieldsInvalid` with paths that begin with `prefix`."""
    message = _("Giấy tờ này không có trong danh mục của thủ tục.")
    faults = [
        FieldFault(f"{prefix}{index}.position", "no_such_paper", message)
        for index, position in enumerate(positions)
        if position not in listed
    ]
    if faults:
        raise FieldsInvalid(faults)
