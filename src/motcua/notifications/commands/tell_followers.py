"""Tell those who follow a dossier what happened to it, once, however much it was."""

from datetime import datetime

from django.db import connection, transaction

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
_TOLD = "UPDATE dossiers_following SET told_seq = %s WHERE id = %s"
_NO_NEWS = ["DossierFollowed", "DossierUnfollowed", "DraftChanged"]


@transaction.atomic
def tell_followers(at: datetime) -> int:
    """Keep one notice for each follower of each dossier to which something happened; return how many there were."""
    with connection.cursor() as cursor:
        cursor.execute("LOCK TABLE dossiers_following IN SHARE ROW EXCLUSIVE MODE")  # two at once would tell twice
        cursor.execute(_NEWS, [_NO_NEWS])
        news = cursor.fetchall()
        cursor.executemany(_TOLD, [(seq, pk) for pk, _user, _dossier, seq, _is_news in news])
    told = [
        Notice(user_id=user, dossier_id=dossier, kind=FOLLOWED, created_at=at)
        for _pk, user, dossier, _seq, is_news in news
        if is_news
    ]
    Notice.objects.bulk_create(told)
    return len(told)
