"""Stand-ins for the outside world: what they were told is kept, and they fail when they are asked to."""

from collections.abc import Collection, Mapping
from typing import Any

from motcua.gateways.national_database import NationalDatabaseFault


class FakeNationalDatabase:
    """A national database in memory: `records` by code; `fault` is what every call fails with, empty for none.

    `broken` are codes that it lists and does not tell of.
    """

    def __init__(self, *records: Mapping[str, Any], fault: str = "", broken: Collection[str] = ()) -> None:
        self.records = {str(record["MATTHC"]): record for record in records}
        self.broken = frozenset(broken)
        self.entered: dict[str, Mapping[str, Any]] = {}
        self.fault = fault

    def codes(self) -> tuple[str, ...]:
        """Return the codes in order."""
        self._fail()
        codes = tuple(sorted(self.records.keys() | self.broken))
        if not codes:
            raise NationalDatabaseFault("REFUSED empty")
        return codes

    def procedure(self, code: str) -> Mapping[str, Any]:
        """Return the record of `code`."""
        self._fail()
        if code not in self.records or code in self.broken:
            raise NationalDatabaseFault("REFUSED empty")
        return self.records[code]

    def enter(self, record: Mapping[str, Any], key: str) -> None:
        """Keep the record under its code and the key it came with."""
        self._fail()
        self.entered[key] = record
        self.records[str(record["MATTHC"])] = record

    def _fail(self) -> None:
        if self.fault:
            raise NationalDatabaseFault(self.fault)
