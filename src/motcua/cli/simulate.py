"""`motcua simulate`."""

from datetime import datetime

import click
from django.utils import timezone

from motcua.cli import installation
from motcua.cli.options import BadInput, data_option, progress, say

SEED, DOSSIERS = 2025, 300


@click.command()
@click.option("--seed", type=int, default=SEED, show_default=True, help="The same seed makes the same dossiers.")
@click.option("--dossiers", type=click.IntRange(1, 1_000_000), default=DOSSIERS, show_default=True, help="How many.")
@click.option(
    "--until", type=click.DateTime(["%Y-%m-%dT%H:%M", "%Y-%m-%d"]), help="The last moment, in Hanoi.  [default: now]"
)
@data_option
def simulate(seed: int, dossiers: int, until: datetime | None) -> None:
    """Let invented citizens and officers live through the months before UNTIL, in the demonstration province.

    The dossiers are made by the same commands as the site's. Run `motcua demo` first: it loads the province.
    """
    installation.enter_migrated()
    from motcua.demo.commands import simulate as simulation

    now = timezone.now()
    last = timezone.make_aware(until) if until else now
    if last > now:
        raise BadInput(f"--until {last:%Y-%m-%dT%H:%M} lies in the future: nobody has lived there yet")
    try:
        with progress("Dossiers") as report:
            simulation.simulate(seed=seed, dossiers=dossiers, until=last, progress=report)
    except simulation.NobodyWorksHere:
        raise BadInput(
            f"nobody worked here on {last:%Y-%m-%d}: `motcua demo` loads the demonstration province, "
            "whose people began on 2025-07-01"
        ) from None
    except simulation.ToldAlready:
        raise BadInput(f"the dossiers of seed {seed} are there already: choose another --seed") from None
    say(f"{dossiers} dossiers simulated.")
