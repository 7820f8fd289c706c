"""How far a procedure can be done online: levels of each scheme, what they claim, when to raise them (D-01 to D-04).

Source: docs/law/service-levels.md. A scheme holds between two days, both counted; a level is only named in its scheme.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from motcua.rules.permissions import Role, RoleGrant


class Scheme(StrEnum):
    """Whose names the levels bear."""

    LEGACY = "LEGACY"
    DECREE_42 = "DECREE_42"
    DECREE_224 = "DECREE_224"


class Level(StrEnum):
    """A level: 1 to 4 (D-01), then full, partial or information only (D-02), and proactive 1 to 4 (D-03)."""

    LEGACY_1 = "LEGACY_1"
    LEGACY_2 = "LEGACY_2"
    LEGACY_3 = "LEGACY_3"
    LEGACY_4 = "LEGACY_4"
    INFORMATION = "INFORMATION"
    PARTIAL = "PARTIAL"
    FULL = "FULL"
    PROACTIVE_1 = "PROACTIVE_1"
    PROACTIVE_2 = "PROACTIVE_2"
    PROACTIVE_3 = "PROACTIVE_3"
    PROACTIVE_4 = "PROACTIVE_4"


class Axis(StrEnum):
    """What a level tells: how much can be done online, or what the agency does unasked; both hold at once (D-03)."""

    EXTENT = "EXTENT"
    PROACTIVE = "PROACTIVE"


DECREE_42_FROM: Final = date(2022, 6, 24)
DECREE_224_FROM: Final = date(2026, 7, 1)
_LEGACY = (Level.LEGACY_1, Level.LEGACY_2, Level.LEGACY_3, Level.LEGACY_4)
_EXTENT = (Level.INFORMATION, Level.PARTIAL, Level.FULL)
_PROACTIVE = (Level.PROACTIVE_1, Level.PROACTIVE_2, Level.PROACTIVE_3, Level.PROACTIVE_4)
PROACTIVE: Final = frozenset(_PROACTIVE)
"""The levels of the axis of that name; all others tell how much can be done online."""
_LEVELS: Final = {
    Scheme.LEGACY: _LEGACY,
    Scheme.DECREE_42: _EXTENT,
    Scheme.DECREE_224: _EXTENT + _PROACTIVE,
}


@dataclass(frozen=True, slots=True)
class RiseTerms:
    """When a level is to be raised, from `valid_from` on, and to which one (D-04).

    At least `percent` of the dossiers handed in during the `counted_days` before must have been filed online.
    """

    valid_from: date
    percent: int
    counted_days: int
    rises: dict[Level, Level]


RISE_TERMS: Final = (
    RiseTerms(date(2019, 1, 6), 30, 365, {Level.LEGACY_3: Level.LEGACY_4}),
    RiseTerms(DECREE_42_FROM, 30, 365, {Level.PARTIAL: Level.FULL}),
)
"""Dated, the oldest first: the 30 % of Circular 01/2018 Art 21; the days and the second line are ours [U]."""


class LevelNotInScheme(Exception):
    """The level is not one of those in use on that day; `levels` are."""

    def __init__(self, levels: tuple[Level, ...]) -> None:
        super().__init__(", ".join(levels))
        self.levels = levels


class Claim(StrEnum):
    """What a level says of a procedure, in the order in which it is told."""

    FILED_ONLINE = "FILED_ONLINE"
    PAID_ONLINE = "PAID_ONLINE"
    RESULT_FROM_AFAR = "RESULT_FROM_AFAR"
    NO_PRESENCE = "NO_PRESENCE"


_CLAIMED_BY: Final = {
    Claim.FILED_ONLINE: frozenset({Level.LEGACY_3, Level.LEGACY_4, Level.PARTIAL, Level.FULL}),
    Claim.PAID_ONLINE: frozenset({Level.LEGACY_4, Level.FULL}),
    Claim.RESULT_FROM_AFAR: frozenset({Level.LEGACY_4, Level.FULL}),
    Claim.NO_PRESENCE: frozenset({Level.FULL}),
}
"""Which levels say it (D-01, D-02); a proactive level says nothing of its own here, the other axis tells."""


@dataclass(frozen=True, slots=True)
class Offered:
    """What a procedure offers at a place; None where nobody looked.

    A result from afar comes online or by post. Where nothing is to be paid, `pays_online` holds.
    """

    files_online: bool | None
    pays_online: bool | None
    result_from_afar: bool | None
    needs_presence: bool | None


@dataclass(frozen=True, slots=True)
class Weighed:
    """What a level claims beside what is so: `broken` claims do not hold, `unchecked` ones nobody looked at."""

    broken: tuple[Claim, ...]
    unchecked: tuple[Claim, ...]


def scheme_on(day: date) -> Scheme:
    """Return the scheme in use on `day` (D-01 to D-03)."""
    if day < DECREE_42_FROM:
        return Scheme.LEGACY
    return Scheme.DECREE_42 if day < DECREE_224_FROM else Scheme.DECREE_224


def levels_on(day: date) -> tuple[Level, ...]:
    """Return the levels that may be named on `day`, the least first."""
    return _LEVELS[scheme_on(day)]


def axis_of(level: Level) -> Axis:
    """Return the axis on which `level` stands: a level pushes out the one before it on its own axis only."""
    return Axis.PROACTIVE if level in PROACTIVE else Axis.EXTENT


def check_level(level: Level, day: date) -> None:
    """Raise `LevelNotInScheme` unless `level` may be named on `day`."""
    if level not in levels_on(day):
        raise LevelNotInScheme(levels_on(day))


def migrated(level: Level, *, needs_presence: bool) -> Level:
    """Return what a level of the legacy scheme became on 24/06/2022; any other level stays as it is (D-02).

    Level 3 became full where nobody need come in person, else partial.
    """
    if level is Level.LEGACY_4:
        return Level.FULL
    if level is Level.LEGACY_3:
        return Level.PARTIAL if needs_presence else Level.FULL
    return Level.INFORMATION if level in _LEGACY else level


def read_on(level: Level, day: date, *, needs_presence: bool | None) -> Level:
    """Return what a level set under an older scheme is called on `day`; one still in use stays as it is (D-02).

    `needs_presence` None: nobody looked whether one must come in person, and the lesser level is read.
    """
    return level if level in levels_on(day) else migrated(level, needs_presence=needs_presence is not False)


def weigh(level: Level, offered: Offered) -> Weighed:
    """Return which claims of `level` do not hold by what is `offered`, and which nobody looked at (D-01, D-02)."""
    holds = {
        Claim.FILED_ONLINE: offered.files_online,
        Claim.PAID_ONLINE: offered.pays_online,
        Claim.RESULT_FROM_AFAR: offered.result_from_afar,
        Claim.NO_PRESENCE: None if offered.needs_presence is None else not offered.needs_presence,
    }
    claimed = [claim for claim in Claim if level in _CLAIMED_BY[claim]]
    return Weighed(
        broken=tuple(claim for claim in claimed if holds[claim] is False),
        unchecked=tuple(claim for claim in claimed if holds[claim] is None),
    )


def as_offered(level: Level, offered: Offered) -> Level:
    """Return what people may be told instead of `level` where it does not hold: a lesser one, never a greater.

    Nothing more than information where one cannot file online, partial where another claim does not hold. What nobody
    looked at is believed.
    """
    broken = weigh(level, offered).broken
    if not broken:
        return level
    return Level.INFORMATION if Claim.FILED_ONLINE in broken else Level.PARTIAL


def rise_terms_on(day: date) -> RiseTerms | None:
    """Return when levels are to be raised as of `day`; None before there was a rule (D-04)."""
    return next((terms for terms in reversed(RISE_TERMS) if terms.valid_from <= day), None)


def should_rise(online_count: int, total_count: int, percent: int) -> bool:
    """Tell whether at least `percent` of `total_count` dossiers were filed online; without a dossier, no (D-04)."""
    return total_count > 0 and online_count * 100 >= percent * total_count


def judged_on(year: int, today: date) -> date | None:
    """Return the day on which the target of `year` is judged: its last day, `today` while it runs, None before it."""
    return min(date(year, 12, 31), today) if year <= today.year else None


def is_reached(part_count: int, total_count: int, target_percent: int) -> bool | None:
    """Tell whether `part_count` of `total_count` reaches a target in per cent; None where there is nothing to count."""
    return part_count * 100 >= target_percent * total_count if total_count else None


def may_keep_levels(province_ids: Collection[int], grants: Iterable[RoleGrant], *, on: date) -> bool:
    """Tell whether an official with `grants` may on `on` set levels and targets: who controls procedures there."""
    role = Role.PROCEDURE_CONTROL_OFFICER
    return any(grant.role is role and grant.unit_id in province_ids and grant.holds_on(on) for grant in grants)
