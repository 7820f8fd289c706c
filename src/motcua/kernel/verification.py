"""Find out whether the record of events was changed, cut or added to behind the program's back."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from motcua.kernel.digests import digest_hash, summarise
from motcua.kernel.events import event_hash
from motcua.kernel.models import DailyDigest, EventRecord

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Broken:
    """The first place where the record does not hold: an event (`subject`, `seq`) or the digest of a day (seq 0)."""

    subject: str
    seq: int
    reason: str


@dataclass(frozen=True, slots=True)
class Newest:
    """The newest digest, and how many events have come since: those are held by their own chains alone."""

    on: date
    hash: str
    events_since: int


@dataclass(frozen=True, slots=True)
class Verification:
    """What was checked; `first_broken` is None when everything holds, `newest` when there is no digest yet."""

    events_checked: int
    digests_checked: int
    first_broken: Broken | None
    newest: Newest | None = None


def verify_record(progress: Progress | None = None, *, noted: str = "") -> Verification:
    """Recompute every hash of the record and every daily digest; stop at the first that does not hold.

    Events are checked subject by subject in the order of their chains, then the digests day by day, then that a digest
    whose hash begins with `noted`, taken down elsewhere, is among them. `progress` is called with (done, total) events.
    """
    total = EventRecord.objects.count()
    checked, broken = _check_events(total, progress)
    if broken:
        return Verification(events_checked=checked, digests_checked=0, first_broken=broken)
    digests, broken = _check_digests()
    if broken is None and not DailyDigest.objects.filter(hash__startswith=noted).exists() and noted:
        broken = Broken(
            subject=f"digest {noted}", seq=0, reason="was taken down and is gone: digests were cut off or written anew"
        )
    return Verification(events_checked=checked, digests_checked=digests, first_broken=broken, newest=_newest())


def _newest() -> Newest | None:
    digest = DailyDigest.objects.order_by("-on").first()
    if digest is None:
        return None
    since = EventRecord.objects.filter(id__gt=digest.last_event_id).count()
    return Newest(on=digest.on, hash=digest.hash, events_since=since)


def _check_events(total: int, progress: Progress | None) -> tuple[int, Broken | None]:
    subject, seq, previous_hash = "", 0, ""
    checked = 0
    for row in EventRecord.objects.order_by("subject", "seq").iterator(chunk_size=2000):
        if row.subject != subject:
            subject, seq, previous_hash = row.subject, 0, ""
        reason = _fault(row, expected_seq=seq + 1, previous_hash=previous_hash)
        if reason:
            return checked, Broken(subject=row.subject, seq=row.seq, reason=reason)
        seq, previous_hash = row.seq, row.hash
        checked += 1
        if progress and checked % 1000 == 0:
            progress(checked, total)
    if progress:
        progress(total, total)
    return checked, None


def _fault(row: EventRecord, *, expected_seq: int, previous_hash: str) -> str:
    if row.seq != expected_seq:
        return f"event {expected_seq} is missing"
    if row.previous_hash != previous_hash:
        return "does not follow from the event before it"
    if row.hash != event_hash(row):
        return "its content was changed"
    return ""


def _check_digests() -> tuple[int, Broken | None]:
    previous: DailyDigest | None = None
    checked = 0
    for digest in DailyDigest.objects.order_by("on").iterator(chunk_size=1000):
        if reason := _digest_fault(digest, previous):
            return checked, Broken(subject=f"digest {digest.on.isoformat()}", seq=0, reason=reason)
        previous = digest
        checked += 1
    return checked, None


def _digest_fault(digest: DailyDigest, previous: DailyDigest | None) -> str:
    if digest.previous_hash != (previous.hash if previous else ""):
        return "does not follow from the digest before it: one was taken out, put in or written anew"
    if digest.hash != digest_hash(digest):
        return "its content was changed"
    return _difference(digest, summarise(digest.last_event_id, since=previous))


def _difference(digest: DailyDigest, now: DailyDigest) -> str:
    if now.subject_count != digest.subject_count:
        return f"had {digest.subject_count} subjects, now {now.subject_count}: a subject vanished or was added"
    if now.event_count != digest.event_count:
        return f"had {digest.event_count} events, now {now.event_count}: events were cut off or added"
    if now.heads_hash != digest.heads_hash:
        return "the heads of the chains were other than now: a chain was written anew"
    return ""
