"""The client of the national database: sessions, envelopes, and every way to fail, against a server on this machine."""

import json
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

import pytest
from django.conf import LazySettings

from motcua.gateways.national_database import (
    Connection,
    HttpNationalDatabase,
    NationalDatabaseFault,
    national_database,
)


class Service(BaseHTTPRequestHandler):
    """Answers what the test put in `answers`, and keeps what it was asked; with `sessions`, to these alone."""

    answers: dict[str, Any] = {}
    asked: list[dict[str, Any]] = []
    sessions: set[str] = set()

    def do_POST(self) -> None:  # the name is the standard library's
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.asked.append(body)
        answer = self.answers[body.get("service", "sign-in")]
        is_over = bool(self.sessions) and body.get("session", "") not in {*self.sessions, ""}
        self.send_response(401 if is_over else 200 if answer is not None else 500)
        self.end_headers()
        self.wfile.write(answer.encode() if isinstance(answer, str) else json.dumps(answer).encode())

    def log_message(self, *_args: object) -> None:
        """Say nothing."""


@pytest.fixture
def service() -> Iterator[tuple[HttpNationalDatabase, type[Service]]]:
    Service.answers, Service.asked = {"sign-in": {"error_code": "0", "session": "S1"}}, []
    server = ThreadingHTTPServer(("127.0.0.1", 0), Service)
    Thread(target=server.serve_forever, daemon=True).start()
    address = f"http://127.0.0.1:{server.server_port}"
    connection = Connection(address, "/login", "/service", "motcua", "mat-khau", "H18", "DVC", "CapNhatTTHC")
    yield HttpNationalDatabase(connection), Service
    server.shutdown()
    server.server_close()


def test_one_session_serves_many_calls(service: tuple[HttpNationalDatabase, type[Service]]) -> None:
    client, there = service
    there.answers["LayDanhSachTTHC"] = {"error_code": "0", "result": [{"MATTHC": "1.001193"}, {"TENTTHC": "?"}]}
    there.answers["LayThuTuc"] = {"error_code": 0, "result": [{"MATTHC": "1.001193"}]}

    assert client.codes() == ("1.001193",)
    assert client.procedure("1.001193") == {"MATTHC": "1.001193"}

    assert [body.get("service", "sign-in") for body in there.asked] == ["sign-in", "LayDanhSachTTHC", "LayThuTuc"]
    assert there.asked[2] == {"session": "S1", "madonvi": "H18", "service": "LayThuTuc", "maTTHC": "1.001193"}


def test_an_entry_goes_with_its_key(service: tuple[HttpNationalDatabase, type[Service]]) -> None:
    client, there = service
    there.answers["CapNhatTTHC"] = {"error_code": "0"}

    client.enter({"MATTHC": "1.001193"}, "khoa-1")

    assert there.asked[1]["data"] == [{"MATTHC": "1.001193"}]
    assert there.asked[1]["requestId"] == "khoa-1"


@pytest.mark.parametrize(
    ("answer", "fault"),
    [
        ({"error_code": "-1", "result": []}, "REFUSED -1"),
        ({"error_code": "0", "result": []}, "REFUSED empty"),
        ("<html>", "UNREADABLE"),
        ([1], "UNREADABLE"),
        (None, "UNREACHABLE"),
    ],
)
def test_a_call_that_fails_says_how(
    service: tuple[HttpNationalDatabase, type[Service]], answer: object, fault: str
) -> None:
    client, there = service
    there.answers["LayThuTuc"] = answer

    with pytest.raises(NationalDatabaseFault) as failed:
        client.procedure("1.001193")

    assert failed.value.fault == fault


def test_a_session_that_is_refused_is_renewed_once(service: tuple[HttpNationalDatabase, type[Service]]) -> None:
    client, there = service
    there.answers["LayDanhSachTTHC"] = {"error_code": "0", "result": [{"MATTHC": "1.001193"}]}
    there.answers["LayThuTuc"] = {"error_code": "-5", "result": []}
    client.codes()

    with pytest.raises(NationalDatabaseFault, match="REFUSED -5"):
        client.procedure("1.001193")

    asked = [body.get("service", "sign-in") for body in there.asked]
    assert asked == ["sign-in", "LayDanhSachTTHC", "LayThuTuc", "sign-in", "LayThuTuc"]


def test_a_session_that_is_over_costs_no_answer(
    service: tuple[HttpNationalDatabase, type[Service]], monkeypatch: pytest.MonkeyPatch
) -> None:
    client, there = service
    there.answers["LayDanhSachTTHC"] = {"error_code": "0", "result": [{"MATTHC": "1.001193"}]}
    client.codes()
    answer = {"error_code": "0", "result": [{"MATTHC": "1.001193"}]}
    monkeypatch.setattr(there, "sessions", {"S2"})
    there.answers |= {"sign-in": {"error_code": "0", "session": "S2"}, "LayThuTuc": answer}

    assert client.procedure("1.001193") == {"MATTHC": "1.001193"}
    assert [body["session"] for body in there.asked if body.get("service") == "LayThuTuc"] == ["S1", "S2"]


def test_an_empty_list_is_a_fault_and_no_empty_catalogue(service: tuple[HttpNationalDatabase, type[Service]]) -> None:
    client, there = service
    there.answers["LayDanhSachTTHC"] = {"error_code": "0", "result": []}

    with pytest.raises(NationalDatabaseFault, match="REFUSED empty"):
        client.codes()


def test_a_sign_in_without_a_session_is_refused(service: tuple[HttpNationalDatabase, type[Service]]) -> None:
    client, there = service
    there.answers["sign-in"] = {"error_code": "0"}

    with pytest.raises(NationalDatabaseFault, match="REFUSED sign-in"):
        client.codes()


def test_nothing_is_entered_before_the_service_for_it_is_known() -> None:
    client = HttpNationalDatabase(Connection("http://127.0.0.1:9", "/login", "/service", "a", "b", "H18"))

    with pytest.raises(NationalDatabaseFault, match="NOT_CONNECTED"):
        client.enter({}, "khoa")
    with pytest.raises(NationalDatabaseFault, match="UNREACHABLE"):
        client.codes()


def test_the_password_shows_nowhere() -> None:
    assert "mat-khau" not in repr(Connection("http://a", "/l", "/s", "motcua", "mat-khau", "H18"))


def test_without_an_address_there_is_no_connection(settings: LazySettings) -> None:
    assert national_database() is None

    settings.NATIONAL_DATABASE = {**settings.NATIONAL_DATABASE, "address": "https://csdl.example"}

    assert isinstance(national_database(), HttpNationalDatabase)
