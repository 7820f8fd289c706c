"""How many dossiers were filed online, of all that were handed in."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q

from motcua.dossiers.models import Dossier, FilingChannel


@dataclass(frozen=True, slots=True)
class FiledCount:
    """The dossiers of one procedure, by its id: handed in online, and in any way."""

    procedure_id: int
    online_count: int
    total_count: int


def filed_counts(*, since: datetime) -> tuple[FiledCount, ...]:
    """Return the counts of each procedure with a dossier handed in at `since` or later, by id; one query."""
    rows = Dossier.objects.filter(submitted_at__gte=since).values("procedure_version__procedure")
    counted = rows.annotate(
        online=Count("pk", filter=Q(filing_channel=FilingChannel.ONLINE)), total=Count("pk")
    ).order_by("procedure_version__procedure")
    return tuple(FiledCount(row["procedure_version__procedure"], row["online"], row["total"]) for row in counted)
