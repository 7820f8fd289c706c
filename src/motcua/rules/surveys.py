"""Surveys of satisfaction: who is drawn, what the answers say, how sure it is, who kept silent (E-10, E-11).

Source: docs/law/surveys.md. A draw depends on its seed and on what is drawn from, on nothing else: whoever has both can
draw the same sample again. Shares are fractions of 1; indices are per cent.
"""

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction
from hashlib import sha256
from typing import Final

from motcua.rules.permissions import Role, RoleGrant

SATISFIED: Final = frozenset({4, 5})
"""Answers of the five-point scale that count as satisfied (E-11)."""
SCALE: Final = range(1, 6)
"""The five-point scale; any other answer is not valid."""
LEAST_TO_COMPARE: Final = 30
"""With fewer answers nothing is compared (ux 28)."""
LEAST_ALIKE: Final = 5
"""How many dossiers a group must have to be drawn from: out of fewer, an answer might name its dossier (E-11)."""
_Z: Final = 1.959963984540054  # 95 % of the normal distribution


class SurveyState(StrEnum):
    """Where a survey stands."""

    DRAFT = "DRAFT"
    OPEN = "OPEN"
    CLOSED = "CLOSED"


class SurveyAct(StrEnum):
    """What is done to a survey."""

    CHANGE = "CHANGE"
    OPEN = "OPEN"
    ANSWER = "ANSWER"
    CLOSE = "CLOSE"


STATE_FOR_ACT: Final[dict[SurveyAct, SurveyState]] = {
    SurveyAct.CHANGE: SurveyState.DRAFT,
    SurveyAct.OPEN: SurveyState.DRAFT,
    SurveyAct.ANSWER: SurveyState.OPEN,
    SurveyAct.CLOSE: SurveyState.OPEN,
}
"""Where a survey stands for each act."""


def may_keep_surveys(province_id: int, grants: Iterable[RoleGrant], *, on: date) -> bool:
    """Tell whether an official keeps the surveys of a province on `on`: who controls procedures there (ours, [U])."""
    role = Role.PROCEDURE_CONTROL_OFFICER
    return any(grant.role is role and grant.unit_id == province_id and grant.holds_on(on) for grant in grants)


Frame = Mapping[str, Mapping[str, Sequence[str]]]
"""What is drawn from: dossiers by group (a sector, a hamlet) by unit. Names are unique at their place."""


@dataclass(frozen=True, slots=True)
class Sizes:
    """How many are drawn at each stage, each at least 1: units, groups of each, dossiers of each; or all."""

    units: int
    groups: int
    dossiers: int


@dataclass(frozen=True, slots=True)
class Drawn:
    """A dossier of the sample; `weight` is how many dossiers of the frame it stands for."""

    unit: str
    group: str
    dossier: str
    weight: Fraction


def large_enough(frame: Frame) -> tuple[dict[str, dict[str, Sequence[str]]], int]:
    """Return the groups that may be drawn from, and how many dossiers are in those that are too small for it."""
    kept = {
        unit: {name: group for name, group in groups.items() if len(group) >= LEAST_ALIKE}
        for unit, groups in frame.items()
    }
    left_out = sum(len(group) for groups in frame.values() for group in groups.values() if len(group) < LEAST_ALIKE)
    return {unit: groups for unit, groups in kept.items() if groups}, left_out


def draw(frame: Frame, sizes: Sizes, seed: str) -> tuple[Drawn, ...]:
    """Draw in three stages, each without replacement and with the same chance for all at that place (E-11)."""
    units = {name: {key: group for key, group in groups.items() if group} for name, groups in frame.items()}
    units = {name: groups for name, groups in units.items() if groups}
    found = list[Drawn]()
    for unit in _some(units, sizes.units, seed, "unit"):
        groups = units[unit]
        for group in _some(groups, sizes.groups, seed, unit):
            dossiers = groups[group]
            chosen = _some(dossiers, sizes.dossiers, seed, f"{unit}\0{group}")
            weight = (
                Fraction(len(units), min(sizes.units, len(units)))
                * Fraction(len(groups), min(sizes.groups, len(groups)))
                * Fraction(len(dossiers), len(chosen))
            )
            found += [Drawn(unit, group, dossier, weight) for dossier in chosen]
    return tuple(found)


