"""Files of records: JSON lines (gzipped or not) and XLSX with the same columns, line by line as plain values."""

import gzip
import json
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Final

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from motcua.organisations.reports import FileUnreadable
from motcua.rules.vietnamese import nfc

GZIP_MAGIC: Final = b"\x1f\x8b"
ZIP_MAGIC: Final = b"PK\x03\x04"
OLE_MAGIC: Final = b"\xd0\xcf\x11\xe0"
LONGEST_LINE: Final = 4 * 1024 * 1024
_WHOLE_LIMIT: Final = 10**15
_YES: Final = {"true": True, "1": True, "false": False, "0": False, "": False}


class RecordUnclear(Exception):
    """A line does not hold what it should: `fault` is a stable word, `detail` what was found."""

    def __init__(self, fault: str, detail: str) -> None:
        super().__init__(f"{fault}: {detail}")
        self.fault = fault
        self.detail = detail


@dataclass(frozen=True, slots=True)
class RawLine:
    """A line as read: its number, and its values or why there are none."""

    number: int
    values: dict[str, object]
    unclear: RecordUnclear | None = None


@dataclass(frozen=True, slots=True)
class Values:
    """The values of one line, asked for by name and type; a missing one is empty, a wrong one is `RecordUnclear`.

    A cell of a sheet may hold a list as JSON or, for plain words, one to a line.
    """

    values: dict[str, object]

    def text(self, key: str, longest: int | None = None) -> str:
        """Return text in the form we store; numbers are written out."""
        value = self.values.get(key)
        if value is None:
            return ""
        if isinstance(value, bool) or not isinstance(value, str | int | float | date):
            raise RecordUnclear("NOT_TEXT", key)
        text = _clean(key, value.isoformat() if isinstance(value, date) else str(value))
        if longest is not None and len(text) > longest:
            raise RecordUnclear("TOO_LONG", f"{key}: {len(text)} > {longest}")
        return text

    def texts(self, key: str, longest: int | None = None) -> tuple[str, ...]:
        """Return a list of texts without the empty ones."""
        value = self.values.get(key)
        items = _from_cell(key, value) if isinstance(value, str) else value
        if items is None:
            return ()
        if not isinstance(items, list):
            raise RecordUnclear("NOT_A_LIST", key)
        texts = [Values({key: item}).text(key, longest) for item in items]
        return tuple(text for text in texts if text)

    def lists(self, key: str) -> tuple["Values", ...]:
        """Return a list of named values."""
        value = self.values.get(key)
        items = _from_json(key, value) if isinstance(value, str) else value
        if items is None:
            return ()
        if not isinstance(items, list) or not all(isinstance(item, dict) for item in items):
            raise RecordUnclear("NOT_A_LIST", key)
        return tuple(Values(item) for item in items)

    def named(self, key: str) -> "Values | None":
        """Return named values, None when there are none."""
        value = self.values.get(key)
        found = _from_json(key, value) if isinstance(value, str) else value
        if found is None:
            return None
        if not isinstance(found, dict):
            raise RecordUnclear("NOT_NAMED_VALUES", key)
        return Values(found)

    def flag(self, key: str) -> bool:
        """Return yes or no; missing is no."""
        value = self.values.get(key)
        written = "" if value is None else str(value).strip().lower()
        if written not in _YES:
            raise RecordUnclear("NOT_YES_OR_NO", f"{key}={written[:40]!r}")
        return _YES[written]

    def whole(self, key: str) -> int | None:
        """Return a whole number that is not negative, None when missing."""
        value = self.values.get(key)
        if value is None or value == "":
            return None
        try:
            number = float(value) if isinstance(value, str | int | float) and not isinstance(value, bool) else -1.0
        except (ValueError, OverflowError):
            number = -1.0
        if not 0 <= number < _WHOLE_LIMIT or number != int(number):
            raise RecordUnclear("NOT_A_WHOLE_NUMBER", f"{key}={str(value)[:40]!r}")
        return int(number)


