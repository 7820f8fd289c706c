"""The command `motcua`: which commands there are, and how they end.

Exit codes: 0 done, 1 a fault was found, 2 wrong usage or input, 3 the installation cannot run here, 130 interrupted.
"""

import signal
import sys
from importlib import import_module
from importlib.util import find_spec
from types import FrameType
from typing import Any

import click

from motcua.cli.child import follow_parent
from motcua.cli.options import data_option
from motcua.kernel.call_stack import in_one_piece

# Loaded when asked for, so that each starts as fast as what it needs.
COMMANDS = {
    "account": "motcua.cli.account:account",
    "demo": "motcua.cli.demo:demo",
    "due": "motcua.cli.due:due",
    "export": "motcua.cli.export:export",
    "figures": "motcua.cli.figures:figures",
    "import": "motcua.cli.national:import_group",
    "load": "motcua.cli.load:load",
    "migrate": "motcua.cli.migrate:migrate",
    "serve": "motcua.cli.serve:serve",
    "simulate": "motcua.cli.simulate:simulate",
    "token": "motcua.cli.token:token",
    "up": "motcua.cli.up:up",
    "verify-record": "motcua.cli.verify_record:verify_record",
    "worker": "motcua.cli.worker:worker",
}
INTERRUPTED = 130


class LateGroup(click.Group):
    """A group that imports a command's module when the command is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """Return the names in the order of the help text."""
        return [name for name in COMMANDS if self.is_there(name)]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """Return the command; None for a name that does not exist."""
        if not self.is_there(cmd_name):
            return None
        module, _, attribute = COMMANDS[cmd_name].partition(":")
        command = getattr(import_module(module), attribute)
        assert isinstance(command, click.Command)
        return command

    def is_there(self, name: str) -> bool:
        """Tell whether a command of this name is installed."""
        return name in COMMANDS and find_spec(COMMANDS[name].partition(":")[0]) is not None


@click.group(
    cls=LateGroup,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="Exit codes: 0 done, 1 a fault was found, 2 wrong usage or input, 3 the installation cannot run here, "
    "130 interrupted.",
)
@click.version_option(package_name="motcua")
@data_option
def cli() -> None:
    """Run and look after an installation of motcua, the one-stop shop of a Vietnamese province."""


def _run() -> Any:
    return cli.main(prog_name="motcua", standalone_mode=False)


def main() -> None:
    """Run the command line and end the process with its exit code."""
    for number in (signal.SIGINT, signal.SIGTERM):  # a shell starts its background programs deaf to SIGINT
        signal.signal(number, _interrupt)
    follow_parent()
    try:
        outcome = in_one_piece(_run)
    except click.ClickException as refusal:
        refusal.show()
        outcome = refusal.exit_code
    except (click.Abort, KeyboardInterrupt):
        outcome = INTERRUPTED
    # From here on only the database is stopped, which a second Ctrl-C must not cut short.
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_IGN)
    sys.exit(outcome if isinstance(outcome, int) else 0)


def _interrupt(number: int, frame: FrameType | None) -> None:
    """End on SIGTERM as on Ctrl-C: everything is tidied up on the way out."""
    raise KeyboardInterrupt
