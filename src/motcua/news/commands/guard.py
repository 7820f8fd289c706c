"""What every act on an article begins with: the lock, the question who may, and whether the act is open now."""

from datetime import datetime

from django.utils import timezone

from motcua.accounts.facts import grants_of
from motcua.accounts.models import User
from motcua.news.models import Article, Edition
from motcua.rules.news import MayNotPublish, NewsAct, NewsActNotOpen, may_do, stage_after

__all__ = ["ArticleGone", "EditionMoved", "MayNotPublish", "NewsActNotOpen", "begin_act", "lock", "require_seen"]


class ArticleGone(Exception):
    """The article was withdrawn from the portal: nothing more is done with it."""


class EditionMoved(Exception):
    """Somebody changed the edition since it was read."""


def lock(article: Article) -> Article:
    """Return the article locked until the transaction ends, with its unit and the edition on the portal."""
    rows = Article.objects.select_for_update(of=("self",)).select_related("unit", "shown")
    return rows.get(pk=article.pk)


def begin_act(article: Article, act: NewsAct, actor: User, at: datetime) -> tuple[Article, Edition]:
    """Lock the article and return it with the edition that `act` is about, already in the stage it leads to.

    That is the last one; for withdrawing, the one on the portal. Raises `MayNotPublish`, `ArticleGone` and
    `NewsActNotOpen`.
    """
    article = lock(article)
    last = article.editions.order_by("-number")[0]
    edition = article.shown if act is NewsAct.WITHDRAW and article.shown else last
    hands = edition.writers.values_list("pk", flat=True) if act is NewsAct.PUBLISH else ()
    today = timezone.localdate(at)
    grants = grants_of(actor, today)
    if not may_do(act, article.unit_id, grants, on=today, actor_id=actor.pk, hands=set(hands)):
        raise MayNotPublish(act)
    if article.withdrawn_at is not None:
        raise ArticleGone
    edition.stage_name = stage_after(edition.stage, act).value
    return article, edition


def require_seen(edition: Edition, seen: int) -> None:
    """Raise `EditionMoved` unless `seen` is the version as it is."""
    if edition.version != seen:
        raise EditionMoved
