"""`motcua export procedures` and `motcua import procedures`: the structure of the national database."""

from pathlib import Path
from typing import TYPE_CHECKING

import click
from django.utils import timezone

from motcua.cli import installation
from motcua.cli.load import FILE, tell
from motcua.cli.options import BadInput, data_option, say

if TYPE_CHECKING:
    from datetime import datetime

OUT = click.Path(dir_okay=False, writable=True, path_type=Path)


@click.group(name="import")
@data_option
def import_group() -> None:
    """Take in a file in the structure of the national database; what differs is listed, nothing is overwritten."""


@click.command(name="procedures")
@click.argument("file", type=OUT)
@click.option("--day", type=click.DateTime(["%Y-%m-%d"]), help="As in force on that day; today by default.")
@data_option
def export_procedures(file: Path, day: "datetime | None") -> None:
    """Write the procedures in force to FILE: .json one document, otherwise JSON lines; with .gz packed.

    The same catalogue gives the same bytes.
    """
    installation.enter_migrated()
    from motcua.exchange.national_format import document_of_records, lines_of_records, packed
    from motcua.exchange.queries.exported import catalogue_records

    records = list(catalogue_records(day.date() if day else timezone.localdate()))
    name = file.name.removesuffix(".gz")
    written = document_of_records(records) if name.endswith(".json") else lines_of_records(records)
    try:
        file.write_bytes(packed(written) if file.name.endswith(".gz") else written)
    except OSError as fault:
        raise BadInput(f"nothing was written: {fault}") from fault
    click.echo(f"{len(records)} procedures written")


@import_group.command(name="procedures")
@click.argument("file", type=FILE)
@click.option("--whole", is_flag=True, help="FILE tells of every procedure: what is missing in it is gone.")
@data_option
def import_procedures(file: Path, *, whole: bool) -> None:
    """Take in FILE as what the national database says (JSON lines or one document, also .gz), and compare."""
    installation.enter_migrated()
    from motcua.exchange.commands.compare import compare
    from motcua.exchange.commands.take_records import FileUnreadable, Told, take_records

    at = timezone.now()
    try:
        told = Told(file.read_bytes(), file.name, is_whole=whole)
        outcome = take_records(told=told, actor=None, at=at)
    except (FileUnreadable, OSError) as refusal:
        raise BadInput(f"nothing was taken in: {refusal}") from refusal
    if outcome.loaded or outcome.changed:
        say(f"{compare(at=at)} procedures differ from ours")
    tell(outcome)
