"""Where the server lives and who runs it: closed to others, never as root, on any path."""

import os
import pwd
import tempfile
from pathlib import Path
from shutil import rmtree

import pytest

from motcua.gateways.embedded_postgres import (
    AccountMissing,
    ClusterVanished,
    EmbeddedPostgres,
    SocketFolderTaken,
)
from motcua.gateways.embedded_postgres.account import account_for
from motcua.gateways.embedded_postgres.binaries import find_binaries
from tests.gateways.embedded_postgres.programs import (
    MakeServer,
    needs_root,
    run,
)


def test_nobody_else_may_enter_and_there_is_no_tcp(running: EmbeddedPostgres) -> None:
    home = running.data_dir / "server"

    assert {path.stat().st_mode & 0o077 for path in (home, home / "socket", home / "cluster")} == {0}
    assert run(running.url(), "SHOW listen_addresses") == [("",)]


@needs_root
def test_root_is_dropped(running: EmbeddedPostgres) -> None:
    assert Path(f"/proc/{running.pid}").stat().st_uid != 0


def test_a_long_or_odd_path_works(make_server: MakeServer) -> None:
    server = make_server('Hồ sơ \'25 "$HOME" ' + "x" * 90)

    url = server.start()

    assert run(url, "SELECT 1") == [(1,)]
    assert str(Path(tempfile.gettempdir()) / "motcua-") in url
    rmtree(server._home().socket_dir)  # noqa: SLF001 - the one thing outside the test's folder


def test_a_socket_folder_that_somebody_else_put_there_is_refused(make_server: MakeServer) -> None:
    server = make_server("x" * 100)
    planted = server._home().socket_dir  # noqa: SLF001 - where an attacker would guess it
    planted.symlink_to("/etc")

    with pytest.raises(SocketFolderTaken):
        server.start()

    planted.unlink()


@needs_root
def test_where_the_servers_account_cannot_enter_the_database_lives_elsewhere(
    make_server: MakeServer, folder: Path
) -> None:
    closed = folder / "closed"
    closed.mkdir(mode=0o700)
    server = make_server("closed/data", state_dir=folder / "state")

    url = server.start()

    assert run(url, "SELECT 1") == [(1,)]
    assert closed.stat().st_mode & 0o077 == 0
    home = Path((closed / "data" / "location").read_text().strip())
    assert home.parent == folder / "state"


@needs_root
def test_programs_where_the_servers_account_cannot_enter_are_copied(make_server: MakeServer, folder: Path) -> None:
    server = make_server()
    server.start()
    account = server._home().account  # noqa: SLF001
    closed = folder / "venv"
    closed.mkdir(mode=0o700)
    installed = find_binaries()
    (closed / "package").symlink_to(installed.folder.parent.parent)
    hidden = type(installed)(folder=closed / "package" / installed.folder.parent.name / "bin", major=installed.major)

    copied = hidden.reachable_by(account, state_dir=folder / "state")

    assert account.run([copied.path("postgres"), "--version"], folder=folder).returncode == 0
    assert hidden.reachable_by(account, state_dir=folder / "state") == copied


def test_data_whose_database_was_taken_away_is_not_replaced_by_an_empty_one(make_server: MakeServer) -> None:
    server = make_server()
    server.data_dir.mkdir()
    (server.data_dir / "location").write_text("/nonexistent/database\n")

    with pytest.raises(ClusterVanished):
        server.start()


def test_whoever_is_not_root_runs_the_server_as_themselves(monkeypatch: pytest.MonkeyPatch) -> None:
    nobody = pwd.getpwnam("nobody")
    monkeypatch.setattr(os, "geteuid", lambda: nobody.pw_uid)

    account = account_for([Path("/")])

    assert (account.name, account.drops_root) == ("nobody", False)
    assert account.reaches(Path("/"))


def test_a_user_without_an_account_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 3_000_000_000)

    with pytest.raises(AccountMissing, match="3000000000"):
        account_for([Path("/")])


@needs_root
def test_root_runs_the_server_as_the_owner_of_the_folder(folder: Path) -> None:
    os.chown(folder, pwd.getpwnam("daemon").pw_uid, -1)

    assert account_for([folder / "server", folder]).name == "daemon"
