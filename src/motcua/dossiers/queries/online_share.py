"""How many dossiers were filed online, of all that were handed in."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q
from django.db.models.functions import ExtractYear

from motcua.dossiers.models import Dossier, FilingChannel

_ONLINE = Count("pk", filter=Q(filing_channel=FilingChannel.ONLINE))


@dataclass(frozen=True, slots=True)
class FiledCount:
    """The dossiers of one procedure, by its id: handed in online, and in any way."""

    procedure_id: int
    online_count: int
    total_count: int


@dataclass(frozen=True, slots=True)
class FiledInYear:
    """The dossiers of one calendar year in Vietnam: handed in online, and in any way."""

    online_count: int
    total_count: int


def filed_counts(*, since: datetime, unit: str = "") -> tuple[FiledCount, ...]:
    """Return the counts of each procedure with a dossier handed in at `since` or later, by id; one query.

    `unit` is the code of a unit that receives or decides them; empty: any.
    """
    rows = Dossier.objects.filter(submitted_at__gte=since)
    if unit:
        rows = rows.filter(Q(receiving_unit__code=unit) | Q(competent_unit__code=unit))
    counted = rows.values("procedure_version__procedure").annotate(online=_ONLINE, total=Count("pk"))
    return tuple(
        FiledCount(row["procedure_version__procedure"], row["online"], row["total"])
        for row in counted.order_by("procedure_version__procedure")
    )


def filed_by_year(years: Collection[int]) -> dict[int, FiledInYear]:
    """Return the counts of each of `years` in which a dossier was handed in; one query."""
    if not years:
        return {}
    first, last = min(years), max(years)
    rows = Dossier.objects.filter(submitted_at__year__gte=first, submitted_at__year__lte=last)
    counted = rows.annotate(year=ExtractYear("submitted_at")).values("year").annotate(online=_ONLINE, total=Count("pk"))
    return {row["year"]: FiledInYear(row["online"], row["total"]) for row in counted if row["year"] in years}
