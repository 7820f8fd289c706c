"""The daily digest: one hash over the heads of all chains, chained to the day before.

A chain alone shows a changed event; it does not show that its last events were cut off, or that a whole subject
vanished. The digest does, because it names how many events and subjects there were and the head of each: those that
moved since the digest before by themselves, the others through that digest. So a day costs what happened on it.
"""

import hashlib
import itertools
from collections.abc import Iterator
from datetime import date

from django.db import connection, transaction

from motcua.kernel.models import DailyDigest, EventRecord

# Ordered by code points: the hash must not depend on the collation of the database a backup is restored to.
_HEADS = """
SELECT DISTINCT ON (subject COLLATE "C") subject, seq, hash FROM kernel_eventrecord
WHERE id > %s AND id <= %s ORDER BY subject COLLATE "C", seq DESC
"""
_COUNTS = "SELECT count(*), count(*) FILTER (WHERE seq = 1) FROM kernel_eventrecord WHERE id > %s AND id <= %s"
_BEFORE_ALL = -(2**63)


class NothingToDigest(Exception):
    """No event has been recorded yet."""


def close_day(on: date) -> DailyDigest:
    """Write the digest of `on` and return it; one of that day or of a later one, written before, stands for it.

    Digests are chained in the order of their days, so none is ever put before another. The cut must be stable: an
    event whose transaction is still open may hold a lower number than one committed already. So the table is locked
    against writers for as long as it takes to read its highest number, which waits for open transactions and lets none
    slip below the cut. Raises `NothingToDigest` on an empty record.
    """
    written = DailyDigest.objects.filter(on__gte=on).order_by("on").first()
    if written:
        return written
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("LOCK TABLE kernel_eventrecord IN SHARE ROW EXCLUSIVE MODE")
        last_event_id = EventRecord.objects.order_by("-id").values_list("id", flat=True).first()
    if last_event_id is None:
        raise NothingToDigest
    with transaction.atomic():
        previous = DailyDigest.objects.order_by("-on").first()
        digest = summarise(last_event_id, since=previous)
        digest.on = on
        digest.previous_hash = previous.hash if previous else ""
        digest.hash = digest_hash(digest)
        digest.save(force_insert=True)
    return digest


def summarise(last_event_id: int, *, since: DailyDigest | None) -> DailyDigest:
    """Return an unsaved digest of the record up to `last_event_id`, `since` being the digest before.

    The counts are of the whole record, the hash is over the heads of the chains that moved since then.
    """
    window = (since.last_event_id if since else _BEFORE_ALL, last_event_id)
    hasher = hashlib.sha256()
    for subject, seq, head in _heads(window):
        hasher.update(f"{subject} {seq} {head}\n".encode())
    with connection.cursor() as cursor:
        cursor.execute(_COUNTS, window)
        events, subjects = cursor.fetchone()
    return DailyDigest(
        last_event_id=last_event_id,
        event_count=events + (since.event_count if since else 0),
        subject_count=subjects + (since.subject_count if since else 0),
        heads_hash=hasher.hexdigest(),
    )


def digest_hash(digest: DailyDigest) -> str:
    """Return the SHA-256 of what `digest` says and of the digest before it."""
    said = (
        f"{digest.on.isoformat()} {digest.last_event_id} {digest.event_count} {digest.subject_count} "
        f"{digest.heads_hash} {digest.previous_hash}"
    )
    return hashlib.sha256(said.encode()).hexdigest()


def _heads(window: tuple[int, int]) -> Iterator[tuple[str, int, str]]:
    with connection.cursor() as cursor:
        cursor.execute(_HEADS, window)
        batches = iter(lambda: cursor.fetchmany(5000), [])
        yield from itertools.chain.from_iterable(batches)
