"""How far the demonstration in a data folder has got, so that an interrupted one is not taken for a whole one."""

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path

from motcua.cli.environment import data_folder
from motcua.cli.options import BadInput, chosen_data_dir, say
from motcua.gateways.embedded_postgres import EmbeddedPostgres

MARKER, LOCK = "demonstration", "demonstration.lock"


class Stage(StrEnum):
    """NONE: not begun; LOADING: begun, and interrupted if nobody is at it; COMPLETE: there."""

    NONE = ""
    LOADING = "loading"
    COMPLETE = "complete"


def read_stage(data_dir: Path) -> Stage:
    """Return how far the demonstration of this folder has got."""
    marker = data_dir / MARKER
    return Stage(marker.read_text(encoding="ascii").strip()) if marker.exists() else Stage.NONE


def write_stage(data_dir: Path, stage: Stage) -> None:
    """Note how far it has got."""
    (data_dir / MARKER).write_text(f"{stage}\n", encoding="ascii")


@contextmanager
def set_up_alone(data_dir: Path) -> Iterator[None]:
    """Let one program at a time set up the demonstration of a folder; the others wait until it is there."""
    descriptor = os.open(data_dir / LOCK, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say(f"Another program is setting up the demonstration in {data_dir}; waiting for it ...")
            fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def start_afresh(*, wanted: bool) -> None:
    """Throw away the demonstration that was interrupted half-way, or that is no longer `wanted` as it is.

    Only what a demonstration has made is thrown away, never another installation. Refusals: BadInput.
    """
    data_dir = data_folder(chosen_data_dir())
    stage = read_stage(data_dir)
    if stage is Stage.NONE or (stage is Stage.COMPLETE and not wanted):
        return
    if os.environ.get("DATABASE_URL"):
        raise BadInput("a demonstration begins afresh only in the embedded database: empty that of DATABASE_URL first")
    if stage is Stage.LOADING:
        say("The last start was interrupted before the demonstration was complete; beginning again.")
    if not EmbeddedPostgres(data_dir / "postgres").erase():
        raise BadInput(f"the demonstration in {data_dir} is running: stop it first")
    shutil.rmtree(data_dir / "files", ignore_errors=True)
    (data_dir / MARKER).unlink()
