"""Work on paper: the kits of an official's desks, and entering what was taken in under one of their numbers (B-25)."""

import uuid
from datetime import date, datetime
from typing import Annotated, TypeVar

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from ninja import Router
from pydantic import AfterValidator, AliasChoices, AwareDatetime, BeforeValidator, Field

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
from motcua.dossiers.models import PaperSlot, ReturnChannel
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


class _NamedUnit(Shape):
    code: str


def _code_of(unit: object) -> str:
    """Return the code of a unit, given as its row or already as its code."""
    return unit if isinstance(unit, str) else _NamedUnit.model_validate(unit).code


UnitCode = Annotated[str, BeforeValidator(_code_of)]


class KitShape(Shape):
    """The numbers that a desk keeps on paper for an agency; `withdrawn_at` is null while they may be used."""

    code: str
    desk_code: UnitCode = Field(validation_alias=AliasChoices("desk", "desk_code"))
    competent_code: UnitCode = Field(validation_alias=AliasChoices("competent_unit", "competent_code"))
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


class ApplicationGiven(Given):
    """What the papers under a number say of an application."""

    procedure: Words = Field(max_length=40)
    applicant: PersonGiven
    answers: dict[str, Text] = {}
    papers: list[SheetsGiven] = []
    return_channel: ReturnChannel = ReturnChannel.AT_THE_DESK
    postal_address: Text = Field("", max_length=300)


class PaperEntryGiven(ApplicationGiven):
    """What the papers under a number say. `submitted_at` null: as accepted; `transferred_at` null: not gone yet.

    `written_due_on` is the day on the receipt that the applicant has; it binds.
    """

    accepted_at: PastMoment
    submitted_at: PastMoment | None = None
    transferred_at: PastMoment | None = None
    written_due_on: Annotated[date, AfterValidator(_of_our_time)]


@router.get("/paper-kits", response=Kits)
def list_paper_kits(request: AskedByOfficer) -> Kits:
    """List the kits of numbers for work on paper of the official's desks."""
    return Kits(items=[KitShape.model_validate(kit) for kit in kits_of(_desks(request.auth)).order_by("-pk")[:50]])


@router.get("/paper-kits/{code}", response=KitWithSlots)
def read_paper_kit(request: AskedByOfficer, code: str) -> KitWithSlots:
    """Tell what became of each number of a kit."""
    kit = get_object_or_404(kits_of(_desks(request.auth)), code=code)
    numbers = [SlotShape.model_validate(row) for row in slots_of(kit)]
    return KitWithSlots(**KitShape.model_validate(kit).model_dump(), numbers=numbers)


@router.post("/paper-kits/{code}/numbers/{number}", response={201: Moved}, openapi_extra=CREATING)
def enter_paper_dossier(request: AskedByOfficer, code: str, number: int, payload: PaperEntryGiven) -> HttpResponse:
    """Enter the dossier that was accepted on paper under that number, with its original moments.

    The same Idempotency-Key enters the same dossier; a number is entered once.
    """
    officer, key = request.auth, entry_key(request)
    slot = slot_of(officer, code, number)

    def entered() -> Moved:
        offering = offering_of(slot, payload.procedure, _submitted_at(payload))
        filing = _filing(offering, payload, key)
        return moved(enter_from_paper(slot=slot, offering=offering, filing=filing, officer=officer.user, at=officer.at))

    return created(written(request, officer, entered, said=payload, status=201), "/api/v1/work/dossiers/")


def _desks(officer: Officer) -> list[Unit]:
    """Return the desks whose kits the official sees; raises `NotPermitted` for who works at none."""
    desks = [post.unit for post in posts_of(officer.user, officer.today) if post.role in READERS]
    if not desks:
        raise NotPermitted(Action.SUBMIT)
    return desks


def _submitted_at(given: PaperEntryGiven) -> AwareDatetime:
    return given.submitted_at or given.accepted_at


def entry_key(request: AskedByOfficer) -> uuid.UUID:
    """Return the key of what is entered, by caller and Idempotency-Key."""
    return uuid.uuid5(_ENTRY_KEYS, f"{request.auth.user.pk} {idempotency_key(request, is_required=True)}")


def slot_of(officer: Officer, code: str, number: int) -> PaperSlot:
    """Return a number of a kit of the official's desks; a stranger's one is not found."""
    kit = get_object_or_404(kits_of(_desks(officer)), code=code)
    slot: PaperSlot | None = kit.slots.select_related("kit__desk", "kit__competent_unit").filter(number=number).first()
    if slot is None:
        raise Http404
    return slot


def offering_of(slot: PaperSlot, procedure: str, submitted_at: datetime) -> Offering:
    """Return what the desk took in for the agency on the day it was handed in; raises `NotOffered`."""
    kit, on = slot.kit, in_hanoi(submitted_at).date()
    try:
        return offering_at(procedure, kit.desk.code, kit.competent_unit.code, on)
    except Offering.DoesNotExist as unknown:
        raise NotOffered(procedure) from unknown


def _filing(offering: Offering, given: PaperEntryGiven, key: uuid.UUID) -> PaperFiling:
    submitted_at = _submitted_at(given)
    moments = PaperMoments(submitted_at, given.accepted_at, given.transferred_at)
    return PaperFiling(filing_of(offering, given, submitted_at, key), moments, given.written_due_on)


def filing_of(offering: Offering, given: ApplicationGiven, submitted_at: datetime, key: uuid.UUID) -> CounterFiling:
    """Return the application as the papers have it; raises `NotOffered`, `FieldsInvalid`."""
    version = version_asked(offering, in_hanoi(submitted_at).date())
    if version is None:
        raise NotOffered(given.procedure)
    listed = {paper.position for paper in version.papers.all() if not paper.is_note}
    require_listed([paper.position for paper in given.papers], listed, prefix="papers.")
    nothing = {position: HandedIn(0, 0, None) for position in listed}
    return CounterFiling(
        key=key,
        details=person_of(given.applicant.model_dump(), prefix="applicant."),
        answers=answers_of(version.declaration, given.answers, prefix="answers."),
        papers=nothing
        | {paper.position: HandedIn(paper.originals_count, paper.copies_count, None) for paper in given.papers},
        return_channel=given.return_channel,
        postal_address=postal_address_of(given.return_channel, given.postal_address),
    )
