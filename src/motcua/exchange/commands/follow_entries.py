"""Let entries follow what a comparison with the national database found (C-08, C-09)."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from motcua.catalogue.models import PublicationDecision, PublicationLine
from motcua.exchange.commands.close_entries import close_entries
from motcua.exchange.models import NationalEntry, NationalSnapshot
from motcua.rules.national_entry import EntryAct, EntryNotOpen, EntryState, state_after
from motcua.rules.publication import WITH_CONTENT, LineKind


@dataclass(frozen=True, slots=True)
class Seen:
    """How a record stood when it was last told: since when it says what it says, when last, and whether it is shown."""

    told_at: datetime
    seen_at: datetime
    is_public: bool


@dataclass(frozen=True, slots=True)
class _Finding:
    act: EntryAct
    since: datetime


def follow_entries(
    seen: Mapping[str, Seen], differing: Collection[str], codes: Collection[str] | None, at: datetime
) -> int:
    """Move the entries of `codes`, None for all, to what was found, and return how many moved.

    Of each procedure the last entry that has taken effect is looked at. `differing` are the codes of what does not
    stand there as the province published it. What was last told before an entry left says nothing against it, and
    what the national database does not show confirms nothing but an end.
    """
    found = {entry.pk: finding for entry, finding in _findings(seen, differing, codes, at)}
    entries = _locked(found)
    moved = [entry for entry in entries if _moves(entry, found[entry.pk].act)]
    closing = []
    for entry in moved:
        finding = found[entry.pk]
        if finding.act is EntryAct.FIND_SAME:
            entry.entered_on = entry.entered_on or timezone.localdate(max(finding.since, entry.opened_at))
            closing.append(entry)
        else:
            entry.state = EntryState.DIFFERENT
    NationalEntry.objects.bulk_update([row for row in moved if row not in closing], ["state"], batch_size=500)
    close_entries(closing, actor=None, at=at)
    return len(moved)


def _findings(
    seen: Mapping[str, Seen], differing: Collection[str], codes: Collection[str] | None, at: datetime
) -> Iterator[tuple[NationalEntry, _Finding]]:
    whole = NationalSnapshot.objects.filter(is_whole=True).order_by("-taken_at").first()
    for entry in _last_in_effect(codes, timezone.localdate(at)):
        code = entry.procedure.code
        record = seen.get(code)
        if LineKind(entry.line_kind) in WITH_CONTENT:
            is_same = record is not None and record.is_public and code not in differing
        elif record is None and whole is None:
            continue
        else:
            is_same = record is None or not record.is_public
        if is_same:
            since = record.told_at if record else whole.taken_at if whole else entry.opened_at
            yield entry, _Finding(EntryAct.FIND_SAME, since)
        elif record is not None and record.seen_at >= _left_at(entry):
            yield entry, _Finding(EntryAct.FIND_DIFFERENT, record.seen_at)


def _left_at(entry: NationalEntry) -> datetime:
    return max(moment for moment in (entry.opened_at, entry.sent_at, entry.confirmed_at) if moment)


def _last_in_effect(codes: Collection[str] | None, today: date) -> Iterator[NationalEntry]:
    entries = NationalEntry.objects.all() if codes is None else NationalEntry.objects.filter(procedure__code__in=codes)
    lines = PublicationLine.objects.filter(decision__in=entries.values("decision")).select_related("version")
    begins_on = {
        (line.decision_id, line.procedure_id): line.version.valid_from if line.version else line.ended_on
        for line in lines
    }
    last: dict[int, NationalEntry] = {}
    for entry in entries.select_related("procedure").order_by("opened_at", "pk"):
        first_day = begins_on.get((entry.decision_id, entry.procedure_id))
        if first_day is not None and first_day <= today:
            last[entry.procedure_id] = entry
    yield from last.values()


def _locked(found: Collection[int]) -> list[NationalEntry]:
    """Return the entries that may move, their decisions locked first and shared between them."""
    open_to = NationalEntry.objects.filter(pk__in=found)
    locked = PublicationDecision.objects.select_for_update(of=("self",)).filter(pk__in=open_to.values("decision"))
    decisions = {row.pk: row for row in locked.order_by("pk")}
    rows = list(open_to.select_for_update(of=("self",)).select_related("procedure").order_by("pk"))
    for row in rows:
        row.decision = decisions[row.decision_id]
    return rows


def _moves(entry: NationalEntry, act: EntryAct) -> bool:
    try:
        return state_after(EntryState(entry.state), act) != entry.state
    except EntryNotOpen:
        return False
