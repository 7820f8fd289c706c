"""Messages as pages show them."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from motcua.notifications.models import Message, Notice


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


@dataclass(frozen=True, slots=True)
class NoticeLine:
    """One thing an official was told: the kind of event, the dossier, the clock it is about (None: none)."""

    kind: str
    code: str
    procedure: str
    due_at: datetime | None
    created_at: datetime
    is_unread: bool


def notices_of(user_id: int, limit: int = 100) -> tuple[NoticeLine, ...]:
    """Return the newest things an official was told; of several about one dossier and kind, the newest alone."""
    rows = Notice.objects.filter(user=user_id).select_related("dossier__procedure_version")
    seen, lines = set[tuple[int, str]](), list[NoticeLine]()
    for row in rows.order_by("-created_at", "-pk")[:limit]:
        if (row.dossier_id, row.kind) not in seen:
            seen.add((row.dossier_id, row.kind))
            lines.append(_notice(row))
    return tuple(lines)


def unread_count(user_id: int) -> int:
    """Return how many notices an official has not read."""
    return Notice.objects.filter(user=user_id, read_at=None).count()


def _notice(row: Notice) -> NoticeLine:
    return NoticeLine(
        kind=row.kind,
        code=row.dossier.public_code,
        procedure=row.dossier.procedure_version.name,
        due_at=row.due_at,
        created_at=row.created_at,
        is_unread=row.read_at is None,
    )


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
