"""Folders and servers that are gone after the test, whatever became of it."""

import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from shutil import rmtree

import pytest

from motcua.gateways.embedded_postgres import THROW_AWAY, EmbeddedPostgres, Tuning
from motcua.gateways.embedded_postgres.server import STATE_DIR
from tests.gateways.embedded_postgres.programs import MakeServer


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder that the server's account may pass through, which pytest's own is not when root runs the tests."""
    made = Path(tempfile.mkdtemp(prefix="motcua-pg-"))
    made.chmod(0o711)
    yield made
    rmtree(made)


@pytest.fixture
def make_server(folder: Path) -> Iterator[MakeServer]:
    """Make servers that are stopped whatever becomes of the test."""
    with ExitStack() as stack:

        def make(name: str = "data", *, tuning: Tuning = THROW_AWAY, state_dir: Path = STATE_DIR) -> EmbeddedPostgres:
            server = EmbeddedPostgres(folder / name, tuning=tuning, state_dir=state_dir)
            stack.callback(server.stop)
            return server

        yield make


@pytest.fixture(scope="package")
def running() -> Iterator[EmbeddedPostgres]:
    """One server for the tests that only look at it, made by a caller with another locale and settings of its own."""
    made = Path(tempfile.mkdtemp(prefix="motcua-pg-"))
    made.chmod(0o711)
    server = EmbeddedPostgres(made / "data", tuning=THROW_AWAY)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("LC_ALL", "C")
        patch.setenv("PGPORT", "1")
        server.start()
    yield server
    server.stop()
    rmtree(made)
