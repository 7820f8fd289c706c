"""Which publication decisions a text of the province has led to (C-07)."""

import uuid
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from motcua.catalogue.models import PublicationDecision
from motcua.rules.publication import DecisionState


@dataclass(frozen=True, slots=True)
class DecisionOfNorm:
    """A decision that publishes procedures of the text; `signed_on` None while it is not published."""

    key: uuid.UUID
    title: str
    number: str
    signed_on: date | None
    is_published: bool


def decisions_of_norm(number: str, issued_on: date | None) -> tuple[DecisionOfNorm, ...]:
    """Return the decisions about the text `number` of that day, or that do not tell its day, the oldest first."""
    found = PublicationDecision.objects.filter(Q(norm_issued_on=None) | Q(norm_issued_on=issued_on), norm=number)
    return tuple(
        DecisionOfNorm(row.key, row.title, row.number, row.signed_on, row.state == DecisionState.PUBLISHED)
        for row in found.order_by("begun_at", "pk")
    )
