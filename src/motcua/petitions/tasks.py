"""Background jobs of petitions."""

from django.utils import timezone
from procrastinate.contrib.django import app

from motcua.petitions.commands.afterwards import ask_whether_settled, forget_unconfirmed


# At 08:20 in Hanoi, when people may be asked.
@app.periodic(cron="20 1 * * *", periodic_id="petitions.follow_up")
@app.task(name="petitions.follow_up", queueing_lock="petitions.follow_up")
def follow_up(timestamp: int) -> None:
    """Ask the senders answered four weeks ago whether the matter was settled."""
    ask_whether_settled(timezone.now())


@app.periodic(cron="35 * * * *", periodic_id="petitions.forget_unconfirmed")
@app.task(name="petitions.forget_unconfirmed", queueing_lock="petitions.forget_unconfirmed")
def forget_petitions(timestamp: int) -> None:
    """Delete what guests wrote and never confirmed."""
    forget_unconfirmed(timezone.now())
