"""Background jobs of notifications."""

from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app
from procrastinate.types import JSONDict

from motcua.notifications.commands import forget_codes as command
from motcua.notifications.commands import tell_moved as telling
from motcua.notifications.commands.deliver import deliver, deliver_letter
from motcua.notifications.commands.tell_followers import tell_followers
from motcua.notifications.commands.write_to_officials import write_digests, write_instantly
from motcua.notifications.models import Message, OfficialLetter, PetitionMessage
from motcua.organisations.models import CalendarAnnouncement

_RETRY = RetryStrategy(max_attempts=6, exponential_wait=5)


@app.task(name="notifications.send", retry=_RETRY)
def send(*, message_id: int) -> None:
    """Send one message; one already sent is left alone, and one deleted meanwhile, with its draft or its code, gone."""
    message = Message.objects.filter(pk=message_id).first()
    if message is not None:
        deliver(message=message, at=timezone.now())


@app.task(name="notifications.send_about_petition", retry=_RETRY)
def send_about_petition(*, message_id: int) -> None:
    """Send one message about a petition, as `send` does."""
    message = PetitionMessage.objects.filter(pk=message_id).first()
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


@app.task(name="notifications.send_letter", retry=_RETRY)
def send_letter(*, letter_id: int) -> None:
    """Send one letter to an official; one already sent is left alone."""
    deliver_letter(letter=OfficialLetter.objects.select_related("user").get(pk=letter_id), at=timezone.now())


@app.periodic(cron="*/5 * * * *", periodic_id="notifications.tell_officials")
@app.task(name="notifications.tell_officials", queueing_lock="notifications.tell_officials")
def tell_officials(timestamp: int) -> None:
    """Tell followers what happened, and write to those who want to know at once."""
    at = timezone.now()
    tell_followers(at)
    with transaction.atomic():
        _send_letters(write_instantly(at))


# From 07:00 to 09:45 in Hanoi, for offices that switch on their machine in the morning; nobody gets a second one.
@app.periodic(cron="*/15 0-2 * * *", periodic_id="notifications.morning_digest")
@app.task(name="notifications.morning_digest", queueing_lock="notifications.morning_digest")
def morning_digest(timestamp: int) -> None:
    """Write the morning's letters."""
    with transaction.atomic():
        _send_letters(write_digests(timezone.now()))


def _send_letters(letters: Sequence[OfficialLetter]) -> None:
    jobs: list[JSONDict] = [{"letter_id": letter.pk} for letter in letters]
    if jobs:
        send_letter.batch_defer(*jobs)
