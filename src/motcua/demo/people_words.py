"""Words for people in the demonstration: events of life, as data/life_events.yaml says, and plain summaries."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from motcua.catalogue.commands.life_events import LifeEventDefinition, LifeStepDefinition
from motcua.catalogue.commands.plain_words import PlainWords
from motcua.demo.procedure_definitions import procedures
from motcua.demo.records import DATA, Record, read_file, refuse_doubles


@cache
def summaries() -> Mapping[str, PlainWords]:
    """Return plain summaries of some procedures, by code; the others show what their parts tell."""
    file = read_file(DATA / "plain_words.yaml")
    found = [_summary(record) for record in file.records("summaries")]
    file.finish()
    refuse_doubles(file, "procedure", [code for code, _words in found])
    return dict(found)


def _summary(record: Record) -> tuple[str, PlainWords]:
    words = PlainWords(
        purpose=record.text("purpose"),
        who=record.text("who"),
        how_long=record.text("how_long", ""),
        cost=record.text("cost", ""),
        place=record.text("place"),
    )
    code = record.text("procedure")
    record.finish()
    return code, words


@cache
def life_events() -> tuple[LifeEventDefinition, ...]:
    """Return the events of life in the order of the file."""
    return read_life_events(DATA / "life_events.yaml")


def read_life_events(path: Path) -> tuple[LifeEventDefinition, ...]:
    """Return the events that the file at `path` holds; raises `DefinitionFault`."""
    file = read_file(path)
    found = tuple(_event(record, place) for place, record in enumerate(file.records("events"), start=1))
    file.finish()
    refuse_doubles(file, "code", [event.code for event in found])
    return found


def _event(record: Record, position: int) -> LifeEventDefinition:
    found = LifeEventDefinition(
        code=record.text("code"),
        name=record.text("name"),
        introduction=record.text("introduction"),
        keywords=record.texts("keywords"),
        steps=tuple(_step(step) for step in record.records("steps")),
        position=position,
    )
    record.finish()
    return found


def _step(record: Record) -> LifeStepDefinition:
    code = record.text("procedure")
    if code not in {procedure.code for procedure in procedures()}:
        raise record.fault("procedure", f"{code} is no procedure of data/procedures")
    found = LifeStepDefinition(code, record.text("advice"))
    record.finish()
    return found
