"""Calls to the national database, made outside of any transaction: an entry sent, its catalogue pulled."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from motcua.catalogue.models import ProcedureVersion
from motcua.exchange.commands.entries import EntryNotOpen, note_failed, note_sent
from motcua.exchange.commands.take_records import LoadReport, Told, take_records
from motcua.exchange.facts import definition_here
from motcua.exchange.models import NationalEntry, NationalSnapshot
from motcua.exchange.national_format import NationalRecord, record_of
from motcua.gateways.national_database import NationalDatabase, NationalDatabaseFault
from motcua.rules.identifiers import ProcedureCodeUnclear, bare_procedure_code
from motcua.rules.national_entry import EntryState
from motcua.rules.publication import WITH_CONTENT, LineKind

_NO_LONGER_PUBLIC = "0"
NOT_ASKED: Final = "NOT_ASKED"
MOST_FAULTS: Final = 20
"""So many procedures in a row that are not told: the service is down, and each more would cost a time-out."""
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


@dataclass(frozen=True, slots=True)
class Pulled:
    """What a pull brought: what became of the records, and by code the faults of those that were not told."""

    report: LoadReport
    failed: Mapping[str, str]


def pull(*, source: NationalDatabase, at: datetime) -> Pulled:
    """Pull the whole catalogue and take in what arrives; a procedure that is not told stays as last told.

    Once `MOST_FAULTS` procedures in a row are not told, the rest is not asked for. Raises `NationalDatabaseFault` when
    the codes, or not one procedure, can be had, and then nothing was taken.
    """
    codes = source.codes()
    lines, failed = _pulled(source, codes)
    if not lines:
        raise NationalDatabaseFault(next(iter(failed.values())))
    told = Told(
        "".join(lines).encode(),
        is_whole=True,
        origin=NationalSnapshot.Origin.PULL,
        listed=frozenset(filter(None, map(_bare, codes))),
        failed_count=len(failed),
    )
    return Pulled(take_records(told=told, actor=None, at=at), failed)


def _pulled(source: NationalDatabase, codes: Sequence[str]) -> tuple[list[str], dict[str, str]]:
    lines: list[str] = []
    failed: dict[str, str] = {}
    in_a_row = 0
    for code in codes:
        if in_a_row == MOST_FAULTS:
            failed[code] = NOT_ASKED
            continue
        try:
            record: Any = source.procedure(code)
        except NationalDatabaseFault as fault:
            failed[code] = fault.fault
            in_a_row += 1
        else:
            in_a_row = 0
            lines.append(f"{json.dumps(record)}\n")
    return lines, failed


def _bare(code: str) -> str:
    try:
        return bare_procedure_code(code)
    except ProcedureCodeUnclear:
        return ""
