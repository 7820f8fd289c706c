"""What a kill leaves behind is known for what it is, and the next start brings everything back."""

import os
import subprocess
from pathlib import Path

import pytest

from motcua.gateways.embedded_postgres import (
    DURABLE,
    EmbeddedPostgres,
)
from motcua.gateways.embedded_postgres.postmaster import is_alive
from tests.gateways.embedded_postgres.programs import (
    MakeServer,
    is_gone,
    kill_hard,
    run,
    said,
    user_program,
)


def test_rows_survive_a_kill(make_server: MakeServer) -> None:
    server = make_server(tuning=DURABLE)
    url = server.start()
    run(url, "CREATE TABLE dossier AS SELECT generate_series(1, 1000) AS number")
    run(url, "INSERT INTO dossier VALUES (1001)")
    kill_hard(server)
    server.stop()

    url = server.start()

    assert run(url, "SELECT count(*) FROM dossier") == [(1001,)]


def test_a_server_that_is_killed_under_its_users_is_brought_back(make_server: MakeServer) -> None:
    server = make_server(tuning=DURABLE)
    assert not server.keep_up()
    url = server.start()
    run(url, "CREATE TABLE dossier AS SELECT 1 AS number")
    assert not server.keep_up()
    kill_hard(server)

    assert server.keep_up()

    assert run(url, "SELECT count(*) FROM dossier") == [(1,)]
    server.stop()
    assert not server.keep_up()
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


def test_half_a_cluster_left_by_a_killed_start_is_thrown_away(make_server: MakeServer) -> None:
    server = make_server()
    half = server._home().folder / "cluster.new"  # noqa: SLF001
    half.mkdir()
    (half / "PG_VERSION").write_text("18\n")

    assert run(server.start(), "SELECT 1") == [(1,)]


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
