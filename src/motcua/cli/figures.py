"""`motcua figures`."""

import click
from django.utils import timezone

from motcua.cli import installation
from motcua.cli.options import FaultFound, data_option


@click.command("figures")
@click.option("--anew", is_flag=True, help="Count every dossier again, and make all sums anew.")
@data_option
def figures(*, anew: bool) -> None:
    """Count in what changed, and prove that the figures of reports are what a recount of all dossiers gives.

    Exit code 1 when a figure differs. It may run beside everything else.
    """
    installation.enter_migrated()
    from motcua.reporting.commands import count_in, prove

    if anew:
        count_in.mark_all()
    while count_in.count_in_next():
        continue
    if anew:
        count_in.sum_anew()
    proof = prove.prove_figures(at=timezone.now())
    click.echo(f"{proof.dossier_count} dossiers held against their figures")
    if not proof.holds:
        raise FaultFound(
            f"{proof.differing_dossier_count} dossiers and {proof.differing_sum_count} sums differ; "
            "motcua figures --anew makes them right"
        )
