"""The record of what happened: one row an event, written in the transaction of the change it tells of.

An app declares its events as frozen dataclasses in its `events.py`. Apps above it react by `subscribe`, from their
`subscribers.py`; a reaction runs inside the same transaction, so it only writes rows or defers a job.
"""

import hashlib
import json
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import Enum
from typing import TYPE_CHECKING, TypeVar

from django.db import connection

from motcua.kernel.models import EventRecord

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractBaseUser

JsonValue = str | int | float | bool | None | list["JsonValue"] | dict[str, "JsonValue"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Something that happened to one dossier, unit, procedure, … named by `subject` (its public code)."""

    subject: str


class Secret:
    """A value that reactions need but the record must not keep, such as a one-time code on its way to a phone."""

    __slots__ = ("value",)

    def __init__(self, value: str) -> None:
        self.value = value

    def __repr__(self) -> str:
        return "Secret(…)"


_HEADS = """
SELECT DISTINCT ON (subject) subject, seq, hash FROM kernel_eventrecord WHERE subject = ANY(%s)
ORDER BY subject, seq DESC
"""
# One JSON document, because so many parameters cost more than the rows.
_APPEND = """
INSERT INTO kernel_eventrecord (subject, seq, kind, payload, actor_id, at, previous_hash, hash)
SELECT subject, seq, kind, payload, actor_id, at, previous_hash, hash FROM jsonb_to_recordset(%s::jsonb)
    said(subject text, seq int, kind text, payload jsonb, actor_id bigint, at timestamptz,
         previous_hash text, hash text)
"""
_APPEND_ONE = """
INSERT INTO kernel_eventrecord (subject, seq, kind, payload, actor_id, at, previous_hash, hash)
VALUES (%s, %s, %s, %s::jsonb, %s, %s, %s, %s) RETURNING id
"""
_HEAD = "SELECT seq, hash FROM kernel_eventrecord WHERE subject = %s ORDER BY seq DESC LIMIT 1"

E = TypeVar("E", bound=Event)
_reactions: defaultdict[type[Event], list[Callable[..., None]]] = defaultdict(list)
_reactions_to_many: defaultdict[type[Event], list[Callable[..., None]]] = defaultdict(list)


def subscribe(kind: type[E], reaction: Callable[[E, datetime], None]) -> None:
    """Have `reaction(event, at)` called with every event of `kind`, in the transaction that records it."""
    if reaction not in _reactions[kind]:
        _reactions[kind].append(reaction)


def record(event: Event, *, actor: "AbstractBaseUser | None", at: datetime) -> EventRecord:
    """Append `event` to the chain of its subject and run the reactions to it.

    Call it inside a transaction, after the change and under the lock of the subject's row: two events of one subject
    at once would meet in the unique (subject, seq). `actor` is None for the system and for applicants without an
    account.
    """
    row = _linked(event, _head(event.subject), actor, at)
    with connection.cursor() as cursor:
        said = json.dumps(row.payload)
        chain = (row.previous_hash, row.hash)
        cursor.execute(_APPEND_ONE, (row.subject, row.seq, row.kind, said, row.actor_id, row.at, *chain))
        row.pk = cursor.fetchone()[0]
    for reaction in _reactions[type(event)]:
        reaction(event, at)
    return row


def subscribe_many(kind: type[E], reaction: Callable[[Sequence[E], datetime], None]) -> None:
    """Have `reaction(events, at)` called with all events of `kind` that `record_many` records at once."""
    if reaction not in _reactions_to_many[kind]:
        _reactions_to_many[kind].append(reaction)


def record_many(happened: Sequence[E], *, actor: "AbstractBaseUser | None", at: datetime) -> None:
    """Append events of one kind, each of another subject, as `record` does with one; for acts on many rows at once.

    Those who subscribed to single events hear of none of them.
    """
    if not happened:
        return
    with connection.cursor() as cursor:
        cursor.execute(_HEADS, [[event.subject for event in happened]])
        heads: dict[str, tuple[int, str]] = {subject: (seq, head) for subject, seq, head in cursor.fetchall()}
    rows = [_linked(event, heads.get(event.subject, (0, "")), actor, at) for event in happened]
    with connection.cursor() as cursor:
        cursor.execute(_APPEND, [json.dumps([_columns(row) for row in rows])])
    for reaction in _reactions_to_many[type(happened[0])]:
        reaction(happened, at)


def _columns(row: EventRecord) -> dict[str, JsonValue]:
    return {
        "subject": row.subject,
        "seq": row.seq,
        "kind": row.kind,
        "payload": row.payload,
        "actor_id": row.actor_id,
        "at": row.at.isoformat(),
        "previous_hash": row.previous_hash,
        "hash": row.hash,
    }


def _linked(event: Event, head: tuple[int, str], actor: "AbstractBaseUser | None", at: datetime) -> EventRecord:
    """Return the row of `event`, next in the chain whose last number and hash are `head`."""
    payload = {
        field.name: plain(value)
        for field in fields(event)
        if field.name != "subject" and not isinstance(value := getattr(event, field.name), Secret)
    }
    row = EventRecord(
        subject=event.subject,
        seq=head[0] + 1,
        kind=type(event).__name__,
        payload=payload,
        at=at,
        previous_hash=head[1],
    )
    row.actor_id = actor.pk if actor is not None else None
    row.hash = event_hash(row)
    return row


def event_hash(row: EventRecord) -> str:
    """Return the SHA-256 of everything `row` says, its place in the chain and the hash before it."""
    said: Mapping[str, JsonValue] = {
        "subject": row.subject,
        "seq": row.seq,
        "kind": row.kind,
        "payload": row.payload,
        "actor": row.actor_id,
        "at": row.at.astimezone(UTC).isoformat(timespec="microseconds"),
        "previous": row.previous_hash,
    }
    text = json.dumps(said, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _head(subject: str) -> tuple[int, str]:
    """Return the number and the hash of the last event of `subject`; plain SQL, because every act asks."""
    with connection.cursor() as cursor:
        cursor.execute(_HEAD, [subject])
        head: tuple[int, str] | None = cursor.fetchone()
    return head or (0, "")


def plain(value: object) -> JsonValue:
    """Return `value` as JSON holds it: moments in ISO form, decimals and enums as text, tuples as lists."""
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    return _plain_scalar(value)


def _plain_scalar(value: object) -> JsonValue:
    if isinstance(value, Enum):
        return _plain_scalar(value.value)
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    if value is None or isinstance(value, str | int | float | bool):
        return value
    raise TypeError(f"an event cannot hold {type(value).__name__}")
