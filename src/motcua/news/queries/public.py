"""What the portal shows of the news: lists, the archive by date, one article (M31, M56, M99)."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from django.db.models import Count, Exists, OuterRef, Prefetch
from django.db.models.functions import TruncDay, TruncMonth, TruncYear
from django.utils import timezone

from motcua.news.models import Article, ArticlePhoto, Edition, NewsSection
from motcua.news.querysets import ArticleQuerySet
from motcua.rules.prose import Block, blocks

PAGE: Final = 20
_TRUNCATED: Final = {"year": TruncYear, "month": TruncMonth, "day": TruncDay}


@dataclass(frozen=True, slots=True)
class PhotoCard:
    """A photo of an article on the portal; `width` and `height` are those of the small one, in pixels."""

    position: int
    width: int
    height: int
    alt: str
    caption: str


@dataclass(frozen=True, slots=True)
class ArticleLine:
    """An article in a list; `photo` is its first one, None where there is none."""

    number: int
    title: str
    summary: str
    section: str
    section_slug: str
    author: str
    is_contributor: bool
    unit: str
    published_at: datetime
    updated_at: datetime
    photo: PhotoCard | None

    @property
    def is_updated(self) -> bool:
        """Whether it was corrected since it came out."""
        return self.updated_at > self.published_at


@dataclass(frozen=True, slots=True)
class Correction:
    """What was put right in an article, and when."""

    note: str
    at: datetime


@dataclass(frozen=True, slots=True)
class ArticlePage:
    """An article as everybody reads it; `corrections` are the newest first."""

    line: ArticleLine
    blocks: tuple[Block, ...]
    photos: tuple[PhotoCard, ...]
    corrections: tuple[Correction, ...]
    takes_comments: bool


@dataclass(frozen=True, slots=True)
class NewsPage:
    """One page of a list."""

    lines: tuple[ArticleLine, ...]
    has_next: bool


@dataclass(frozen=True, slots=True)
class SectionLine:
    """A section with something to read in it."""

    slug: str
    name: str


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of time in which so many articles came out: `first` is the first day of it."""

    first: date
    count: int


def sections_read() -> tuple[SectionLine, ...]:
    """Return the sections in which something stands on the portal, in their order; also those that ended."""
    filled = Article.objects.public().filter(section=OuterRef("pk"))
    rows = NewsSection.objects.filter(Exists(filled)).order_by("position", "name")
    return tuple(SectionLine(row.slug, row.name) for row in rows)


def news(
    *, number: int, text: str = "", section: str = "", first: date | None = None, until: date | None = None
) -> NewsPage:
    """Return one page, counted from 1, the newest first; empty or None: not narrowed. `until` is exclusive."""
    found = Article.objects.public().with_words(text)
    if section:
        found = found.filter(section__slug=section)
    if first is not None and until is not None:
        found = found.published_between(first, until)
    rows = list(_for_lines(found).newest_first()[(number - 1) * PAGE : number * PAGE + 1])
    return NewsPage(tuple(map(_line, rows[:PAGE])), has_next=len(rows) > PAGE)


def newest(count: int, *, section: str = "") -> tuple[ArticleLine, ...]:
    """Return the newest articles, of one section or of all."""
    found = Article.objects.public()
    found = found.filter(section__slug=section) if section else found
    return tuple(map(_line, _for_lines(found).newest_first()[:count]))


def archive(unit: str, first: date | None = None, until: date | None = None) -> tuple[Span, ...]:
    """Return how many articles came out a `unit` of time ("year", "month", "day") in that stretch, the newest first."""
    found = Article.objects.public()
    if first is not None and until is not None:
        found = found.published_between(first, until)
    counted = found.annotate(span=_TRUNCATED[unit]("published_at")).values_list("span").annotate(count=Count("pk"))
    return tuple(Span(timezone.localdate(span), count) for span, count in counted.order_by("-span"))


def article_page(number: int) -> ArticlePage:
    """Return one article; raises `Article.DoesNotExist` when it is not on the portal."""
    row = _for_lines(Article.objects.public()).get(number=number)
    shown = row.shown
    assert shown is not None  # it is public
    earlier = row.editions.filter(stage_name="PUBLISHED", number__gt=1).order_by("-number")
    noted = earlier.values_list("correction", "approved_at")
    return ArticlePage(
        line=_line(row),
        blocks=blocks(shown.body),
        photos=tuple(map(_card, shown.photos.all())),
        corrections=tuple(Correction(note, at) for note, at in noted if at is not None),
        takes_comments=row.takes_comments,
    )


def public_photo(number: int, position: int) -> ArticlePhoto:
    """Return a photo of what is on the portal; raises `ArticlePhoto.DoesNotExist`."""
    shown = Article.objects.public().filter(number=number).values("shown")
    return ArticlePhoto.objects.select_related("small", "large").get(edition__in=shown, position=position)


def public_numbers() -> tuple[int, ...]:
    """Return the numbers of everything on the portal, in order."""
    return tuple(Article.objects.public().order_by("number").values_list("number", flat=True))


def _for_lines(found: ArticleQuerySet) -> ArticleQuerySet:
    photos = Prefetch("shown__photos", ArticlePhoto.objects.order_by("position"))
    return found.select_related("shown", "section", "unit").prefetch_related(photos)


def _line(row: Article) -> ArticleLine:
    shown, published_at, updated_at = row.shown, row.published_at, row.updated_at
    assert isinstance(shown, Edition)
    assert published_at is not None
    assert updated_at is not None
    photos = list(shown.photos.all())
    return ArticleLine(
        number=row.number,
        title=shown.title,
        summary=shown.summary,
        section=row.section.name,
        section_slug=row.section.slug,
        author=shown.author,
        is_contributor=shown.is_contributor,
        unit=row.unit.authority_name,
        published_at=published_at,
        updated_at=updated_at,
        photo=_card(photos[0]) if photos else None,
    )


def _card(photo: ArticlePhoto) -> PhotoCard:
    return PhotoCard(photo.position, photo.width, photo.height, photo.alt, photo.caption)
