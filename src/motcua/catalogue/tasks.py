"""Background jobs of the catalogue."""

from django.utils import timezone
from procrastinate.contrib.django import app

from motcua.catalogue.commands.check_bases import check_bases
from motcua.catalogue.commands.take_effect import name_what_takes_effect


# Shortly after midnight in Hanoi, when what ends with the day has ended, and at noon for an office without a night.
@app.periodic(cron="10 5,17 * * *", periodic_id="catalogue.check_bases")
@app.task(name="catalogue.check_bases", queueing_lock="catalogue.check_bases")
def check_bases_daily(timestamp: int) -> None:
    """Open reviews for what stands on law that has ended (J-07)."""
    check_bases(at=timezone.now())


@app.periodic(cron="1 17,18 * * *", periodic_id="catalogue.take_effect")  # a minute past midnight in Hanoi
@app.task(name="catalogue.take_effect", queueing_lock="catalogue.take_effect")
def name_what_takes_effect_daily(timestamp: int) -> None:
    """Call procedures by what they say from today (C-12)."""
    name_what_takes_effect(at=timezone.now())
