"""Prove that the figures are what a recount of all dossiers gives."""

from datetime import datetime

import structlog
from django.db import connection, transaction

from motcua.dossiers.models import Dossier
from motcua.dossiers.queries.counted import counted_rows
from motcua.kernel import events
from motcua.kernel.snapshots import one_snapshot
from motcua.reporting.adding_sql import COUNT_DIFFERENCES
from motcua.reporting.commands.count_in import is_same
from motcua.reporting.events import FiguresProved
from motcua.reporting.facts import as_tally
from motcua.reporting.models import DossierTally, FigureMark, FigureProof

log = structlog.get_logger()


def prove_figures(*, at: datetime) -> FigureProof:
    """Hold what each dossier was counted as against a recount, and the sums against those; keep the outcome.

    Dossiers that are marked are left out: they wait to be counted in. One that differs is marked, so that the figures
    read are right from then on; the difference is an error in the log all the same, because something wrote past the
    marks. Sums that differ stay as they are, for someone to look at.
    """
    with one_snapshot():
        differing, count = _recount()
        with connection.cursor() as cursor:
            cursor.execute(COUNT_DIFFERENCES)
            (sums,) = cursor.fetchone()
    with transaction.atomic():
        proof = FigureProof.objects.create(
            proved_at=at, dossier_count=count, differing_dossier_count=len(differing), differing_sum_count=sums
        )
        FigureMark.objects.bulk_create([FigureMark(dossier_id=key) for key in differing])
        event = FiguresProved(
            subject="figures",
            dossier_count=count,
            differing_dossier_count=len(differing),
            differing_sum_count=sums,
        )
        events.record(event, actor=None, at=at)
    if not proof.holds:
        log.error("figures.differ", dossiers=len(differing), sums=sums)
    return proof


def _recount() -> tuple[list[int], int]:
    """Return the keys of dossiers that were counted as something else than they are, and how many there are in all."""
    marked = set(FigureMark.objects.values_list("dossier_id", flat=True))
    differing, count, kept_count = list[int](), 0, 0
    for batch in counted_rows(Dossier.objects.all()):
        rows = [row for row in batch if row.dossier_id not in marked]
        kept = DossierTally.objects.in_bulk([row.dossier_id for row in rows])
        count, kept_count = count + len(rows), kept_count + len(kept)
        differing += [row.dossier_id for row in rows if not is_same(as_tally(row), kept.get(row.dossier_id))]
    if DossierTally.objects.exclude(pk__in=FigureMark.objects.values("dossier_id")).count() != kept_count:
        differing += _no_longer_counted(marked)
    return differing, count


def _no_longer_counted(marked: set[int]) -> list[int]:
    counted = Dossier.objects.counted_once().filter(accepted_at__isnull=False)
    gone = DossierTally.objects.exclude(pk__in=counted.values("pk")).values_list("pk", flat=True)
    return [key for key in gone if key not in marked]
