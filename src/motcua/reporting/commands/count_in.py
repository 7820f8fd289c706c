"""Count the marked dossiers into the sums; count everything anew."""

from collections.abc import Collection, Iterable
from datetime import date

from django.db import connection, transaction

from motcua.dossiers.models import Dossier
from motcua.dossiers.queries.counted import counted_rows
from motcua.reporting.adding_sql import ADD_ALL, ADD_CHANGES
from motcua.reporting.facts import as_tally
from motcua.reporting.models import DossierTally, FigureMark, Tally

_LOCK = 7_306_121
"""The number of the advisory lock under which sums are written: by one transaction at a time."""
_MARK_ALL = """
INSERT INTO reporting_figuremark (dossier_id)
SELECT id FROM dossiers_dossier WHERE accepted_at IS NOT NULL ORDER BY id
"""


@transaction.atomic
def count_in_next(*, batch: int = 2000) -> int:
    """Count in the dossiers of the oldest marks, at most `batch`, and return how many marks that took away.

    What changes meanwhile leaves a mark of its own, which stays: the dossier is counted again.
    """
    _one_at_a_time()
    marks = dict(FigureMark.objects.order_by("pk").values_list("pk", "dossier_id")[:batch])
    if marks:
        _count_in(set(marks.values()))
        FigureMark.objects.filter(pk__in=marks).delete()
    return len(marks)


@transaction.atomic
def mark_all() -> None:
    """Mark every accepted dossier, so that all are counted again: after a change of how the province counts days."""
    with connection.cursor() as cursor:
        cursor.execute(_MARK_ALL)


@transaction.atomic
def sum_anew() -> None:
    """Throw the sums away and make them from what each dossier counts as."""
    _one_at_a_time()
    Tally.objects.all().delete()
    with connection.cursor() as cursor:
        cursor.execute(ADD_ALL)


def is_same(one: DossierTally, other: DossierTally | None) -> bool:
    """Tell whether both count as the same, at the same unit, in the same procedure."""
    names = ("unit_id", "procedure_id", "days", "measures", "counts")
    return other is not None and all(getattr(one, name) == getattr(other, name) for name in names)


def _one_at_a_time() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])


def _count_in(dossiers: Collection[int]) -> None:
    before = DossierTally.objects.in_bulk(dossiers)
    now = {
        row.dossier_id: as_tally(row)
        for batch in counted_rows(Dossier.objects.filter(pk__in=dossiers))
        for row in batch
    }
    changed = [one for key, one in now.items() if not is_same(one, before.get(key))]
    gone = [key for key in before if key not in now]
    DossierTally.objects.bulk_create(
        changed,
        update_conflicts=True,
        unique_fields=["dossier"],
        update_fields=["unit", "procedure", "days", "measures", "counts"],
    )
    DossierTally.objects.filter(pk__in=gone).delete()
    taken_back = [before[key] for key in (*gone, *(one.pk for one in changed)) if key in before]
    _add(changed, 1)
    _add(taken_back, -1)


def _add(tallies: Iterable[DossierTally], sign: int) -> None:
    """Add what the dossiers count as to the sums, or take it away where `sign` is -1."""
    days, units, procedures = list[date](), list[int](), list[int]()
    measures, counts = list[str](), list[int]()
    for tally in tallies:
        size = len(tally.days)
        days += tally.days
        units += [tally.unit_id] * size
        procedures += [tally.procedure_id] * size
        measures += tally.measures
        counts += [sign * count for count in tally.counts]
    if days:
        with connection.cursor() as cursor:
            cursor.execute(ADD_CHANGES, [days, units, procedures, measures, counts])
