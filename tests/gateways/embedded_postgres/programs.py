"""Other programs of the installation, and what a test asks the server."""

import os
import select
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest

from motcua.gateways.embedded_postgres import EmbeddedPostgres
from motcua.gateways.embedded_postgres.postmaster import is_alive

MakeServer = Callable[..., EmbeddedPostgres]
needs_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root gives up being root")

# Another program of the installation: starts, says which server it has, and stops when it is told to.
USER_PROGRAM = """
import sys
from pathlib import Path
from motcua.gateways.embedded_postgres import THROW_AWAY, EmbeddedPostgres
server = EmbeddedPostgres(Path(sys.argv[1]), tuning=THROW_AWAY)
server.start()
print(server.pid, flush=True)
sys.stdin.readline()
server.stop()
"""


@contextmanager
def user_program(folder: Path) -> Iterator["subprocess.Popen[str]"]:
    with subprocess.Popen(
        [sys.executable, "-c", USER_PROGRAM, str(folder)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as program:
        try:
            yield program
        finally:
            program.kill()


def said(program: "subprocess.Popen[str]") -> int:
    assert program.stdout is not None
    return int(program.stdout.readline())


def let_go(program: "subprocess.Popen[str]") -> None:
    program.communicate("\n", timeout=30)


def is_gone(pid: int) -> bool:
    return not is_alive(pid)


def pid_of(server: EmbeddedPostgres) -> int:
    assert server.pid is not None
    return server.pid


def run(url: str, statement: str) -> list[tuple[object, ...]]:
    with psycopg.connect(url, autocommit=True) as connection:
        cursor = connection.execute(statement.encode())
        return cursor.fetchall() if cursor.description else []


def kill_hard(server: EmbeddedPostgres) -> None:
    """Kill the server as the machine's memory guard would, and wait until the kernel has taken it away."""
    pid = pid_of(server)
    waiter = os.pidfd_open(pid)
    os.kill(pid, signal.SIGKILL)
    select.select([waiter], [], [], 10)
    os.close(waiter)