def _some(names: Iterable[str], count: int, seed: str, place: str) -> list[str]:
    """Return `count` of the names, those whose digest with the seed comes first."""
    return sorted(names, key=lambda name: sha256(f"{seed}\0{place}\0{name}".encode()).digest())[:count]


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer to one question: a mark of the scale, None where it was left out; `unit` is where it was drawn."""

    unit: str
    weight: Fraction
    mark: int | None


@dataclass(frozen=True, slots=True)
class Estimate:
    """The share of satisfied among those who answered, and the interval that holds it 19 times of 20.

    `count` valid answers, worth `effective` of a plain draw of the same sureness. Without a valid answer there is none.
    """

    share: float
    low: float
    high: float
    count: int
    effective: float

    @property
    def may_be_compared(self) -> bool:
        """Whether there are enough answers to set it beside another."""
        return self.count >= LEAST_TO_COMPARE


def estimate(answers: Iterable[Answer]) -> Estimate | None:
    """Return what the valid answers say of all who could have been drawn; None without a valid answer.

    The interval is Wilson's, on the number of answers that the design leaves: unequal weights and answers of one unit
    that resemble each other make a sample worth less than its number.
    """
    valid = [answer for answer in answers if answer.mark in SCALE]
    if not valid:
        return None
    weights = [float(answer.weight) for answer in valid]
    marks = [float(answer.mark in SATISFIED) for answer in valid]
    whole = sum(weights)
    share = sum(map(float.__mul__, weights, marks)) / whole
    effective = len(valid) / _design_effect(valid, share)
    return Estimate(share, *_wilson(share, effective), len(valid), effective)


def _design_effect(answers: Sequence[Answer], share: float) -> float:
    """Return by how much the variance exceeds that of a plain draw of as many; at least 1, at most their number."""
    weights = [float(answer.weight) for answer in answers]
    whole, count = sum(weights), len(answers)
    found = count * sum(weight * weight for weight in weights) / whole**2
    by_unit = defaultdict[str, float](float)
    for answer, weight in zip(answers, weights, strict=True):
        by_unit[answer.unit] += weight * (float(answer.mark in SATISFIED) - share)
    if len(by_unit) > 1 and 0 < share < 1:
        clusters = len(by_unit)
        variance = clusters / (clusters - 1) * sum(one * one for one in by_unit.values()) / whole**2
        found = max(found, variance / (share * (1 - share) / count))
    return min(max(found, 1.0), float(count))


def _wilson(share: float, count: float) -> tuple[float, float]:
    spread = _Z * _Z / count
    middle = (share + spread / 2) / (1 + spread)
    half = _Z * math.sqrt(share * (1 - share) / count + spread / (4 * count)) / (1 + spread)
    return max(0.0, min(middle - half, share)), min(1.0, max(middle + half, share))


def index_of(found: Estimate) -> Fraction:
    """Return the index of a question in per cent, two places, half up (E-11)."""
    return Fraction(math.floor(found.share * 10_000 + 0.5), 100)


def mean_index(indices: Iterable[tuple[Fraction, Fraction]]) -> Fraction | None:
    """Return the weighted mean of (index, weight), for a factor or for all; None without a weight above 0."""
    rows = list(indices)
    whole = sum((weight for _index, weight in rows), Fraction(0))
    return sum((index * weight for index, weight in rows), Fraction(0)) / whole if whole else None


@dataclass(frozen=True, slots=True)
class Silence:
    """How those who answered differ from those asked, in one category (a unit, a sector, late or not).

    Shares are of all asked and of all who answered; `rate` is the share of this category that answered.
    """

    category: str
    asked: int
    answered: int
    asked_share: Fraction
    answered_share: Fraction

    @property
    def rate(self) -> Fraction:
        """The share of the category that answered."""
        return Fraction(self.answered, self.asked)

    @property
    def difference(self) -> Fraction:
        """By how much the category weighs more among the answers than among those asked."""
        return self.answered_share - self.asked_share


def silences(asked: Mapping[str, int], answered: Mapping[str, int]) -> tuple[Silence, ...]:
    """Return how the answers differ from the sample, the greatest difference first; nothing where nobody answered.

    `answered` counts some of `asked`, category by category.
    """
    of_all, of_answers = sum(asked.values()), sum(answered.values())
    if not of_answers:
        return ()
    found = [
        Silence(
            name, count, answered.get(name, 0), Fraction(count, of_all), Fraction(answered.get(name, 0), of_answers)
        )
        for name, count in asked.items()
        if count
    ]
    return tuple(sorted(found, key=lambda one: (-abs(one.difference), one.category)))
