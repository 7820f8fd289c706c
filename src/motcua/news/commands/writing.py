"""Write an article: begin it, change it, put photos in and take them out, begin its correction (M31, M56)."""

import uuid
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from motcua.accounts.facts import grants_of
from motcua.accounts.models import User
from motcua.kernel import events
from motcua.kernel.sequences import next_number
from motcua.news.commands.guard import (
    ArticleGone,
    EditionMoved,
    MayNotPublish,
    NewsActNotOpen,
    begin_act,
    require_seen,
)
from motcua.news.events import ArticleBegun, ArticleCorrectionBegun, ArticleWritten
from motcua.news.models import Article, ArticlePhoto, Edition, NewsSection
from motcua.organisations.models import Unit
from motcua.rules.news import NewsAct, may_do
from motcua.rules.prose import stored_prose
from motcua.rules.vietnamese import nfc

__all__ = [
    "ArticleGone",
    "EditionMoved",
    "MayNotPublish",
    "NewsActNotOpen",
    "Wording",
    "begin_article",
    "begin_correction",
    "subject_of",
    "write_article",
]

# Numbers of articles never restart: they stand in addresses.
_EVER = date(2000, 1, 1)
_SCOPE = "news-articles"


@dataclass(frozen=True, slots=True)
class Wording:
    """What an article says; `body` is text with the marks of `rules.prose`."""

    section: NewsSection
    title: str
    summary: str
    body: str
    author: str
    is_contributor: bool = False


def subject_of(article: Article) -> str:
    """Return what the record of events calls the article."""
    return f"article:{article.number}"


@transaction.atomic
def begin_article(*, key: uuid.UUID, unit: Unit, wording: Wording, actor: User, at: datetime) -> Article:
    """Begin an article of a unit; a second time with the same `key` returns the first one. Raises `MayNotPublish`."""
    today = timezone.localdate(at)
    if not may_do(NewsAct.WRITE, unit.pk, grants_of(actor, today), on=today):
        raise MayNotPublish(NewsAct.WRITE)
    before = Article.objects.filter(key=key, unit=unit).first()
    if before is not None:
        return before
    article = Article.objects.create(
        key=key,
        number=next_number(_SCOPE, _EVER),
        unit=unit,
        section=wording.section,
        begun_by=actor,
        begun_at=at,
    )
    edition = Edition.objects.create(article=article, number=1, changed_at=at, **_columns(wording))
    edition.writers.add(actor)
    event = ArticleBegun(subject=subject_of(article), unit=unit.code, title=edition.title)
    events.record(event, actor=actor, at=at)
    return article


@transaction.atomic
def write_article(*, article: Article, wording: Wording, seen: int, actor: User, at: datetime) -> Edition:
    """Write the open edition anew; the same words again change nothing.

    Raises `MayNotPublish`, `ArticleGone`, `NewsActNotOpen`, and `EditionMoved` unless `seen` is its version.
    """
    article, edition = begin_act(article, NewsAct.WRITE, actor, at)
    columns = _columns(wording)
    if all(getattr(edition, name) == value for name, value in columns.items()):
        return edition
    require_seen(edition, seen)
    for name, value in columns.items():
        setattr(edition, name, value)
    edition.version += 1
    edition.changed_at = at
    edition.save()
    edition.writers.add(actor)
    event = ArticleWritten(subject=subject_of(article), edition=edition.number, version=edition.version)
    events.record(event, actor=actor, at=at)
    return edition


@transaction.atomic
def begin_correction(*, article: Article, correction: str, actor: User, at: datetime) -> Edition:
    """Begin a new edition of what is on the portal, with its words and photos; `correction` says what is put right.

    The edition on the portal stays there until this one is approved. Raises `MayNotPublish`, `ArticleGone` and
    `NewsActNotOpen`, the last while another edition is open.
    """
    article, last = begin_act(article, NewsAct.CORRECT, actor, at)
    photos = list(last.photos.order_by("position"))
    edition = Edition.objects.create(
        article=article,
        number=last.number + 1,
        section=last.section,
        title=last.title,
        summary=last.summary,
        body=last.body,
        author=last.author,
        is_contributor=last.is_contributor,
        correction=nfc(correction),
        changed_at=at,
    )
    edition.writers.add(actor)
    for photo in photos:
        photo.pk, photo.edition = None, edition
    ArticlePhoto.objects.bulk_create(photos)
    event = ArticleCorrectionBegun(subject=subject_of(article), edition=edition.number)
    events.record(event, actor=actor, at=at)
    return edition


def _columns(wording: Wording) -> dict[str, object]:
    return {
        "section": wording.section,
        "title": nfc(wording.title),
        "summary": nfc(wording.summary),
        "body": stored_prose(wording.body),
        "author": nfc(wording.author),
        "is_contributor": wording.is_contributor,
    }
