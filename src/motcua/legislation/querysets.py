"""Filters on legal documents that can be chained."""

from datetime import date
from typing import TYPE_CHECKING

from django.apps import apps
from django.db import models
from django.db.models import F, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce

from motcua.rules.legal_effect import EffectStatus
from motcua.rules.vietnamese import words

if TYPE_CHECKING:
    from motcua.legislation.models import LegalDocument


class LegalDocumentQuerySet(models.QuerySet["LegalDocument"]):
    """Legal documents."""

    def with_status(self, day: date) -> "LegalDocumentQuerySet":
        """Give each its `status_then`, the status on `day`: the last change up to then, or what comes before one."""
        changes = apps.get_model("legislation", "EffectChange").objects.filter(document=OuterRef("pk"))
        begins = changes.filter(status=EffectStatus.IN_FORCE).annotate(is_to_come=Value(EffectStatus.NOT_YET.value))
        last = changes.filter(on__lte=day).order_by("-on", "-position")
        return self.annotate(
            status_then=Coalesce(
                Subquery(last.values("status")[:1]),
                Subquery(begins.values("is_to_come")[:1]),
                Value(EffectStatus.UNKNOWN.value),
            )
        )

    def of_status(self, status: EffectStatus, day: date) -> "LegalDocumentQuerySet":
        """Keep those that stand there on `day`."""
        return self.with_status(day).filter(Q(status_then=status))

    def about(self, text: str) -> "LegalDocumentQuerySet":
        """Keep those whose number, title or issuer holds every word of `text`."""
        found = self
        for word in words(text):
            found = found.filter(Q(search_key__contains=word))
        return found

    def newest_first(self) -> "LegalDocumentQuerySet":
        """Sort by the day of issue, the unknown last."""
        return self.order_by(F("issued_on").desc(nulls_last=True), "code")
