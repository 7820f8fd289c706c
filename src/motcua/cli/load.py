"""`motcua load procedures`, `motcua load units`, `motcua load documents` and `motcua load package`."""

from pathlib import Path
from typing import TYPE_CHECKING

import click
from django.utils import timezone

from motcua.cli import installation
from motcua.cli.load_package import package
from motcua.cli.options import BadInput, FaultFound, data_option, progress, say

if TYPE_CHECKING:
    from motcua.organisations.reports import LoadReport

FILE = click.Path(exists=True, dir_okay=False, readable=True, path_type=Path)
SHOWN_REJECTIONS = 50


@click.group()
@data_option
def load() -> None:
    """Load the catalogue of procedures, the list of units, legal documents or a whole set-up from a file.

    Loading the same file twice changes nothing the second time. A line that cannot be used is named and left out, and
    the exit code is then 1.
    """


load.add_command(package)


@load.command()
@click.argument("file", type=FILE)
@data_option
def procedures(file: Path) -> None:
    """Load procedures from FILE: JSON lines (also .gz) or XLSX.

    The first load also teaches the search the common abbreviations and everyday words.
    """
    installation.enter_migrated()
    from motcua.catalogue.commands.load_procedures import FileUnreadable, load_procedures
    from motcua.catalogue.commands.teach_synonyms import teach_synonyms
    from motcua.catalogue.models import SearchSynonym

    try:
        with progress("Procedures") as report:
            outcome = load_procedures(file, at=timezone.now(), progress=report)
    except FileUnreadable as refusal:
        raise BadInput(f"nothing was loaded: {refusal}") from refusal
    if not SearchSynonym.objects.exists():  # later on they are the administrator's, who may have taken some away
        teach_synonyms(at=timezone.now())
    tell(outcome)


@load.command()
@click.argument("file", type=FILE)
@data_option
def units(file: Path) -> None:
    """Load units from FILE: the nationwide CSV lists of units or of their conversion (also .gz)."""
    installation.enter_migrated()
    from motcua.organisations.commands.load_units import FileUnreadable, load_units

    try:
        with progress("Units") as report:
            outcome = load_units(file, at=timezone.now(), progress=report)
    except FileUnreadable as refusal:
        raise BadInput(f"nothing was loaded: {refusal}") from refusal
    tell(outcome)


@load.command()
@click.argument("file", type=FILE)
@data_option
def documents(file: Path) -> None:
    """Load legal documents from FILE: JSON lines (also .gz) or XLSX."""
    installation.enter_migrated()
    from motcua.legislation.commands.load_documents import FileUnreadable, load_documents

    try:
        with progress("Documents") as report:
            outcome = load_documents(file, at=timezone.now(), progress=report)
    except FileUnreadable as refusal:
        raise BadInput(f"nothing was loaded: {refusal}") from refusal
    tell(outcome)


def tell(outcome: "LoadReport") -> None:
    """Say what became of the lines of a file; raises `FaultFound` when some were rejected."""
    rejected = outcome.rejected
    click.echo(
        f"{outcome.loaded} loaded, {outcome.changed} changed, {outcome.unchanged} unchanged, {len(rejected)} rejected"
    )
    if outcome.to_review:
        say(f"{outcome.to_review} of them have a limit or a fee that was not understood: kept as text, to be reviewed")
    if outcome.kept:
        say(f"{outcome.kept} unchanged ones were written by hand here, and stay")
    for one in rejected[:SHOWN_REJECTIONS]:
        say(f"line {one.line}: {one.reason}")
    if len(rejected) > SHOWN_REJECTIONS:
        say(f"... and {len(rejected) - SHOWN_REJECTIONS} more")
    if rejected:
        lines = "1 line was" if len(rejected) == 1 else f"{len(rejected)} lines were"
        raise FaultFound(f"{lines} rejected; the others are loaded")
