"""Words for people in the demonstration: events of life, as data/life_events.yaml says, and plain summaries."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Final

from motcua.catalogue.commands.life_events import LifeEventDefinition, LifeStepDefinition
from motcua.catalogue.commands.plain_words import PlainWords
from motcua.demo.procedure_definitions import procedures
from motcua.demo.records import DATA, Record, read_file, refuse_doubles

SUMMARIES: Final[Mapping[str, PlainWords]] = {
    "1.001193": PlainWords(
        purpose="Để con có Giấy khai sinh và số định danh cá nhân, dùng suốt đời.",
        who="Cha, mẹ; ông bà hoặc người thân nếu cha mẹ không đi được.",
        how_long="Đi buổi sáng, đủ giấy tờ thì thường nhận ngay trong ngày.",
        cost="Bản chính không mất tiền; xin thêm bản sao mới tính phí.",
        place="Ủy ban nhân dân xã, phường nơi cha hoặc mẹ cư trú; nộp trực tuyến được.",
    ),
    "1.013225": PlainWords(
        purpose="Để được phép xây nhà ở nơi phải có giấy phép.",
        who="Chủ đất, hoặc người được chủ đất cho xây bằng văn bản.",
        place="Nơi có thửa đất; nộp trực tuyến được.",
    ),
}
"""Plain summaries of some procedures, by code; the others show what their parts tell."""


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
