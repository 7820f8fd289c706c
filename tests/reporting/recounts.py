"""What the figures are held against: all dossiers counted one by one."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from motcua.catalogue.models import Sector
from motcua.dossiers.models import Dossier
from motcua.dossiers.queries.settlement import settlement_by_line
from motcua.organisations.models import Unit
from motcua.reporting.queries.settlement_table import SettlementTable, settlement_table
from motcua.reporting.queries.sums import GroupBy, Wanted
from motcua.rules.periods import PeriodKind, ReportPeriod, report_period
from motcua.rules.settlement import NOTHING, Period, Settlement
from motcua.rules.settlement_figures import midnight

MONTHS_OF_2026 = [report_period(PeriodKind.MONTH, 2026, number) for number in range(1, 8)]
SPRING = [
    *MONTHS_OF_2026,
    report_period(PeriodKind.QUARTER, 2026, 1),
    report_period(PeriodKind.YEAR, 2026),
    ReportPeriod(PeriodKind.MONTH, 2026, 3, date(2026, 3, 1), date(2026, 3, 9)),
    ReportPeriod(PeriodKind.MONTH, 2026, 3, date(2026, 3, 9), date(2026, 4, 2)),
]


def lines_of(table: SettlementTable) -> dict[str, Settlement]:
    return {line.code: line.settlement for line in table.lines}


def assert_as_recounted(periods: Iterable[ReportPeriod] = SPRING) -> None:
    """Every line by unit and by sector, and the line of all, is what the dossiers are when counted one by one."""
    asked = list(periods)
    days = [Period(midnight(period.since), midnight(period.until)) for period in asked]
    units, sectors = dict(Unit.objects.values_list("pk", "code")), dict(Sector.objects.values_list("pk", "code"))
    for period, recounted in zip(asked, settlement_by_line(days, Dossier.objects.all()), strict=True):
        by_unit, by_sector = (defaultdict[str, Settlement](lambda: NOTHING) for _ in range(2))
        for key, line in recounted.items():
            by_unit[units[key.unit_id]] += line
            by_sector[sectors[key.sector_id]] += line
        table = settlement_table(period, Wanted(GroupBy.UNIT))
        assert lines_of(table) == dict(by_unit), period
        assert lines_of(settlement_table(period, Wanted(GroupBy.SECTOR))) == dict(by_sector), period
        assert table.whole.settlement == sum(by_unit.values(), NOTHING)
        assert not any(line.broken for line in [*table.lines, table.whole])
