"""The embedded server on real processes: shared, stopped by the last one out, brought back after a kill."""

import os
import pwd
import select
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from shutil import rmtree

import psycopg
import pytest

from motcua.gateways.embedded_postgres import (
    DURABLE,
    THROW_AWAY,
    AccountMissing,
    BinariesMissing,
    ClusterNotMade,
    ClusterVanished,
    EmbeddedPostgres,
    ServerDidNotStart,
    SocketFolderTaken,
    Tuning,
)
from motcua.gateways.embedded_postgres.account import account_for
from motcua.gateways.embedded_postgres.binaries import find_binaries
from motcua.gateways.embedded_postgres.postmaster import is_alive
from motcua.gateways.embedded_postgres.server import STATE_DIR

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


@pytest.fixture(scope="module")
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


def test_a_new_server_speaks_vietnamese_whatever_the_callers_locale(running: EmbeddedPostgres) -> None:
    assert run(running.url(), "SELECT lower('ĐĂNG KÝ KHAI SINH')") == [("đăng ký khai sinh",)]


def test_the_application_is_not_the_superuser_and_may_make_databases(running: EmbeddedPostgres) -> None:
    rights = run(running.url(), "SELECT rolsuper, rolcreatedb FROM pg_roles WHERE rolname = current_user")

    assert rights == [(False, True)]


def test_nobody_else_may_enter_and_there_is_no_tcp(running: EmbeddedPostgres) -> None:
    home = running.data_dir / "server"

    assert {path.stat().st_mode & 0o077 for path in (home, home / "socket", home / "cluster")} == {0}
    assert run(running.url(), "SHOW listen_addresses") == [("",)]


@needs_root
def test_root_is_dropped(running: EmbeddedPostgres) -> None:
    assert Path(f"/proc/{running.pid}").stat().st_uid != 0


def test_a_server_is_known_again_where_the_kernel_does_not_say_where_it_stands(
    running: EmbeddedPostgres, monkeypatch: pytest.MonkeyPatch
) -> None:
    pid = running.pid

    def refuse(path: Path) -> Path:
        raise PermissionError

    monkeypatch.setattr(Path, "readlink", refuse)

    assert running.pid == pid


