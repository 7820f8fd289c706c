"""Tell those who follow a dossier, and may still see it, what happened to it, once, however much it was."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime

from django.db import connection, transaction
from django.utils import timezone

from motcua.accounts.facts import grants_of
from motcua.accounts.models import User
from motcua.dossiers.models import Dossier
from motcua.notifications.kinds import FOLLOWED
from motcua.notifications.models import Notice

# What happened since somebody was told last, but for what they did themselves and for who follows or looks on.
_NEWS = """
SELECT following.id, following.user_id, following.dossier_id, max(record.seq),
       bool_or(record.actor_id IS DISTINCT FROM following.user_id AND record.kind <> ALL(%s))
FROM dossiers_following following
JOIN dossiers_dossier dossier ON dossier.id = following.dossier_id
JOIN kernel_eventrecord record ON record.subject = dossier.reference AND record.seq > following.told_seq
GROUP BY following.id, following.user_id, following.dossier_id
ORDER BY following.id
"""
# A notice holds its dossier, at the latest at the commit; whoever has one locked is not waited for, since they may
# themselves wait for the following: it is told of the next time.
_HELD = "SELECT id FROM dossiers_dossier WHERE id = ANY(%s) FOR KEY SHARE SKIP LOCKED"
_TOLD = "UPDATE dossiers_following SET told_seq = %s WHERE id = %s"
_NO_NEWS = ["DossierFollowed", "DossierUnfollowed", "DraftChanged"]


@transaction.atomic
def tell_followers(at: datetime) -> int:
    """Keep one notice for each follower of each dossier to which something happened; return how many there were."""
    with connection.cursor() as cursor:
        # Two at once would tell twice. No lock of the table: whoever begins to follow has locked the dossier before.
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended('notifications.tell_followers', 0))")
        cursor.execute(_NEWS, [_NO_NEWS])
        found = cursor.fetchall()
        cursor.execute(_HELD, [[dossier for _pk, _user, dossier, _seq, _is_news in found]])
        held = {pk for (pk,) in cursor.fetchall()}
        news = [row for row in found if row[2] in held]
        cursor.executemany(_TOLD, [(seq, pk) for pk, _user, _dossier, seq, _is_news in news])
    told = [
        Notice(user_id=user, dossier_id=dossier, kind=FOLLOWED, created_at=at)
        for user, dossier in _still_seen([(user, dossier) for _pk, user, dossier, _seq, is_news in news if is_news], at)
    ]
    Notice.objects.bulk_create(told)
    return len(told)


def _still_seen(news: Sequence[tuple[int, int]], at: datetime) -> list[tuple[int, int]]:
    """Keep of (user, dossier) those where the user may see the dossier at `at`: roles end while followings stand."""
    today = timezone.localdate(at)
    followed = defaultdict[int, set[int]](set)
    for user_id, dossier_id in news:
        followed[user_id].add(dossier_id)
    seen = set[tuple[int, int]]()
    for user in User.objects.filter(pk__in=followed):
        visible = Dossier.objects.visible_to(grants_of(user, today), actor_id=user.pk, on=today)
        seen |= {(user.pk, pk) for pk in visible.filter(pk__in=followed[user.pk]).values_list("pk", flat=True)}
    return [pair for pair in news if pair in seen]
