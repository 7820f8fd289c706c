"""The nine indices by which one-stop work is rated, and the grades made of them (B-51, B-52).

Source: docs/law/one-stop-rating.md. Each index is 0, 1 or 2. Six are given to each dossier and averaged; three are
given to the agency. An index that does not apply is skipped, never counted as nothing.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import IntEnum, StrEnum
from fractions import Fraction
from typing import Final

from motcua.rules.deadlines import Outcome


class Index(IntEnum):
    """The nine indices, by their numbers."""

    TOTAL_TIME = 1
    TIME_AT_UNITS = 2
    CONTACTS = 3
    AGENCIES = 4
    ORGANISATION = 5
    PUBLICITY = 6
    ATTITUDE = 7
    FEEDBACK = 8
    ONLINE = 9


OF_A_DOSSIER: Final = (
    Index.TOTAL_TIME,
    Index.TIME_AT_UNITS,
    Index.CONTACTS,
    Index.AGENCIES,
    Index.PUBLICITY,
    Index.ATTITUDE,
)
"""Given to each dossier; the others are given to the agency."""
OF_AN_OFFICIAL: Final = (Index.TOTAL_TIME, Index.TIME_AT_UNITS, Index.CONTACTS, Index.AGENCIES, Index.ATTITUDE)
"""What an official's grade is made of."""
_BY_OUTCOME: Final = {Outcome.EARLY: 2, Outcome.ON_TIME: 1, Outcome.LATE: 0}


class Tier(StrEnum):
    """Whose desk it is, as index 5 tells them apart; DISTRICT until 30/06/2025."""

    PROVINCE = "PROVINCE"
    DISTRICT = "DISTRICT"
    COMMUNE = "COMMUNE"


_WHOLE_AT_DESK: Final = {
    Tier.PROVINCE: Fraction(20, 100),
    Tier.DISTRICT: Fraction(50, 100),
    Tier.COMMUNE: Fraction(1),
}
"""From which share of procedures settled wholly at the desk index 5 is full."""


@dataclass(frozen=True, slots=True)
class RatedDossier:
    """What is rated of one dossier that ended.

    `whole` and `at_units` compare with the promise and with the terms of the units that handled it; None and empty: it
    had no term. `contacts` is how often people had to come to the desk again after they filed, None where that was
    their own fault; `agencies` how many agencies they had to go to, the one-stop desk included. `is_posted` and
    `is_published` tell whether the procedure stood at the desk and on the portal. `has_founded_complaint` leaves out
    complaints that were found to be wrong.
    """

    whole: Outcome | None
    at_units: tuple[Outcome, ...]
    contacts: int | None
    agencies: int
    is_posted: bool
    is_published: bool
    has_founded_complaint: bool


@dataclass(frozen=True, slots=True)
class RatedAgency:
    """What is rated of an agency in a period.

    `whole_at_desk` of `procedures` are received, decided and returned at the desk; `is_all_received` tells whether
    every procedure that may be is received there. `feedback_on_time` of `feedback` were answered on time.
    `online_procedures` can be filed online; `filed_online` of `filed` were, of which `online_late` came late.
    """

    tier: Tier
    procedures: int
    whole_at_desk: int
    is_all_received: bool
    feedback: int
    feedback_on_time: int
    online_procedures: int
    filed: int
    filed_online: int
    online_late: int


def dossier_points(dossier: RatedDossier) -> dict[Index, int | None]:
    """Return the points of each index of a dossier; None: it does not apply."""
    return {
        Index.TOTAL_TIME: None if dossier.whole is None else _BY_OUTCOME[dossier.whole],
        Index.TIME_AT_UNITS: _time_at_units(dossier.at_units),
        Index.CONTACTS: None if dossier.contacts is None else _falling(dossier.contacts),
        Index.AGENCIES: _falling(dossier.agencies),
        Index.PUBLICITY: dossier.is_posted + dossier.is_published,
        Index.ATTITUDE: _attitude(dossier),
    }


def _time_at_units(outcomes: Collection[Outcome]) -> int | None:
    """Return 0 where a unit was late, 2 where all were early, 1 otherwise; None of none."""
    return min((_BY_OUTCOME[one] for one in outcomes), default=None)


