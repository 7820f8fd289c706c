"""`motcua export`: the catalogue as the national database has it, or the whole set-up as a package."""

import os
from pathlib import Path

import click
from django.utils import timezone

from motcua.cli import installation
from motcua.cli.national import export_procedures
from motcua.cli.options import BadInput, CannotRun, data_option, say


@click.group()
@data_option
def export() -> None:
    """Write what this installation holds to a file."""


export.add_command(export_procedures)


@export.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@data_option
def package(file: Path) -> None:
    """Write the whole set-up to FILE, a signed archive without any personal data.

    The same set-up gives the same bytes. FILE is replaced if it is there.
    """
    installation.enter_migrated()
    from motcua.documents.storage import path_of
    from motcua.province_setup.commands.packages import KeyUnreadable, make_package

    try:
        made = make_package(actor=None, at=timezone.now())
    except KeyUnreadable as refusal:
        raise CannotRun(f"the signing key of this installation cannot be read: {refusal}") from refusal
    aside = file.with_name(f"{file.name}.{os.getpid()}")
    try:
        aside.write_bytes(path_of(made.file.sha256).read_bytes())
        aside.replace(file)
    except OSError as fault:
        aside.unlink(missing_ok=True)
        raise BadInput(f"{file} cannot be written: {fault.strerror}") from fault
    click.echo(f"{made.item_count} items in {file}")
    say(f"content SHA-256  {made.manifest_sha256}")
    say(f"signed by key    {made.fingerprint}")
