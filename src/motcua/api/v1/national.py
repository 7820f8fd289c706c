"""The exchange with the national database: our catalogue in its structure, what differs, entries confirmed."""

import uuid
from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Query, Router
from pydantic import BaseModel, Field, JsonValue

from motcua.api.auth import AskedByOfficer, OfficerToken
from motcua.api.pagination import Cursor, cursor_at, mark_of
from motcua.api.shapes import Given, Shape, Text
from motcua.api.writing import REPEATABLE, written
from motcua.catalogue.models import ProcedureVersion
from motcua.exchange.commands.entries import confirm_entry
from motcua.exchange.models import NationalEntry
from motcua.exchange.queries.exported import procedure_record, record_page
from motcua.exchange.queries.lists import Narrowing, difference_slice, entry_row, entry_slice
from motcua.rules.national_entry import DifferenceKind, EntryState

public = Router(tags=["Public"])
router = Router(tags=["National database"], auth=OfficerToken())


class Day(BaseModel):
    """The day on which the catalogue is meant; today when it is left out."""

    on: date | None = None


class Records(BaseModel):
    """The day that is meant, and which page."""

    on: date | None = None
    cursor: Cursor = ""


class NationalRecordShape(Shape):
    """A procedure in the structure of the national database (docs/features/national-database.md)."""

    record: dict[str, JsonValue]


class NationalRecords(Shape):
    """A hundred procedures at most; `next_cursor` null: there are no more."""

    items: list[dict[str, JsonValue]]
    next_cursor: str | None


class DifferenceShape(Shape):
    """A procedure about which the national database and ours differ, since when and in which parts."""

    code: str
    title: str
    kind: DifferenceKind
    parts: tuple[str, ...] = Field(examples=[["PAPERS", "LIMIT"]])
    since: date


class Differences(Shape):
    """What differs, as it was found; a hundred at most. `next_cursor` null: there are no more."""

    items: list[DifferenceShape]
    next_cursor: str | None


class DifferencesAsked(BaseModel):
    """What to narrow the differences to."""

    kind: DifferenceKind | None = None
    part: Text = Field("", max_length=20, description="One of the parts of a procedure, such as PAPERS or LIMIT.")
    q: Text = Field("", max_length=200)
    cursor: Cursor = ""


class EntryShape(Shape):
    """An entry of a procedure of a decision; `late_days` are calendar days by which it came, or is, too late (C-08)."""

    key: uuid.UUID
    code: str
    title: str
    decision_number: str
    state: EntryState
    due_on: date | None
    entered_on: date | None
    late_days: int


class Entries(Shape):
    """What has to be entered, the nearest deadline first; a hundred at most. `next_cursor` null: there are no more."""

    items: list[EntryShape]
    next_cursor: str | None


class EntriesAsked(BaseModel):
    """The state of the entries that are meant; all when it is left out."""

    state: EntryState | None = None
    cursor: Cursor = ""


class Entered(Given):
    """The day on which the procedure was entered."""

    entered_on: date


@public.get("/{code}/national-record", response=NationalRecordShape)
def read_national_record(request: HttpRequest, code: str, asked: Query[Day]) -> NationalRecordShape:
    """Return a procedure in force in the structure of the national database."""
    try:
        return NationalRecordShape(record=procedure_record(code, asked.on or timezone.localdate()))
    except ProcedureVersion.DoesNotExist as unknown:
        raise Http404 from unknown


@router.get("/records", response=NationalRecords)
def list_national_records(request: AskedByOfficer, asked: Query[Records]) -> NationalRecords:
    """List the catalogue on a day in the structure of the national database."""
    page = record_page(asked.on or request.auth.today, mark_of(asked.cursor))
    return NationalRecords(items=list(page.items), next_cursor=cursor_at(page.next_mark))


@router.get("/differences", response=Differences)
def list_national_differences(request: AskedByOfficer, asked: Query[DifferencesAsked]) -> Differences:
    """List what differs between the national database, as last told, and the catalogue."""
    narrowing = Narrowing(kind=asked.kind or "", part=asked.part, text=asked.q)
    found = difference_slice(narrowing, mark_of(asked.cursor))
    items = [DifferenceShape.model_validate(row) for row in found.rows]
    return Differences(items=items, next_cursor=cursor_at(found.next_mark))


@router.get("/entries", response=Entries)
def list_national_entries(request: AskedByOfficer, asked: Query[EntriesAsked]) -> Entries:
    """List what was published and has to be entered."""
    found = entry_slice(request.auth.today, asked.state or "", mark_of(asked.cursor))
    items = [EntryShape.model_validate(row) for row in found.rows]
    return Entries(items=items, next_cursor=cursor_at(found.next_mark))


@router.post("/entries/{uuid:key}/confirmation", response=EntryShape, openapi_extra=REPEATABLE)
def confirm_national_entry(request: AskedByOfficer, key: uuid.UUID, payload: Entered) -> HttpResponse:
    """Confirm that a procedure stands in the national database, with its day."""
    get_object_or_404(NationalEntry, key=key)
    officer = request.auth

    def confirmed() -> EntryShape:
        confirm_entry(key=key, entered_on=payload.entered_on, actor=officer.user, at=officer.at)
        return EntryShape.model_validate(entry_row(key, officer.today))

    return written(request, officer, confirmed, said=payload)
