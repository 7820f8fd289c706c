"""What a linked application asks for once: the questions and papers of every leg, less what another leg has (B-21).

Source: docs/law/linked.md. The applicant answers and hands in at the leading leg. There the questions of leg 1 keep
their keys and its papers their positions; those of leg n are told apart by its number.
"""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from motcua.rules.declarations import UNANSWERED, FieldDefinition, FieldKind
from motcua.rules.linked import LEAD

_KEY = re.compile(r"leg(\d+)_")
_A_LEG = 1_000
"""Positions of the papers of leg n begin at n times this; no closed list is so long."""


@dataclass(frozen=True, slots=True)
class Sharing:
    """What leg `number` need not be given: answers by key, papers by position, and papers that are a leg's result."""

    number: int
    answers: Mapping[str, str]
    papers: Mapping[int, int]
    results: Mapping[int, int]


class SharingFault(StrEnum):
    """What is wrong with what a leg shares."""

    UNKNOWN_QUESTION = "UNKNOWN_QUESTION"
    UNKNOWN_PAPER = "UNKNOWN_PAPER"
    NOTHING_GIVES_IT = "NOTHING_GIVES_IT"
    LEG_NOT_NEEDED = "LEG_NOT_NEEDED"


class SharingUnsound(Exception):
    """Leg `number` shares `what`, which cannot be."""

    def __init__(self, fault: SharingFault, number: int, what: str) -> None:
        super().__init__(f"{fault.value} at leg {number}: {what}")
        self.fault, self.number, self.what = fault, number, what


def asked_key(number: int, key: str) -> str:
    """Return the key under which the question `key` of leg `number` is asked."""
    return key if number == LEAD else f"leg{number}_{key}"


def asked_position(number: int, position: int) -> int:
    """Return the position under which the paper at `position` of leg `number` is asked for."""
    return position if number == LEAD else number * _A_LEG + position


def leg_of_position(asked: int) -> int:
    """Return the number of the leg whose paper is asked for at the position `asked`."""
    return asked // _A_LEG or LEAD


def paper_mark(asked: int) -> str:
    """Return the number people read of the paper asked for at the position `asked`: "3", of leg 2 "2.3"."""
    leg, position = divmod(asked, _A_LEG)
    return f"{leg}.{position}" if leg else str(position)


def leg_of_key(asked: str) -> int:
    """Return the number of the leg whose question is asked under the key `asked`."""
    found = _KEY.match(asked)
    return int(found[1]) if found else LEAD


def where_answered(sharing: Sharing, key: str) -> str:
    """Return the key under which the answer to the question `key` of a leg is found."""
    return sharing.answers.get(key) or asked_key(sharing.number, key)


def where_handed_in(sharing: Sharing, position: int) -> int | None:
    """Return the position under which the paper of a leg is handed in; None for one that is a leg's result."""
    if position in sharing.results:
        return None
    return sharing.papers.get(position) or asked_position(sharing.number, position)


def asks_question(sharing: Sharing, key: str) -> bool:
    """Tell whether the question `key` of a leg is asked on its own."""
    return key not in sharing.answers


def asked_fields(sharing: Sharing, fields: Sequence[FieldDefinition]) -> tuple[FieldDefinition, ...]:
    """Return what a leg asks on its own, under the keys it is asked by; rows of a group go with their group."""
    return tuple(_as_asked(sharing, one, fields) for one in fields if one.group or asks_question(sharing, one.key))


def answers_of_leg(sharing: Sharing, fields: Iterable[FieldDefinition], answers: Mapping[str, str]) -> dict[str, str]:
    """Return the declaration of a leg out of the `answers` to all that was asked; empty where nothing was said."""
    found: dict[str, str] = {}
    for one in fields:
        if one.group or one.kind in UNANSWERED:
            continue
        found[one.key] = answers.get(where_answered(sharing, one.key), "")
        if one.kind == FieldKind.GROUP:
            rows = f"{asked_key(sharing.number, one.key)}-"
            found |= {
                f"{one.key}-{key.removeprefix(rows)}": said for key, said in answers.items() if key.startswith(rows)
            }
    return found


def shareable_keys(fields: Iterable[FieldDefinition]) -> list[str]:
    """Return the questions whose answer may serve another leg: none of a repeated group."""
    return [one.key for one in fields if not one.group and one.kind not in UNANSWERED and one.kind != FieldKind.GROUP]


def _as_asked(sharing: Sharing, one: FieldDefinition, fields: Sequence[FieldDefinition]) -> FieldDefinition:
    number, condition = sharing.number, one.condition
    beside = {other.key for other in fields if one.group and other.group == one.group}
    if condition is not None and condition.field not in beside:
        condition = replace(condition, field=where_answered(sharing, condition.field))
    if one.group:
        return replace(one, group=asked_key(number, one.group), condition=condition)
    return replace(one, key=asked_key(number, one.key), condition=condition)


def asks_paper(sharing: Sharing, position: int) -> bool:
    """Tell whether the paper at `position` of a leg is handed in on its own."""
    return position not in sharing.papers and position not in sharing.results


@dataclass(frozen=True, slots=True)
class LegContent:
    """What the procedure of a leg asks: the keys of its questions, the positions of its papers, the legs it needs."""

    sharing: Sharing
    keys: Sequence[str]
    positions: Sequence[int]
    needs: frozenset[int]


def keeps_places(
    before: Mapping[int, str], after: Mapping[int, str], keys_before: Collection[str], keys_after: Collection[str]
) -> bool:
    """Tell whether papers keep their positions and questions their keys, by which a group shares them (B-21).

    `before` and `after` are the names of the papers by position; new ones may come after the old.
    """
    return all(after.get(position) == name for position, name in before.items()) and set(keys_before) <= set(keys_after)


def check_sharing(legs: Sequence[LegContent]) -> None:
    """Raise `SharingUnsound` unless all that the legs share is really given; `legs` are in the order of numbers.

    An answer or a paper may come from an earlier leg that is asked for it, a result only from a leg that is needed.
    """
    keys: set[str] = set()
    positions: set[int] = set()
    for leg in legs:
        _check(leg, keys, positions)
        number = leg.sharing.number
        keys |= {asked_key(number, key) for key in leg.keys if asks_question(leg.sharing, key)}
        positions |= {asked_position(number, one) for one in leg.positions if asks_paper(leg.sharing, one)}


def _check(leg: LegContent, keys: set[str], positions: set[int]) -> None:
    number, sharing = leg.sharing.number, leg.sharing
    unknown_keys = sorted(sharing.answers.keys() - set(leg.keys))
    unknown_papers = sorted((sharing.papers.keys() | sharing.results.keys()) - set(leg.positions))
    ungiven_keys = [key for key, given in sharing.answers.items() if given not in keys]
    ungiven_papers = [position for position, given in sharing.papers.items() if given not in positions]
    unneeded = [position for position, giver in sharing.results.items() if giver not in leg.needs]
    for fault, found in (
        (SharingFault.UNKNOWN_QUESTION, unknown_keys),
        (SharingFault.UNKNOWN_PAPER, unknown_papers),
        (SharingFault.NOTHING_GIVES_IT, [*ungiven_keys, *ungiven_papers]),
        (SharingFault.LEG_NOT_NEEDED, unneeded),
    ):
        if found:
            raise SharingUnsound(fault, number, str(found[0]))