def count_records(path: Path, *, needed: frozenset[str]) -> int:
    """Return how many lines `read_lines` will yield; raises `FileUnreadable` as it does, and when none is a record."""
    if _begins_with(path, OLE_MAGIC):
        raise FileUnreadable(path.name, "an old .xls or a workbook with a password: save it as .xlsx without one")
    count = records = 0
    start = ""
    for line in read_lines(path, needed=needed):
        count += 1
        records += line.unclear is None
        start = start or (line.unclear.detail if line.unclear else "")
    if count == 0:
        raise FileUnreadable(path.name, "it holds no line")
    if records == 0:
        raise FileUnreadable(path.name, f"no line is a record; JSON lines hold one {{...}} a line, in UTF-8 ({start})")
    return count


def read_lines(path: Path, *, needed: frozenset[str]) -> Iterator[RawLine]:
    """Yield the lines of a file in order; raises `FileUnreadable` when it cannot be read as a whole.

    A sheet without one of the `needed` columns, which somebody has cut down, is such a file.

    What a file is, its first bytes say. Lines of a sheet count from its header, which is 1. Blank lines are left out.
    """
    with _readable(path):
        if _begins_with(path, ZIP_MAGIC):
            yield from _sheet_lines(path, needed)
        else:
            yield from (_json_line(number, line) for number, line in _written_lines(path))


@contextmanager
def _readable(path: Path) -> Iterator[None]:
    try:
        yield
    except (OSError, EOFError, zlib.error, zipfile.BadZipFile, InvalidFileException) as fault:
        raise FileUnreadable(path.name, f"cannot be read: {fault}") from fault


def _begins_with(path: Path, magic: bytes) -> bool:
    with path.open("rb") as file:
        return file.read(len(magic)) == magic


def _written_lines(path: Path) -> Iterator[tuple[int, bytes]]:
    is_packed = _begins_with(path, GZIP_MAGIC)
    with gzip.open(path) if is_packed else path.open("rb") as file:
        for number, line in enumerate(iter(lambda: file.readline(LONGEST_LINE + 1), b""), start=1):
            if len(line) > LONGEST_LINE:
                raise EOFError(f"line {number} is longer than {LONGEST_LINE} bytes")
            if line.strip():
                yield number, line


def _json_line(number: int, line: bytes) -> RawLine:
    try:
        values: object = json.loads(line.decode("utf-8-sig"))
    except UnicodeDecodeError as fault:
        return RawLine(number, {}, RecordUnclear("NOT_UTF8", str(fault)[:200]))
    except (ValueError, RecursionError) as fault:
        return RawLine(number, {}, RecordUnclear("NOT_JSON", str(fault)[:200]))
    if not isinstance(values, dict):
        return RawLine(number, {}, RecordUnclear("NOT_NAMED_VALUES", type(values).__name__))
    return RawLine(number, values)


def _sheet_lines(path: Path, needed: frozenset[str]) -> Iterator[RawLine]:
    try:
        book = load_workbook(path, read_only=True, data_only=True)
        sheet = book.worksheets[0]
    except (KeyError, IndexError, ValueError, TypeError, AttributeError, SyntaxError) as fault:  # as openpyxl may fail
        raise FileUnreadable(path.name, "it is no workbook, or a damaged one") from fault
    try:
        rows = sheet.iter_rows(values_only=True)
        header = [str(cell).strip() if cell is not None else "" for cell in next(rows, ())]
        if not set(header) >= needed:
            raise FileUnreadable(path.name, f"the first row lacks {', '.join(sorted(needed - set(header)))}")
        for number, row in enumerate(rows, start=2):
            if any(cell is not None for cell in row):
                yield RawLine(number, {name: _cell(cell) for name, cell in zip(header, row, strict=False) if name})
    finally:
        book.close()


def _cell(value: object) -> object:
    return value.date() if isinstance(value, datetime) else value


def _from_cell(key: str, text: str) -> object:
    return _from_json(key, text) if text.lstrip().startswith("[") else text.splitlines()


def _from_json(key: str, text: str) -> object:
    if not text.strip():
        return None
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as fault:
        raise RecordUnclear("NOT_JSON", f"{key}: {fault}"[:200]) from fault


def _clean(key: str, text: str) -> str:
    if "\x00" in text:
        raise RecordUnclear("NUL_CHARACTER", key)
    try:
        text.encode()
    except UnicodeEncodeError as fault:
        raise RecordUnclear("NOT_UTF8", key) from fault
    return "\n".join(line for line in map(nfc, text.split("\n")) if line)
