"""What officials do beside a dossier, without moving it or its clock: follow it, remind its holder, leave a note.

None of it counts as a change, so nobody who fills in a form meanwhile is told that theirs is out of date.
"""

from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from motcua.accounts.facts import grants_of
from motcua.accounts.models import User
from motcua.dossiers.commands.guard import UNITS, lock
from motcua.dossiers.desk_events import DossierFollowed, DossierReminded, DossierUnfollowed, MemoWritten
from motcua.dossiers.facts import custody_by_row
from motcua.dossiers.models import Dossier, Following, Memo
from motcua.kernel import events
from motcua.kernel.models import EventRecord
from motcua.rules.bulk import NotToRemind, may_remind

__all__ = ["NotSeen", "NotToRemind", "follow", "remind", "unfollow", "write_memo"]


class NotSeen(Exception):
    """The official may not see the dossier."""


@transaction.atomic
def follow(*, dossier: Dossier, officer: User, reason: str, at: datetime) -> Dossier:
    """Have `officer` told what happens to the dossier from now on; following it twice changes nothing.

    Raises `NotSeen`.
    """
    dossier = _seen(dossier, officer, at)
    last = EventRecord.objects.filter(subject=dossier.reference).aggregate(seq=Max("seq"))["seq"] or 0
    values = {"reason": reason, "since": at, "told_seq": last + 1}
    _, is_new = Following.objects.get_or_create(dossier=dossier, user=officer, defaults=values)
    if is_new:
        events.record(DossierFollowed(subject=dossier.reference), actor=officer, at=at)
    return dossier


@transaction.atomic
def unfollow(*, dossier: Dossier, officer: User, at: datetime) -> Dossier:
    """Have `officer` told no longer; whoever does not follow it changes nothing."""
    dossier = lock(dossier.reference, UNITS)
    count, _ = Following.objects.filter(dossier=dossier, user=officer).delete()
    if count:
        events.record(DossierUnfollowed(subject=dossier.reference), actor=officer, at=at)
    return dossier


@transaction.atomic
def remind(*, dossier: Dossier, officer: User, text: str, at: datetime) -> Dossier:
    """Remind whoever holds the dossier, with a word for colleagues where `text` is not empty.

    Raises `NotSeen`, `NotToRemind`.
    """
    dossier = _seen(dossier, officer, at)
    today = timezone.localdate(at)
    if not may_remind(custody_by_row(dossier), grants_of(officer, today), on=today):
        raise NotToRemind
    if text:
        Memo.objects.create(dossier=dossier, text=text, written_by=officer, written_at=at)
    events.record(DossierReminded(subject=dossier.reference, has_text=bool(text)), actor=officer, at=at)
    return dossier


@transaction.atomic
def write_memo(*, dossier: Dossier, officer: User, text: str, at: datetime) -> Dossier:
    """Leave a note for colleagues. Raises `NotSeen`."""
    dossier = _seen(dossier, officer, at)
    Memo.objects.create(dossier=dossier, text=text, written_by=officer, written_at=at)
    events.record(MemoWritten(subject=dossier.reference), actor=officer, at=at)
    return dossier


def _seen(dossier: Dossier, officer: User, at: datetime) -> Dossier:
    """Return the dossier locked, if `officer` may see it."""
    locked = lock(dossier.reference, UNITS)
    today = timezone.localdate(at)
    visible = Dossier.objects.visible_to(grants_of(officer, today), actor_id=officer.pk, on=today)
    if not visible.filter(pk=locked.pk).exists():
        raise NotSeen
    return locked
