"""What the record of events costs: writing one, checking all of them, closing a day."""

import statistics
from collections.abc import Sequence
from datetime import timedelta
from functools import partial

from django.db import transaction

from benchmarks import data
from benchmarks.latencies import Latencies, timed
from motcua.dossiers.events import ResultProposed
from motcua.kernel.digests import close_day
from motcua.kernel.events import record
from motcua.kernel.models import EventRecord
from motcua.kernel.verification import verify_record
from tests.make import Office

DOSSIERS = 100_000  # about 1.1 million events
ROUNDS = 3


def main(*, quick: bool, offices: Sequence[Office]) -> None:
    """Measure and print."""
    data.top_up(offices, 300 if quick else DOSSIERS)
    events = EventRecord.objects.count()
    print(f"{events:,} events of {EventRecord.objects.values('subject').distinct().count():,} subjects")
    _print_writing(offices[0], 50 if quick else 1000)
    closing = timed(lambda: close_day(data.NOW.date()))
    again = [timed(lambda: close_day(data.NOW.date())) for _ in range(ROUNDS)]
    print(f"close_day: {closing:.2f} s; asked again {statistics.median(again) * 1000:.1f} ms")
    checked = verify_record  # one round: it takes a while and reads everything
    seconds = timed(checked)
    print(f"verify_record: {seconds:.1f} s, {events / seconds:,.0f} events/s (with one digest)")


def _print_writing(office: Office, count: int) -> None:
    """Compare an event of one subject after the other with the bare insert of the same row, each a transaction."""
    at = data.NOW + timedelta(hours=3)
    subjects = [f"R-{number:06}" for number in range(count)]

    def with_chain(subject: str) -> None:
        with transaction.atomic():
            record(ResultProposed(subject=subject, step="THAM_TRA", file_sha256=""), actor=office.officer, at=at)

    def bare(subject: str) -> None:
        row = EventRecord(
            subject=subject, seq=2, kind="ResultProposed", payload={"step": "THAM_TRA", "file_sha256": ""}, at=at
        )
        row.actor_id, row.hash, row.previous_hash = office.officer.pk, "0" * 64, "0" * 64
        with transaction.atomic():
            row.save(force_insert=True)

    chained = Latencies.of([timed(partial(with_chain, subject)) for subject in subjects])
    print(f"record(), in its own transaction: {chained}")
