"""The levels of online service and the targets of the demonstration, as data/service_levels.yaml says them."""

from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Final

from motcua.catalogue.commands.level_rows import Found
from motcua.catalogue.models import ServiceTarget
from motcua.demo.records import DATA, Record, read_file
from motcua.rules.service_levels import Level

_NOBODY_LOOKED: Final = Found()


@dataclass(frozen=True, slots=True)
class LevelsDefinition:
    """One decision: a level for `procedures` from a day on, at the unit of that code or at all of them (empty)."""

    valid_from: date
    ground: str
    level: Level
    procedures: tuple[str, ...]
    unit: str = ""
    found: Found = _NOBODY_LOOKED


@dataclass(frozen=True, slots=True)
class MistakeDefinition:
    """A level recorded wrongly, and why it was taken back."""

    levels: LevelsDefinition
    reason: str


@dataclass(frozen=True, slots=True)
class TargetDefinition:
    """What share a year is to reach, in per cent."""

    year: int
    metric: ServiceTarget.Metric
    percent: int
    source: str


@dataclass(frozen=True, slots=True)
class ServiceLevelsDefinition:
    """Everything in the file; `rest` names no procedure and holds for those no other list names by its day.

    `without_online` is the level of those of them that cannot be filed online.
    """

    lists: tuple[LevelsDefinition, ...]
    rest: LevelsDefinition
    without_online: Level
    mistake: MistakeDefinition
    targets: tuple[TargetDefinition, ...]


@cache
def service_levels() -> ServiceLevelsDefinition:
    """Return the levels and targets; raises `DefinitionFault`."""
    file = read_file(DATA / "service_levels.yaml")
    lists = tuple(_levels(record) for record in file.records("levels"))
    rest, wrong = file.record("rest"), file.record("mistake")
    found = ServiceLevelsDefinition(
        lists=lists,
        rest=LevelsDefinition(rest.day("from"), rest.text("ground"), rest.choice("level", Level), ()),
        without_online=rest.choice("without_online", Level),
        mistake=MistakeDefinition(
            LevelsDefinition(
                wrong.day("from"), wrong.text("ground"), wrong.choice("level", Level), (wrong.text("procedure"),)
            ),
            wrong.text("reason"),
        ),
        targets=tuple(_target(record) for record in file.records("targets")),
    )
    for record in (rest, wrong, file):
        record.finish()
    return found


def _levels(record: Record) -> LevelsDefinition:
    found = LevelsDefinition(
        valid_from=record.day("from"),
        ground=record.text("ground"),
        level=record.choice("level", Level),
        procedures=record.texts("procedures"),
        unit=record.text("unit", ""),
        found=_found(record.record("found")) if record.has("found") else _NOBODY_LOOKED,
    )
    record.finish()
    return found


def _found(record: Record) -> Found:
    names = ("pays_online", "result_from_afar", "needs_presence")
    found = Found(**{name: record.flag(name, default=False) for name in names if record.has(name)})
    record.finish()
    return found


def _target(record: Record) -> TargetDefinition:
    found = TargetDefinition(
        year=record.whole("year"),
        metric=record.choice("metric", ServiceTarget.Metric),
        percent=record.whole("percent"),
        source=record.text("source"),
    )
    record.finish()
    return found
