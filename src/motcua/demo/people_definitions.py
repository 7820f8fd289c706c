"""The invented people of the demonstration, as data/people.yaml says."""

from collections.abc import Container
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from motcua.demo.records import DATA, Record, read_file, refuse_doubles
from motcua.demo.unit_definitions import units
from motcua.rules.permissions import Role


@dataclass(frozen=True, slots=True)
class CitizenDefinition:
    """A citizen who can sign in."""

    username: str
    full_name: str
    citizen_id: str
    born_on: date
    address: str
    phone: str
    email: str


@dataclass(frozen=True, slots=True)
class OfficerDefinition:
    """An official who can sign in, entrusted with `roles` in the unit of code `unit`."""

    username: str
    full_name: str
    title: str
    phone: str
    email: str
    unit: str
    roles: tuple[Role, ...]


@dataclass(frozen=True, slots=True)
class NamesDefinition:
    """The names of one people of the region; `weight` is its share among the applicants."""

    people: str
    weight: int
    surnames: tuple[str, ...]
    middle_female: tuple[str, ...]
    middle_male: tuple[str, ...]
    given_female: tuple[str, ...]
    given_male: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PeopleDefinition:
    """Everyone who signs in, and what the simulation draws its applicants from."""

    citizens: tuple[CitizenDefinition, ...]
    officers: tuple[OfficerDefinition, ...]
    names: tuple[NamesDefinition, ...]
    hamlets: tuple[str, ...]
    quarters: tuple[str, ...]


@cache
def people() -> PeopleDefinition:
    """Return the invented people."""
    return read_people(DATA / "people.yaml")


def read_people(path: Path) -> PeopleDefinition:
    """Return the people that the file at `path` holds."""
    file = read_file(path)
    known = {unit.code for unit in units()}
    applicants = file.record("applicants")
    found = PeopleDefinition(
        citizens=tuple(_citizen(record) for record in file.records("citizens")),
        officers=tuple(_officer(record, known) for record in file.records("officers")),
        names=tuple(_names(record) for record in applicants.records("peoples")),
        hamlets=applicants.texts("hamlets"),
        quarters=applicants.texts("quarters"),
    )
    applicants.finish()
    file.finish()
    usernames = [citizen.username for citizen in found.citizens] + [officer.username for officer in found.officers]
    refuse_doubles(file, "username", usernames)
    return found


def _citizen(record: Record) -> CitizenDefinition:
    found = CitizenDefinition(
        username=record.text("username"),
        full_name=record.text("full_name"),
        citizen_id=record.text("citizen_id"),
        born_on=record.day("born_on"),
        address=record.text("address"),
        phone=record.text("phone"),
        email=record.text("email"),
    )
    record.finish()
    return found


def _officer(record: Record, known: Container[str]) -> OfficerDefinition:
    username, unit = record.text("username"), record.text("unit")
    if unit not in known:
        raise record.fault("unit", f"{unit} is no unit of units.yaml")
    found = OfficerDefinition(
        username=username,
        full_name=record.text("full_name"),
        title=record.text("title"),
        phone=record.text("phone"),
        email=f"{username}@example.com",
        unit=unit,
        roles=record.choices("roles", Role),
    )
    record.finish()
    return found


def _names(record: Record) -> NamesDefinition:
    found = NamesDefinition(
        people=record.text("name"),
        weight=record.whole("weight"),
        surnames=record.texts("surnames"),
        middle_female=record.texts("middle_female"),
        middle_male=record.texts("middle_male"),
        given_female=record.texts("given_female"),
        given_male=record.texts("given_male"),
    )
    record.finish()
    return found
