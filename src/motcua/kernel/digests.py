"""The daily digest: one hash over the heads of all chains, chained to the day before.

A chain alone shows a changed event; it does not show that its last events were cut off, or that a whole subject
vanished. The digest does, because it names how many events and subjects there were and the head of each.
"""

import hashlib
import itertools
from collections.abc import Iterator
from datetime import date

from django.db import connection, transaction

from motcua.kernel.models import DailyDigest, EventRecord

_HEADS = """
SELECT DISTINCT ON (subject) subject, seq, hash FROM kernel_eventrecord
WHERE id <= %s ORDER BY subject, seq DESC
"""


class NothingToDigest(Exception):
    """No event has been recorded yet."""


def close_day(on: date) -> DailyDigest:
    """Write the digest of `on`, or return the one written before.

    The cut must be stable: an event whose transaction is still open may hold a lower number than one committed
    already. So the table is locked against writers for as long as it takes to read its highest number, which waits
    for open transactions and lets none slip below the cut. Raises `NothingToDigest` on an empty record.
    """
    written = DailyDigest.objects.filter(on=on).first()
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
        digest = summarise(last_event_id)
        digest.on = on
        digest.previous_hash = previous.hash if previous else ""
        digest.hash = digest_hash(digest)
        digest.save(force_insert=True)
    return digest


def summarise(last_event_id: int) -> DailyDigest:
    """Return an unsaved digest of the record up to `last_event_id`: counts and the hash over all heads."""
    hasher, subjects = hashlib.sha256(), 0
    for subject, seq, head in _heads(last_event_id):
        hasher.update(f"{subject} {seq} {head}\n".encode())
        subjects += 1
    return DailyDigest(
        last_event_id=last_event_id,
        event_count=EventRecord.objects.filter(id__lte=last_event_id).count(),
        subject_count=subjects,
        heads_hash=hasher.hexdigest(),
    )


def digest_hash(digest: DailyDigest) -> str:
    """Return the SHA-256 of what `digest` says and of the digest before it."""
    said = (
        f"{digest.on.isoformat()} {digest.last_event_id} {digest.event_count} {digest.subject_count} "
        f"{digest.heads_hash} {digest.previous_hash}"
    )
    return hashlib.sha256(said.encode()).hexdigest()


def _heads(last_event_id: int) -> Iterator[tuple[str, int, str]]:
    with connection.cursor() as cursor:
        cursor.execute(_HEADS, [last_event_id])
        batches = iter(lambda: cursor.fetchmany(5000), [])
        yield from itertools.chain.from_iterable(batches)
