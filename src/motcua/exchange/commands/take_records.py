"""Take in what the national database tells of its procedures: a file, or the answer of its service (C-08, C-09).

Our catalogue is not touched: what differs is listed, and taken over by an act of its own.
"""

import hashlib
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from django.db import connection, transaction
from django.db.models import JSONField, Value

from motcua.accounts.models import User
from motcua.catalogue.models import ProcedureVersion
from motcua.exchange.events import NationalRecordsTaken
from motcua.exchange.facts import (
    SUBJECT,
    MayNotExchange,
    TheirName,
    name_key,
    our_names,
    require_keeper,
)
from motcua.exchange.models import NameMapping, NationalRecord, NationalSnapshot
from motcua.exchange.national_files import FileCutOff, records_in, require_storable
from motcua.exchange.national_format import NationalRecord as Record
from motcua.exchange.national_format import clean
from motcua.exchange.national_reading import definition_of, digest_of
from motcua.kernel import events
from motcua.organisations.records import RecordUnclear
from motcua.organisations.reports import FileUnreadable, LoadReport, RejectedLine

__all__ = ["FileCutOff", "FileUnreadable", "LoadReport", "MayNotExchange", "Told", "take_records", "wait_for_turn"]

_ONE_AT_A_TIME: Final = 63_2010_24
_BATCH: Final = 500


@dataclass(frozen=True, slots=True)
class Told:
    """What the national database told: the bytes, their name, whether of all its procedures, and how it came.

    `listed` are the codes that it has, where it says so beside the records: these are not gone although a record did
    not come, or cannot be used. `failed_count` of them did not come.
    """

    content: bytes
    name: str = ""
    is_whole: bool = False
    origin: NationalSnapshot.Origin = NationalSnapshot.Origin.FILE
    listed: frozenset[str] = frozenset()
    failed_count: int = 0


@transaction.atomic
def take_records(*, told: Told, actor: User | None, at: datetime) -> LoadReport:
    """Take in JSON lines or one document (also gzipped), and report every record; nothing here changes by it.

    A record that cannot be used is reported and the others are taken, each whole or not at all; of a whole catalogue
    those that are gone are dropped. The same a second time leaves neither a row nor an event, only that it was seen
    again. `actor` None: the program itself. Raises `FileUnreadable`, and then nothing was taken; `MayNotExchange`.
    """
    if actor is not None:
        require_keeper(actor, at)
    wait_for_turn()
    intake = _Intake(at)
    for line, record in records_in(told.content, told.name):
        intake.take(line, record)
    knows_all = told.is_whole and (bool(told.listed) or not intake.rejected)
    gone_count = intake.drop_absent(told.listed) if knows_all else 0
    intake.store()
    is_first_whole = told.is_whole and not NationalSnapshot.objects.filter(is_whole=True).exists()
    if intake.new or intake.changed or gone_count or is_first_whole or told.failed_count:
        _snapshot(told, intake, actor, at)
        event = NationalRecordsTaken(
            subject=SUBJECT,
            digest=_digest(told.content),
            is_whole=told.is_whole,
            new_count=intake.new,
            changed_count=intake.changed,
            gone_count=gone_count,
            rejected_count=len(intake.rejected),
            failed_count=told.failed_count,
        )
        events.record(event, actor=actor, at=at)
    return LoadReport(
        file=told.name,
        loaded=intake.new,
        changed=intake.changed,
        unchanged=intake.unchanged,
        rejected=tuple(intake.rejected),
    )


def wait_for_turn() -> None:
    """Let nobody else take in, compare or map until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_ONE_AT_A_TIME])


@dataclass(frozen=True, slots=True)
class _News:
    """A record to be stored: one that is new, or says something else than before."""

    code: str
    title: str
    content: Record
    digest: str
    told_at: datetime


@dataclass(slots=True)
class _Intake:
    at: datetime
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    rejected: list[RejectedLine] = field(default_factory=list)
    _line_of: dict[str, int] = field(default_factory=dict)
    _rows: list[_News] = field(default_factory=list)
    _same: list[str] = field(default_factory=list)
    _known: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._known = dict(NationalRecord.objects.values_list("code", "digest"))

    def take(self, line: int, record: Record | RecordUnclear) -> None:
        """Read one record through, so that whatever is kept can be used."""
        try:
            if isinstance(record, RecordUnclear):
                raise record
            require_storable(record)
            definition = definition_of(record)
            self._refuse_repeated(definition.code, line)
        except RecordUnclear as unclear:
            self.rejected.append(RejectedLine(line, unclear.fault, unclear.detail))
            return
        digest = digest_of(record)
        before = self._known.get(definition.code)
        if before == digest:
            self.unchanged += 1
            self._same.append(definition.code)
            return
        self.new += before is None
        self.changed += before is not None
        self._rows.append(_News(definition.code, definition.content.title, record, digest, self.at))

    def drop_absent(self, listed: frozenset[str]) -> int:
        """Drop what a whole catalogue neither tells of nor lists any more, and return how many these were."""
        absent = self._known.keys() - self._line_of.keys() - listed
        count, _ = NationalRecord.objects.filter(code__in=absent).delete()
        return count

    def store(self) -> None:
        """Store what is new or says something else, and the names in it that nobody here knows."""
        NationalRecord.objects.bulk_create(
            map(_as_row, self._rows),
            update_conflicts=True,
            unique_fields=["code"],
            update_fields=["title", "content", "digest", "told_at", "seen_at"],
            batch_size=_BATCH,
        )
        NationalRecord.objects.filter(code__in=self._same).update(seen_at=self.at)
        if self._rows:
            _note_unknown(self._rows)

    def _refuse_repeated(self, code: str, line: int) -> None:
        first = self._line_of.setdefault(code, line)
        if first != line:
            raise RecordUnclear("REPEATED", f"{code} stands on line {first} already")


def _as_row(news: _News) -> NationalRecord:
    return NationalRecord(
        code=news.code,
        title=news.title,
        # As a value of its own: many long texts in one array of the driver cost three times as much.
        content=Value(news.content, JSONField()),
        digest=news.digest,
        told_at=news.told_at,
        seen_at=news.told_at,
    )


def _note_unknown(rows: list[_News]) -> None:
    """Let the names that are not known here wait for an officer; those noted before are left as they are."""
    codes = [row.code for row in rows]
    versions = ProcedureVersion.objects.open_ended().filter(procedure__code__in=codes)
    known = our_names(versions.select_related("procedure").prefetch_related("papers"))
    found: dict[tuple[str, str], TheirName] = {}
    for row in rows:
        for name in known.unknown_in(row.content, row.code):
            found.setdefault((name.kind.value, name_key(name.kind, name.name, name.procedure)), name)
    NameMapping.objects.bulk_create(
        [
            NameMapping(
                kind=kind, theirs=clean(name.name), theirs_key=key, theirs_code=name.their_code, example=name.procedure
            )
            for (kind, key), name in found.items()
        ],
        ignore_conflicts=True,
        batch_size=_BATCH,
    )


def _snapshot(told: Told, intake: _Intake, actor: User | None, at: datetime) -> None:
    NationalSnapshot.objects.create(
        origin=told.origin,
        name=told.name[:200],
        digest=_digest(told.content),
        is_whole=told.is_whole,
        taken_at=at,
        taken_by=actor,
        record_count=intake.new + intake.changed + intake.unchanged,
        changed_count=intake.new + intake.changed,
        failed_count=told.failed_count,
    )


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
