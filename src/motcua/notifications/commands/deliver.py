"""Have one message leave the house."""

from datetime import datetime

import structlog
from django.conf import settings
from django.db import transaction

from motcua.gateways.messengers import Letter, Messenger, MessengerMissing, NoTextMessages, SmtpMessenger
from motcua.notifications.models import Message, OfficialLetter, PetitionMessage

log = structlog.get_logger()
MESSENGERS: dict[str, Messenger] = {
    Message.Channel.EMAIL: SmtpMessenger(),
    Message.Channel.SMS: NoTextMessages(),
}


def deliver(*, message: Message | PetitionMessage, at: datetime) -> None:
    """Deliver `message` unless it was delivered; in the demonstration it stays in the outbox for good.

    The outside world is called outside any transaction; a failure rises and the job is tried again. A channel without a
    way out leaves the message in the outbox, with a warning.
    """
    if message.sent_at is not None or settings.MESSAGES_STAY_IN_OUTBOX:
        return
    letter = Letter(address=message.address, subject=message.subject, body=message.body, key=str(message.delivery_key))
    try:
        MESSENGERS[message.channel].deliver(letter)
    except MessengerMissing:
        log.warning("message.kept", message=message.pk, channel=message.channel)
        return
    with transaction.atomic():
        type(message).objects.filter(pk=message.pk, sent_at=None).update(sent_at=at)


def deliver_letter(*, letter: OfficialLetter, at: datetime) -> None:
    """Deliver a letter to an official, with `user` loaded, unless it was delivered; the demonstration keeps it."""
    if letter.sent_at is not None or settings.MESSAGES_STAY_IN_OUTBOX:
        return
    mail = Letter(address=letter.user.email, subject=letter.subject, body=letter.body, key=str(letter.delivery_key))
    MESSENGERS[Message.Channel.EMAIL].deliver(mail)
    with transaction.atomic():
        OfficialLetter.objects.filter(pk=letter.pk, sent_at=None).update(sent_at=at)
