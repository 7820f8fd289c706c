"""Calls to the national database, made outside of any transaction: an entry sent, its catalogue pulled."""

import json
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from motcua.catalogue.models import ProcedureVersion
from motcua.exchange.commands.entries import EntryNotOpen, note_failed, note_sent
from motcua.exchange.commands.take_records import LoadReport, Told, take_records
from motcua.exchange.facts import definition_here
from motcua.exchange.models import NationalEntry, NationalSnapshot
from motcua.exchange.national_format import NationalRecord, record_of
from motcua.gateways.national_database import NationalDatabase, NationalDatabaseFault
from motcua.rules.national_entry import EntryState
from motcua.rules.publication import WITH_CONTENT, LineKind

_NO_LONGER_PUBLIC = "0"
_TO_SEND = frozenset({EntryState.NOT_SENT, EntryState.FAILED})


def send_entry(*, entry: NationalEntry, to: NationalDatabase, at: datetime) -> None:
    """Send an entry that waits, under its key, and note the outcome; one that was sent or confirmed is left alone.

    Raises `NationalDatabaseFault` after it was noted, so that the job is tried again.
    """
    if EntryState(entry.state) not in _TO_SEND:
        return
    try:
        to.enter(entry_record(entry), str(entry.key))
    except NationalDatabaseFault as failed:
        note_failed(key=entry.key, fault=failed.fault, at=at)
        raise
    try:
        note_sent(key=entry.key, at=at)
    except EntryNotOpen:  # another attempt under the same key was noted meanwhile
        return


def entry_record(entry: NationalEntry) -> NationalRecord:
    """Return what is to be entered: the version that was published, or that the procedure is public no more."""
    line = entry.decision.lines.select_related("version").get(procedure=entry.procedure)
    loaded = ProcedureVersion.objects.select_related("procedure__sector")
    if LineKind(entry.line_kind) in WITH_CONTENT and line.version_id is not None:
        return record_of(definition_here(loaded.get(pk=line.version_id)))
    last = loaded.filter(procedure=entry.procedure, published_at__isnull=False).order_by("-number").first()
    assert last is not None  # what is abolished was in force
    return {**record_of(definition_here(last)), "TRANGTHAI": _NO_LONGER_PUBLIC}


def pull(*, source: NationalDatabase, at: datetime) -> LoadReport:
    """Pull the whole catalogue and take it in; raises `NationalDatabaseFault`, and then nothing was taken."""
    lines = "".join(f"{line}\n" for line in _pulled(source))
    told = Told(lines.encode(), "", is_whole=True, origin=NationalSnapshot.Origin.PULL)
    return take_records(told=told, actor=None, at=at)


def _pulled(source: NationalDatabase) -> Iterator[str]:
    for code in source.codes():
        record: Any = source.procedure(code)
        yield json.dumps(record, ensure_ascii=False, sort_keys=True)
