"""Note who has a dossier open, so that colleagues read so. Nobody is kept out, and the record says nothing of it."""

from datetime import datetime

from django.db import connection, transaction

from motcua.accounts.models import User
from motcua.dossiers.models import Dossier, Opening
from motcua.rules.transitions import Action

# One statement, because every page of a dossier does it; a form that stays open keeps the moment it was begun.
_OPENED = """
INSERT INTO dossiers_opening AS known (user_id, dossier_id, seen_version, seen_at, act, act_since)
VALUES (%(user)s, %(dossier)s, %(version)s, %(at)s, %(act)s, %(since)s)
ON CONFLICT (user_id, dossier_id) DO UPDATE
SET seen_version = greatest(known.seen_version, EXCLUDED.seen_version), seen_at = EXCLUDED.seen_at,
    act = EXCLUDED.act,
    act_since = CASE WHEN known.act = EXCLUDED.act AND known.seen_at > %(fresh)s THEN known.act_since
                     ELSE EXCLUDED.act_since END
"""


def note_opening(*, dossier: Dossier, officer: User, act: Action | None, at: datetime, fresh: datetime) -> None:
    """Note that `officer` has this version of `dossier` open at `at`, filling in the form of `act` or reading (None).

    A form opened again, the last sign of life of which came after `fresh`, is the same editing going on.
    """
    said: dict[str, int | str | datetime | None] = {
        "user": officer.pk,
        "dossier": dossier.pk,
        "version": dossier.version,
        "at": at,
        "act": act.value if act else "",
        "since": at if act else None,
        "fresh": fresh,
    }
    with connection.cursor() as cursor:
        cursor.execute(_OPENED, said)


@transaction.atomic
def keep_open(*, dossier: Dossier, officer: User, at: datetime) -> None:
    """Note a sign of life from a page that `officer` still has open; what they have seen of it stays as it is."""
    Opening.objects.filter(user=officer, dossier=dossier).update(seen_at=at)


@transaction.atomic
def note_leaving(*, dossier: Dossier, officer: User, act: Action | None) -> None:
    """Note that `officer` has left the form of `act`, or the page (None); whoever is in another form already stays."""
    left = Opening.objects.filter(user=officer, dossier=dossier, act=act.value if act else "")
    left.update(seen_at=None, act="", act_since=None)


@transaction.atomic
def note_done(*, dossier: Dossier, officer: User) -> None:
    """Note that `officer` has done what they opened `dossier` for: its new version is nothing unread to them."""
    own = Opening.objects.filter(user=officer, dossier=dossier)
    own.update(seen_version=dossier.version, seen_at=None, act="", act_since=None)


@transaction.atomic
def forget_openings(at: datetime) -> int:
    """Delete what was noted of dossiers that are over and open nowhere at `at`; return how many rows there were."""
    over = Opening.objects.filter(dossier__closed_at__isnull=False).exclude(seen_at__gte=at)
    count, _ = over.delete()
    return count
