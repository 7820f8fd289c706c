"""Publish the news of the demonstration, as data/news.yaml says."""

import io
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache

from PIL import Image, ImageDraw

from motcua.accounts.models import User
from motcua.demo.commands.load_catalogue import IN_FORCE_FROM
from motcua.demo.records import DATA, Record, read_file
from motcua.documents.storage import keep
from motcua.news.commands.approving import publish_article, submit_article
from motcua.news.commands.photos import PhotoText, add_photo
from motcua.news.commands.sections import SectionText, keep_section
from motcua.news.commands.writing import Wording, begin_article, begin_correction
from motcua.news.models import Article, NewsSection
from motcua.organisations.models import Unit
from motcua.rules.news import EditionStage

_KEEPER = "kiemsoat"


@dataclass(frozen=True, slots=True)
class ArticleDefinition:
    """An article of the file; `photo` describes the picture, empty without one, `correction` what was put right."""

    key: uuid.UUID
    section: str
    unit: str
    writer: str
    approver: str
    author: str
    is_contributor: bool
    days_ago: int
    stage: EditionStage
    title: str
    summary: str
    body: str
    photo: str
    correction: str


def load_news(*, units: Mapping[str, Unit], at: datetime) -> None:
    """Open the sections and bring every article as far as the file says; one that is there is left alone."""
    keeper = User.objects.get(username=_KEEPER)
    sections, articles = news_definitions()
    for section in sections:
        keep_section(text=section, actor=keeper, at=at)
    for said in articles:
        if not Article.objects.filter(key=said.key).exists():
            _load(said, units, at - timedelta(days=said.days_ago))


@cache
def news_definitions() -> tuple[tuple[SectionText, ...], tuple[ArticleDefinition, ...]]:
    """Return the sections and the articles of the file; raises `DefinitionFault`."""
    file = read_file(DATA / "news.yaml")
    sections = tuple(_section(record) for record in file.records("sections"))
    articles = tuple(_article(record) for record in file.records("articles"))
    file.finish()
    return sections, articles


def _load(said: ArticleDefinition, units: Mapping[str, Unit], at: datetime) -> None:
    people = User.objects.in_bulk([said.writer, said.approver], field_name="username")
    writer, approver = people[said.writer], people[said.approver]
    wording = Wording(
        section=NewsSection.objects.get(slug=said.section),
        title=said.title,
        summary=said.summary,
        body=said.body,
        author=said.author,
        is_contributor=said.is_contributor,
    )
    article = begin_article(key=said.key, unit=units[said.unit], wording=wording, actor=writer, at=at)
    if said.photo:
        file = keep(_drawn(), media_type="image/jpeg", name="quay-tiep-nhan.jpg", by=writer, at=at)
        text = PhotoText(alt=said.photo, caption="Hình minh họa")
        add_photo(article=article, key=said.key, file=file, text=text, actor=writer, at=at)
    if said.stage is EditionStage.DRAFT:
        return
    _bring_out(article, said, writer, approver, at)
    if said.correction:
        later = at + timedelta(hours=5)
        begin_correction(article=article, correction=said.correction, actor=writer, at=later)
        _bring_out(article, said, writer, approver, later)


def _bring_out(article: Article, said: ArticleDefinition, writer: User, approver: User, at: datetime) -> None:
    version = article.editions.order_by("-number")[0].version
    submit_article(article=article, seen=version, actor=writer, at=at)
    if said.stage is EditionStage.PUBLISHED:
        publish_article(article=article, seen=version, actor=approver, at=at)


def _section(record: Record) -> SectionText:
    found = SectionText(record.text("slug"), record.text("name"), int(record.number("position")), IN_FORCE_FROM)
    record.finish()
    return found


def _article(record: Record) -> ArticleDefinition:
    words = {
        name: record.text(name)
        for name in ("section", "unit", "writer", "approver", "author", "title", "summary", "body")
    }
    found = ArticleDefinition(
        key=uuid.UUID(record.text("key")),
        is_contributor=record.flag("is_contributor", default=False),
        days_ago=record.whole("days_ago"),
        stage=record.choice("stage", EditionStage),
        photo=record.text("photo", ""),
        correction=record.text("correction", ""),
        **words,
    )
    record.finish()
    return found


@cache
def _drawn() -> bytes:
    """Draw a desk before a wall of sheets, which nobody takes for a photo."""
    image = Image.new("RGB", (1200, 800), "#e9e2cf")
    pen = ImageDraw.Draw(image)
    for column in range(6):
        left = 90 + column * 175
        pen.rectangle((left, 90, left + 130, 300), fill="white", outline="#9a8f78", width=3)
        for line in range(7):
            pen.line((left + 15, 120 + line * 24, left + 112, 120 + line * 24), fill="#c9c2b2", width=4)
    pen.rectangle((0, 470, 1200, 800), fill="#7a4f2b")
    pen.rectangle((0, 455, 1200, 500), fill="#94643a")
    for place, colour in ((250, "#0a332d"), (620, "#8e2a5b"), (960, "#24506e")):
        pen.ellipse((place - 45, 330, place + 45, 420), fill="#d8b48f")
        pen.rectangle((place - 80, 415, place + 80, 470), fill=colour)
    out = io.BytesIO()
    image.save(out, format="JPEG", quality=85)
    return out.getvalue()
