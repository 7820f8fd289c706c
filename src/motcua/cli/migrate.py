"""`motcua migrate`."""

import click

from motcua.cli import installation
from motcua.cli.options import data_option, say


@click.command()
@data_option
def migrate() -> None:
    """Bring the tables up to this program."""
    installation.enter()
    count = installation.migrate()
    say(f"{count} migrations applied." if count else "The tables are up to date.")
