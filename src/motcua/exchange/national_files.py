"""The bytes that the national database gives out, read as records: JSON lines or one document, gzipped or not.

One record that cannot be used is told by itself: the others of the file are not lost with it.
"""

import gzip
import io
import json
import math
import zlib
from collections.abc import Iterator
from typing import Final

from motcua.exchange.national_format import NationalRecord
from motcua.kernel.events import JsonValue
from motcua.organisations.records import GZIP_MAGIC, RecordUnclear
from motcua.organisations.reports import FileUnreadable

MOST_BYTES: Final = 300_000_000
_MOST_DEPTH: Final = 30
_LONGEST_PLACE: Final = 100


class FileCutOff(FileUnreadable):
    """A packed file ends before its end: what is missing of it is not gone."""


def records_in(content: bytes, name: str) -> Iterator[tuple[int, NationalRecord | RecordUnclear]]:
    """Yield the records with their line, or their place in a document, from 1; raises `FileUnreadable`.

    A file without any record is one that cannot be read: it never says that there is nothing.
    """
    plain = _unpacked(content, name)
    whole = _document(plain)
    if whole is not None:
        read = list(enumerate(whole, start=1))
    else:
        # At line feeds alone: a record may hold other characters that end a line of text.
        lines = enumerate(plain.removeprefix(b"\xef\xbb\xbf").split(b"\n"), start=1)
        read = [(number, _line(line)) for number, line in lines if line.strip()]
    if not any(isinstance(record, dict) for _number, record in read):
        raise FileUnreadable(name, "no line is a record; JSON lines hold one {...} a line")
    yield from read


def require_storable(record: NationalRecord) -> None:
    """Raise `RecordUnclear`, with the place, for what no database keeps: also where nothing here reads it.

    These are the character NUL, half a surrogate pair, numbers that are none, and what is nested too deep.
    """
    waiting: list[tuple[str, int, JsonValue]] = [("", 0, record)]
    while waiting:
        place, depth, value = waiting.pop()
        if depth > _MOST_DEPTH:
            raise RecordUnclear("TOO_DEEP", place)
        if isinstance(value, str):
            _require_text(value, place)
        elif isinstance(value, float) and not math.isfinite(value):
            raise RecordUnclear("NOT_A_NUMBER", place)
        elif isinstance(value, list):
            waiting += [(_place(f"{place}[{at}]"), depth + 1, one) for at, one in enumerate(value, start=1)]
        elif isinstance(value, dict):
            for key, one in value.items():
                inner = _place(f"{place}.{key}" if place else key)
                _require_text(key, inner)
                waiting.append((inner, depth + 1, one))


def _place(written: str) -> str:
    """Return where something stands, in characters that everything keeps."""
    safe = written.encode("utf-8", "backslashreplace").decode().replace("\x00", "\\x00")
    return safe[:_LONGEST_PLACE]


def _require_text(text: str, place: str) -> None:
    if "\x00" in text:
        raise RecordUnclear("NUL_CHARACTER", place)
    try:
        text.encode()
    except UnicodeEncodeError as fault:
        raise RecordUnclear("NOT_UTF8", place) from fault


def _unpacked(content: bytes, name: str) -> bytes:
    try:
        if content.startswith(GZIP_MAGIC):
            # Every member, but never further than the wall, whatever the file says of its own size.
            with gzip.GzipFile(fileobj=io.BytesIO(content)) as packed:
                content = packed.read(MOST_BYTES + 1)
    except EOFError as fault:
        raise FileCutOff(name, f"it is cut off: {fault}") from fault
    except (OSError, zlib.error) as fault:
        raise FileUnreadable(name, f"cannot be read: {fault}"[:200]) from fault
    if len(content) > MOST_BYTES:
        raise FileUnreadable(name, f"it holds more than {MOST_BYTES} bytes")
    return content


def _document(content: bytes) -> list[NationalRecord | RecordUnclear] | None:
    """Return the records of one document: a list, an answer of the service, or one record; None for JSON lines."""
    try:
        read = json.loads(content.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        return None
    if isinstance(read, dict) and isinstance(read.get("result"), list | dict):
        read = read["result"]
    if isinstance(read, dict) and "MATTHC" not in read:
        return None
    items = read if isinstance(read, list) else [read]
    return [_as_record(item) for item in items]


def _line(line: bytes) -> NationalRecord | RecordUnclear:
    try:
        return _as_record(json.loads(line.decode()))
    except UnicodeDecodeError as fault:
        return RecordUnclear("NOT_UTF8", str(fault)[:200])
    except (ValueError, RecursionError) as fault:
        return RecordUnclear("NOT_JSON", str(fault)[:200])


def _as_record(value: object) -> NationalRecord | RecordUnclear:
    if not isinstance(value, dict):
        return RecordUnclear("NOT_NAMED_VALUES", type(value).__name__)
    return value