def test_a_foreign_program_is_not_taken_for_the_server_there_either(
    make_server: MakeServer, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    server = make_server()
    cluster = folder / "data" / "server" / "cluster"
    server.url()
    cluster.mkdir()
    (cluster / "postmaster.pid").write_text(f"{os.getpid()}\n{cluster}\n1700000000\n5432\n/tmp\n")

    def refuse(path: Path) -> Path:
        raise PermissionError

    monkeypatch.setattr(Path, "readlink", refuse)

    assert server.pid is None


def test_the_last_one_out_stops_the_server(make_server: MakeServer, folder: Path) -> None:
    server = make_server()
    server.start()
    pid = pid_of(server)
    with user_program(folder / "data") as other:
        assert said(other) == pid

        server.stop()

        assert server.pid == pid
        let_go(other)
    assert is_gone(pid)
    assert server.pid is None


def test_starting_and_stopping_twice_changes_nothing(make_server: MakeServer) -> None:
    server = make_server()

    assert server.start() == server.start()
    server.stop()
    server.stop()

    assert server.pid is None


def test_a_user_that_was_killed_does_not_keep_the_server_up(make_server: MakeServer, folder: Path) -> None:
    server = make_server()
    with user_program(folder / "data") as other:
        pid = said(other)
        server.start()
        other.kill()
        other.wait()

    server.stop()

    assert is_gone(pid)


def test_a_server_that_all_its_users_left_by_dying_is_found_and_stopped(make_server: MakeServer, folder: Path) -> None:
    with user_program(folder / "data") as only_user:
        pid = said(only_user)
        only_user.kill()
        only_user.wait()
    assert is_alive(pid)

    assert make_server().stop_if_unused()

    assert is_gone(pid)


def test_a_server_in_use_is_not_stopped_by_tidying(make_server: MakeServer, folder: Path) -> None:
    with user_program(folder / "data") as other:
        pid = said(other)

        assert not make_server().stop_if_unused()

        assert is_alive(pid)
        let_go(other)


def test_rows_survive_a_kill(make_server: MakeServer) -> None:
    server = make_server(tuning=DURABLE)
    url = server.start()
    run(url, "CREATE TABLE dossier AS SELECT generate_series(1, 1000) AS number")
    run(url, "INSERT INTO dossier VALUES (1001)")
    kill_hard(server)
    server.stop()

    url = server.start()

    assert run(url, "SELECT count(*) FROM dossier") == [(1001,)]


def test_eight_racing_programs_get_one_server(folder: Path) -> None:
    with ExitStack() as stack:
        programs = [stack.enter_context(user_program(folder / "data")) for _ in range(8)]

        pids = {said(program) for program in programs}

        assert len(pids) == 1
        for program in programs:
            let_go(program)
    assert all(is_gone(pid) for pid in pids)


def test_a_foreign_program_with_the_pid_of_a_dead_server_is_left_alone(make_server: MakeServer, folder: Path) -> None:
    server = make_server()
    server.start()
    pid_file = folder / "data" / "server" / "cluster" / "postmaster.pid"
    lines = pid_file.read_text().split("\n")
    kill_hard(server)
    server.stop()
    with subprocess.Popen(["/bin/sleep", "600"]) as foreign:
        pid_file.write_text("\n".join([str(foreign.pid), *lines[1:]]))

        server.start()
        server.stop()

        assert foreign.poll() is None
        foreign.kill()


def test_a_process_that_only_waits_to_be_reaped_is_dead() -> None:
    with subprocess.Popen(["/bin/true"]) as child:
        os.waitid(os.P_PID, child.pid, os.WEXITED | os.WNOWAIT)

        assert not is_alive(child.pid)


def test_two_folders_are_two_servers(make_server: MakeServer) -> None:
    one, two = make_server("one"), make_server("two")

    run(one.start(), "CREATE TABLE only_here (id int)")
    names = run(two.start(), "SELECT 1 FROM pg_tables WHERE tablename = 'only_here'")

    assert one.pid != two.pid
    assert names == []


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


def test_data_of_a_version_that_is_not_installed_is_refused_by_number(make_server: MakeServer, folder: Path) -> None:
    server = make_server()
    server.start()
    server.stop()
    (folder / "data" / "server" / "cluster" / "PG_VERSION").write_text("9\n")

    with pytest.raises(BinariesMissing) as refusal:
        server.start()

    assert refusal.value.major == 9


def test_half_a_cluster_left_by_a_killed_start_is_thrown_away(make_server: MakeServer) -> None:
    server = make_server()
    half = server._home().folder / "cluster.new"  # noqa: SLF001
    half.mkdir()
    (half / "PG_VERSION").write_text("18\n")

    assert run(server.start(), "SELECT 1") == [(1,)]


def test_a_database_is_erased_only_when_nobody_uses_it(make_server: MakeServer, folder: Path) -> None:
    server = make_server()
    with user_program(folder / "data") as other:
        said(other)
        assert not server.erase()
        let_go(other)

    assert server.exists()
    assert server.erase()
    assert not server.exists()
    assert make_server("never-made").erase()


def test_a_server_that_cannot_start_says_why(make_server: MakeServer, folder: Path) -> None:
    server = make_server()
    server.start()
    server.stop()
    (folder / "data" / "server" / "cluster" / "postgresql.conf").write_text("no_such_setting = 1\n")

    with pytest.raises(ServerDidNotStart) as refusal:
        server.start()

    assert "no_such_setting" in refusal.value.log_tail


def test_a_cluster_that_cannot_be_made_says_why(make_server: MakeServer) -> None:
    server = make_server(tuning=Tuning(is_durable=False))
    aside = server._home().folder / "cluster.new"  # noqa: SLF001
    aside.symlink_to("/proc/nowhere")

    with pytest.raises(ClusterNotMade) as refusal:
        server.start()

    assert "cluster.new" in refusal.value.output


def test_a_folder_that_is_gone_is_left_in_peace(make_server: MakeServer, folder: Path) -> None:
    server = make_server()
    server.start()
    pid = pid_of(server)
    rmtree(folder / "data")

    server.stop()

    os.kill(pid, signal.SIGKILL)


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
