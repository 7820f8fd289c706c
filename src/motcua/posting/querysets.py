"""Filters on postings that can be chained."""

from datetime import date
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.db.models.functions import Coalesce

PLACE = Coalesce("first", "pk")
"""Where a confirmation stands among those of one day: a correction where the word stood that it puts right."""

if TYPE_CHECKING:
    from motcua.posting.models import FeedbackAddress, PostingConfirmation


class PostingConfirmationQuerySet(models.QuerySet["PostingConfirmation"]):
    """What desks confirmed."""

    def counting(self) -> "PostingConfirmationQuerySet":
        """Leave out what was corrected or withdrawn."""
        return self.filter(withdrawn_at=None)

    def newest_first(self) -> "PostingConfirmationQuerySet":
        """Sort by the day it was done, then by its place among those of the day, the newest first."""
        return self.order_by("-on", PLACE.desc(), "-pk")


class FeedbackAddressQuerySet(models.QuerySet["FeedbackAddress"]):
    """Where feedback goes."""

    def on(self, day: date) -> "FeedbackAddressQuerySet":
        """Keep those in force on `day`: at most one a unit."""
        return self.filter(Q(valid_until=None) | Q(valid_until__gt=day), valid_from__lte=day)
