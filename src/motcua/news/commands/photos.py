"""Put photos into the open edition of an article and take them out (M56)."""

import uuid
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db import transaction

from motcua.accounts.models import User
from motcua.documents.models import StoredFile
from motcua.documents.pictures import Picture, smaller
from motcua.documents.storage import keep, read
from motcua.kernel import events
from motcua.news.commands.guard import ArticleGone, MayNotPublish, NewsActNotOpen, begin_act
from motcua.news.commands.writing import subject_of
from motcua.news.events import ArticlePhotoAdded, ArticlePhotoRemoved
from motcua.news.models import Article, ArticlePhoto, Edition
from motcua.rules.news import NewsAct
from motcua.rules.vietnamese import nfc

__all__ = [
    "MOST_PHOTOS",
    "ArticleGone",
    "MayNotPublish",
    "NewsActNotOpen",
    "NotAPicture",
    "PhotoText",
    "TooManyPhotos",
    "add_photo",
    "remove_photo",
]

MOST_PHOTOS: Final = 6
# The first load of a page is 60 kB at most; its letters, styles and words take two thirds of it.
_SMALL: Final = (480, 16_000)
_LARGE: Final = (1280, 160_000)


class NotAPicture(Exception):
    """What was handed over as a photo is no image."""


class TooManyPhotos(Exception):
    """The edition has as many photos as it may."""


@dataclass(frozen=True, slots=True)
class PhotoText:
    """What is said of a photo: `alt` to those who do not see it, `caption` to everybody."""

    alt: str
    caption: str = ""


@transaction.atomic
def add_photo(
    *, article: Article, key: uuid.UUID, file: StoredFile, text: PhotoText, actor: User, at: datetime
) -> ArticlePhoto:
    """Put a photo behind those that the open edition has; a second time under `key` adds nothing.

    Raises `MayNotPublish`, `ArticleGone`, `NewsActNotOpen`, `NotAPicture`, `TooManyPhotos`.
    """
    article, edition = begin_act(article, NewsAct.WRITE, actor, at)
    before = edition.photos.filter(key=key).first()
    if before is not None:
        return before
    if not file.is_image:
        raise NotAPicture
    last = edition.photos.order_by("-position").first()
    if edition.photos.count() >= MOST_PHOTOS:
        raise TooManyPhotos
    content = read(file)
    small, large = (smaller(content, across=across, at_most=most) for across, most in (_SMALL, _LARGE))
    photo = edition.photos.create(
        key=key,
        position=last.position + 1 if last else 1,
        file=file,
        small=_kept(small, file, actor, at),
        large=_kept(large, file, actor, at),
        width=small.width,
        height=small.height,
        alt=nfc(text.alt),
        caption=nfc(text.caption),
    )
    _changed(edition, actor, at)
    event = ArticlePhotoAdded(
        subject=subject_of(article), edition=edition.number, position=photo.position, photo_hash=file.sha256
    )
    events.record(event, actor=actor, at=at)
    return photo


@transaction.atomic
def remove_photo(*, article: Article, position: int, actor: User, at: datetime) -> Edition:
    """Take a photo out of the open edition; one that is gone already stays so.

    Raises `MayNotPublish`, `ArticleGone`, `NewsActNotOpen`.
    """
    article, edition = begin_act(article, NewsAct.WRITE, actor, at)
    gone, _ = edition.photos.filter(position=position).delete()
    if not gone:
        return edition
    _changed(edition, actor, at)
    event = ArticlePhotoRemoved(subject=subject_of(article), edition=edition.number, position=position)
    events.record(event, actor=actor, at=at)
    return edition


def _changed(edition: Edition, actor: User, at: datetime) -> None:
    edition.version += 1
    edition.changed_at = at
    edition.save(update_fields=["version", "changed_at"])
    edition.writers.add(actor)


def _kept(picture: Picture, file: StoredFile, actor: User, at: datetime) -> StoredFile:
    return keep(picture.content, media_type="image/jpeg", name=file.original_name, by=actor, at=at)
