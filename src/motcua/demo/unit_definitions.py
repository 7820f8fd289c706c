"""The units of Điện Biên, today and before July 2025, as data/units.yaml and data/old_units.yaml say."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from pathlib import Path

from motcua.demo.records import DATA, Record, read_file, refuse_doubles


class Kind(StrEnum):
    """What a unit is; the same words as the organisations' own kinds."""

    PROVINCE = "PROVINCE"
    DISTRICT = "DISTRICT"
    COMMUNE = "COMMUNE"
    WARD = "WARD"
    TOWNSHIP = "TOWNSHIP"
    DEPARTMENT = "DEPARTMENT"
    OFFICE = "OFFICE"
    DIVISION = "DIVISION"
    SERVICE_CENTRE = "SERVICE_CENTRE"


class Level(StrEnum):
    """The level of government a unit or a procedure belongs to."""

    PROVINCE = "PROVINCE"
    DISTRICT = "DISTRICT"
    COMMUNE = "COMMUNE"


class Part(StrEnum):
    """The units every commune has."""

    OFFICE = "OFFICE"
    ECONOMY = "ECONOMY"
    SOCIETY = "SOCIETY"
    SERVICE_CENTRE = "SERVICE_CENTRE"
    POLICE = "POLICE"


@dataclass(frozen=True, slots=True)
class UnitDefinition:
    """A unit of today. `code` is its agency identifier; `part` says which unit of a commune it is, None otherwise."""

    code: str
    name: str
    short_name: str
    kind: Kind
    level: Level
    parent: str | None
    gso: str | None
    part: Part | None
    identifier_is_official: bool
    founded_on: date | None
    address: str


@dataclass(frozen=True, slots=True)
class OldUnitDefinition:
    """A unit that ended on `dissolved_on`, the first day without it. `successors` are codes of units of today.

    A district has no successor of its own: its communes have.
    """

    code: str
    gso: str
    name: str
    kind: Kind
    level: Level
    parent: str
    dissolved_on: date
    successors: tuple[str, ...]
    manner: str
    decision: str


@cache
def units() -> tuple[UnitDefinition, ...]:
    """Return the units of today, each after its parent."""
    return read_units(DATA / "units.yaml")


def read_units(path: Path) -> tuple[UnitDefinition, ...]:
    """Return the units of today that the file at `path` holds, each after its parent."""
    file = read_file(path)
    province = _province(file.record("province"))
    found = [province, *(_department(record, province) for record in file.records("departments"))]
    templates = file.records("commune_units")
    founded_on = file.day("communes_founded_on")
    for record in file.records("communes"):
        commune = _commune(record, province, founded_on)
        found.append(commune)
        found.extend(_part(template, commune) for template in templates)
    file.text("communes_decision")
    file.finish()
    refuse_doubles(file, "identifier", [unit.code for unit in found])
    return tuple(found)


@cache
def old_units() -> tuple[OldUnitDefinition, ...]:
    """Return the districts and communes that ended on 1 July 2025, each after its parent."""
    return read_old_units(DATA / "old_units.yaml")


def read_old_units(path: Path) -> tuple[OldUnitDefinition, ...]:
    """Return the ended units that the file at `path` holds, each after its parent."""
    file = read_file(path)
    today = {unit.gso: unit.code for unit in units() if unit.level is Level.COMMUNE and unit.gso}
    ending = _Ending(file.day("dissolved_on"), file.text("manner"), file.text("decision"), today)
    districts = [_district(record, ending) for record in file.records("districts")]
    parents = {district.gso: district.code for district in districts}
    communes = [_old_commune(record, ending, parents) for record in file.records("communes")]
    file.finish()
    refuse_doubles(file, "gso", [unit.code for unit in (*districts, *communes)])
    return (*districts, *communes)


@dataclass(frozen=True, slots=True)
class _Ending:
    on: date
    manner: str
    decision: str
    today: Mapping[str, str]


