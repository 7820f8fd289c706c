"""Background jobs of notifications."""

from django.utils import timezone
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from motcua.notifications.commands.deliver import deliver
from motcua.notifications.models import Message

_RETRY = RetryStrategy(max_attempts=6, exponential_wait=5)


@app.task(name="notifications.send", retry=_RETRY)
def send(*, message_id: int) -> None:
    """Send one message; a message already sent is left alone."""
    deliver(message=Message.objects.get(pk=message_id), at=timezone.now())
