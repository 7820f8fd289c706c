"""Several real programs kept running as one."""

import os
import select
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from motcua.cli.options import BadInput, CannotRun
from motcua.cli.ports import refuse_unusable
from motcua.cli.supervisor import Program, Supervisor

SLEEPER = ["/bin/sleep", "600"]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def first_number_in(pipe: Path) -> int:
    """Return the number that a program writes into a named pipe; reading waits for it."""
    return int(pipe.read_text())


def has_ended(process: int, *, within_seconds: float = 10) -> bool:
    """Wait for the process of a pidfd to end; the kernel takes its time over a kill."""
    return bool(select.select([process], [], [], within_seconds)[0])


def test_all_programs_and_their_children_end_together(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    parent = Program("parent", ["/bin/sh", "-c", f"sleep 600 & echo $! > {tmp_path}/pipe; trap '' TERM; wait"])

    with Supervisor([Program("sleeper", SLEEPER), parent], grace_seconds=0.1):
        grandchild = os.pidfd_open(first_number_in(tmp_path / "pipe"))
        assert not has_ended(grandchild, within_seconds=0)

    assert has_ended(grandchild)


def test_a_program_that_crashes_is_started_again_until_it_keeps_crashing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    log = tmp_path / "log"
    crasher = Program("worker", ["/bin/sh", "-c", "echo no such table; exit 7"], log=log)

    with pytest.raises(CannotRun) as refusal, Supervisor([crasher, Program("web", SLEEPER)]) as supervisor:
        supervisor.watch()

    assert log.read_text() == "no such table\n" * 4
    assert "worker ended 4 times within 60 seconds (exit code 7)" in refusal.value.message
    assert "no such table" in refusal.value.message
    assert capsys.readouterr().err.count("starting it again") == 3


def test_a_site_that_answers_is_waited_for(tmp_path: Path) -> None:
    port = free_port()
    server = [sys.executable, "-m", "http.server", str(port), "--bind", "127.0.0.1", "--directory", str(tmp_path)]

    with Supervisor([Program("web", server, log=tmp_path / "log")]) as supervisor:
        supervisor.wait_for_answer(f"http://127.0.0.1:{port}/")

        with pytest.raises(BadInput, match=f"port {port} of 127.0.0.1 is taken"):
            refuse_unusable("127.0.0.1", port)
    refuse_unusable("127.0.0.1", port)


@pytest.mark.parametrize(
    ("host", "why"),
    [("192.0.2.1", "no address of this machine"), ("300.1.1.1", "is no address"), ("a" * 70, "is no address")],
)
def test_an_address_that_is_none_of_this_machines_is_told_from_a_taken_port(host: str, why: str) -> None:
    with pytest.raises(BadInput, match=why):
        refuse_unusable(host, free_port())


def test_what_the_programs_stand_on_is_looked_after_all_the_while() -> None:
    looks: list[int] = []

    def look() -> None:
        looks.append(1)
        if len(looks) == 3:
            raise CannotRun("the database cannot be brought back")

    with (
        pytest.raises(CannotRun, match="brought back"),
        Supervisor([Program("web", SLEEPER)], look_after_ground=look) as supervisor,
    ):
        supervisor.watch()

    assert len(looks) == 3


def test_a_program_that_cannot_be_started_takes_the_others_down() -> None:
    programs = [Program("first", SLEEPER), Program("missing", ["/nonexistent"])]

    with pytest.raises(FileNotFoundError), Supervisor(programs):
        pass

    children = Path(f"/proc/self/task/{os.getpid()}/children").read_text().split()
    assert "sleep" not in {Path(f"/proc/{pid}/comm").read_text().strip() for pid in children}


def test_a_child_ends_when_its_parent_is_killed(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    child = f"import os, pathlib, time; from motcua.cli.child import follow_parent; follow_parent(); \
pathlib.Path({str(tmp_path / 'pipe')!r}).write_text(str(os.getpid())); time.sleep(600)"
    parent = f"import subprocess, sys, os; from motcua.cli.supervisor import Program, Supervisor\n\
with Supervisor([Program('child', [sys.executable, '-c', {child!r}])]) as s: s.watch()"
    with subprocess.Popen([sys.executable, "-c", parent]) as supervisor:
        pid = first_number_in(tmp_path / "pipe")
        waiter = os.pidfd_open(pid)

        supervisor.send_signal(signal.SIGKILL)

        assert has_ended(waiter)


def test_a_child_whose_parent_was_gone_before_it_looked_ends_at_once() -> None:
    program = [sys.executable, "-c", "from motcua.cli.child import follow_parent; follow_parent()"]

    ended = subprocess.run(program, env={**os.environ, "MOTCUA_PARENT": "1"}, capture_output=True, check=False)

    assert ended.returncode == 1
    assert b"has ended" in ended.stderr
