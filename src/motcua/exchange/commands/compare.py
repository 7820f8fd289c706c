"""Compare our versions in force with what the national database last told, and keep the list of what differs (C-09)."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from django.db import transaction
from django.utils import timezone

from motcua.catalogue.models import PublicationLine
from motcua.catalogue.queries.day import versions_in_force
from motcua.exchange.commands.take_records import wait_for_turn
from motcua.exchange.events import NationalDifferencesListed
from motcua.exchange.facts import SUBJECT, confirmed_names, differing_parts, is_public
from motcua.exchange.models import NationalDifference, NationalEntry, NationalRecord, NationalSnapshot
from motcua.kernel import events
from motcua.rules.national_entry import DifferenceKind, EntryAct, EntryNotOpen, EntryState, state_after
from motcua.rules.publication import LineKind

_CHUNK: Final = 500


@dataclass(frozen=True, slots=True)
class _Found:
    title: str
    kind: DifferenceKind
    parts: tuple[str, ...] = ()


@transaction.atomic
def compare(*, at: datetime, codes: Collection[str] | None = None) -> int:
    """Bring the list of differences up to date for `codes`, None for all, and return how long the list is.

    Entries follow: one that stands there as we published it is confirmed, one that stands there otherwise is marked
    so. A comparison that finds what the one before found leaves no event.
    """
    wait_for_turn()
    today = timezone.localdate(at)
    found = dict(_differences(today, codes))
    event = _put(found, codes, today)
    moved = _follow(found, codes, today)
    if moved or event.new_count or event.changed_count or event.gone_count:
        events.record(event, actor=None, at=at)
    return NationalDifference.objects.count()


def _differences(today: date, codes: Collection[str] | None) -> Iterator[tuple[str, _Found]]:
    """Yield what differs by code; a procedure is missing there only once a whole catalogue has been told."""
    records = NationalRecord.objects.all() if codes is None else NationalRecord.objects.filter(code__in=codes)
    versions = versions_in_force(today).select_related("procedure__sector")
    if codes is not None:
        versions = versions.filter(procedure__code__in=codes)
    knows_all, names = NationalSnapshot.objects.filter(is_whole=True).exists(), confirmed_names()
    public = {row.code: row for row in records.iterator(chunk_size=_CHUNK) if is_public(row.content)}
    loaded = versions.prefetch_related("papers", "channels", "results").order_by("pk")
    for version in loaded.iterator(chunk_size=_CHUNK):
        code = version.procedure.code
        record = public.pop(code, None)
        if record is None:
            if knows_all:
                yield code, _Found(version.title, DifferenceKind.MISSING_THERE)
            continue
        parts = tuple(one.part.value for one in differing_parts(version, record, names))
        if parts:
            yield code, _Found(version.title, DifferenceKind.DIFFERING, parts)
    for code, record in public.items():
        yield code, _Found(record.title, DifferenceKind.MISSING_HERE)


def _put(found: dict[str, _Found], codes: Collection[str] | None, today: date) -> NationalDifferencesListed:
    rows = NationalDifference.objects.all() if codes is None else NationalDifference.objects.filter(code__in=codes)
    there = {row.code: row for row in rows}
    gone = there.keys() - found.keys()
    NationalDifference.objects.filter(code__in=gone).delete()
    changed = [row for code, row in there.items() if code in found and not _is_same(row, found[code])]
    for row in changed:
        one = found[row.code]
        row.title, row.kind, row.parts = one.title, one.kind.value, list(one.parts)
    NationalDifference.objects.bulk_update(changed, ["title", "kind", "parts"], batch_size=_CHUNK)
    new = [
        NationalDifference(code=code, title=one.title, kind=one.kind.value, parts=list(one.parts), since=today)
        for code, one in found.items()
        if code not in there
    ]
    NationalDifference.objects.bulk_create(new, batch_size=_CHUNK)
    return NationalDifferencesListed(
        subject=SUBJECT, new_count=len(new), changed_count=len(changed), gone_count=len(gone)
    )


def _is_same(row: NationalDifference, one: _Found) -> bool:
    return (row.title, row.kind, tuple(row.parts)) == (one.title, one.kind.value, one.parts)


def _follow(found: dict[str, _Found], codes: Collection[str] | None, today: date) -> int:
    """Move the entries whose version was compared, and return how many moved."""
    entries = NationalEntry.objects.exclude(line_kind__in=[LineKind.REPLACED, LineKind.ABOLISHED])
    if codes is not None:
        entries = entries.filter(procedure__code__in=codes)
    told = dict(
        NationalRecord.objects.filter(code__in=entries.values("procedure__code")).values_list("code", "told_at")
    )
    versions = versions_in_force(today).filter(procedure__in=entries.values("procedure"))
    in_force = frozenset(versions.values_list("pk", flat=True))
    lines = PublicationLine.objects.filter(decision__in=entries.values("decision"))
    version_of = {(one.decision_id, one.procedure_id): one.version_id for one in lines}
    moved = []
    for entry in entries.select_related("procedure").order_by("pk"):
        code = entry.procedure.code
        is_compared = version_of.get((entry.decision_id, entry.procedure_id)) in in_force and code in told
        if is_compared and _moves(entry, told[code], is_same=code not in found):
            moved.append(entry)
    NationalEntry.objects.bulk_update(moved, ["state", "entered_on"], batch_size=_CHUNK)
    return len(moved)


def _moves(entry: NationalEntry, told_at: datetime, *, is_same: bool) -> bool:
    """Move the entry to what was found, and tell whether that is news; what was told before it left says nothing."""
    left_at = entry.confirmed_at or entry.sent_at or entry.opened_at
    if not is_same and told_at < left_at:
        return False
    try:
        after = state_after(EntryState(entry.state), EntryAct.FIND_SAME if is_same else EntryAct.FIND_DIFFERENT)
    except EntryNotOpen:
        return False
    if after == entry.state:
        return False
    entry.state = after
    if after is EntryState.CONFIRMED and entry.entered_on is None:
        entry.entered_on = timezone.localdate(max(told_at, entry.opened_at))
    return True
