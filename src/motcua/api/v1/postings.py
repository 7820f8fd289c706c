"""What desks post, and confirming it (C-10)."""

import uuid
from datetime import date

from django.http import Http404, HttpResponse
from ninja import Query, Router
from pydantic import BaseModel, Field

from motcua.api.auth import AskedByOfficer, Officer, OfficerToken
from motcua.api.shapes import Given, Shape, Text, Words
from motcua.api.writing import CREATING, idempotency_key, written
from motcua.organisations.models import Unit
from motcua.posting.commands.confirm import Posted, Told, confirm_put_up, confirm_taken_down
from motcua.posting.models import PostingConfirmation
from motcua.posting.queries.board import BoardLine, BoardPage, board_page
from motcua.posting.queries.overview import PlaceRow, overview
from motcua.rules.posting import PostingAct, PostingKind, PostingState

router = Router(tags=["Postings"], auth=OfficerToken())
_KEYS = uuid.UUID("0f5b2c66-9f56-4f0c-9d1f-55a1a4c0b7de")


class PlaceShape(Shape):
    """A desk. `by_state` counts its procedures; lags are in working days, null with nothing on show.

    `has_f06`: what is posted differs from the list in force. `has_f07`: where feedback goes is not posted.
    """

    code: str
    name: str
    total: int
    by_state: dict[PostingState, int]
    lag_median: float | None
    lag_worst: int | None
    last_on: date | None
    has_f06: bool
    has_f07: bool


class Places(Shape):
    """Every desk that receives a procedure, in Vietnamese order."""

    items: list[PlaceShape]


class ShownShape(Shape):
    """A version on show since a day."""

    kind: PostingKind
    version: int = Field(validation_alias="number")
    since: date


class PostingShape(Shape):
    """A procedure at a desk. `version` is the one to be on show, 0 when all that is left is to take down.

    `due_on` is the last day to put it up, `put_up_on` null while it is not up, `lag` working days since the signature.
    """

    procedure: str
    title: str
    state: PostingState
    version: int
    due_on: date | None
    put_up_on: date | None
    lag: int | None
    shown: list[ShownShape]


class Postings(Shape):
    """What a desk must show or shows: to be put up, to be taken down, then what is right."""

    unit: str
    items: list[PostingShape]


class Desk(BaseModel):
    """The desk that is meant."""

    unit: Text = Field(max_length=64, description="Code of the receiving unit.")


class PostedGiven(Given):
    """A procedure, and the version that was put up; 0 where it was taken down."""

    procedure: Words = Field(max_length=40)
    version: int = Field(0, ge=0, le=100_000)


class ConfirmationGiven(Given):
    """What a desk put up or took down, all on one day; `shows_feedback`: where feedback goes is posted there too."""

    unit: Words = Field(max_length=64)
    act: PostingAct
    kind: PostingKind
    on: date
    shows_feedback: bool = False
    note: Text = Field("", max_length=500)
    procedures: list[PostedGiven] = Field(max_length=2000)


class ConfirmationShape(Shape):
    """What was confirmed; `key` is its public code."""

    key: uuid.UUID
    act: PostingAct
    kind: PostingKind
    on: date
    shows_feedback: bool


@router.get("/posting-places", response=Places)
def list_posting_places(request: AskedByOfficer) -> Places:
    """List every desk with how its postings stand today, and how late they came."""
    return Places(items=[_place(row) for row in overview(request.auth.today).places])


@router.get("/postings", response=Postings)
def list_postings(request: AskedByOfficer, desk: Query[Desk]) -> Postings:
    """List what a desk must put up, must take down, and shows as it must, today."""
    page = _page(request.auth, desk.unit)
    lines = (*page.put_up, *page.take_down, *page.right)
    return Postings(unit=page.unit.code, items=[_posting(line) for line in lines])


@router.post("/postings", response={201: ConfirmationShape}, openapi_extra=CREATING)
def confirm_postings(request: AskedByOfficer, payload: ConfirmationGiven) -> HttpResponse:
    """Confirm what a desk put up or took down; the same Idempotency-Key confirms it once."""
    officer = request.auth
    unit = _page(officer, payload.unit).unit
    key = uuid.uuid5(_KEYS, f"{officer.user.pk} {idempotency_key(request, is_required=True)}")

    def confirmed() -> ConfirmationShape:
        return ConfirmationShape.model_validate(_confirmed(officer, unit, payload, key))

    return written(request, officer, confirmed, said=payload, status=201)


def _confirmed(officer: Officer, unit: Unit, given: ConfirmationGiven, key: uuid.UUID) -> PostingConfirmation:
    told = Told(given.kind, given.on, shows_feedback=given.shows_feedback, note=given.note)
    if given.act is PostingAct.TAKEN_DOWN:
        codes = [one.procedure for one in given.procedures]
        return confirm_taken_down(key=key, unit=unit, codes=codes, told=told, actor=officer.user, at=officer.at)
    posted = [Posted(one.procedure, one.version) for one in given.procedures]
    return confirm_put_up(key=key, unit=unit, posted=posted, told=told, actor=officer.user, at=officer.at)


def _page(officer: Officer, unit: str) -> BoardPage:
    """Return the page of a desk; a unit that has nothing to post is not found."""
    try:
        return board_page(unit, officer.user, on=officer.today)
    except Unit.DoesNotExist as unknown:
        raise Http404 from unknown


def _place(row: PlaceRow) -> PlaceShape:
    return PlaceShape(
        code=row.code,
        name=row.name,
        total=row.total,
        by_state=dict(row.counts),
        lag_median=row.lag_median,
        lag_worst=row.lag_worst,
        last_on=row.last_on,
        has_f06=row.has_f06,
        has_f07=row.has_f07,
    )


def _posting(line: BoardLine) -> PostingShape:
    how = line.standing
    return PostingShape(
        procedure=line.code,
        title=line.title,
        state=how.state,
        version=how.number,
        due_on=how.due_on,
        put_up_on=how.put_up_on,
        lag=how.lag,
        shown=[ShownShape.model_validate(one) for one in how.shown],
    )
