"""The national database of procedures: its service, called with a session and answered in an envelope.

Every call is a POST of JSON with `session`, `madonvi` and `service`; every answer holds `error_code` and `result`. The
session comes from a call of its own. What is entered with which service is not public: `entry_service` is empty until
the province is told, and nothing is sent then (docs/law/national-database.md).
"""

import json
import urllib.error
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass, field
from http.client import HTTPException
from typing import Any, Final, Protocol

from django.conf import settings

TIMEOUT_SECONDS: Final = 20
MOST_BYTES: Final = 50_000_000
_FINE: Final = frozenset({"0", "00", ""})
_REFUSED: Final = "REFUSED"
_NOT_SIGNED_IN: Final = frozenset({401, 403})


class NationalDatabaseFault(Exception):
    """A call failed: `fault` is NOT_CONNECTED, UNREACHABLE, UNREADABLE, or REFUSED with the code of the answer."""

    def __init__(self, fault: str) -> None:
        super().__init__(fault)
        self.fault = fault


@dataclass(frozen=True, slots=True)
class Connection:
    """Where the service is and who calls; the password appears in no repr and no log."""

    address: str
    sign_in_path: str
    service_path: str
    user: str
    password: str = field(repr=False)
    unit: str
    destination: str = ""
    entry_service: str = ""


class NationalDatabase(Protocol):
    """Something that tells of the procedures in the national database and takes entries."""

    def codes(self) -> tuple[str, ...]:
        """Return the codes of all its procedures, at least one; raises `NationalDatabaseFault`."""

    def procedure(self, code: str) -> Mapping[str, Any]:
        """Return the record of one procedure; raises `NationalDatabaseFault`."""

    def enter(self, record: Mapping[str, Any], key: str) -> None:
        """Enter a record; the same `key` enters nothing twice. Raises `NationalDatabaseFault`."""


class HttpNationalDatabase:
    """The service itself; one session serves until it is refused, and then a new one is asked for once."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._session = ""

    def codes(self) -> tuple[str, ...]:
        """Return the codes that LayDanhSachTTHC lists; an empty list is a fault, never an empty catalogue."""
        rows = self._call("LayDanhSachTTHC", {})
        codes = tuple(str(row["MATTHC"]) for row in rows if row.get("MATTHC"))
        if not codes:
            raise NationalDatabaseFault("REFUSED empty")
        return codes

    def procedure(self, code: str) -> Mapping[str, Any]:
        """Return what LayThuTuc tells of a code."""
        rows = self._call("LayThuTuc", {"maTTHC": code})
        if not rows:
            raise NationalDatabaseFault("REFUSED empty")
        return rows[0]

    def enter(self, record: Mapping[str, Any], key: str) -> None:
        """Enter a record by the service that the province was told of."""
        if not self._connection.entry_service:
            raise NationalDatabaseFault("NOT_CONNECTED")
        self._call(self._connection.entry_service, {"data": [record], "requestId": key})

    def _call(self, service: str, said: Mapping[str, Any]) -> list[Mapping[str, Any]]:
        is_old_session = bool(self._session)
        try:
            result = self._asked(service, said)
        except NationalDatabaseFault as failed:
            # Which code says that a session is over is not public: any refusal of an old one may.
            if not is_old_session or not failed.fault.startswith(_REFUSED):
                raise
            self._session = ""
            result = self._asked(service, said)
        rows = result if isinstance(result, list) else [result]
        return [row for row in rows if isinstance(row, dict)]

    def _asked(self, service: str, said: Mapping[str, Any]) -> Any:
        connection = self._connection
        if not self._session:
            answer = self._post(connection.sign_in_path, {"username": connection.user, "password": connection.password})
            self._session = str(answer.get("session") or "")
            if not self._session:
                raise NationalDatabaseFault("REFUSED sign-in")
        body = {"session": self._session, "madonvi": connection.unit, "service": service, **said}
        return self._post(connection.service_path, body).get("result")

    def _post(self, path: str, body: Mapping[str, Any]) -> Mapping[str, Any]:
        connection = self._connection
        request = urllib.request.Request(  # noqa: S310  # the address is the operator's, and http or https
            connection.address.rstrip("/") + path,
            data=json.dumps(body).encode(),
            headers={"Content-Type": "application/json", "dstcode": connection.destination},
        )
        try:
            with urllib.request.urlopen(request, timeout=TIMEOUT_SECONDS) as answer:  # noqa: S310  # as above
                read = json.loads(answer.read(MOST_BYTES).decode())
        except urllib.error.HTTPError as failed:
            failed.close()
            is_refused = failed.code in _NOT_SIGNED_IN
            raise NationalDatabaseFault(f"{_REFUSED} {failed.code}" if is_refused else "UNREACHABLE") from None
        except (urllib.error.URLError, HTTPException, TimeoutError, OSError):
            raise NationalDatabaseFault("UNREACHABLE") from None
        except ValueError:
            raise NationalDatabaseFault("UNREADABLE") from None
        if not isinstance(read, dict):
            raise NationalDatabaseFault("UNREADABLE")
        code = str(read.get("error_code", "") or "")
        if code not in _FINE:
            raise NationalDatabaseFault(f"REFUSED {code[:40]}")
        return read


def national_database() -> NationalDatabase | None:
    """Return the service that the installation is connected to; None without a connection."""
    said: Mapping[str, str] = settings.NATIONAL_DATABASE
    if not said["address"]:
        return None
    return HttpNationalDatabase(Connection(**said))
