"""Note that an applicant has seen what they were told on the site."""

from datetime import datetime

from django.db import transaction

from motcua.dossiers.models import Dossier
from motcua.notifications.models import Message


@transaction.atomic
def mark_read(*, dossier: Dossier, at: datetime) -> int:
    """Mark the messages on the site about `dossier` as read, and return how many were new."""
    fresh = Message.objects.filter(dossier=dossier, channel=Message.Channel.SITE, read_at=None)
    return fresh.update(read_at=at)
