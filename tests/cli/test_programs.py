"""The long-running commands as real programs on an installation of their own: up, answered, stopped, nothing left."""

import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from shutil import rmtree
from urllib.request import urlopen

import pytest

from tests.cli.test_supervisor import free_port

OURS = ("MOTCUA_", "DATABASE_URL", "SECRET_KEY", "DJANGO_SETTINGS_MODULE", "STATICFILES_STORAGE", "QUERY_GUARD")


@pytest.fixture
def folder() -> Iterator[Path]:
    made = Path(tempfile.mkdtemp(prefix="motcua-run-"))
    made.chmod(0o711)
    yield made
    assert left_in(made) == []
    rmtree(made)


def left_in(folder: Path) -> list[str]:
    """Return the programs that still stand in the folder or have it for their data."""
    left = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            environment, command = (process / "environ").read_bytes(), (process / "cmdline").read_bytes()
            standing = (process / "cwd").readlink()
        except OSError:
            continue
        if f"MOTCUA_DATA={folder}".encode() in environment or standing.is_relative_to(folder):
            left.append(command.replace(b"\0", b" ").decode())
    return left


@contextmanager
def motcua(folder: Path, *words: str) -> Iterator["subprocess.Popen[str]"]:
    """Run a command with nothing of the tests' environment; kill it with whatever it left when the test fails."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith(OURS)}
    with subprocess.Popen(
        # A shell starts its background programs deaf to SIGINT; ours must hear it all the same.
        ["/bin/sh", "-c", 'trap "" INT; exec "$@"', "sh", sys.executable, "-m", "motcua.cli", *words],
        env={**environment, "MOTCUA_DATA": str(folder)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as program:
        try:
            yield program
        finally:
            program.kill()


def lines_until(program: "subprocess.Popen[str]", start: str) -> list[str]:
    """Read what the program prints up to the line that starts so; it never comes when the program ends first."""
    assert program.stdout is not None
    lines: list[str] = []
    for line in program.stdout:
        lines.append(line.rstrip("\n"))
        if line.startswith(start):
            return lines
    assert program.stderr is not None
    raise AssertionError(program.stderr.read())


def end(program: "subprocess.Popen[str]", number: int) -> str:
    """Send the signal and return what the program had said on standard error."""
    program.send_signal(number)
    return program.communicate(timeout=60)[1]


@pytest.mark.long
def test_the_demonstration_comes_up_stops_and_comes_up_again(folder: Path) -> None:
    port = free_port()
    words = ("demo", "--port", str(port), "--dossiers", "3")

    with motcua(folder, *words) as first:
        printed = lines_until(first, "READY")
        with urlopen(f"http://127.0.0.1:{port}/", timeout=30) as page:
            status = page.status
        said = end(first, signal.SIGINT)

    assert printed == [f"READY http://127.0.0.1:{port}"]
    assert status == 200
    assert first.returncode == 0
    assert said.endswith("Stopped.\n")
    assert left_in(folder) == []
    with motcua(folder, *words) as second:
        assert lines_until(second, "READY") == printed
        end(second, signal.SIGTERM)
    assert second.returncode == 0


@pytest.mark.long
def test_web_and_worker_come_up_together_and_outlive_nobody(folder: Path) -> None:
    port = free_port()

    with motcua(folder, "up", "--port", str(port)) as up:
        assert up.stderr is not None
        address = up.stderr.readline().strip()
        end(up, signal.SIGTERM)

    assert address == f"http://127.0.0.1:{port}"
    assert up.returncode == 0


def test_a_taken_port_is_refused_before_anything_is_made(folder: Path) -> None:
    with subprocess.Popen([sys.executable, "-m", "http.server", "0"], stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout is not None
        port = other.stdout.readline().split(" port ")[1].split()[0]

        for command in ("demo", "up", "serve"):
            with motcua(folder, command, "--port", port) as program:
                said = program.communicate(timeout=60)[1]
            assert program.returncode == 2
            assert f"port {port}" in said
            assert "taken by another program" in said

        other.kill()
    assert list(folder.iterdir()) == []
