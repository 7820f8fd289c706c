"""Background jobs of notifications."""

from django.utils import timezone
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from motcua.notifications.commands import forget_codes as command
from motcua.notifications.commands.deliver import deliver
from motcua.notifications.models import Message

_RETRY = RetryStrategy(max_attempts=6, exponential_wait=5)


@app.task(name="notifications.send", retry=_RETRY)
def send(*, message_id: int) -> None:
    """Send one message; one already sent is left alone, and one deleted meanwhile, with its draft or its code, gone."""
    message = Message.objects.filter(pk=message_id).first()
    if message is not None:
        deliver(message=message, at=timezone.now())


@app.periodic(cron="10 * * * *", periodic_id="notifications.forget_codes")
@app.task(name="notifications.forget_codes", queueing_lock="notifications.forget_codes")
def forget_codes(timestamp: int) -> None:
    """Delete the messages with codes that are good for nothing any more."""
    command.forget_codes(timezone.now())
