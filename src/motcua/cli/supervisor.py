"""Run several programs as one: restart what crashes, end all together, leave no orphan."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPException
from pathlib import Path
from types import TracebackType
from typing import IO, Self
from urllib.error import HTTPError, URLError
from urllib.request import Request, urlopen

from motcua.cli.child import PARENT_VARIABLE
from motcua.cli.options import CannotRun, say

CRASHES_ALLOWED = 3
CRASH_WINDOW_SECONDS = 60
GRACE_SECONDS = 20
ANSWER_SECONDS = 90
PAUSE_SECONDS = 0.1
TAIL_CHARACTERS = 3000
SERVER_ERROR = 500


@dataclass(frozen=True, slots=True)
class Program:
    """A command to keep running; `log` takes what it prints, None leaves it on the terminal."""

    name: str
    command: Sequence[str]
    log: Path | None = None


def motcua(*arguments: str) -> list[str]:
    """Return the command that runs `motcua` with these arguments under this interpreter."""
    return [sys.executable, "-m", "motcua.cli", *arguments]


@dataclass(slots=True)
class _Running:
    program: Program
    process: "subprocess.Popen[bytes]"
    crashes: list[float] = field(default_factory=list)


class Supervisor:
    """The programs of one installation, running while the `with` block lasts."""

    def __init__(
        self,
        programs: Sequence[Program],
        *,
        grace_seconds: float = GRACE_SECONDS,
        look_after_ground: Callable[[], None] = lambda: None,
    ) -> None:
        """Take what to run; `look_after_ground` is called all the while, for what the programs stand on."""
        self._programs = programs
        self._grace_seconds = grace_seconds
        self._look_after_ground = look_after_ground
        self._running: list[_Running] = []

    def __enter__(self) -> Self:
        try:
            for program in self._programs:
                self._running.append(_Running(program, _start(program)))
        except BaseException:
            self._end_all()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._end_all()

    def wait_for_answer(self, url: str) -> None:
        """Wait until the site answers without a server error. Refusals: CannotRun."""
        deadline = time.monotonic() + ANSWER_SECONDS
        while not _answers(url):
            self._look_after_all()
            if time.monotonic() > deadline:
                raise CannotRun(f"{url} did not answer within {ANSWER_SECONDS} seconds{self._tails()}")
            time.sleep(PAUSE_SECONDS)

    def watch(self) -> None:
        """Keep the programs running until this one is interrupted. Refusals: CannotRun."""
        while True:
            self._look_after_all()
            time.sleep(PAUSE_SECONDS)

    def _look_after_all(self) -> None:
        self._look_after_ground()
        for running in self._running:
            code = running.process.poll()
            if code is not None:
                self._revive(running, code)

    def _revive(self, running: _Running, code: int) -> None:
        """Start a program that ended again, unless it keeps ending."""
        _kill_group(running.process)
        now = time.monotonic()
        running.crashes = [at for at in running.crashes if now - at < CRASH_WINDOW_SECONDS] + [now]
        name = running.program.name
        if len(running.crashes) > CRASHES_ALLOWED:
            raise CannotRun(
                f"{name} ended {len(running.crashes)} times within {CRASH_WINDOW_SECONDS} seconds "
                f"(exit code {code}); giving up{self._tails()}"
            )
        say(f"{name} ended with exit code {code}; starting it again")
        running.process = _start(running.program)

    def _end_all(self) -> None:
        """Ask every program to end, and make those end that do not; a second Ctrl-C must not cut this short."""
        with undisturbed():
            for running in self._running:
                running.process.terminate()
            deadline = time.monotonic() + self._grace_seconds
            for running in self._running:
                try:
                    running.process.wait(max(0.0, deadline - time.monotonic()))
                except subprocess.TimeoutExpired:
                    say(f"{running.program.name} did not end within {self._grace_seconds} seconds; killing it")
                _kill_group(running.process)
                running.process.wait()

    def _tails(self) -> str:
        logs = [program.log for program in self._programs if program.log and program.log.exists()]
        return "".join(
            f"\n--- the end of {log} ---\n{log.read_text(encoding='utf-8', errors='replace')[-TAIL_CHARACTERS:]}"
            for log in logs
        )


@contextmanager
def undisturbed() -> Iterator[None]:
    """Ignore Ctrl-C and SIGTERM for the length of the block."""
    before = {number: signal.signal(number, signal.SIG_IGN) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _start(program: Program) -> "subprocess.Popen[bytes]":
    """Start a program in a session of its own, so that Ctrl-C reaches us alone and we reach all its processes."""
    output: IO[bytes] | None = program.log.open("ab") if program.log else None
    try:
        return subprocess.Popen(
            program.command,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            env={**os.environ, PARENT_VARIABLE: str(os.getpid())},
            start_new_session=True,
        )
    finally:
        if output:
            output.close()


def _kill_group(process: "subprocess.Popen[bytes]") -> None:
    """Kill what is left of a program's session: workers that outlived it."""
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except ProcessLookupError:
        return


def _answers(url: str) -> bool:
    request = Request(url, headers={"User-Agent": "motcua"})  # noqa: S310 - our own http address
    try:
        with urlopen(request, timeout=10) as answer:  # noqa: S310
            return bool(answer.status < SERVER_ERROR)
    except HTTPError as error:
        return error.code < SERVER_ERROR
    except (URLError, HTTPException, OSError):
        return False
