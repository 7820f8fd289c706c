"""What the screens about the national database show."""

import uuid
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from django.db.models import Count, Q

from motcua.catalogue.local_list import is_listed
from motcua.catalogue.models import ProcedureVersion, PublicationLine
from motcua.exchange.facts import (
    Differing,
    candidates,
    confirmed_names,
    differing_parts,
    is_local,
    is_public,
)
from motcua.exchange.likeness import Suggestion, suggestions
from motcua.exchange.models import NameMapping, NationalDifference, NationalEntry, NationalRecord, NationalSnapshot
from motcua.rules.national_entry import OPEN, DifferenceKind, EntryState, MappingKind, may_take_over
from motcua.rules.procedure_parts import Part
from motcua.rules.publication import days_late
from motcua.rules.version_differences import PartDifference

PAGE: Final = 50


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
class Overview:
    """The numbers: differences by kind, entries by state, names that wait, entries past their day, what came last."""

    differences: dict[DifferenceKind, int]
    entries: dict[EntryState, int]
    waiting_names: int
    late_entries: int
    snapshot: NationalSnapshot | None


@dataclass(frozen=True, slots=True)
class DifferencePage:
    """One procedure here and there. `parts` lead from ours to theirs; `digest` is of the record as looked at.

    `kept` are the parts in which our list of a procedure regulated above stays when theirs is taken over (C-05).

    `is_here` and `is_there`: on which side there is one at all. `may_be_taken` says nothing about who asks.
    """

    code: str
    title: str
    is_here: bool
    is_there: bool
    told_at: datetime | None
    digest: str
    parts: tuple[PartDifference, ...]
    kept: frozenset[Part]
    is_local: bool
    may_be_taken: bool


@dataclass(frozen=True, slots=True)
class MappingPage:
    """A name that waits or is confirmed, with what it may be called here, the likeliest first."""

    mapping: NameMapping
    suggestions: tuple[Suggestion, ...]


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


@dataclass(frozen=True, slots=True)
class Sync:
    """How a procedure stands with the national database: its last entry, None without one, and what differs."""

    entry: EntryRow | None
    difference: DifferenceRow | None


def overview(on: date) -> Overview:
    """Return the numbers, in five queries."""
    kinds = dict(NationalDifference.objects.values_list("kind").annotate(count=Count("pk")).order_by())
    states = dict(NationalEntry.objects.values_list("state").annotate(count=Count("pk")).order_by())
    return Overview(
        differences={kind: kinds.get(kind.value, 0) for kind in DifferenceKind},
        entries={state: states.get(state.value, 0) for state in EntryState},
        waiting_names=NameMapping.objects.filter(ours="").count(),
        late_entries=NationalEntry.objects.filter(state__in=OPEN, due_on__lt=on).count(),
        snapshot=NationalSnapshot.objects.select_related("taken_by").order_by("-taken_at", "-pk").first(),
    )


def difference_rows(narrowing: Narrowing = Narrowing()) -> tuple[DifferenceRow, ...]:
    """Return what differs, the oldest first, then by code; in one query."""
    found = NationalDifference.objects.order_by("since", "code")
    if narrowing.kind:
        found = found.filter(kind=narrowing.kind)
    if narrowing.part:
        found = found.filter(parts__contains=[narrowing.part])
    if narrowing.text:
        found = found.filter(Q(code__startswith=narrowing.text) | Q(title__icontains=narrowing.text))
    return tuple(map(_difference, found))


def difference_page(code: str, on: date) -> DifferencePage:
    """Return one procedure on both sides; raises `NationalRecord.DoesNotExist` when it is on neither."""
    record = NationalRecord.objects.filter(code=code).first()
    loaded = ProcedureVersion.objects.on(on).alive(on).select_related("procedure__sector")
    version = loaded.prefetch_related("papers", "channels", "results").filter(procedure__code=code).first()
    if record is None and version is None:
        raise NationalRecord.DoesNotExist(code)
    is_there = record is not None and is_public(record.content)
    differing = Differing(is_local=version is not None and is_local(version.procedure))
    has_news, has_list = is_there, False
    if version and record and is_there:
        differing = differing_parts(version, record, confirmed_names())
        has_list = is_listed(version.procedure)
        has_news = differing.is_beyond_list if has_list else bool(differing.parts)
    kind = DifferenceKind.DIFFERING if version else DifferenceKind.MISSING_HERE
    return DifferencePage(
        code=code,
        title=version.title if version else record.title if record else "",
        is_here=version is not None,
        is_there=is_there,
        told_at=record.told_at if record else None,
        digest=record.digest if record else "",
        parts=differing.parts,
        kept=differing.in_list if has_list else frozenset(),
        is_local=differing.is_local,
        may_be_taken=has_news and may_take_over(kind, is_local=differing.is_local),
    )


def mappings(*, waiting: bool) -> tuple[NameMapping, ...]:
    """Return the names that wait, or those that are confirmed, by kind and name."""
    found = NameMapping.objects.filter(ours="") if waiting else NameMapping.objects.exclude(ours="")
    return tuple(found.select_related("confirmed_by").order_by("kind", "theirs", "pk"))


def mapping_page(key: uuid.UUID) -> MappingPage:
    """Return a name with its suggestions; raises `NameMapping.DoesNotExist`."""
    mapping = NameMapping.objects.select_related("confirmed_by").get(key=key)
    ours = candidates(MappingKind(mapping.kind), mapping.example)
    return MappingPage(mapping, suggestions(mapping.theirs, ours))


def entry_rows(on: date, state: str = "") -> tuple[EntryRow, ...]:
    """Return the entries, those with the nearest day first, then by code; in one query."""
    found = NationalEntry.objects.select_related("procedure", "decision", "confirmed_by")
    if state:
        found = found.filter(state=state)
    return tuple(_entry(row, on) for row in found.order_by("due_on", "procedure__code", "pk"))


def entry_row(key: uuid.UUID, on: date) -> EntryRow:
    """Return one entry; raises `NationalEntry.DoesNotExist`."""
    return _entry(NationalEntry.objects.select_related("procedure", "decision", "confirmed_by").get(key=key), on)


def sync_of(code: str, on: date) -> Sync:
    """Return how a procedure stands, in two queries."""
    asked = NationalEntry.objects.select_related("procedure", "decision", "confirmed_by")
    last = asked.filter(procedure__code=code).order_by("-opened_at", "-pk").first()
    difference = NationalDifference.objects.filter(code=code).first()
    return Sync(_entry(last, on) if last else None, _difference(difference) if difference else None)


def _difference(row: NationalDifference) -> DifferenceRow:
    return DifferenceRow(
        code=row.code,
        title=row.title,
        kind=DifferenceKind(row.kind),
        kind_label=row.get_kind_display(),
        parts=tuple(Part(part) for part in row.parts),
        since=row.since,
    )


def _entry(row: NationalEntry, on: date) -> EntryRow:
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
