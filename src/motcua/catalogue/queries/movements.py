"""How many procedures are in force on two days and what happened in between, by level, sector or unit (C-13)."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from motcua.catalogue.models import Offering, ProcedureVersion, Sector
from motcua.rules.catalogue_counts import EVERYTHING, History, Movement, Stretch, movements


class Breakdown(StrEnum):
    """What the counts are broken down by."""

    LEVEL = "LEVEL"
    SECTOR = "SECTOR"
    UNIT = "UNIT"


@dataclass(frozen=True, slots=True)
class MovementLine:
    """The counts of one level, sector or unit."""

    name: str
    counts: Movement


@dataclass(frozen=True, slots=True)
class MovementTable:
    """The counts of everything, and of each group in Vietnamese order; a unit is the one that decides.

    A procedure is in one level and one sector at a time, but at several units, whose lines do not sum up to everything.
    """

    total: Movement
    lines: tuple[MovementLine, ...]

    @property
    def adds_up(self) -> bool:
        """Whether the identity holds in every line."""
        return self.total.adds_up and all(line.counts.adds_up for line in self.lines)


@dataclass(frozen=True, slots=True)
class _Row:
    """A published version with what its procedure says beside it."""

    procedure: int
    number: int
    valid_from: date
    valid_until: date | None
    level: str
    sector: str
    withdrawn_on: date | None
    is_replaced: bool

    @property
    def stretch(self) -> Stretch | None:
        """When it holds, at most until the procedure is abolished; None when it never did."""
        ends = [day for day in (self.valid_until, self.withdrawn_on) if day is not None]
        ends_on = min(ends, default=None)
        if ends_on is not None and ends_on <= self.valid_from:
            return None
        return Stretch(str(self.number), self.valid_from, ends_on)


def movement_table(first: date, last: date, by: Breakdown) -> MovementTable:
    """Return the counts of the period from `first` to the end of `last`, in two queries."""
    rows = _rows(last)
    names, groups = _GROUPS[by](rows)
    histories = [
        History(
            versions=tuple(stretch for row in versions if (stretch := row.stretch)),
            groups=tuple(groups.get(procedure, ())),
            replaced_on=versions[0].withdrawn_on if versions[0].is_replaced else None,
        )
        for procedure, versions in rows.items()
    ]
    counted = movements(histories, first, last)
    lines = tuple(MovementLine(name, counted[group]) for group, name in names.items() if group in counted)
    return MovementTable(total=counted[EVERYTHING], lines=lines)


_Rows = dict[int, list[_Row]]
_Groups = tuple[dict[str, str], dict[int, list[Stretch]]]


def _rows(last: date) -> _Rows:
    found = ProcedureVersion.objects.filter(published_at__isnull=False, valid_from__lte=last).values_list(
        "procedure",
        "number",
        "valid_from",
        "valid_until",
        "level",
        "procedure__sector",
        "procedure__withdrawn_on",
        "procedure__replaced_by",
    )
    rows: _Rows = {}
    for procedure, number, valid_from, valid_until, level, sector, withdrawn_on, replaced_by in found.order_by(
        "procedure", "number"
    ):
        row = _Row(
            procedure=procedure,
            number=number,
            valid_from=valid_from,
            valid_until=valid_until,
            level=level,
            sector=str(sector),
            withdrawn_on=withdrawn_on,
            is_replaced=replaced_by is not None,
        )
        rows.setdefault(row.procedure, []).append(row)
    return rows


def _by_level(rows: _Rows) -> _Groups:
    groups = {
        procedure: [Stretch(row.level, row.valid_from, row.valid_until) for row in versions]
        for procedure, versions in rows.items()
    }
    return {value: str(label) for value, label in ProcedureVersion.Level.choices}, groups


def _by_sector(rows: _Rows) -> _Groups:
    from_the_first = {procedure: [Stretch(versions[0].sector, date.min, None)] for procedure, versions in rows.items()}
    names = Sector.objects.order_by("sort_key", "code").values_list("pk", "name")
    return {str(pk): name for pk, name in names}, from_the_first


def _by_unit(_rows: _Rows) -> _Groups:
    offerings = Offering.objects.order_by("competent_unit__sort_key", "competent_unit__code").values_list(
        "procedure", "competent_unit__code", "competent_unit__name", "valid_from", "valid_until"
    )
    names: dict[str, str] = {}
    groups: dict[int, list[Stretch]] = {}
    for procedure, code, name, valid_from, valid_until in offerings:
        names.setdefault(code, name)
        groups.setdefault(procedure, []).append(Stretch(code, valid_from, valid_until))
    return names, groups


_GROUPS = {Breakdown.LEVEL: _by_level, Breakdown.SECTOR: _by_sector, Breakdown.UNIT: _by_unit}
