"""Lists about the national database, page by page: what differs, what has to be entered, names that wait."""

import uuid
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice
from typing import Final, Generic, TypeVar

from django.db.models import F, Model, Q, QuerySet

from motcua.catalogue.models import PublicationLine
from motcua.dossiers.queries.marks import read_mark
from motcua.exchange.models import NameMapping, NationalDifference, NationalEntry
from motcua.rules.national_entry import DifferenceKind, EntryState
from motcua.rules.procedure_parts import Part
from motcua.rules.publication import days_late

PAGE: Final = 50
SLICE: Final = 100
Row = TypeVar("Row")
Stored = TypeVar("Stored", bound=Model)


@dataclass(frozen=True, slots=True)
class Page(Generic[Row]):
    """The rows of page `number` of `last`, both from 1, of `total` in all."""

    rows: tuple[Row, ...]
    total: int
    number: int
    last: int


@dataclass(frozen=True, slots=True)
class Slice(Generic[Row]):
    """Some rows, and the mark that the next ones follow; None at the end."""

    rows: tuple[Row, ...]
    next_mark: str | None


@dataclass(frozen=True, slots=True)
class Narrowing:
    """What the list of differences is narrowed to; empty for everything."""

    kind: str = ""
    part: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class DifferenceRow:
    """A procedure that differs, since when, and in which parts."""

    code: str
    title: str
    kind: DifferenceKind
    kind_label: str
    parts: tuple[Part, ...]
    since: date


@dataclass(frozen=True, slots=True)
class EntryRow:
    """An entry with its deadline; `late_days` are calendar days by which it came, or is by today, too late (C-08)."""

    key: uuid.UUID
    code: str
    title: str
    decision_key: uuid.UUID
    decision_number: str
    kind_label: str
    state: EntryState
    state_label: str
    due_on: date | None
    entered_on: date | None
    sent_at: datetime | None
    confirmed_by: str
    attempt_count: int
    fault: str
    late_days: int


def difference_list(narrowing: Narrowing, number: int) -> Page[DifferenceRow]:
    """Return a page of what differs, the oldest first, then by code; in two queries."""
    return _page(_differences(narrowing).order_by("since", "code"), number, difference_of)


def every_difference(narrowing: Narrowing) -> Iterator[DifferenceRow]:
    """Yield everything that differs, the oldest first, then by code, for a file."""
    yield from map(difference_of, _differences(narrowing).order_by("since", "code").iterator(chunk_size=1000))


def difference_slice(narrowing: Narrowing, mark: str = "") -> Slice[DifferenceRow]:
    """Return the next differences after `mark`, empty for the first ones, in the order in which they were found."""
    after = read_mark(mark)
    found = _differences(narrowing).filter(pk__gt=after.pk if after else 0).order_by("pk")[: SLICE + 1]
    return _slice(found, difference_of, lambda row: f"~{row.pk}")


def entry_list(on: date, state: str, number: int) -> Page[EntryRow]:
    """Return a page of the entries in `state`, empty for all: the nearest day first, then by code; in two queries."""
    found = _entries(state).order_by(F("due_on").asc(nulls_last=True), "procedure__code", "pk")
    return _page(found, number, lambda row: entry_of(row, on))


def entry_slice(on: date, state: str, mark: str = "") -> Slice[EntryRow]:
    """Return the next entries after `mark`, empty for the first ones, the nearest day first."""
    found, after = _entries(state), read_mark(mark)
    if after is not None:
        day = after.moment.date() if after.moment else None
        later = Q(due_on=day, pk__gt=after.pk)
        found = found.filter(later if day is None else later | Q(due_on__gt=day) | Q(due_on=None))
    rows = found.order_by(F("due_on").asc(nulls_last=True), "pk")[: SLICE + 1]
    return _slice(rows, lambda row: entry_of(row, on), _entry_mark)


def entry_row(key: uuid.UUID, on: date) -> EntryRow:
    """Return one entry; raises `NationalEntry.DoesNotExist`."""
    return entry_of(NationalEntry.objects.select_related("procedure", "decision", "confirmed_by").get(key=key), on)


def mapping_list(number: int, *, waiting: bool) -> Page[NameMapping]:
    """Return a page of the names that wait, or of those that are confirmed, by kind and name; in two queries."""
    found = NameMapping.objects.filter(ours="") if waiting else NameMapping.objects.exclude(ours="")
    return _page(found.select_related("confirmed_by").order_by("kind", "theirs", "pk"), number, lambda row: row)


def difference_of(row: NationalDifference) -> DifferenceRow:
    """Return a stored difference as it is listed."""
    return DifferenceRow(
        code=row.code,
        title=row.title,
        kind=DifferenceKind(row.kind),
        kind_label=row.get_kind_display(),
        parts=tuple(Part(part) for part in row.parts),
        since=row.since,
    )


def entry_of(row: NationalEntry, on: date) -> EntryRow:
    """Return a stored entry as it is listed on `on`; needs its procedure, decision and who confirmed it loaded."""
    return EntryRow(
        key=row.key,
        code=row.procedure.code,
        title=row.procedure.title,
        decision_key=row.decision.key,
        decision_number=row.decision.number,
        kind_label=str(PublicationLine.Kind(row.line_kind).label),
        state=EntryState(row.state),
        state_label=row.get_state_display(),
        due_on=row.due_on,
        entered_on=row.entered_on,
        sent_at=row.sent_at,
        confirmed_by=row.confirmed_by.display_name if row.confirmed_by else "",
        attempt_count=row.attempt_count,
        fault=row.fault,
        late_days=days_late(row.due_on, row.entered_on or on) if row.due_on else 0,
    )


def _entry_mark(row: NationalEntry) -> str:
    return f"{row.due_on.isoformat()}T00:00:00+00:00~{row.pk}" if row.due_on else f"~{row.pk}"


def _differences(narrowing: Narrowing) -> QuerySet[NationalDifference]:
    found = NationalDifference.objects.all()
    if narrowing.kind:
        found = found.filter(kind=narrowing.kind)
    if narrowing.part:
        found = found.filter(parts__contains=[narrowing.part])
    if narrowing.text:
        found = found.filter(Q(code__startswith=narrowing.text) | Q(title__icontains=narrowing.text))
    return found


def _entries(state: str) -> QuerySet[NationalEntry]:
    found = NationalEntry.objects.select_related("procedure", "decision", "confirmed_by")
    return found.filter(state=state) if state else found


def _page(found: QuerySet[Stored], number: int, read: Callable[[Stored], Row]) -> Page[Row]:
    total = found.count()
    last = max(1, -(-total // PAGE))
    shown = min(max(number, 1), last)
    return Page(tuple(map(read, found[(shown - 1) * PAGE : shown * PAGE])), total, shown, last)


def _slice(found: Iterable[Stored], read: Callable[[Stored], Row], mark: Callable[[Stored], str]) -> Slice[Row]:
    loaded = list(found)
    shown = list(islice(loaded, SLICE))
    return Slice(tuple(map(read, shown)), mark(shown[-1]) if len(loaded) > SLICE else None)
