"""Work on paper: the kits of an official's desks, and entering what was taken in under one of their numbers (B-25)."""

import uuid
from datetime import date
from typing import Annotated, TypeVar

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from ninja import Router
from pydantic import AfterValidator, AwareDatetime, Field

from motcua.accounts.queries import posts_of
from motcua.api.auth import AskedByOfficer, Officer, OfficerToken
from motcua.api.forms import answers_of, person_of, postal_address_of
from motcua.api.shapes import Given, Moment, Position, Shape, Text, Words
from motcua.api.v1.acting import Moved, moved
from motcua.api.v1.counter import require_listed
from motcua.api.v1.own_shapes import PersonGiven
from motcua.api.writing import CREATING, created, idempotency_key, written
from motcua.catalogue.models import Offering
from motcua.catalogue.queries import offering_at
from motcua.dossiers.commands.enter_from_paper import NotOffered, PaperFiling, enter_from_paper
from motcua.dossiers.commands.file_at_counter import CounterFiling, HandedIn
from motcua.dossiers.models import PaperKit, PaperSlot, ReturnChannel
from motcua.dossiers.queries.counter import version_asked
from motcua.dossiers.queries.paper_mode import SlotState, kits_of, slots_of
from motcua.organisations.models import Unit
from motcua.rules.paper_mode import READERS, PaperMoments
from motcua.rules.permissions import NotPermitted
from motcua.rules.transitions import Action
from motcua.rules.working_time import in_hanoi

router = Router(tags=["Paper mode"], auth=OfficerToken())
_FIRST_YEAR, _LAST_YEAR = 1900, 2200
Day = TypeVar("Day", bound=date)
_ENTRY_KEYS = uuid.UUID("5a7c3f0e-0b1e-4d0b-9a53-2f9b6d1c8e42")


class KitShape(Shape):
    """The numbers that a desk keeps on paper for an agency; `withdrawn_at` is null while they may be used."""

    code: str
    desk_code: str
    competent_code: str
    identifier: str
    first_number: int
    last_number: int
    reserved_at: Moment
    withdrawn_at: Moment | None


class Kits(Shape):
    """The kits of the official's desks, the newest first, fifty at most."""

    items: list[KitShape]


class SlotShape(Shape):
    """What became of a number: the dossier's code once it is entered, the reason where its sheet is spoilt."""

    number: int
    state: SlotState
    code: str
    reason: str


class KitWithSlots(KitShape):
    """A kit with each of its numbers."""

    numbers: list[SlotShape]


class SheetsGiven(Given):
    """How many originals and copies of one paper were handed in."""

    position: Position
    originals_count: int = Field(0, ge=0, le=99)
    copies_count: int = Field(0, ge=0, le=99)


def _of_our_time(given: Day) -> Day:
    """Refuse a year in which nobody worked with the system: at the ends of the calendar nothing can be counted."""
    if not _FIRST_YEAR <= given.year <= _LAST_YEAR:
        raise ValueError
    return given


PastMoment = Annotated[AwareDatetime, AfterValidator(_of_our_time)]


class PaperEntryGiven(Given):
    """What the papers under a number say. `submitted_at` null: as accepted; `transferred_at` null: not gone yet.

    `written_due_on` is the day on the receipt that the applicant has; it binds.
    """

    procedure: Words = Field(max_length=40)
    applicant: PersonGiven
    answers: dict[str, Text] = {}
    papers: list[SheetsGiven] = []
    return_channel: ReturnChannel = ReturnChannel.AT_THE_DESK
    postal_address: Text = Field("", max_length=300)
    accepted_at: PastMoment
    submitted_at: PastMoment | None = None
    transferred_at: PastMoment | None = None
    written_due_on: Annotated[date, AfterValidator(_of_our_time)]


@router.get("/paper-kits", response=Kits)
def list_paper_kits(request: AskedByOfficer) -> Kits:
    """List the kits of numbers for work on paper of the official's desks."""
    return Kits(items=[_kit(kit) for kit in kits_of(_desks(request.auth)).order_by("-pk")[:50]])


