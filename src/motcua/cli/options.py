"""What the commands share: the option --data, how they refuse, how they show progress."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol, TypeVar

import click

Command = TypeVar("Command", bound=Callable[..., object])
BAR_WIDTH = 32
_DATA_DIR = "motcua.data_dir"


class FaultFound(click.ClickException):
    """The command looked and found something wrong."""

    exit_code = 1


class BadInput(click.ClickException):
    """What the caller gave cannot be used."""

    exit_code = 2


class CannotRun(click.ClickException):
    """The installation cannot run here: its folder, its database, its tables."""

    exit_code = 3


def data_option(command: Command) -> Command:
    """Add --data DIR; it may stand before or after the name of the command."""
    option = click.option(
        "--data",
        type=click.Path(file_okay=False, path_type=Path),
        metavar="DIR",
        expose_value=False,
        callback=_remember,
        help="Folder of the embedded database and the files.  [default: $MOTCUA_DATA, else .motcua]",
    )
    return option(command)


def chosen_data_dir() -> Path | None:
    """Return the folder that --data named; None when the option was not given."""
    chosen: Path | None = click.get_current_context().meta.get(_DATA_DIR)
    return chosen


class Progress(Protocol):
    """What long work calls, now and then, with how much is done and, where it knows, of how much."""

    def __call__(self, done: int, total: int | None = None) -> None:
        """Show it."""


@contextmanager
def progress(label: str) -> Iterator[Progress]:
    """Show a bar, or a count where the total is not known, while standard error is a terminal."""
    is_shown = sys.stderr.isatty()

    def report(done: int, total: int | None = None) -> None:
        if is_shown:
            click.echo(f"\r{label:<12} {_bar(done, total)}", err=True, nl=False)

    try:
        yield report
    finally:
        if is_shown:
            click.echo(err=True)


def _bar(done: int, total: int | None) -> str:
    if not total:
        return f"{done:,}"
    filled = BAR_WIDTH * min(done, total) // total
    return f"[{'#' * filled}{'-' * (BAR_WIDTH - filled)}] {done:,}/{total:,}"


def say(sentence: str) -> None:
    """Tell the person at the terminal; standard output is kept for what a program would read."""
    click.echo(sentence, err=True)


def _remember(context: click.Context, parameter: click.Parameter, value: Path | None) -> None:
    if value is not None:
        context.meta[_DATA_DIR] = value
