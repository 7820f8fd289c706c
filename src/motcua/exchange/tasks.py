"""Background jobs of the exchange with the national database."""

from typing import Final

import structlog
from django.utils import timezone
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from motcua.exchange.commands.compare import compare
from motcua.exchange.commands.send import pull
from motcua.exchange.commands.send import send_entry as send
from motcua.exchange.commands.take_records import FileUnreadable
from motcua.exchange.models import NationalEntry
from motcua.gateways.national_database import NationalDatabaseFault, national_database

_TOLD_FAULTS: Final = 20
log = structlog.get_logger()
# 2 s, 4 s, … 9 hours: longer than the national systems are usually down.
_RETRY = RetryStrategy(max_attempts=15, exponential_wait=2, retry_exceptions=[NationalDatabaseFault])


@app.task(name="exchange.send_entry", retry=_RETRY)
def send_entry(*, entry_id: int) -> None:
    """Send one entry; without a connection it is left for the officer, who confirms it by hand."""
    service = national_database()
    if service is not None:
        found = NationalEntry.objects.select_related("procedure", "decision").get(pk=entry_id)
        send(entry=found, to=service, at=timezone.now())


@app.task(name="exchange.compare", queueing_lock="exchange.compare")
def compare_all() -> None:
    """Compare the whole catalogue, after a long file."""
    compare(at=timezone.now())


# At half past four in Hanoi, before anybody is at work.
@app.periodic(cron="30 21 * * *", periodic_id="exchange.compare_daily")
@app.task(name="exchange.compare_daily", queueing_lock="exchange.compare_daily")
def compare_daily(timestamp: int) -> None:
    """Pull the national catalogue where there is a connection, and list what differs."""
    service = national_database()
    if service is not None:
        try:
            pulled = pull(source=service, at=timezone.now())
        except (NationalDatabaseFault, FileUnreadable) as failed:  # what was told before is compared all the same
            log.warning("national_database.pull_failed", fault=str(failed))
        else:
            if pulled.failed:
                some = dict(list(pulled.failed.items())[:_TOLD_FAULTS])
                log.warning("national_database.codes_failed", count=len(pulled.failed), faults=some)
    compare(at=timezone.now())
