"""Submit an article, give it back, publish it, withdraw it: whoever wrote it does not approve it (four eyes)."""

from datetime import datetime

from django.db import transaction

from motcua.accounts.models import User
from motcua.kernel import events
from motcua.news.commands.guard import (
    ArticleGone,
    EditionMoved,
    MayNotPublish,
    NewsActNotOpen,
    begin_act,
    require_seen,
)
from motcua.news.commands.writing import subject_of
from motcua.news.events import ArticleGivenBack, ArticlePublished, ArticleSubmitted, ArticleWithdrawn
from motcua.news.models import Article, Edition
from motcua.rules.news import NewsAct
from motcua.rules.prose import plain_words
from motcua.rules.vietnamese import nfc, search_key

__all__ = [
    "ArticleGone",
    "EditionMoved",
    "MayNotPublish",
    "NewsActNotOpen",
    "give_article_back",
    "publish_article",
    "submit_article",
    "withdraw_article",
]


@transaction.atomic
def submit_article(*, article: Article, seen: int, actor: User, at: datetime) -> Edition:
    """Lay the open edition before whoever approves; `seen` is the version that was read.

    Raises `MayNotPublish`, `ArticleGone`, `NewsActNotOpen`, `EditionMoved`.
    """
    article, edition = begin_act(article, NewsAct.SUBMIT, actor, at)
    require_seen(edition, seen)
    edition.submitted_at, edition.remark = at, ""
    edition.save(update_fields=["stage_name", "submitted_at", "remark"])
    edition.writers.add(actor)
    event = ArticleSubmitted(subject=subject_of(article), edition=edition.number, version=edition.version)
    events.record(event, actor=actor, at=at)
    return edition


@transaction.atomic
def give_article_back(*, article: Article, remark: str, actor: User, at: datetime) -> Edition:
    """Give a submitted edition back with what is to be changed.

    Raises `MayNotPublish`, `ArticleGone`, `NewsActNotOpen`.
    """
    article, edition = begin_act(article, NewsAct.GIVE_BACK, actor, at)
    edition.submitted_at, edition.remark = None, nfc(remark)
    edition.save(update_fields=["stage_name", "submitted_at", "remark"])
    events.record(ArticleGivenBack(subject=subject_of(article), edition=edition.number), actor=actor, at=at)
    return edition


@transaction.atomic
def publish_article(*, article: Article, seen: int, actor: User, at: datetime) -> Article:
    """Put a submitted edition on the portal in the place of the one before, which is kept.

    `seen` is the version that was read. Raises `MayNotPublish`, also for whoever wrote or submitted it, `ArticleGone`,
    `NewsActNotOpen`, `EditionMoved`.
    """
    article, edition = begin_act(article, NewsAct.PUBLISH, actor, at)
    require_seen(edition, seen)
    edition.approved_by, edition.approved_at = actor, at
    edition.save(update_fields=["stage_name", "approved_by", "approved_at"])
    article.shown, article.section, article.updated_at = edition, edition.section, at
    article.published_at = article.published_at or at
    article.search_key = search_key(f"{edition.title} {edition.summary} {plain_words(edition.body)} {edition.author}")
    article.save(update_fields=["shown", "section", "updated_at", "published_at", "search_key"])
    event = ArticlePublished(subject=subject_of(article), edition=edition.number, version=edition.version)
    events.record(event, actor=actor, at=at)
    return article


@transaction.atomic
def withdraw_article(*, article: Article, reason: str, actor: User, at: datetime) -> Article:
    """Take an article off the portal; its editions are kept.

    Raises `MayNotPublish`, `ArticleGone`, `NewsActNotOpen`.
    """
    article, _ = begin_act(article, NewsAct.WITHDRAW, actor, at)
    article.withdrawn_at, article.withdrawn_by, article.withdrawal_reason = at, actor, nfc(reason)
    article.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawal_reason"])
    event = ArticleWithdrawn(subject=subject_of(article), reason=article.withdrawal_reason)
    events.record(event, actor=actor, at=at)
    return article
