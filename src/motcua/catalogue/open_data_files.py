"""The whole catalogue of a day as files on disk: made once for each state of the catalogue, then only read."""

import fcntl
import hashlib
import os
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import BinaryIO, Final

from django.conf import settings
from django.utils import timezone

from motcua.catalogue.open_data import OpenRecord, csv_lines, json_lines, records_on, state_on

CSV: Final = "csv"
JSON_LINES: Final = "jsonl"
MEDIA_TYPES: Final = {CSV: "text/csv; charset=utf-8", JSON_LINES: "application/jsonl; charset=utf-8"}
_WRITERS: Final[dict[str, Callable[[Iterable[OpenRecord]], Iterator[bytes]]]] = {CSV: csv_lines, JSON_LINES: json_lines}
_KEPT: Final = 24
"""How many files are kept, today's before others: whoever asks for every day of ten years fills no disk."""


class BeingMade(Exception):
    """A file is being made; one at a time is, so that nobody occupies the server by asking for every day."""


@dataclass(frozen=True, slots=True)
class Dump:
    """A file with the catalogue; `digest` is its SHA-256, `state` names what it holds, `size` is in bytes."""

    path: Path
    state: str
    digest: str
    size: int
    count: int


def dump_of(day: date, shape: str) -> Dump:
    """Return the catalogue in force on `day` as a file of the shape "csv" or "jsonl", made now if there is none.

    Raises `BeingMade`.
    """
    state = state_on(day)
    folder = settings.DATA_DIR / "open-data"
    path, note = folder / f"{state}.{shape}", folder / f"{state}.{shape}.sum"
    found = _kept(path, note, state)
    if found is None:
        with alone(folder):
            found = _kept(path, note, state) or _made(path, note, day, shape, state)
    return found


def opened(day: date, shape: str) -> tuple[Dump, BinaryIO]:
    """Return the same with the file open for reading; the caller closes it. Raises `BeingMade`."""
    found = dump_of(day, shape)
    try:
        return found, found.path.open("rb")
    except FileNotFoundError:  # it made room for another meanwhile
        found = dump_of(day, shape)
        return found, found.path.open("rb")


def _kept(path: Path, note: Path, state: str) -> Dump | None:
    """Return the file that is there, and remember that it was used; None: it is not, or went this moment."""
    try:
        digest, count = note.read_text().split()
        found = Dump(path, state, digest, path.stat().st_size, int(count))
        _mark_used(note)
    except FileNotFoundError:
        return None
    return found


def _mark_used(note: Path) -> None:
    os.utime(note, ns=(time.time_ns(), note.stat().st_mtime_ns))


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Make a file while nobody else does; the lock goes with the program that holds it. Raises `BeingMade`."""
    folder.mkdir(parents=True, exist_ok=True)
    with folder.with_name("open-data.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as held:
            raise BeingMade from held
        for left in folder.glob("making-*"):  # by a program that was ended
            left.unlink(missing_ok=True)
        yield


def _made(path: Path, note: Path, day: date, shape: str, state: str) -> Dump:
    """Write beside and move in place: nobody ever reads half a file."""
    seen, count = hashlib.sha256(), 0
    with tempfile.NamedTemporaryFile(dir=path.parent, prefix="making-", delete=False) as out:
        for line in _WRITERS[shape](records_on(day)):
            count += 1
            seen.update(line)
            out.write(line)
    count -= shape == CSV  # its header
    Path(out.name).replace(path)
    with tempfile.NamedTemporaryFile("w", dir=path.parent, prefix="making-", delete=False) as out_note:
        out_note.write(f"{seen.hexdigest()} {count}")
    Path(out_note.name).replace(note)
    _mark_used(note)
    size = path.stat().st_size
    _drop_old(path.parent, {state, state_on(timezone.localdate())})
    return Dump(path, state, seen.hexdigest(), size, count)


def _drop_old(folder: Path, states: set[str]) -> None:
    """Remove what was not used for longest; files of `states` go last."""

    def worth(note: Path) -> tuple[bool, int]:
        return note.name.partition(".")[0] in states, note.stat().st_atime_ns

    for note in sorted(folder.glob("*.sum"), key=worth, reverse=True)[_KEPT:]:
        note.unlink(missing_ok=True)
        note.with_suffix("").unlink(missing_ok=True)
