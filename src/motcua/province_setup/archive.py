"""A package as bytes: a ZIP of stored JSON files in a fixed order, each with its SHA-256 in a signed manifest.

Nothing in it depends on the clock, the machine or the order of rows, so the same content gives the same bytes; nothing
is compressed, so what is read is never larger than what was sent.
"""

import hashlib
import io
import json
import re
import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Final

from motcua.province_setup.formats import READ, brought_up
from motcua.province_setup.json_values import Json, ValueUnclear, from_json
from motcua.province_setup.keys import Signature

MANIFEST: Final = "manifest.json"
SIGNATURE: Final = "signature.json"
MOST_BYTES: Final = 256 * 1024 * 1024
MOST_FILES: Final = 50_000
_LONGEST_PATH: Final = 250
_PATH: Final = re.compile(r"[a-z-]+(/[A-Za-z0-9._-]+)?\.json", re.ASCII)
_ALWAYS: Final = (1980, 1, 1, 0, 0, 0)
_READABLE_BY_ALL: Final = 0o100644 << 16


class Fault(StrEnum):
    """Why a file is no package that can be taken."""

    TOO_LARGE = "TOO_LARGE"
    NOT_A_PACKAGE = "NOT_A_PACKAGE"
    OTHER_FORMAT = "OTHER_FORMAT"
    UNSIGNED = "UNSIGNED"
    BAD_SIGNATURE = "BAD_SIGNATURE"
    NOT_AS_LISTED = "NOT_AS_LISTED"
    CONTENT_UNCLEAR = "CONTENT_UNCLEAR"


class PackageRefused(Exception):
    """The file cannot be taken: `fault` says why, `detail` names the file or the field in it where there is one."""

    def __init__(self, fault: Fault, detail: str = "") -> None:
        super().__init__(f"{fault} {detail}".strip())
        self.fault = fault
        self.detail = detail


@dataclass(frozen=True, slots=True)
class ListedFile:
    """A file of the archive: of which kind, how many items, how many bytes, and their SHA-256."""

    path: str
    kind: str
    count: int
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a package is: `content_at` is the latest moment written in its content, None where there is none."""

    format: int
    province_code: str
    province_name: str
    content_at: datetime | None
    program: str
    files: tuple[ListedFile, ...]


@dataclass(frozen=True, slots=True)
class Archive:
    """A package that was read: whole, as listed, signed by the key it names; whether that key is trusted is not said.

    `items` are its items by kind, as JSON; their values are still to be looked at.
    """

    manifest: Manifest
    signature: Signature
    sha256: str
    manifest_sha256: str
    items: Mapping[str, tuple[Json, ...]]


def written(value: Json) -> bytes:
    """Return JSON as people read it: one field a line, Vietnamese letters as they are, a line end at the end."""
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode()


def packed(files: Iterable[tuple[str, bytes]]) -> bytes:
    """Return the ZIP of `files`, in their order."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        for path, content in files:
            entry = zipfile.ZipInfo(path, _ALWAYS)
            entry.create_system = 3  # as on Unix, wherever it is made
            entry.external_attr = _READABLE_BY_ALL
            archive.writestr(entry, content)
    return out.getvalue()


def read_archive(content: bytes) -> Archive:
    """Read and check a package whole before anybody looks at its content. Raises `PackageRefused`."""
    if len(content) > MOST_BYTES:
        raise PackageRefused(Fault.TOO_LARGE)
    files = _unpacked(content)
    if MANIFEST not in files:
        raise PackageRefused(Fault.NOT_A_PACKAGE)
    if SIGNATURE not in files:
        raise PackageRefused(Fault.UNSIGNED)
    signature = _told(Signature, files[SIGNATURE], SIGNATURE)
    if not signature.holds_for(files[MANIFEST]):
        raise PackageRefused(Fault.BAD_SIGNATURE)
    manifest = _manifest(files[MANIFEST])
    return Archive(
        manifest=manifest,
        signature=signature,
        sha256=hashlib.sha256(content).hexdigest(),
        manifest_sha256=hashlib.sha256(files[MANIFEST]).hexdigest(),
        items=brought_up(_items(manifest, files), manifest.format),
    )


def _unpacked(content: bytes) -> dict[str, bytes]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = archive.infolist()
            if len(entries) > MOST_FILES:
                raise PackageRefused(Fault.TOO_LARGE)
            for entry in entries:
                _check_entry(entry)
            if sum(entry.file_size for entry in entries) > len(content):  # overlapping entries
                raise PackageRefused(Fault.NOT_A_PACKAGE)
            files = {entry.filename: archive.read(entry) for entry in entries}
    except (zipfile.BadZipFile, EOFError, NotImplementedError, RuntimeError, ValueError, OSError) as fault:
        raise PackageRefused(Fault.NOT_A_PACKAGE) from fault
    if len(files) != len(entries):
        raise PackageRefused(Fault.NOT_A_PACKAGE)
    return files


def _check_entry(entry: zipfile.ZipInfo) -> None:
    """Refuse what we never write: a compressed file, a folder, a name that leads out of the archive."""
    is_ours = entry.compress_type == zipfile.ZIP_STORED and entry.file_size == entry.compress_size
    if not is_ours or len(entry.filename) > _LONGEST_PATH or not _PATH.fullmatch(entry.filename):
        raise PackageRefused(Fault.NOT_A_PACKAGE, entry.filename[:80])


def _json(content: bytes, path: str) -> Any:
    try:
        return json.loads(content.decode())
    except (ValueError, RecursionError) as fault:
        raise PackageRefused(Fault.CONTENT_UNCLEAR, path) from fault


def _told(kind: type[Any], content: bytes, path: str) -> Any:
    try:
        return from_json(kind, _json(content, path))
    except ValueUnclear as unclear:
        raise PackageRefused(Fault.CONTENT_UNCLEAR, f"{path}: {unclear.path}") from unclear


def _manifest(content: bytes) -> Manifest:
    said = _json(content, MANIFEST)
    if not isinstance(said, dict) or said.get("format") not in READ:
        raise PackageRefused(Fault.OTHER_FORMAT)
    manifest: Manifest = _told(Manifest, content, MANIFEST)
    return manifest


def _items(manifest: Manifest, files: Mapping[str, bytes]) -> Mapping[str, tuple[Json, ...]]:
    """Return the items of every kind; refuses files that are missing, not listed, or other than listed."""
    paths = [listed.path for listed in manifest.files]
    if len(set(paths)) != len(paths) or {*paths, MANIFEST, SIGNATURE} != files.keys():
        raise PackageRefused(Fault.NOT_AS_LISTED)
    items: dict[str, list[Json]] = {}
    for listed in manifest.files:
        content = files[listed.path]
        if len(content) != listed.size or hashlib.sha256(content).hexdigest() != listed.sha256:
            raise PackageRefused(Fault.NOT_AS_LISTED, listed.path)
        said = _json(content, listed.path)
        if not isinstance(said, list) or len(said) != listed.count:
            raise PackageRefused(Fault.NOT_AS_LISTED, listed.path)
        items.setdefault(listed.kind, []).extend(said)
    return {kind: tuple(found) for kind, found in items.items()}
