"""Compare our versions in force with what the national database last told, and keep the list of what differs (C-09)."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from django.db import transaction
from django.utils import timezone

from motcua.catalogue.queries.day import versions_in_force
from motcua.exchange.commands.follow_entries import Seen, follow_entries
from motcua.exchange.commands.take_records import wait_for_turn
from motcua.exchange.events import NationalDifferencesListed
from motcua.exchange.facts import SUBJECT, confirmed_names, differing_parts, is_public
from motcua.exchange.models import NationalDifference, NationalRecord, NationalSnapshot
from motcua.kernel import events
from motcua.rules.national_entry import DifferenceKind

_CHUNK: Final = 500


@dataclass(frozen=True, slots=True)
class _Found:
    title: str
    kind: DifferenceKind
    parts: tuple[str, ...] = ()
    is_as_published: bool = False
    """What differs is nothing that the province published: of a procedure regulated above its list alone (C-05)."""


@transaction.atomic
def compare(*, at: datetime, codes: Collection[str] | None = None) -> int:
    """Bring the list of differences up to date for `codes`, None for all, and return how long the list is.

    Entries follow: one that stands there as we published it is confirmed, one that stands there otherwise is marked
    so, each with its event. A comparison that finds what the one before found leaves no event.
    """
    wait_for_turn()
    today = timezone.localdate(at)
    public, seen = _records(codes)
    found = dict(_differences(public, today, codes))
    event = _put(found, codes, today)
    differing = {code for code, one in found.items() if not one.is_as_published}
    moved = follow_entries(seen, differing, codes, at)
    if moved or event.new_count or event.changed_count or event.gone_count:
        events.record(event, actor=None, at=at)
    return NationalDifference.objects.count()


def _records(codes: Collection[str] | None) -> tuple[dict[str, NationalRecord], dict[str, Seen]]:
    """Return the records that are public, and how every record was last seen, by code."""
    records = NationalRecord.objects.all() if codes is None else NationalRecord.objects.filter(code__in=codes)
    public, seen = {}, {}
    for row in records.iterator(chunk_size=_CHUNK):
        is_shown = is_public(row.content)
        seen[row.code] = Seen(row.told_at, row.seen_at or row.told_at, is_shown)
        if is_shown:
            public[row.code] = row
    return public, seen


def _differences(
    public: dict[str, NationalRecord], today: date, codes: Collection[str] | None
) -> Iterator[tuple[str, _Found]]:
    """Yield what differs by code; a procedure is missing there only once a whole catalogue has been told."""
    versions = versions_in_force(today).select_related("procedure__sector")
    if codes is not None:
        versions = versions.filter(procedure__code__in=codes)
    knows_all, names = NationalSnapshot.objects.filter(is_whole=True).exists(), confirmed_names()
    loaded = versions.prefetch_related("papers", "channels", "results").order_by("pk")
    for version in loaded.iterator(chunk_size=_CHUNK):
        code = version.procedure.code
        record = public.pop(code, None)
        if record is None:
            if knows_all:
                yield code, _Found(version.title, DifferenceKind.MISSING_THERE)
            continue
        differing = differing_parts(version, record, names)
        if differing.parts:
            parts = tuple(one.part.value for one in differing.parts)
            yield code, _Found(version.title, DifferenceKind.DIFFERING, parts, differing.is_as_published)
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
