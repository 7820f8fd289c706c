"""Messages and notices as pages show them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from motcua.notifications.kinds import NOTICES
from motcua.notifications.models import Message, Notice, NoticePreference, Period, PetitionMessage


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
    """What an official was told about one dossier: the kinds of events, the newest first, and the clock they are about.

    `due_at` is None where none is; `created_at` is that of the newest; one that is unread makes the line so.
    """

    kinds: tuple[str, ...]
    code: str
    procedure: str
    due_at: datetime | None
    created_at: datetime
    is_unread: bool


def notices_of(user_id: int, limit: int = 100) -> tuple[NoticeLine, ...]:
    """Return the newest things an official was told, one line a dossier, however much happened to it (ux 24)."""
    rows = Notice.objects.filter(user=user_id).select_related("dossier__procedure_version")
    by_dossier: dict[int, list[Notice]] = {}
    for row in rows.order_by("-created_at", "-pk")[:limit]:
        by_dossier.setdefault(row.dossier_id, []).append(row)
    return tuple(_notice(told) for told in by_dossier.values())


def unread_count(user_id: int) -> int:
    """Return about how many dossiers an official has something unread."""
    return Notice.objects.filter(user=user_id, read_at=None).values("dossier").distinct().count()


def periods_of(user_id: int) -> dict[str, Period]:
    """Return how an official wants each kind of notice, in their order; the digest where they said nothing."""
    said = dict(NoticePreference.objects.filter(user=user_id).values_list("kind", "period"))
    return {kind: Period(said.get(kind, Period.DIGEST)) for kind in NOTICES}


def _notice(told: Sequence[Notice]) -> NoticeLine:
    newest = told[0]
    return NoticeLine(
        kinds=tuple(dict.fromkeys(row.kind for row in told)),
        code=newest.dossier.public_code,
        procedure=newest.dossier.procedure_version.name,
        due_at=next((row.due_at for row in told if row.due_at), None),
        created_at=newest.created_at,
        is_unread=any(row.read_at is None for row in told),
    )


def messages_about(dossier_id: int) -> tuple[MessageLine, ...]:
    """Return what the applicant was told on the site about one dossier, the newest first."""
    return _lines(Message.objects.filter(dossier=dossier_id, channel=Message.Channel.SITE))


def outbox(limit: int = 50) -> tuple[MessageLine, ...]:
    """Return the newest messages of all, for the outbox page of the demonstration."""
    about_dossiers = _lines(Message.objects.exclude(channel=Message.Channel.SITE), limit)
    lines = about_dossiers + _lines(PetitionMessage.objects.exclude(channel=Message.Channel.SITE), limit)
    return tuple(sorted(lines, key=lambda line: line.created_at, reverse=True)[:limit])


def _lines(messages: QuerySet[Message] | QuerySet[PetitionMessage], limit: int = 50) -> tuple[MessageLine, ...]:
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
