"""The index of how people and firms are served, in real time (F, Decision 766).

Source: docs/law/service-index.md. The index is counted twice: as the national portal can count it, and from the local
truth. Components are data with a first day; what no text says of them is marked there. Points are rounded half up to
two places for each component, so that whoever adds the printed figures gets the printed total.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from fractions import Fraction
from typing import Final


class Group(StrEnum):
    """The groups of the index, in the order of the table."""

    PUBLICITY = "PUBLICITY"
    PROGRESS = "PROGRESS"
    ONLINE_SERVICE = "ONLINE_SERVICE"
    ONLINE_PAYMENT = "ONLINE_PAYMENT"
    DIGITISATION = "DIGITISATION"
    SATISFACTION = "SATISFACTION"


class ComponentCode(StrEnum):
    """The components that are scored, by the numbers they are shown under; what 4.6 and 4.7 are is not known [U]."""

    PUBLISHED_ON_TIME = "1.1"
    ENTERED_ON_TIME = "1.2"
    FULL_PARTS = "1.3"
    SYNCHRONISED = "1.4"
    ON_TIME = "2.1"
    OFFERED_ONLINE = "3.1"
    ONLINE_USED = "3.2"
    FILED_ONLINE = "3.3"
    PAYMENT_OFFERED = "3.5"
    PAID_ONLINE = "3.6"
    ELECTRONIC_RESULT = "4.1"
    PAPERS_DIGITISED = "4.2"
    DATA_REUSED = "4.3"
    RESULT_STORED = "4.4"
    POPULATION_DATA = "4.5"
    UNCLEAR_SIX = "4.6"
    UNCLEAR_SEVEN = "4.7"
    FEEDBACK_ON_TIME = "5.1"
    FEEDBACK_SATISFACTION = "5.2"
    PROCEDURE_SATISFACTION = "5.3"


class Empty(StrEnum):
    """What a component is worth where there is nothing to count: no points, or it is left out of the index."""

    ZERO = "ZERO"
    LEFT_OUT = "LEFT_OUT"


@dataclass(frozen=True, slots=True)
class Component:
    """A scored component: `points` in full from a rate of `threshold` on.

    `is_synchronised`: the national figure counts only what reached the national portal.
    """

    code: ComponentCode
    group: Group
    points: Decimal
    threshold: Fraction = Fraction(1)
    empty: Empty = Empty.LEFT_OUT
    is_synchronised: bool = False


@dataclass(frozen=True, slots=True)
class Edition:
    """The components that hold from `valid_from` on, for the decision named by `source`."""

    valid_from: date
    source: str
    components: tuple[Component, ...]


_80, _50, _90 = Fraction(80, 100), Fraction(50, 100), Fraction(90, 100)
_C, _G = ComponentCode, Group
EDITIONS: Final = (
    Edition(
        date(2022, 8, 1),
        "766/QĐ-TTg",
        (
            Component(_C.PUBLISHED_ON_TIME, _G.PUBLICITY, Decimal(6)),
            Component(_C.ENTERED_ON_TIME, _G.PUBLICITY, Decimal(4)),
            Component(_C.FULL_PARTS, _G.PUBLICITY, Decimal(2)),
            Component(_C.SYNCHRONISED, _G.PUBLICITY, Decimal(6)),
            Component(_C.ON_TIME, _G.PROGRESS, Decimal(20)),
            Component(_C.OFFERED_ONLINE, _G.ONLINE_SERVICE, Decimal(2), _80),
            Component(_C.ONLINE_USED, _G.ONLINE_SERVICE, Decimal(4)),
            Component(_C.FILED_ONLINE, _G.ONLINE_SERVICE, Decimal(6), _50, is_synchronised=True),
            Component(_C.PAYMENT_OFFERED, _G.ONLINE_PAYMENT, Decimal(4), _80),
            Component(_C.PAID_ONLINE, _G.ONLINE_PAYMENT, Decimal(6)),
            Component(_C.ELECTRONIC_RESULT, _G.DIGITISATION, Decimal(6)),
            Component(_C.PAPERS_DIGITISED, _G.DIGITISATION, Decimal(4), _80),
            Component(_C.DATA_REUSED, _G.DIGITISATION, Decimal(2), _80),
            Component(_C.RESULT_STORED, _G.DIGITISATION, Decimal(2)),
            Component(_C.POPULATION_DATA, _G.DIGITISATION, Decimal(4)),
            Component(_C.UNCLEAR_SIX, _G.DIGITISATION, Decimal(2)),
            Component(_C.UNCLEAR_SEVEN, _G.DIGITISATION, Decimal(2)),
            Component(_C.FEEDBACK_ON_TIME, _G.SATISFACTION, Decimal(6)),
            Component(_C.FEEDBACK_SATISFACTION, _G.SATISFACTION, Decimal(6)),
            Component(_C.PROCEDURE_SATISFACTION, _G.SATISFACTION, Decimal(6), _90),
        ),
    ),
)
"""In the order of their first days. How 12, 10 and 22 points are split is not sure: see the page."""


def edition_on(day: date) -> Edition | None:
    """Return the components that hold on `day`; None before the first day of the index."""
    return next((one for one in reversed(EDITIONS) if one.valid_from <= day), None)


@dataclass(frozen=True, slots=True)
class Tally:
    """What a component counts: `conforming` of `total`. Raises `TallyImpossible` where that cannot be."""

    conforming: int
    total: int

    def __post_init__(self) -> None:
        if not 0 <= self.conforming <= self.total:
            raise TallyImpossible(self.conforming, self.total)

    @property
    def rate(self) -> Fraction | None:
        """The share that conforms; None of nothing."""
        return Fraction(self.conforming, self.total) if self.total else None


class TallyImpossible(Exception):
    """More than there are, or fewer than none, are said to conform."""


def pleased(dossiers: int, late: int, negative: int) -> Tally:
    """Return what 5.3 counts: all dossiers but the late ones and those with a complaint or a bad mark, 0 at the least.

    One that is both is taken off twice, as the formula says: 100 % less the late share less the negative share.
    """
    return Tally(max(0, dossiers - late - negative), dossiers)


@dataclass(frozen=True, slots=True)
class Line:
    """A component as it is scored.

    `tally` and `rate` are what was counted; `points` None where it is left out: nothing to count, or nobody counts it.
    """

    component: Component
    tally: Tally | None
    rate: Fraction | None
    points: Decimal | None


@dataclass(frozen=True, slots=True)
class ServiceIndex:
    """The index of one unit in one period, its lines in the order of the table."""

    lines: tuple[Line, ...]

    @property
    def points(self) -> Decimal:
        """The sum of the points."""
        return sum((line.points for line in self.lines if line.points is not None), Decimal(0))

    @property
    def out_of(self) -> Decimal:
        """The points that could be had from what is scored."""
        return sum((line.component.points for line in self.lines if line.points is not None), Decimal(0))

    @property
    def value(self) -> Decimal | None:
        """The index out of 100, two places: what is left out makes neither better nor worse. None where all is."""
        return _two_places(self.points * 100 / self.out_of) if self.out_of else None

    def group(self, group: Group) -> "ServiceIndex":
        """Return the lines of one group, which are summed in the same way."""
        return ServiceIndex(tuple(line for line in self.lines if line.component.group is group))


def service_index(
    edition: Edition, tallies: Mapping[ComponentCode, Tally], *, synchronised: Fraction | None = None
) -> ServiceIndex:
    """Score `tallies`; a component without one is left out.

    `synchronised` is the share of dossiers that reached the national portal, for the national figure (F-02); None for
    the local truth, in which what reached the portal makes no difference to other components.
    """
    return ServiceIndex(tuple(_line(one, tallies.get(one.code), synchronised) for one in edition.components))


def _line(component: Component, tally: Tally | None, synchronised: Fraction | None) -> Line:
    rate = tally.rate if tally else None
    if rate is None:
        is_zero = tally is not None and component.empty is Empty.ZERO
        return Line(component, tally, None, Decimal(0) if is_zero else None)
    if component.is_synchronised and synchronised is not None:
        rate *= synchronised
    return Line(component, tally, rate, points_for(rate, component))


def points_for(rate: Fraction, component: Component) -> Decimal:
    """Return the points of a rate (F-01): in proportion below the threshold, in full from it on."""
    share = min(rate / component.threshold, Fraction(1)) * Fraction(component.points)
    return _two_places(Decimal(share.numerator) / Decimal(share.denominator))


@dataclass(frozen=True, slots=True)
class Gap:
    """How a component differs: `national` and `local` points, None where it is left out."""

    code: ComponentCode
    national: Decimal | None
    local: Decimal | None

    @property
    def difference(self) -> Decimal | None:
        """Local less national; None where one of them is left out."""
        return None if self.national is None or self.local is None else self.local - self.national


def gaps(national: ServiceIndex, local: ServiceIndex) -> tuple[Gap, ...]:
    """Return the components that the two figures score differently, in the order of the local table (F-02)."""
    there = {line.component.code: line.points for line in national.lines}
    here = ((line.component.code, line.points) for line in local.lines)
    return tuple(Gap(code, there.get(code), points) for code, points in here if there.get(code) != points)


class Band(StrEnum):
    """How an index is called (F-03)."""

    EXCELLENT = "EXCELLENT"
    GOOD = "GOOD"
    FAIR = "FAIR"
    AVERAGE = "AVERAGE"
    WEAK = "WEAK"


BANDS: Final = (
    (Decimal(90), Band.EXCELLENT),
    (Decimal(80), Band.GOOD),
    (Decimal(70), Band.FAIR),
    (Decimal(50), Band.AVERAGE),
    (Decimal(0), Band.WEAK),
)
"""From which value on each holds."""


def band_of(value: Decimal) -> Band:
    """Return the band of an index from 0 to 100."""
    return next(band for least, band in BANDS if value >= least)


def ranked(values: Iterable[tuple[str, Decimal | None]]) -> list[tuple[int | None, str, Decimal | None]]:
    """Return (place, code, value) by value, the highest first; equal values share a place and the next one is skipped.

    Whoever has no value has no place, and stands last by code.
    """
    rows = sorted(values, key=lambda row: (row[1] is None, -(row[1] or 0), row[0]))
    known = [value for _code, value in rows if value is not None]
    return [(None if value is None else known.index(value) + 1, code, value) for code, value in rows]


def _two_places(value: Decimal) -> Decimal:
    return value.quantize(Decimal("0.01"), ROUND_HALF_UP)
