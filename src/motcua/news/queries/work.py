"""What the workspace shows of the news: the list, one article with its editions and acts."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from django.db.models import Prefetch
from django.utils import timezone

from motcua.accounts.models import User
from motcua.news.models import Article, ArticlePhoto, Edition, NewsSection
from motcua.organisations.models import Unit, UnitKind
from motcua.rules.news import EditionStage, NewsAct, may_do, open_acts, roles_for, units_of, works_with_news
from motcua.rules.permissions import RoleGrant
from motcua.rules.prose import Block, blocks

PAGE: Final = 30


@dataclass(frozen=True, slots=True)
class WorkLine:
    """An article in the list; `title` and `stage_label` are those of its last edition."""

    number: int
    title: str
    section: str
    unit: str
    author: str
    is_contributor: bool
    stage: EditionStage
    stage_label: str
    is_correction: bool
    is_withdrawn: bool
    changed_at: datetime
    published_at: datetime | None


@dataclass(frozen=True, slots=True)
class WorkPage:
    """One page of the list."""

    lines: tuple[WorkLine, ...]
    has_next: bool
    waiting_count: int


@dataclass(frozen=True, slots=True)
class EditionView:
    """An edition as the workspace shows it, with its body read into blocks."""

    edition: Edition
    blocks: tuple[Block, ...]
    photos: tuple[ArticlePhoto, ...]


@dataclass(frozen=True, slots=True)
class ArticleWork:
    """One article: its last edition, those before it (the newest first), and what the official may do now.

    `is_own_work` tells that they wrote or submitted the open edition, and so cannot approve it.
    """

    article: Article
    last: EditionView
    earlier: tuple[Edition, ...]
    acts: frozenset[NewsAct]
    theirs: frozenset[NewsAct]
    is_own_work: bool


def units_written_for(grants: Collection[RoleGrant], on: date) -> list[Unit]:
    """Return the units whose news the official writes, by name."""
    ids = units_of(grants, roles_for(NewsAct.WRITE, on), on=on)
    return list(Unit.objects.filter(pk__in=ids, dissolved_on=None).by_name())


def keeps_sections(grants: Collection[RoleGrant], on: date) -> bool:
    """Tell whether the official keeps the sections of the province."""
    provinces = Unit.objects.filter(kind=UnitKind.PROVINCE, dissolved_on=None).values_list("pk", flat=True)
    return any(may_do(NewsAct.KEEP_SECTIONS, pk, grants, on=on) for pk in provinces)


def every_section() -> list[NewsSection]:
    """Return the sections, also those that ended, in their order."""
    return list(NewsSection.objects.order_by("position", "name"))


def articles_at_work(grants: Collection[RoleGrant], *, which: str, number: int, on: date) -> WorkPage:
    """Return one page, counted from 1, of what the official sees, what changed last first.

    `which` is "OPEN" (drafts of their units), "WAITING" (to be approved there), "PUBLISHED" or "WITHDRAWN".
    """
    theirs = units_of(grants, works_with_news(on), on=on)
    last = Edition.objects.order_by("article", "-number").distinct("article")
    found = last.filter(article__in=Article.objects.visible_to(theirs))
    rows = Edition.objects.filter(pk__in=found.values("pk")).select_related("article__unit", "section")
    waiting = rows.filter(stage_name=EditionStage.SUBMITTED, article__unit__in=theirs, article__withdrawn_at=None)
    chosen = {
        "OPEN": rows.filter(stage_name=EditionStage.DRAFT, article__unit__in=theirs, article__withdrawn_at=None),
        "WAITING": waiting,
        "PUBLISHED": Edition.objects.filter(pk__in=Article.objects.public().values("shown")).select_related(
            "article__unit", "section"
        ),
        "WITHDRAWN": rows.filter(article__withdrawn_at__isnull=False),
    }[which]
    shown = list(chosen.order_by("-changed_at", "-pk")[(number - 1) * PAGE : number * PAGE + 1])
    return WorkPage(tuple(map(_line, shown[:PAGE])), len(shown) > PAGE, waiting.count())


def article_work(number: int, user: User, grants: Collection[RoleGrant], *, at: datetime) -> ArticleWork:
    """Return one article; raises `Article.DoesNotExist` for a draft of other units."""
    on = timezone.localdate(at)
    seen = Article.objects.visible_to(units_of(grants, works_with_news(on), on=on))
    article = seen.select_related("unit", "section", "shown").get(number=number)
    photos = Prefetch("photos", ArticlePhoto.objects.order_by("position"))
    rows = article.editions.select_related("section", "approved_by").prefetch_related(photos, "writers")
    editions = list(rows.order_by("-number"))
    mine = units_of(grants, works_with_news(on), on=on)
    if article.unit_id not in mine:  # what others are correcting is theirs until it is out
        editions = [one for one in editions if one.stage is EditionStage.PUBLISHED]
    last = editions[0]
    hands = {one.pk for one in last.writers.all()}
    theirs: frozenset[NewsAct] = frozenset(
        act
        for act in NewsAct
        if act is not NewsAct.KEEP_SECTIONS
        and may_do(act, article.unit_id, grants, on=on, actor_id=user.pk, hands=hands)
    )
    acts = open_acts(last.stage) | (frozenset({NewsAct.WITHDRAW}) if article.shown_id else frozenset())
    is_open = article.withdrawn_at is None
    return ArticleWork(
        article=article,
        last=EditionView(last, blocks(last.body), tuple(last.photos.all())),
        earlier=tuple(editions[1:]),
        acts=theirs & acts if is_open else frozenset(),
        theirs=theirs,
        is_own_work=user.pk in hands,
    )


def edition_of(work: ArticleWork, number: int) -> EditionView:
    """Return one edition of an article; raises `Edition.DoesNotExist` for one that there is not."""
    row = next((one for one in (work.last.edition, *work.earlier) if one.number == number), None)
    if row is None:
        raise Edition.DoesNotExist
    return EditionView(row, blocks(row.body), tuple(row.photos.all()))


def _line(row: Edition) -> WorkLine:
    article = row.article
    return WorkLine(
        number=article.number,
        title=row.title,
        section=row.section.name,
        unit=article.unit.name,
        author=row.author,
        is_contributor=row.is_contributor,
        stage=row.stage,
        stage_label=row.stage_label,
        is_correction=row.number > 1,
        is_withdrawn=article.withdrawn_at is not None,
        changed_at=row.changed_at,
        published_at=article.published_at,
    )
