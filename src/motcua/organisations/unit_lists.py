"""The nationwide lists of units as the statistics office gives them: which list a file is, and its lines as values."""

import csv
import gzip
import re
import unicodedata
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Final

from motcua.organisations.models import Succession, UnitKind
from motcua.organisations.reports import FileUnreadable
from motcua.rules.vietnamese import nfc, search_key

GZIP_MAGIC: Final = b"\x1f\x8b"
LONGEST_NAME: Final = 255
LARGEST_FILE: Final = 64 * 1024 * 1024
_KINDS: Final = {
    "commune": UnitKind.COMMUNE,
    "ward": UnitKind.WARD,
    "township": UnitKind.TOWNSHIP,
    "special_zone": UnitKind.SPECIAL_ZONE,
}
_KIND_OF_NAME: Final = {"xa ": UnitKind.COMMUNE, "phuong ": UnitKind.WARD, "thi tran ": UnitKind.TOWNSHIP}


class UnitList(StrEnum):
    """The lists motcua reads."""

    PROVINCES = "PROVINCES"
    DISTRICTS = "DISTRICTS"
    COMMUNES = "COMMUNES"
    CONVERSION = "CONVERSION"


# The first list whose columns are all there is the one: the more telling stand first.
COLUMNS: Final = {
    UnitList.CONVERSION: (
        "new_commune_code",
        "old_commune_code",
        "old_commune_name",
        "old_district_code",
        "old_province_code",
        "how",
    ),
    UnitList.PROVINCES: ("gso_code", "full_name", "h_code_kept"),
    UnitList.DISTRICTS: ("gso_code", "full_name", "province_gso_code", "communes"),
    UnitList.COMMUNES: ("gso_code", "full_name", "unit_type", "province_gso_code"),
}


class LineUnclear(Exception):
    """A line does not hold what its list promises: `reason` is a stable word, `detail` what was found."""

    def __init__(self, reason: str, detail: str) -> None:
        super().__init__(f"{reason}: {detail}")
        self.reason = reason
        self.detail = detail


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a list: `number` counts from 1, the header being the first."""

    number: int
    values: Mapping[str, str]

    def code(self, column: str, digits: int) -> str:
        """Return a statistical code of so many digits; a spreadsheet's lost leading zeros are not guessed back."""
        value = self.values[column]
        if re.fullmatch(rf"[0-9]{{{digits}}}", value) is None:
            raise LineUnclear("CODE_MALFORMED", f"{column}={value!r}")
        return value

    def name(self, column: str) -> str:
        """Return a name, its first letter capital."""
        value = self.values[column]
        if not search_key(value):
            raise LineUnclear("NAME_MISSING", column)
        if "\x00" in value or len(value) > LONGEST_NAME:
            raise LineUnclear("NAME_UNUSABLE", f"{column}: {value[:40]!r}")
        return value[0].upper() + value[1:]

    def kind(self) -> UnitKind:
        """Return the kind of a commune of today."""
        value = self.values["unit_type"]
        if value not in _KINDS:
            raise LineUnclear("KIND_UNKNOWN", value)
        return _KINDS[value]

    def old_kind(self) -> UnitKind:
        """Return the kind of a commune of before, which only its name tells."""
        name = search_key(self.values["old_commune_name"])
        for start, kind in _KIND_OF_NAME.items():
            if name.startswith(start):
                return kind
        raise LineUnclear("KIND_UNKNOWN", self.values["old_commune_name"])

    def manner(self) -> str:
        """Return how the territory passed over; `UNCHANGED` when the unit is the same as before."""
        value = self.values["how"].upper()
        if value not in {*Succession.Manner.values, "UNCHANGED"}:
            raise LineUnclear("MANNER_UNKNOWN", self.values["how"])
        return value


@dataclass(frozen=True, slots=True)
class UnitFile:
    """A readable file: which list it is, its lines, and the numbers of those that have too few or too many columns."""

    kind: UnitList
    lines: tuple[Line, ...]
    ragged: tuple[int, ...]


def read_unit_file(path: Path) -> UnitFile:
    """Read a CSV file, gzipped or not, in UTF-8; raises `FileUnreadable` when it is none of the lists."""
    reader = csv.reader(_text(path).splitlines(keepends=True), strict=True)
    try:
        header = [column.strip() for column in next(reader, [])]
        kind = next((kind for kind, columns in COLUMNS.items() if set(columns) <= set(header)), None)
        if kind is None:
            raise FileUnreadable(path.name, f"no known list has the columns {', '.join(header)[:200]!r}")
        rows = [(reader.line_num, row) for row in reader if row]
    except csv.Error as fault:
        raise FileUnreadable(path.name, f"not a CSV file: {fault}") from fault
    whole = [(number, row) for number, row in rows if len(row) == len(header)]
    return UnitFile(
        kind=kind,
        lines=tuple(Line(number, dict(zip(header, map(nfc, row), strict=True))) for number, row in whole),
        ragged=tuple(number for number, row in rows if len(row) != len(header)),
    )


def _text(path: Path) -> str:
    try:
        content = path.read_bytes()
        if content.startswith(GZIP_MAGIC):
            with gzip.open(path) as unpacked:
                content = unpacked.read(LARGEST_FILE + 1)
        text = content.decode("utf-8-sig")
    except (OSError, EOFError, zlib.error, UnicodeDecodeError) as fault:
        raise FileUnreadable(path.name, f"cannot be read: {fault}") from fault
    if len(content) > LARGEST_FILE:
        raise FileUnreadable(path.name, f"larger than {LARGEST_FILE // 1024 // 1024} MB")
    return unicodedata.normalize("NFC", text)
