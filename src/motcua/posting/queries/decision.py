"""How far a publication decision has come to the desks."""

from dataclasses import dataclass
from datetime import date

from motcua.catalogue.models import Offering, PublicationDecision
from motcua.posting.models import PostingLine
from motcua.rules.posting import AT_THE_OFFICE, PostingAct


@dataclass(frozen=True, slots=True)
class PostedCount:
    """Of how many postings that a decision asks for at the desks, one a procedure and desk, `done` are confirmed."""

    done: int
    total: int


def posted_of(decision: PublicationDecision, on: date) -> PostedCount:
    """Return how many desks that receive a procedure of a decision on `on` confirmed its new text; two queries."""
    asked = Offering.objects.filter(
        procedure__publication_lines__decision=decision, procedure__publication_lines__version__isnull=False
    )
    places = set(asked.on(on).values_list("receiving_unit", "procedure"))
    lines = PostingLine.objects.filter(
        confirmation__withdrawn_at=None,
        confirmation__act=PostingAct.PUT_UP.value,
        confirmation__kind__in=[kind.value for kind in AT_THE_OFFICE],
        version__publication_line__decision=decision,
    )
    done = places & set(lines.values_list("confirmation__unit", "procedure"))
    return PostedCount(len(done), len(places))
