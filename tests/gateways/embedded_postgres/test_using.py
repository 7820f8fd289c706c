"""Several programs share one server: the last one out stops it, and nobody else is disturbed."""

import os
import signal
from contextlib import ExitStack
from pathlib import Path
from shutil import rmtree

from motcua.gateways.embedded_postgres.postmaster import is_alive
from tests.gateways.embedded_postgres.programs import (
    MakeServer,
    is_gone,
    let_go,
    pid_of,
    run,
    said,
    user_program,
)


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


def test_a_server_in_use_is_not_stopped_by_tidying(make_server: MakeServer, folder: Path) -> None:
    with user_program(folder / "data") as other:
        pid = said(other)

        assert not make_server().stop_if_unused()

        assert is_alive(pid)
        let_go(other)


def test_eight_racing_programs_get_one_server(folder: Path) -> None:
    with ExitStack() as stack:
        programs = [stack.enter_context(user_program(folder / "data")) for _ in range(8)]

        pids = {said(program) for program in programs}

        assert len(pids) == 1
        for program in programs:
            let_go(program)
    assert all(is_gone(pid) for pid in pids)


def test_two_folders_are_two_servers(make_server: MakeServer) -> None:
    one, two = make_server("one"), make_server("two")

    run(one.start(), "CREATE TABLE only_here (id int)")
    names = run(two.start(), "SELECT 1 FROM pg_tables WHERE tablename = 'only_here'")

    assert one.pid != two.pid
    assert names == []


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


def test_a_folder_that_is_gone_is_left_in_peace(make_server: MakeServer, folder: Path) -> None:
    server = make_server()
    server.start()
    pid = pid_of(server)
    rmtree(folder / "data")

    server.stop()

    os.kill(pid, signal.SIGKILL)
