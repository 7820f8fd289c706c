"""`motcua verify-record`."""

from datetime import timedelta
from typing import TYPE_CHECKING

import click
from django.utils import timezone

from motcua.cli import installation
from motcua.cli.options import BadInput, FaultFound, data_option, progress, say

if TYPE_CHECKING:
    from motcua.kernel.verification import Newest

SHORTEST_HASH = 12


@click.command("verify-record")
@click.option(
    "--noted",
    metavar="HASH",
    default="",
    help=f"A digest taken down elsewhere, or its first {SHORTEST_HASH} characters or more: it must still be there.",
)
@data_option
def verify_record(noted: str) -> None:
    """Check that no event was changed, removed or slipped in; name the first place that does not hold.

    Exit code 1 when something does not hold. It only reads, and may run beside everything else.
    """
    noted = noted.strip().lower()
    if noted and (len(noted) < SHORTEST_HASH or set(noted) - set("0123456789abcdef")):
        raise BadInput(f"--noted takes {SHORTEST_HASH} to 64 characters 0-9 and a-f")
    installation.enter_migrated()
    from motcua.kernel import verification

    with progress("Events") as report:
        outcome = verification.verify_record(progress=report, noted=noted)
    click.echo(f"{outcome.events_checked} events and {outcome.digests_checked} daily digests hold")
    if broken := outcome.first_broken:
        place = f"event {broken.seq} of {broken.subject}" if broken.seq else broken.subject
        raise FaultFound(f"the record is broken: {place}: {broken.reason}")
    _tell_newest(outcome.newest, outcome.events_checked)


def _tell_newest(newest: "Newest | None", events: int) -> None:
    """Say what no digest covers yet, and what to take down elsewhere."""
    if newest is None:
        if events:
            say("There is no daily digest yet: that events were cut off at the end would not show.")
        return
    click.echo(f"newest digest: {newest.on.isoformat()} {newest.hash}")
    if newest.events_since:
        say(f"{newest.events_since} events came after it: that some of these were cut off would not show.")
        if newest.on < timezone.localdate() - timedelta(days=1):
            say(f"No digest since {newest.on.isoformat()}: does a worker run?")
