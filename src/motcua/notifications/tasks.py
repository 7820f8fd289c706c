"""Background jobs of notifications."""

from django.db import transaction
from django.utils import timezone
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app
from procrastinate.types import JSONDict

from motcua.notifications.commands import forget_codes as command
from motcua.notifications.commands import tell_moved as telling
from motcua.notifications.commands.deliver import deliver
from motcua.notifications.models import Message
from motcua.organisations.models import CalendarAnnouncement

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


@app.task(name="notifications.tell_moved", retry=_RETRY)
def tell_moved(*, announcement: str, references: list[str]) -> None:
    """Tell the applicants of these dossiers that `announcement` (`calendar:ID`) gives them a later date."""
    said = CalendarAnnouncement.objects.get(pk=int(announcement.rpartition(":")[2]))
    with transaction.atomic():
        leaving = telling.tell_moved(announcement=said, references=references, at=timezone.now())
        jobs: list[JSONDict] = [{"message_id": message.pk} for message in leaving]
        if jobs:
            send.batch_defer(*jobs)
