"""What a demonstration may throw away, and what it leaves alone."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from shutil import rmtree

import click
import pytest
from click.testing import CliRunner

from motcua.cli.demonstration import Stage, read_stage, set_up_alone, start_afresh, write_stage
from motcua.cli.main import cli
from motcua.cli.options import BadInput
from motcua.gateways.embedded_postgres import THROW_AWAY, EmbeddedPostgres
from tests.cli.test_supervisor import free_port
from tests.make import make_user


@pytest.fixture
def folder(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A data folder of the embedded database, seen from inside a command."""
    made = Path(tempfile.mkdtemp(prefix="motcua-demo-"))
    made.chmod(0o711)
    monkeypatch.setenv("MOTCUA_DATA", str(made))
    monkeypatch.delenv("DATABASE_URL")
    with click.Context(cli):
        yield made
    rmtree(made)


@pytest.fixture
def database(folder: Path) -> Iterator[EmbeddedPostgres]:
    server = EmbeddedPostgres(folder / "postgres", tuning=THROW_AWAY)
    server.start()
    yield server
    server.stop()


def test_the_stage_is_read_as_it_was_written(folder: Path) -> None:
    assert read_stage(folder) is Stage.NONE

    write_stage(folder, Stage.LOADING)

    assert read_stage(folder) is Stage.LOADING


def test_one_that_was_interrupted_is_thrown_away(folder: Path, database: EmbeddedPostgres) -> None:
    database.stop()
    (folder / "files").mkdir()
    write_stage(folder, Stage.LOADING)

    start_afresh(wanted=False)

    assert read_stage(folder) is Stage.NONE
    assert not database.exists()
    assert not (folder / "files").exists()


@pytest.mark.parametrize(("stage", "wanted"), [(Stage.COMPLETE, False), (Stage.NONE, True)])
def test_one_that_is_complete_and_one_that_is_none_are_left_alone(
    folder: Path, database: EmbeddedPostgres, stage: Stage, *, wanted: bool
) -> None:
    database.stop()
    write_stage(folder, stage)

    start_afresh(wanted=wanted)

    assert database.exists()


def test_two_programs_set_up_one_after_the_other(folder: Path) -> None:
    second = f"from pathlib import Path; from motcua.cli.demonstration import set_up_alone\n\
with set_up_alone(Path({str(folder)!r})): print('second', flush=True)"

    with set_up_alone(folder):
        waiting = subprocess.Popen(
            [sys.executable, "-c", second], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
        assert waiting.stderr is not None
        told = waiting.stderr.readline()
        assert waiting.poll() is None

    assert "is setting up the demonstration" in told
    assert waiting.communicate(timeout=30)[0] == "second\n"


def test_one_that_is_running_is_not_thrown_away(folder: Path, database: EmbeddedPostgres) -> None:
    write_stage(folder, Stage.COMPLETE)

    with pytest.raises(BadInput, match="is running: stop it first"):
        start_afresh(wanted=True)

    assert database.pid is not None


def test_a_database_of_the_operators_own_is_never_thrown_away(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_stage(folder, Stage.COMPLETE)
    monkeypatch.setenv("DATABASE_URL", "postgres://db.example/motcua")

    with pytest.raises(BadInput, match="empty that of DATABASE_URL first"):
        start_afresh(wanted=True)

    assert read_stage(folder) is Stage.COMPLETE


@pytest.mark.django_db
def test_an_installation_where_people_work_is_no_place_for_a_demonstration(monkeypatch: pytest.MonkeyPatch) -> None:
    make_user()
    for name in ("MOTCUA_DEMONSTRATION", "MESSAGES_STAY_IN_OUTBOX", "SITE_URL"):
        monkeypatch.setenv(name, "")

    outcome = CliRunner().invoke(cli, ["demo", "--port", str(free_port())])

    assert outcome.exit_code == 2
    assert "no demonstration: name another folder with --data" in outcome.stderr
    assert read_stage(Path(os.environ["MOTCUA_DATA"])) is Stage.NONE
