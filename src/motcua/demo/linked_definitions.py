"""The linked groups of the demonstration, as data/linked.yaml says (B-21)."""

from datetime import date
from functools import cache
from pathlib import Path

from motcua.catalogue.commands.publish_linked_group import GroupDefinition, LegDefinition
from motcua.demo.procedure_definitions import procedures
from motcua.demo.records import DATA, Record, read_file, refuse_doubles
from motcua.rules.linked import WithdrawalEnds

_IN_FORCE_FROM = date(2025, 7, 1)


@cache
def linked_groups() -> tuple[GroupDefinition, ...]:
    """Return the groups in the order of the file."""
    return read_linked_groups(DATA / "linked.yaml")


def read_linked_groups(path: Path) -> tuple[GroupDefinition, ...]:
    """Return the groups that the file at `path` holds; whether they can be gone through, publishing them tells."""
    file = read_file(path)
    found = tuple(_group(record) for record in file.records("groups"))
    file.finish()
    refuse_doubles(file, "code", [group.code for group in found])
    return found


def _group(record: Record) -> GroupDefinition:
    found = GroupDefinition(
        code=record.text("code"),
        name=record.text("name"),
        summary=record.text("summary"),
        source=record.text("source"),
        valid_from=_IN_FORCE_FROM,
        legs=tuple(_leg(leg) for leg in record.records("legs")),
        keywords=record.texts("keywords"),
        life_events=record.texts("life_events"),
        returns_together=record.flag("returns_together", default=True),
        waits_days=record.whole("waits_days") if record.has("waits_days") else None,
        withdrawal_ends=WithdrawalEnds(record.text("withdrawal_ends", WithdrawalEnds.EACH_DECISION.value)),
    )
    record.finish()
    return found


def _leg(record: Record) -> LegDefinition:
    code = record.text("procedure")
    if code not in {procedure.code for procedure in procedures()}:
        raise record.fault("procedure", f"{code} is no procedure of data/procedures")
    answers = record.record("answers") if record.has("answers") else None
    found = LegDefinition(
        procedure=code,
        needs=tuple(int(number) for number in record.texts("needs", may_be_missing=True)),
        answers={key: answers.text(key) for key in answers.values} if answers else {},
        papers=_by_position(record, "papers"),
        results=_by_position(record, "results"),
    )
    record.finish()
    return found


def _by_position(record: Record, key: str) -> dict[int, int]:
    pairs = {}
    for pair in record.records(key, may_be_missing=True):
        pairs[pair.whole("paper")] = pair.whole("of")
        pair.finish()
    return pairs