def _province(record: Record) -> UnitDefinition:
    name = record.text("name")
    found = UnitDefinition(
        code=record.text("identifier"),
        name=name,
        short_name=name,
        kind=Kind.PROVINCE,
        level=Level.PROVINCE,
        parent=None,
        gso=record.text("gso"),
        part=None,
        identifier_is_official=record.flag("identifier_is_official", default=False),
        founded_on=record.day("founded_on"),
        address=f"Trụ sở UBND {_inside(name)}",
    )
    record.finish()
    return found


def _department(record: Record, province: UnitDefinition) -> UnitDefinition:
    short_name = record.text("short_name")
    found = UnitDefinition(
        code=record.text("identifier"),
        name=record.text("name"),
        short_name=short_name,
        kind=record.choice("kind", Kind),
        level=Level.PROVINCE,
        parent=record.text("parent", province.code),
        gso=None,
        part=None,
        identifier_is_official=record.flag("identifier_is_official", default=False),
        founded_on=None,
        address=f"Trụ sở {short_name}, {_inside(province.name)}",
    )
    record.finish()
    return found


def _commune(record: Record, province: UnitDefinition, founded_on: date) -> UnitDefinition:
    name = record.text("name")
    found = UnitDefinition(
        code=record.text("identifier"),
        name=name,
        short_name=name,
        kind=record.choice("kind", Kind),
        level=Level.COMMUNE,
        parent=province.code,
        gso=record.text("gso"),
        part=None,
        identifier_is_official=record.flag("identifier_is_official", default=False),
        founded_on=founded_on,
        address=f"Trụ sở UBND {_inside(name)}, {_inside(province.name)}",
    )
    record.finish()
    return found


def _part(template: Record, commune: UnitDefinition) -> UnitDefinition:
    pattern = template.text("name")
    if commune.kind is Kind.WARD:
        pattern = template.text("ward_name", pattern)
    suffix, part, kind = template.text("suffix"), template.choice("key", Part), template.choice("kind", Kind)
    template.finish(but="ward_name")
    return UnitDefinition(
        code=f"{commune.code}.{suffix}",
        name=pattern.format(unit=_inside(commune.name)),
        short_name=pattern.format(unit="").strip(),
        kind=kind,
        level=Level.COMMUNE,
        parent=commune.code,
        gso=None,
        part=part,
        identifier_is_official=False,
        founded_on=commune.founded_on,
        address=commune.address,
    )


def _district(record: Record, ending: _Ending) -> OldUnitDefinition:
    gso = record.text("gso")
    found = OldUnitDefinition(
        code=_code(gso),
        gso=gso,
        name=record.text("name"),
        kind=Kind.DISTRICT,
        level=Level.DISTRICT,
        parent=units()[0].code,
        dissolved_on=ending.on,
        successors=(),
        manner=ending.manner,
        decision=ending.decision,
    )
    record.finish()
    return found


def _old_commune(record: Record, ending: _Ending, parents: Mapping[str, str]) -> OldUnitDefinition:
    gso, district, successors = record.text("gso"), record.text("district"), record.texts("successors")
    if district not in parents:
        raise record.fault("district", f"{district} is no district of this file")
    strangers = [code for code in successors if code not in ending.today]
    if strangers:
        raise record.fault("successors", f"{strangers[0]} is no commune of today")
    found = OldUnitDefinition(
        code=_code(gso),
        gso=gso,
        name=record.text("name"),
        kind=record.choice("kind", Kind),
        level=Level.COMMUNE,
        parent=parents[district],
        dissolved_on=ending.on,
        successors=tuple(ending.today[code] for code in successors),
        manner=ending.manner,
        decision=ending.decision,
    )
    record.finish()
    return found


def _code(gso: str) -> str:
    return f"GSO-{units()[0].gso}-{gso}"


def _inside(name: str) -> str:
    return f"{name[0].lower()}{name[1:]}"
