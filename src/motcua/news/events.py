"""What can happen to news; the subject is `article:` and the number, for sections `news-section:` and the slug."""

from dataclasses import dataclass
from datetime import date

from motcua.kernel.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class NewsSectionKept(Event):
    """A section was opened, renamed, moved or ended."""

    name: str
    valid_from: date
    valid_until: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleBegun(Event):
    """An article was begun in a unit."""

    unit: str
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleWritten(Event):
    """The open edition was changed; `version` is the one that came of it."""

    edition: int
    version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticlePhotoAdded(Event):
    """A photo was put into the open edition."""

    edition: int
    position: int
    photo_hash: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticlePhotoRemoved(Event):
    """A photo was taken out of the open edition."""

    edition: int
    position: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleSubmitted(Event):
    """The open edition waits to be approved."""

    edition: int
    version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleGivenBack(Event):
    """The edition goes back to be changed."""

    edition: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticlePublished(Event):
    """An edition is on the portal; from the second on, it corrects the one before."""

    edition: int
    version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleCorrectionBegun(Event):
    """A new edition was begun to correct what is on the portal."""

    edition: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleWithdrawn(Event):
    """The article is no longer on the portal."""

    reason: str
