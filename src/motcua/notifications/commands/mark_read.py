"""Note that an applicant, or an official, has seen what they were told on the site."""

from datetime import datetime

from django.db import transaction

from motcua.accounts.models import User
from motcua.dossiers.models import Dossier
from motcua.notifications.models import Message, Notice


@transaction.atomic
def mark_read(*, dossier: Dossier, at: datetime) -> int:
    """Mark the messages on the site about `dossier` as read, and return how many were new."""
    fresh = Message.objects.filter(dossier=dossier, channel=Message.Channel.SITE, read_at=None)
    return fresh.update(read_at=at)


@transaction.atomic
def mark_notices_read(*, user: User, until: datetime, at: datetime) -> int:
    """Mark what `user` was told up to `until`, the moment of the page they saw, as read; return how many were new."""
    return Notice.objects.filter(user=user, read_at=None, created_at__lte=until).update(read_at=at)
