"""`motcua load package`."""

from pathlib import Path
from typing import TYPE_CHECKING

import click
from django.utils import timezone

from motcua.cli import installation
from motcua.cli.options import BadInput, FaultFound, data_option, say

if TYPE_CHECKING:
    from motcua.province_setup.models import ConfigurationPackage
    from motcua.province_setup.preview import KindPreview

FILE = click.Path(exists=True, dir_okay=False, readable=True, path_type=Path)
SHOWN = 20


@click.command()
@click.argument("file", type=FILE)
@click.option("--preview", "only_preview", is_flag=True, help="Tell what would change, and change nothing.")
@click.option("--kind", "kinds", multiple=True, metavar="NAME", help="Bring in this kind alone; may be repeated.")
@click.option("--accept-key", metavar="FINGERPRINT", help="Take packages of this key from now on.")
@data_option
def package(file: Path, only_preview: bool, kinds: tuple[str, ...], accept_key: str | None) -> None:  # noqa: FBT001 - click's
    """Bring in the set-up in FILE, which `motcua export package` wrote here or elsewhere.

    Nothing here is ever deleted. What contradicts something published here is named and left alone, and the exit code
    is then 1.
    """
    installation.enter_migrated()
    from motcua.province_setup.archive import MOST_BYTES, PackageRefused
    from motcua.province_setup.commands import packages
    from motcua.province_setup.preview import preview

    if file.stat().st_size > MOST_BYTES:
        raise BadInput(f"nothing was loaded: the file is larger than {MOST_BYTES // 2**20} MB")
    try:
        received = packages.receive_package(content=file.read_bytes(), actor=None, at=timezone.now())
        found = preview(packages.opened(received))
    except PackageRefused as refusal:
        raise BadInput(f"nothing was loaded: {refusal}") from refusal
    if accept_key:
        try:
            packages.accept_key(package=received, fingerprint=accept_key, actor=None, at=timezone.now())
        except packages.OtherFingerprint as refusal:
            raise BadInput(f"nothing was loaded: the package is signed by key {received.fingerprint}") from refusal
    _tell(found)
    if not only_preview:
        _apply(received, kinds or tuple(one.kind.name for one in found))
    clashes = sum(len([line for line in one.lines if line.state == "CLASH"]) for one in found)
    if clashes:
        raise FaultFound(f"{clashes} of the items contradict what is here, and were left alone")


def _apply(received: "ConfigurationPackage", kinds: tuple[str, ...]) -> None:
    from motcua.province_setup.commands import apply_package as applying

    try:
        done = applying.apply_package(package=received, choice=applying.Choice(kinds), actor=None, at=timezone.now())
    except applying.KeyUnknown as refusal:
        raise BadInput(
            f"nothing was loaded: nobody here trusts the key {refusal.fingerprint}. Compare it with its owner, "
            "then give it with --accept-key"
        ) from refusal
    except applying.NothingChosen as refusal:
        raise BadInput(f"nothing was loaded: there is no such kind among {', '.join(kinds)}") from refusal
    except applying.KindRefused as refusal:
        why = f"names {refusal.missing}, which is not here" if refusal.missing else "contradicts something here"
        raise BadInput(f"nothing was loaded: {refusal.kind} {why}") from refusal
    except applying.BreaksLinkedGroup as refusal:
        raise BadInput(f"nothing was loaded: papers that a linked group shares would move: {refusal}") from refusal
    except applying.ContentUnfit as refusal:
        raise BadInput(f"nothing was loaded: a process or a declaration does not fit: {refusal}") from refusal
    click.echo(f"{done.new_count} new, {done.changed_count} changed" if done else "0 new, 0 changed")


def _tell(found: "list[KindPreview]") -> None:
    for one in found:
        counts = ", ".join(f"{count} {state.lower()}" for state, count in one.counts.items() if count)
        say(f"{one.kind.name:<22} {counts or '-'}")
        telling = [line for line in one.lines if line.differences or line.held_by]
        for line in telling[:SHOWN]:
            for need in line.held_by[:SHOWN]:
                number = f" version {need.version}" if need.version else ""
                say(f"  {line.key}: left out, stands on {need.kind} {need.key}{number}, which is otherwise here")
            for difference in line.differences[:SHOWN]:
                say(f"  {line.key}: {difference.effect.lower()} {difference.path}")
        if len(telling) > SHOWN:
            say(f"  ... and {len(telling) - SHOWN} more")
