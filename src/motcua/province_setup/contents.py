"""What this installation would put in a package now: every item of every kind, and the archive of them."""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields, is_dataclass
from datetime import datetime
from importlib.metadata import version
from zoneinfo import ZoneInfo

from django.conf import settings

from motcua.organisations.models import Unit
from motcua.province_setup.archive import MANIFEST, SIGNATURE, ListedFile, Manifest, packed, written
from motcua.province_setup.formats import FORMAT
from motcua.province_setup.json_values import Json, to_json
from motcua.province_setup.keys import sign
from motcua.province_setup.kinds import KINDS, Kind
from motcua.province_setup.merging import Item
from motcua.rules.vietnamese import slug


@dataclass(frozen=True, slots=True)
class Made:
    """A package as bytes, with what it says of itself."""

    content: bytes
    manifest: Manifest
    manifest_sha256: str
    fingerprint: str


def items_here(kind: Kind) -> list[Item]:
    """Return the items of one kind that this installation has, as JSON."""
    return [as_item(value) for value in kind.read()]


def as_item(value: object) -> Item:
    """Return one carried value as JSON."""
    said = to_json(value, ZoneInfo(settings.TIME_ZONE))
    assert isinstance(said, dict)
    return said


def made_package() -> Made:
    """Make the archive of everything this installation is set up with. Raises `KeyUnreadable`.

    Its moment is the latest one written in the content, never that of the making: the same set-up gives the same bytes.
    """
    files: list[tuple[str, bytes]] = []
    listed: list[ListedFile] = []
    moments: list[datetime] = []
    for kind in KINDS:
        values = kind.read()
        moments.extend(_moments(values))
        for path, items in _files(kind, values):
            content = written(items)
            digest = hashlib.sha256(content).hexdigest()
            listed.append(ListedFile(path, kind.name, len(items), len(content), digest))
            files.append((path, content))
    manifest = Manifest(
        format=FORMAT,
        province_code=settings.PROVINCE_UNIT_CODE,
        province_name=_province_name(),
        content_at=max(moments, default=None),
        program=f"motcua {version('motcua')}",
        files=tuple(listed),
    )
    said = written(as_item(manifest))
    signature = sign(said)
    content = packed([(MANIFEST, said), (SIGNATURE, written(as_item(signature))), *files])
    return Made(content, manifest, hashlib.sha256(said).hexdigest(), signature.fingerprint)


def _province_name() -> str:
    province = Unit.objects.filter(code=settings.PROVINCE_UNIT_CODE).first()
    return province.name if province else ""


def _files(kind: Kind, values: Sequence[object]) -> Iterator[tuple[str, list[Json]]]:
    """Return the files of a kind in the order of their names."""
    if not kind.file_by:
        if values:
            yield f"{kind.name}.json", [as_item(value) for value in values]
        return
    shelves: dict[str, list[Json]] = {}
    for value in values:
        shelves.setdefault(file_name(str(getattr(value, kind.file_by))), []).append(as_item(value))
    for name in sorted(shelves):
        yield f"{kind.name}/{name}.json", shelves[name]


def file_name(code: str) -> str:
    """Return a code as the name of a file; codes have no letters but those of an address."""
    return code if code.replace(".", "").replace("-", "").replace("_", "").isalnum() else slug(code)


def _moments(value: object) -> Iterator[datetime]:
    if isinstance(value, datetime):
        yield value
    elif is_dataclass(value) and not isinstance(value, type):
        for field in fields(value):
            yield from _moments(getattr(value, field.name))
    elif isinstance(value, Iterable) and not isinstance(value, str):
        for item in value:
            yield from _moments(item)
