"""Messages as pages show them."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from motcua.notifications.models import Message


@dataclass(frozen=True, slots=True)
class MessageLine:
    """One message."""

    pk: int
    channel: str
    channel_label: str
    address: str
    subject: str
    body: str
    created_at: datetime
    is_sent: bool


def messages_about(dossier_id: int) -> tuple[MessageLine, ...]:
    """Return what the applicant was told on the site about one dossier, the newest first."""
    return _lines(Message.objects.filter(dossier=dossier_id, channel=Message.Channel.SITE))


def outbox(limit: int = 50) -> tuple[MessageLine, ...]:
    """Return the newest messages of all, for the outbox page of the demonstration."""
    return _lines(Message.objects.exclude(channel=Message.Channel.SITE), limit)


def _lines(messages: QuerySet[Message], limit: int = 50) -> tuple[MessageLine, ...]:
    return tuple(
        MessageLine(
            pk=row.pk,
            channel=row.channel,
            channel_label=row.get_channel_display(),
            address=row.address,
            subject=row.subject,
            body=row.body,
            created_at=row.created_at,
            is_sent=row.sent_at is not None,
        )
        for row in messages.order_by("-created_at", "-pk")[:limit]
    )
