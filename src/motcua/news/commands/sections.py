"""Keep the sections of the news: dated data of the province."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from motcua.accounts.facts import grants_of
from motcua.accounts.models import User
from motcua.kernel import events
from motcua.news.events import NewsSectionKept
from motcua.news.models import NewsSection
from motcua.organisations.models import Unit, UnitKind
from motcua.rules.news import MayNotPublish, NewsAct, may_do
from motcua.rules.vietnamese import nfc

__all__ = ["MayNotPublish", "SectionEndsTooEarly", "SectionText", "keep_section"]


class SectionEndsTooEarly(Exception):
    """The section would end before it begins."""


@dataclass(frozen=True, slots=True)
class SectionText:
    """A section as it is kept; `valid_until` None: until further notice."""

    slug: str
    name: str
    position: int
    valid_from: date
    valid_until: date | None = None


@transaction.atomic
def keep_section(*, text: SectionText, actor: User, at: datetime) -> NewsSection:
    """Open a section, or change the one of that slug; what it already says changes nothing.

    Raises `MayNotPublish` and `SectionEndsTooEarly`.
    """
    today = timezone.localdate(at)
    provinces = Unit.objects.filter(kind=UnitKind.PROVINCE, dissolved_on=None).select_for_update(no_key=True)
    grants = grants_of(actor, today)
    if not any(may_do(NewsAct.KEEP_SECTIONS, province.pk, grants, on=today) for province in provinces):
        raise MayNotPublish(NewsAct.KEEP_SECTIONS)
    if text.valid_until is not None and text.valid_until <= text.valid_from:
        raise SectionEndsTooEarly
    said = {
        "name": nfc(text.name),
        "position": text.position,
        "valid_from": text.valid_from,
        "valid_until": text.valid_until,
    }
    section = NewsSection.objects.filter(slug=text.slug).first() or NewsSection(slug=text.slug)
    if section.pk and all(getattr(section, name) == value for name, value in said.items()):
        return section
    for name, value in said.items():
        setattr(section, name, value)
    section.save()
    event = NewsSectionKept(
        subject=f"news-section:{section.slug}",
        name=section.name,
        valid_from=section.valid_from,
        valid_until=section.valid_until,
    )
    events.record(event, actor=actor, at=at)
    return section
