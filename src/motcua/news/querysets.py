"""Filters of news that screens and commands share."""

from collections.abc import Collection
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone

from motcua.rules.vietnamese import words

if TYPE_CHECKING:
    from motcua.news.models import Article, NewsSection


class NewsSectionQuerySet(models.QuerySet["NewsSection"]):
    """Sections."""

    def on(self, day: date) -> Self:
        """Keep those that are used on `day`, in their order."""
        held = self.filter(Q(valid_until=None) | Q(valid_until__gt=day), valid_from__lte=day)
        return held.order_by("position", "name")


class ArticleQuerySet(models.QuerySet["Article"]):
    """Articles."""

    def public(self) -> Self:
        """Leave out what is not on the portal: not yet, or no longer."""
        return self.filter(published_at__isnull=False, withdrawn_at=None)

    def visible_to(self, unit_ids: Collection[int]) -> Self:
        """Keep what is on the portal, and everything of those units."""
        return self.filter(Q(published_at__isnull=False, withdrawn_at=None) | Q(unit__in=unit_ids))

    def with_words(self, text: str) -> Self:
        """Keep those in which every word of `text` stands, without regard to accents."""
        found = self
        for word in words(text)[:16]:
            found = found.filter(search_key__contains=word)
        return found

    def published_between(self, first: date, until: date) -> Self:
        """Keep those that came out from `first` until the day before `until`, days of Hà Nội."""
        return self.filter(published_at__gte=_midnight(first), published_at__lt=_midnight(until))

    def published_on(self, day: date) -> Self:
        """Keep those that came out on that day of Hà Nội."""
        return self.published_between(day, day + timedelta(days=1))

    def newest_first(self) -> Self:
        """Put the newest first."""
        return self.order_by("-published_at", "-number")


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))