@router.get("/paper-kits/{code}", response=KitWithSlots)
def read_paper_kit(request: AskedByOfficer, code: str) -> KitWithSlots:
    """Tell what became of each number of a kit."""
    kit = get_object_or_404(kits_of(_desks(request.auth)), code=code)
    numbers = [SlotShape.model_validate(row) for row in slots_of(kit)]
    return KitWithSlots(**_kit(kit).model_dump(), numbers=numbers)


@router.post("/paper-kits/{code}/numbers/{number}", response={201: Moved}, openapi_extra=CREATING)
def enter_paper_dossier(request: AskedByOfficer, code: str, number: int, payload: PaperEntryGiven) -> HttpResponse:
    """Enter the dossier that was accepted on paper under that number, with its original moments.

    The same Idempotency-Key enters the same dossier; a number is entered once.
    """
    officer = request.auth
    key = uuid.uuid5(_ENTRY_KEYS, f"{officer.user.pk} {idempotency_key(request, is_required=True)}")
    kit = get_object_or_404(kits_of(_desks(officer)), code=code)
    slot: PaperSlot | None = kit.slots.filter(number=number).first()
    if slot is None:
        raise Http404

    def entered() -> Moved:
        offering = _offering(kit, payload)
        filing = _filing(offering, payload, key)
        return moved(enter_from_paper(slot=slot, offering=offering, filing=filing, officer=officer.user, at=officer.at))

    return created(written(request, officer, entered, said=payload, status=201), "/api/v1/work/dossiers/")


def _desks(officer: Officer) -> list[Unit]:
    """Return the desks whose kits the official sees; raises `NotPermitted` for who works at none."""
    desks = [post.unit for post in posts_of(officer.user, officer.today) if post.role in READERS]
    if not desks:
        raise NotPermitted(Action.SUBMIT)
    return desks


def _kit(kit: PaperKit) -> KitShape:
    return KitShape(
        code=kit.code,
        desk_code=kit.desk.code,
        competent_code=kit.competent_unit.code,
        identifier=kit.identifier,
        first_number=kit.first_number,
        last_number=kit.last_number,
        reserved_at=kit.reserved_at,
        withdrawn_at=kit.withdrawn_at,
    )


def _submitted_at(given: PaperEntryGiven) -> AwareDatetime:
    return given.submitted_at or given.accepted_at


def _offering(kit: PaperKit, given: PaperEntryGiven) -> Offering:
    """Return what the desk took in for the agency on the day it was handed in; raises `NotOffered`."""
    on = in_hanoi(_submitted_at(given)).date()
    try:
        return offering_at(given.procedure, kit.desk.code, kit.competent_unit.code, on)
    except Offering.DoesNotExist as unknown:
        raise NotOffered(given.procedure) from unknown


def _filing(offering: Offering, given: PaperEntryGiven, key: uuid.UUID) -> PaperFiling:
    submitted_at = _submitted_at(given)
    version = version_asked(offering, in_hanoi(submitted_at).date())
    if version is None:
        raise NotOffered(given.procedure)
    listed = {paper.position for paper in version.papers.all() if not paper.is_note}
    require_listed([paper.position for paper in given.papers], listed, prefix="papers.")
    nothing = {position: HandedIn(0, 0, None) for position in listed}
    filing = CounterFiling(
        key=key,
        details=person_of(given.applicant.model_dump(), prefix="applicant."),
        answers=answers_of(version.declaration, given.answers, prefix="answers."),
        papers=nothing
        | {paper.position: HandedIn(paper.originals_count, paper.copies_count, None) for paper in given.papers},
        return_channel=given.return_channel,
        postal_address=postal_address_of(given.return_channel, given.postal_address),
    )
    moments = PaperMoments(submitted_at, given.accepted_at, given.transferred_at)
    return PaperFiling(filing, moments, given.written_due_on)