def _falling(count: int) -> int:
    return max(0, 2 - count)


def _attitude(dossier: RatedDossier) -> int | None:
    if dossier.has_founded_complaint:
        return 0
    return None if dossier.whole is None else _BY_OUTCOME[dossier.whole]


def agency_points(agency: RatedAgency) -> dict[Index, int | None]:
    """Return the points of the indices that are given to an agency; None: it does not apply."""
    return {
        Index.ORGANISATION: _organisation(agency),
        Index.FEEDBACK: _feedback(agency.feedback_on_time, agency.feedback),
        Index.ONLINE: _online(agency),
    }


def _organisation(agency: RatedAgency) -> int | None:
    if not agency.procedures:
        return None
    if Fraction(agency.whole_at_desk, agency.procedures) >= _WHOLE_AT_DESK[agency.tier]:
        return 2
    return int(agency.is_all_received)


def _feedback(on_time: int, received: int) -> int:
    if on_time == received:
        return 2
    return int(Fraction(on_time, received) >= Fraction(90, 100))


def _online(agency: RatedAgency) -> int | None:
    if not (agency.procedures and agency.filed):
        return None
    offers = Fraction(agency.online_procedures, agency.procedures) >= Fraction(20, 100)
    used = Fraction(agency.filed_online, agency.filed)
    if offers and used >= Fraction(30, 100) and not agency.online_late:
        return 2
    return int(used >= Fraction(15, 100))


def index_values(dossiers: Iterable[RatedDossier]) -> dict[Index, Decimal | None]:
    """Return the value of each index of `OF_A_DOSSIER`: points by dossiers it applies to, one place, half up (B-52)."""
    found: dict[Index, list[int]] = {index: [] for index in OF_A_DOSSIER}
    for dossier in dossiers:
        for index, points in dossier_points(dossier).items():
            if points is not None:
                found[index].append(points)
    return {index: _mean(points) for index, points in found.items()}


def _mean(points: list[int]) -> Decimal | None:
    return (Decimal(sum(points)) / len(points)).quantize(Decimal("0.1"), ROUND_HALF_UP) if points else None


class Grade(StrEnum):
    """How an agency is called."""

    EXCELLENT = "EXCELLENT"
    GOOD = "GOOD"
    FAIR = "FAIR"
    AVERAGE = "AVERAGE"
    WEAK = "WEAK"


class Fulfilment(StrEnum):
    """How far an official fulfils the task: wholly, from 70 % on, or less."""

    WHOLE = "WHOLE"
    MOSTLY = "MOSTLY"
    LESS = "LESS"


_GRADES: Final = (
    (Decimal(15), Grade.EXCELLENT),
    (Decimal(12), Grade.GOOD),
    (Decimal(9), Grade.FAIR),
    (Decimal(6), Grade.AVERAGE),
    (Decimal(0), Grade.WEAK),
)
_FULFILMENTS: Final = (
    (Decimal(5), Fulfilment.WHOLE),
    (Decimal("3.5"), Fulfilment.MOSTLY),
    (Decimal(0), Fulfilment.LESS),
)


@dataclass(frozen=True, slots=True)
class Total:
    """The sum of the indices that apply, and the same as if all of them did, which the grade is read from.

    `applied` of the indices do.
    """

    points: Decimal
    scaled: Decimal
    applied: int


def total(values: Mapping[Index, Decimal | int | None], of: Collection[Index]) -> Total | None:
    """Return the total over `of`; None where none of them applies."""
    known = [Decimal(value) for index in of if (value := values.get(index)) is not None]
    if not known:
        return None
    points = sum(known, Decimal(0))
    scaled = (points * len(of) / len(known)).quantize(Decimal("0.1"), ROUND_HALF_UP)
    return Total(points, scaled, len(known))


def grade_of(found: Total) -> Grade:
    """Return the grade of an agency from its total over all nine."""
    return next(grade for least, grade in _GRADES if found.scaled >= least)


def fulfilment_of(found: Total) -> Fulfilment:
    """Return how far an official fulfils the task, from the total over `OF_AN_OFFICIAL`."""
    return next(one for least, one in _FULFILMENTS if found.scaled >= least)
