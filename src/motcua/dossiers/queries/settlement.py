"""The figures of the report on settlement, computed from the dossiers themselves (C-30)."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from motcua.dossiers.queries.counted import counted_rows
from motcua.dossiers.querysets import DossierQuerySet
from motcua.rules.settlement import NOTHING, CountedDossier, Period, Settlement, settlement


@dataclass(frozen=True, slots=True)
class ReportLine:
    """Whose line it is: the competent unit and the sector of the procedure, both by id."""

    unit_id: int
    sector_id: int


def settlement_by_line(periods: Iterable[Period], dossiers: DossierQuerySet) -> list[dict[ReportLine, Settlement]]:
    """Return for each period the lines of the report over `dossiers`, which are read once.

    A line without a dossier in the period is left out. Narrow `dossiers` by what the reader may see. How a linked
    application counts is told at `counted_rows`.
    """
    asked = list(periods)
    found = [defaultdict[ReportLine, Settlement](lambda: NOTHING) for _ in asked]
    since, until = min(period.since for period in asked), max(period.until for period in asked)
    for batch in counted_rows(dossiers, since=since, until=until):
        by_line = defaultdict[ReportLine, list[CountedDossier]](list)
        for one in batch:
            by_line[ReportLine(one.unit_id, one.sector_id)].append(one.dossier)
        for line, counted in by_line.items():
            for period, table in zip(asked, found, strict=True):
                row = settlement(counted, period)
                if row != NOTHING:
                    table[line] += row
    return [dict(table) for table in found]
