"""Filters of petitions that screens and commands share."""

from datetime import datetime
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q

from motcua.rules.petitions import OVER, PetitionStage
from motcua.rules.vietnamese import words

if TYPE_CHECKING:
    from motcua.petitions.models import Petition, PublishedAnswer

_OVER = [stage.value for stage in OVER]


class PetitionQuerySet(models.QuerySet["Petition"]):
    """Petitions."""

    def received(self) -> Self:
        """Leave out those whose sender has not confirmed their contact."""
        return self.exclude(stage_name=PetitionStage.UNCONFIRMED.value)

    def visible_to(self, unit_ids: frozenset[int] | None) -> Self:
        """Keep those that one of the units holds, received first or was asked about; None: every one."""
        found = self.received()
        if unit_ids is None:
            return found
        asked = self.model.objects.filter(pk=OuterRef("pk"), opinions__unit__in=unit_ids)
        return found.filter(Q(unit__in=unit_ids) | Q(received_unit__in=unit_ids) | Exists(asked))

    def awaiting(self) -> Self:
        """Keep those that are not answered yet, wherever they wait."""
        return self.received().exclude(stage_name__in=_OVER)

    def overdue(self, at: datetime) -> Self:
        """Keep those whose step should have been done before `at`."""
        return self.awaiting().filter(due_at__lt=at)

    def by_due(self) -> Self:
        """Put first what is due first; what no clock runs for comes last, the oldest first."""
        return self.order_by(models.F("due_at").asc(nulls_last=True), "received_at", "pk")


class PublicationQuerySet(models.QuerySet["PublishedAnswer"]):
    """Questions and answers that stand on the portal."""

    def public(self) -> Self:
        """Leave out what was taken down."""
        return self.filter(withdrawn_at=None)

    def with_words(self, text: str) -> Self:
        """Keep those in which every word of `text` stands, without regard to accents."""
        found = self
        for word in words(text)[:16]:
            found = found.filter(search_key__contains=word)
        return found

    def newest_first(self) -> Self:
        """Put the newest first."""
        return self.order_by("-published_at", "-number")
