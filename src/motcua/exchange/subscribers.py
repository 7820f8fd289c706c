"""What follows from a publication, and from what the national database told."""

from datetime import datetime
from typing import Final

from django.db import transaction
from procrastinate.exceptions import AlreadyEnqueued

from motcua.catalogue.events import PublicationEntered, PublicationIssued
from motcua.catalogue.models import PublicationDecision
from motcua.exchange.commands.compare import compare
from motcua.exchange.commands.entries import entered_with_decision, open_entries
from motcua.exchange.events import NationalEntryOrdered, NationalRecordsTaken
from motcua.exchange.models import NationalEntry, NationalRecord
from motcua.exchange.tasks import compare_all, send_entry
from motcua.gateways.national_database import national_database
from motcua.kernel.events import subscribe

MOST_AT_ONCE: Final = 200


def open_and_send(event: PublicationIssued, at: datetime) -> None:
    """Open an entry for every procedure of the decision, and have it sent where there is a connection (C-08)."""
    entries = open_entries(PublicationDecision.objects.get(key=event.subject), at)
    if national_database() is not None:
        for entry in entries:
            send_entry.defer(entry_id=entry.pk)


def send_once_more(event: NationalEntryOrdered, _at: datetime) -> None:
    """Have the entry sent; an attempt that still waits for its turn finds it sent then, and does nothing."""
    send_entry.defer(entry_id=NationalEntry.objects.get(key=event.entry).pk)


def confirm_all(event: PublicationEntered, at: datetime) -> None:
    """Confirm the entries of a decision whose day was noted."""
    entered_with_decision(PublicationDecision.objects.get(key=event.subject), at)


def look_at(event: NationalRecordsTaken, at: datetime) -> None:
    """Compare a short file at once, and leave a long one to a job."""
    codes = list(NationalRecord.objects.filter(told_at=at).values_list("code", flat=True)[: MOST_AT_ONCE + 1])
    if event.is_whole or event.gone_count or len(codes) > MOST_AT_ONCE:
        try:
            with transaction.atomic():  # one that waits already is refused by the database
                compare_all.defer()
        except AlreadyEnqueued:
            return
    else:
        compare(at=at, codes=codes)


subscribe(PublicationIssued, open_and_send)
subscribe(PublicationEntered, confirm_all)
subscribe(NationalEntryOrdered, send_once_more)
subscribe(NationalRecordsTaken, look_at)
