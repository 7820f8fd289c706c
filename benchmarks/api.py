"""How many acts of officials a second through the API: 1, 4 and 16 clients that keep their connection, beside the
commands and the raw-SQL floor of the same run.

The web server is the real one, started by `motcua serve` with its own number of processes and threads. A client is a
process with one connection and one office; it asks, waits for the answer and asks again. Server, clients and database
share the machine. Issuing sends a PDF of a page, which is inspected and kept: one row and one file more than the
commands and the floor write.
"""

import json
import os
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache, partial
from http.client import HTTPConnection
from typing import Any

from django.utils import timezone

from benchmarks import data
from benchmarks.latencies import Latencies
from benchmarks.transitions import (
    ACTS,
    Act,
    Cast,
    Run,
    Scale,
    act_count,
    command_acts,
    measure,
    prepare,
    rate,
    raw_acts,
    seconds_of,
)
from motcua.accounts.commands.tokens import issue_token
from motcua.accounts.models import User
from motcua.cli.serve import THREADS, WORKERS
from motcua.dossiers.models import Dossier
from tests.documents.make_files import pdf_bytes
from tests.make import Office

FULL = Scale(background=100_000, clients=(1, 4, 16), lives=160, rounds=3)
QUICK = Scale(background=300, clients=(2,), lives=4, rounds=1)
HOST = "127.0.0.1"
STARTS_WITHIN = 180.0
CHECKED = {"papers": [{"position": 1, "state": "PRESENT"}, {"position": 2, "state": "NOT_NEEDED"}]}
_BOUNDARY = "motcua-benchmark"


@dataclass(frozen=True, slots=True)
class Site:
    """Where the web server listens, and the token of every official by their id."""

    port: int
    tokens: dict[int, str]


@dataclass(frozen=True, slots=True)
class Body:
    """What a request carries."""

    content: bytes
    media_type: str


def main(*, quick: bool, offices: Sequence[Office]) -> None:
    """Measure and print."""
    scale = QUICK if quick else FULL
    data.top_up(offices, scale.background)
    cast = prepare(offices)
    print(f"{data.dossier_count():,} dossiers in the database; {scale.lives} lives a round, {scale.rounds} rounds")
    with served() as port:
        site = Site(port=port, tokens=_tokens(offices))
        print(f"web server: {WORKERS} processes with {THREADS} threads each")
        for clients in scale.clients:
            floors, commands, calls = [], [], []
            for _ in range(scale.rounds):
                floors.append(measure(raw_acts, cast, clients, scale.lives))
                commands.append(measure(command_acts, cast, clients, scale.lives))
                calls.append(measure(partial(api_acts, site), cast, clients, scale.lives))
            print_three(clients, floors, commands, calls)


@contextmanager
def served() -> Iterator[int]:
    """Run the block while `motcua serve` answers on the port yielded."""
    port = _free_port()
    server = subprocess.Popen([sys.executable, "-m", "motcua.cli", "serve", "--port", str(port)])
    try:
        _wait_for(port, server)
        yield port
    finally:
        server.terminate()
        server.wait(timeout=30)


def api_acts(site: Site, _cast: Cast, office: Office, dossier: Dossier) -> list[Act]:
    """Return acceptance and the six transitions of one life, each a request to the API."""
    ask = partial(_ask, site, dossier)
    result = _form({"number": "12/GKS"}, pdf_bytes())
    return [
        partial(ask, office.reception, "acceptance", _json(CHECKED)),
        partial(ask, office.reception, "transfer", _json({})),
        partial(ask, office.dispatcher, "assignment", _json({"to": office.officer.username})),
        partial(ask, office.officer, "proposal", _form({"opinion": "Đủ điều kiện", "title": "Giấy khai sinh"})),
        partial(ask, office.signer, "signature", _json({})),
        partial(ask, office.clerk, "issuing", result),
        partial(ask, office.reception, "hand-over", _json({"received_by": "Vàng Thị Mỷ"})),
    ]


def print_three(clients: int, floors: list[list[Run]], commands: list[list[Run]], calls: list[list[Run]]) -> None:
    """Print what `clients` clients did in the three ways, rounds together."""
    floor, through, api = (statistics.median(map(rate, rounds)) for rounds in (floors, commands, calls))
    spread = sorted(map(rate, calls))
    lives = api / len(ACTS)
    print(f"{clients:>2} clients   raw SQL {floor:6.0f} acts/s, commands {through:6.0f} acts/s")
    print(
        f"             API     {api:6.0f} acts/s ({spread[0]:.0f}-{spread[-1]:.0f}), {lives:.1f} lives/s; "
        f"{api / through:.0%} of the commands, {api / floor:.0%} of the floor; {act_count(calls[0])} acts a round"
    )
    for name in ACTS:
        print(f"             {name:>10}  {Latencies.of(seconds_of(calls, name))}", flush=True)


def _ask(site: Site, dossier: Dossier, who: User, act: str, body: Body) -> None:
    """Send one act and read its answer; whatever is not 200 ends the measurement."""
    connection = _connection(os.getpid(), site.port)
    headers = {"Authorization": f"Bearer {site.tokens[who.pk]}", "Content-Type": body.media_type}
    connection.request("POST", f"/api/v1/work/dossiers/{dossier.reference}/{act}", body.content, headers)
    answer = connection.getresponse()
    said = answer.read()
    assert answer.status == 200, f"{act}: {answer.status} {said.decode()}"


@cache
def _connection(_process_id: int, port: int) -> HTTPConnection:
    """Return the connection of a process: one inherited from the parent is the parent's."""
    return HTTPConnection(HOST, port, timeout=60)


def _tokens(offices: Sequence[Office]) -> dict[int, str]:
    people = [
        person
        for office in offices
        for person in (office.reception, office.dispatcher, office.officer, office.signer, office.clerk)
    ]
    return {person.pk: issue_token(user=person, name="benchmark", at=timezone.now()) for person in people}


def _json(body: dict[str, Any]) -> Body:
    return Body(json.dumps(body).encode(), "application/json")


def _form(fields: dict[str, str], file: bytes | None = None) -> Body:
    """Return a form with its fields, and `file` as a PDF when there is one."""
    parts = [
        f'--{_BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
        for name, value in fields.items()
    ]
    if file is not None:
        head = f'--{_BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="ket-qua.pdf"\r\n'
        parts.append(f"{head}Content-Type: application/pdf\r\n\r\n".encode() + file + b"\r\n")
    return Body(b"".join([*parts, f"--{_BOUNDARY}--\r\n".encode()]), f"multipart/form-data; boundary={_BOUNDARY}")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port: int = probe.getsockname()[1]
    return port


def _wait_for(port: int, server: subprocess.Popen[bytes]) -> None:
    """Wait until the site answers; it ends instead when the server does."""
    until = time.monotonic() + STARTS_WITHIN
    while True:
        assert server.poll() is None, "the web server did not start"
        probe = HTTPConnection(HOST, port, timeout=5)
        try:
            probe.request("GET", "/api/v1/openapi.json")
            if probe.getresponse().status == 200:
                return
        except OSError:
            assert time.monotonic() < until, "the web server does not answer"
            time.sleep(0.2)
        finally:
            probe.close()
