"""What the screens about the national database show."""

import uuid
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count

from motcua.catalogue.local_list import is_listed
from motcua.catalogue.models import ProcedureVersion
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
from motcua.exchange.queries.lists import DifferenceRow, EntryRow, difference_of, entry_of
from motcua.rules.national_entry import OPEN, DifferenceKind, EntryState, MappingKind, may_take_over
from motcua.rules.procedure_parts import Part
from motcua.rules.version_differences import PartDifference


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


def mapping_page(key: uuid.UUID) -> MappingPage:
    """Return a name with its suggestions; raises `NameMapping.DoesNotExist`."""
    mapping = NameMapping.objects.select_related("confirmed_by").get(key=key)
    ours = candidates(MappingKind(mapping.kind), mapping.example)
    return MappingPage(mapping, suggestions(mapping.theirs, ours))


def sync_of(code: str, on: date) -> Sync:
    """Return how a procedure stands, in two queries."""
    asked = NationalEntry.objects.select_related("procedure", "decision", "confirmed_by")
    last = asked.filter(procedure__code=code).order_by("-opened_at", "-pk").first()
    difference = NationalDifference.objects.filter(code=code).first()
    return Sync(entry_of(last, on) if last else None, difference_of(difference) if difference else None)
