"""The whole catalogue of a day as files on disk: made once for each state of the catalogue, then only read."""

import hashlib
import tempfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from django.conf import settings

from motcua.catalogue.open_data import OpenRecord, csv_lines, json_lines, records_on, state_on

CSV: Final = "csv"
JSON_LINES: Final = "jsonl"
MEDIA_TYPES: Final = {CSV: "text/csv; charset=utf-8", JSON_LINES: "application/jsonl; charset=utf-8"}
_WRITERS: Final[dict[str, Callable[[Iterable[OpenRecord]], Iterator[bytes]]]] = {CSV: csv_lines, JSON_LINES: json_lines}
_KEPT: Final = 24
"""How many files are kept: whoever asks for every day of ten years fills no disk."""


@dataclass(frozen=True, slots=True)
class Dump:
    """A file with the catalogue; `digest` is its SHA-256, `state` names what it holds, `size` is in bytes."""

    path: Path
    state: str
    digest: str
    size: int
    count: int


def dump_of(day: date, shape: str) -> Dump:
    """Return the catalogue in force on `day` as a file of the shape "csv" or "jsonl", made now if there is none."""
    state = state_on(day)
    folder = settings.DATA_DIR / "open-data"
    path, note = folder / f"{state}.{shape}", folder / f"{state}.{shape}.sum"
    if not (path.is_file() and note.is_file()):
        _make(path, note, day, shape)
    digest, count = note.read_text().split()
    return Dump(path, state, digest, path.stat().st_size, int(count))


def _make(path: Path, note: Path, day: date, shape: str) -> None:
    """Write beside and move in place: nobody ever reads half a file, and of two who make it the last one stays."""
    path.parent.mkdir(parents=True, exist_ok=True)
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
    _drop_old(path.parent)


def _drop_old(folder: Path) -> None:
    files = sorted(folder.glob("*.sum"), key=lambda file: file.stat().st_mtime, reverse=True)
    for note in files[_KEPT:]:
        note.unlink(missing_ok=True)
        note.with_suffix("").unlink(missing_ok=True)
