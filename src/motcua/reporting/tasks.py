"""Background jobs of reports."""

from django.utils import timezone
from procrastinate.contrib.django import app

from motcua.reporting.commands import count_in as counting
from motcua.reporting.commands.prove import prove_figures


@app.periodic(cron="* * * * *", periodic_id="reporting.count_in")
@app.task(name="reporting.count_in", queueing_lock="reporting.count_in")
def count_in(timestamp: int) -> None:
    """Count in what has changed, batch by batch, each kept before the next."""
    while counting.count_in_next():
        continue


# At a quarter past one in Hanoi, and a quarter past one in the afternoon for an office without a night.
@app.periodic(cron="15 6,18 * * *", periodic_id="reporting.prove")
@app.task(name="reporting.prove", queueing_lock="reporting.prove")
def prove(timestamp: int) -> None:
    """Prove that the figures are what a recount gives."""
    prove_figures(at=timezone.now())
