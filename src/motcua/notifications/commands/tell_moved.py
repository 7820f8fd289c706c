"""Tell applicants that their result comes later because the working calendar changed."""

import uuid
from collections.abc import Collection, Sequence
from datetime import datetime

from django.db import transaction

from motcua.dossiers.models import FormerPromise
from motcua.notifications import wording
from motcua.notifications.commands.compose import messages_to, told_dossiers
from motcua.notifications.models import Message
from motcua.organisations.models import CalendarAnnouncement

_KEYS = uuid.UUID("6c8f6f4e-2f0e-4b1f-9f43-0d0f2d2a7c11")


@transaction.atomic
def tell_moved(*, announcement: CalendarAnnouncement, references: Collection[str], at: datetime) -> Sequence[Message]:
    """Tell the applicants of these dossiers of their later date, once, and return what is to be sent to them.

    The keys of the messages follow from announcement, dossier and channel: telling again makes none anew.
    """
    dossiers = list(told_dossiers().filter(reference__in=references))
    former = FormerPromise.objects.filter(dossier__in=dossiers).order_by("replaced_at")
    old = dict(former.values_list("dossier_id", "due_at"))
    messages = [
        message
        for dossier in dossiers
        for message in messages_to(dossier, wording.moved(dossier, old.get(dossier.pk), announcement.source), at)
    ]
    for message in messages:
        message.delivery_key = uuid.uuid5(_KEYS, f"{announcement.pk} {message.dossier_id} {message.channel}")
    keys = [message.delivery_key for message in messages]
    known = set(Message.objects.filter(delivery_key__in=keys).values_list("delivery_key", flat=True))
    kept = Message.objects.bulk_create(message for message in messages if message.delivery_key not in known)
    return [message for message in kept if message.channel != Message.Channel.SITE]
