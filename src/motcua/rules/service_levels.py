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
RISES_AT_PERCENT: Final = 30
"""The share of dossiers filed online from which a level is to be raised (D-04)."""

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
_RISES_TO: Final = {Level.LEGACY_3: Level.LEGACY_4, Level.PARTIAL: Level.FULL}


class LevelNotInScheme(Exception):
    """The level is not one of those in use on that day; `levels` are."""

    def __init__(self, levels: tuple[Level, ...]) -> None:
        super().__init__(", ".join(levels))
        self.levels = levels


class Gap(StrEnum):
    """What a level claims and the procedure does not offer."""

    NO_ONLINE_FILING = "NO_ONLINE_FILING"
    NO_RESULT_FROM_AFAR = "NO_RESULT_FROM_AFAR"
    PRESENCE_NEEDED = "PRESENCE_NEEDED"


@dataclass(frozen=True, slots=True)
class Offered:
    """What a procedure offers: filing online, the result online or by post, and whether one must come in person."""

    files_online: bool
    result_from_afar: bool
    needs_presence: bool


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


def gaps(level: Level, offered: Offered) -> tuple[Gap, ...]:
    """Return what `level` claims and is not `offered`, in the order of `Gap`.

    Level 3 and partial claim filing online; level 4 and full also a result online or by post; only full claims that
    nobody need come (D-01, D-02). What a proactive level claims beyond filing is not judged here.
    """
    found = list[Gap]()
    if level not in (Level.LEGACY_1, Level.LEGACY_2, Level.INFORMATION) and not offered.files_online:
        found.append(Gap.NO_ONLINE_FILING)
    if level in (Level.LEGACY_4, Level.FULL) and not offered.result_from_afar:
        found.append(Gap.NO_RESULT_FROM_AFAR)
    if level is Level.FULL and offered.needs_presence:
        found.append(Gap.PRESENCE_NEEDED)
    return tuple(found)


def rises_to(level: Level) -> Level | None:
    """Return the level the 30 % rule would raise `level` to; None where it says nothing of it (D-04)."""
    return _RISES_TO.get(level)


def should_rise(online_count: int, total_count: int) -> bool:
    """Tell whether at least 30 % of `total_count` dossiers were filed online; without a dossier, no (D-04)."""
    return total_count > 0 and online_count * 100 >= RISES_AT_PERCENT * total_count


def is_reached(part_count: int, total_count: int, target_percent: int) -> bool | None:
    """Tell whether `part_count` of `total_count` reaches a target in per cent; None where there is nothing to count."""
    return part_count * 100 >= target_percent * total_count if total_count else None


def may_keep_levels(province_ids: Collection[int], grants: Iterable[RoleGrant], *, on: date) -> bool:
    """Tell whether an official with `grants` may on `on` set levels and targets: who controls procedures there."""
    role = Role.PROCEDURE_CONTROL_OFFICER
    return any(grant.role is role and grant.unit_id in province_ids and grant.holds_on(on) for grant in grants)
