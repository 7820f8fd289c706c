"""The environment that the settings read."""

import os
import stat
from pathlib import Path

import pytest
from django.db import connection

from motcua.cli.environment import CannotPrepare, data_folder, prepare, refuse_old

VARIABLES = ("MOTCUA_DATA", "SECRET_KEY", "DATABASE_URL", "ALLOWED_HOSTS")


@pytest.fixture
def server_url(db: None) -> str:
    """The tests' own server, as an operator would name one."""
    return os.environ["DATABASE_URL"]


@pytest.fixture
def bare(server_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """An environment with a database and nothing else of ours; restored after the test."""
    for name in VARIABLES:
        monkeypatch.setenv(name, "")
        monkeypatch.delenv(name)
    monkeypatch.setenv("DATABASE_URL", server_url)


def test_the_folder_is_the_chosen_one_else_the_variables_else_here(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("MOTCUA_DATA", "/from/variable")

    assert data_folder(Path("/chosen")) == Path("/chosen")
    assert data_folder(None) == Path("/from/variable")
    monkeypatch.delenv("MOTCUA_DATA")
    assert data_folder(None) == tmp_path / ".motcua"


def test_folders_and_key_are_made_once_and_closed_to_others(bare: None, tmp_path: Path) -> None:
    prepare(tmp_path / "data")
    key = os.environ.pop("SECRET_KEY")
    prepare(tmp_path / "data")

    assert os.environ["SECRET_KEY"] == key
    assert len(key) > 60
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in (tmp_path / "data").iterdir()}
    assert modes == {"SECRET_KEY": 0o600, "files": 0o700, "log": 0o700, "static": 0o755, "assets": 0o755}
    assert os.environ["MOTCUA_DATA"] == str(tmp_path / "data")


def test_what_the_environment_says_wins(bare: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET_KEY", "mine")
    monkeypatch.setenv("ALLOWED_HOSTS", "motcua.example")

    prepare(tmp_path / "data")

    assert os.environ["SECRET_KEY"] == "mine"
    assert os.environ["ALLOWED_HOSTS"] == "motcua.example"
    assert not (tmp_path / "data" / "SECRET_KEY").exists()


def test_a_folder_that_cannot_be_made_is_refused_in_a_sentence(bare: None, tmp_path: Path) -> None:
    (tmp_path / "file").touch()

    with pytest.raises(CannotPrepare, match="cannot be used"):
        prepare(tmp_path / "file" / "data")


def test_a_database_that_does_not_answer_is_refused_in_a_sentence(
    bare: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", f"postgres://motcua@/motcua?host={tmp_path}")

    with pytest.raises(CannotPrepare, match="does not answer"):
        prepare(tmp_path / "data")


def test_an_old_server_is_refused_by_number() -> None:
    refuse_old(150_000, "15.0")

    with pytest.raises(CannotPrepare, match=r"PostgreSQL 14\.9; motcua needs 15"):
        refuse_old(140_009, "14.9")


@pytest.mark.django_db
def test_the_settings_understand_the_embedded_servers_address() -> None:
    assert connection.settings_dict["USER"] == "motcua"
    assert connection.is_usable()
