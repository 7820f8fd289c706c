"""The ways a message leaves the house: mail by SMTP, text messages by the province's operator."""

from dataclasses import dataclass
from typing import Protocol

from django.conf import settings
from django.core.mail import EmailMessage

TIMEOUT_SECONDS = 20


@dataclass(frozen=True, slots=True)
class Letter:
    """One message on its way; `key` is the same on every retry."""

    address: str
    subject: str
    body: str
    key: str


class Messenger(Protocol):
    """Something that delivers letters."""

    def deliver(self, letter: Letter) -> None:
        """Deliver `letter` or raise; the job is tried again later."""


class SmtpMessenger:
    """Mail through the server of `EMAIL_URL`."""

    def deliver(self, letter: Letter) -> None:
        """Send the mail; the key makes its Message-ID, so that servers recognise a retry."""
        host = settings.DEFAULT_FROM_EMAIL.rsplit("@", 1)[-1]
        mail = EmailMessage(
            subject=letter.subject,
            body=letter.body,
            to=[letter.address],
            headers={"Message-ID": f"<{letter.key}@{host}>", "Auto-Submitted": "auto-generated"},
        )
        mail.send(fail_silently=False)


class NoTextMessages:
    """No operator is connected: a text message is refused, so that nobody believes it was sent."""

    def deliver(self, letter: Letter) -> None:
        """Raise `MessengerMissing`, naming the letter."""
        raise MessengerMissing(letter.key)


class MessengerMissing(Exception):
    """No way out is set up for this channel."""
