"""The official table of settlement: its thirteen columns by unit, sector or procedure, for a period (C-30)."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from fractions import Fraction

from motcua.catalogue.models import Procedure, Sector
from motcua.organisations.models import Unit
from motcua.reporting.models import CountingChoice
from motcua.reporting.queries.sums import GroupBy, Wanted, sums_before, total
from motcua.rules.periods import ReportPeriod
from motcua.rules.settlement import NOTHING, Identity, ReportedTotals, Settlement, broken_identities
from motcua.rules.settlement_figures import Measure
from motcua.rules.settlement_table import (
    OURS,
    Beside,
    CountingDefinition,
    beside_line,
    on_time_rate,
    settlement_line,
)


@dataclass(frozen=True, slots=True)
class TableLine:
    """The line of one unit, sector or procedure, or of all; `key` is 0, `code` and `name` are empty for all.

    `on_time` is the share as the province counts it, None where there is nothing it could be a share of. `broken` names
    the equations that do not hold, and by how much.
    """

    key: int
    code: str
    name: str
    settlement: Settlement
    beside: Beside
    on_time: Fraction | None
    broken: dict[Identity, int]


@dataclass(frozen=True, slots=True)
class SettlementTable:
    """The lines in the order of their names, the line of all, and what they were counted by.

    `chosen` is None where the province chose nothing: `definition` is then ours.
    """

    period: ReportPeriod
    lines: list[TableLine]
    whole: TableLine
    definition: CountingDefinition
    chosen: CountingChoice | None


def choice_for(period: ReportPeriod) -> CountingChoice | None:
    """Return the choice that holds at the end of `period`: a period is counted in one way from end to end."""
    chosen = CountingChoice.objects.filter(valid_from__lt=period.until).order_by("-valid_from")
    return chosen.select_related("chosen_by").first()


def settlement_table(period: ReportPeriod, wanted: Wanted) -> SettlementTable:
    """Return the table of `period`, as of now; what has nothing in its columns has no line.

    What only fell due in the period, ended before it, is beside the line of all alone.
    """
    chosen = choice_for(period)
    definition = chosen.as_rule() if chosen else OURS
    before, until = sums_before([period.since, period.until], wanted)
    found = dict[int, _Counted]()
    for key in before.keys() | until.keys():
        counted = _Counted.of(before.get(key, Counter()), until.get(key, Counter()), definition)
        if counted.line != NOTHING:
            found[key] = counted
    names = _names(wanted.by, found)
    everything = _Counted.of(total(before.values()), total(until.values()), definition)
    return SettlementTable(
        period=period,
        lines=[found[name.key].as_line(name, definition) for name in names],
        whole=everything.as_line(_Name(0), definition),
        definition=definition,
        chosen=chosen,
    )


@dataclass(frozen=True, slots=True)
class _Name:
    key: int
    code: str = ""
    name: str = ""


def _names(by: GroupBy, keys: Collection[int]) -> list[_Name]:
    """Return what the lines are called, in the order of their names."""
    rows = {
        GroupBy.UNIT: Unit.objects.values_list("pk", "code", "name"),
        GroupBy.SECTOR: Sector.objects.values_list("pk", "code", "name"),
        GroupBy.PROCEDURE: Procedure.objects.values_list("pk", "code", "title"),
    }
    return [_Name(*row) for row in rows[by].filter(pk__in=keys).order_by("sort_key", "code")]


@dataclass(frozen=True, slots=True)
class _Counted:
    line: Settlement
    beside: Beside

    @classmethod
    def of(cls, before: Counter[Measure], until: Counter[Measure], definition: CountingDefinition) -> "_Counted":
        return cls(settlement_line(before, until, definition), beside_line(before, until))

    def as_line(self, of: _Name, definition: CountingDefinition) -> TableLine:
        stated = ReportedTotals(self.line.received, self.line.settled, self.line.in_progress)
        return TableLine(
            key=of.key,
            code=of.code,
            name=of.name,
            settlement=self.line,
            beside=self.beside,
            on_time=on_time_rate(self.line, self.beside, definition),
            broken=broken_identities(self.line, stated),
        )
