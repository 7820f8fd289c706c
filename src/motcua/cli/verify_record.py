"""`motcua verify-record`."""

import click

from motcua.cli import installation
from motcua.cli.options import FaultFound, data_option, progress


@click.command("verify-record")
@data_option
def verify_record() -> None:
    """Check that no event was changed, removed or slipped in; name the first place that does not hold."""
    installation.enter_migrated()
    from motcua.kernel import verification

    with progress("Events") as report:
        outcome = verification.verify_record(progress=report)
    click.echo(f"{outcome.events_checked} events and {outcome.digests_checked} daily digests hold")
    if broken := outcome.first_broken:
        place = f"event {broken.seq} of {broken.subject}" if broken.seq else broken.subject
        raise FaultFound(f"the record is broken: {place}: {broken.reason}")
