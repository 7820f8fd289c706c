"""The levels of online service: schemes by date, migration, claims, the 30 % rule, targets (D-01 to D-04)."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.rules.permissions import Role, RoleGrant
from motcua.rules.service_levels import (
    Axis,
    Gap,
    Level,
    LevelNotInScheme,
    Offered,
    Scheme,
    axis_of,
    check_level,
    gaps,
    is_reached,
    levels_on,
    may_keep_levels,
    migrated,
    rises_to,
    scheme_on,
    should_rise,
)

DAY = date(2026, 7, 31)
NOTHING = Offered(files_online=False, result_from_afar=False, needs_presence=True)
EVERYTHING = Offered(files_online=True, result_from_afar=True, needs_presence=False)
counts = st.integers(0, 10_000)


@pytest.mark.parametrize(
    ("day", "scheme", "count"),
    [
        (date(2022, 6, 23), Scheme.LEGACY, 4),
        (date(2022, 6, 24), Scheme.DECREE_42, 3),
        (date(2026, 6, 30), Scheme.DECREE_42, 3),
        (date(2026, 7, 1), Scheme.DECREE_224, 7),
    ],
)
def test_scheme_by_day(day: date, scheme: Scheme, count: int) -> None:
    assert scheme_on(day) is scheme
    assert len(levels_on(day)) == count


def test_a_level_is_named_in_its_scheme_only() -> None:
    check_level(Level.LEGACY_4, date(2022, 6, 23))
    check_level(Level.PROACTIVE_4, date(2026, 7, 1))
    with pytest.raises(LevelNotInScheme) as refused:
        check_level(Level.PROACTIVE_1, date(2026, 6, 30))
    assert refused.value.levels == (Level.INFORMATION, Level.PARTIAL, Level.FULL)


@pytest.mark.parametrize("level", Level)
def test_a_level_stands_on_one_axis(level: Level) -> None:
    assert axis_of(level) is (Axis.PROACTIVE if level.value.startswith("PROACTIVE") else Axis.EXTENT)


@pytest.mark.parametrize(
    ("level", "needs_presence", "became"),
    [
        (Level.LEGACY_1, False, Level.INFORMATION),
        (Level.LEGACY_2, False, Level.INFORMATION),
        (Level.LEGACY_3, False, Level.FULL),
        (Level.LEGACY_3, True, Level.PARTIAL),
        (Level.LEGACY_4, True, Level.FULL),
        (Level.PARTIAL, False, Level.PARTIAL),
    ],
)
def test_migration(level: Level, needs_presence: bool, became: Level) -> None:
    assert migrated(level, needs_presence=needs_presence) is became


@given(st.sampled_from(Level), st.booleans())
def test_what_is_migrated_is_not_legacy_and_stays(level: Level, needs_presence: bool) -> None:
    once = migrated(level, needs_presence=needs_presence)
    assert once not in levels_on(date(2022, 6, 23))
    assert migrated(once, needs_presence=needs_presence) is once


@pytest.mark.parametrize(
    ("level", "missing"),
    [
        (Level.LEGACY_1, ()),
        (Level.LEGACY_2, ()),
        (Level.INFORMATION, ()),
        (Level.LEGACY_3, (Gap.NO_ONLINE_FILING,)),
        (Level.PARTIAL, (Gap.NO_ONLINE_FILING,)),
        (Level.LEGACY_4, (Gap.NO_ONLINE_FILING, Gap.NO_RESULT_FROM_AFAR)),
        (Level.FULL, (Gap.NO_ONLINE_FILING, Gap.NO_RESULT_FROM_AFAR, Gap.PRESENCE_NEEDED)),
        (Level.PROACTIVE_4, (Gap.NO_ONLINE_FILING,)),
    ],
)
def test_what_a_level_claims_in_vain(level: Level, missing: tuple[Gap, ...]) -> None:
    assert gaps(level, NOTHING) == missing
    assert gaps(level, EVERYTHING) == ()


@pytest.mark.parametrize(
    ("online", "total", "rises"), [(0, 0, False), (29, 100, False), (30, 100, True), (3, 10, True), (299, 1000, False)]
)
def test_thirty_per_cent(online: int, total: int, rises: bool) -> None:
    assert should_rise(online, total) is rises


@given(counts, counts)
def test_one_more_online_never_takes_a_rise_back(online: int, paper: int) -> None:
    assert should_rise(online + 1, online + paper + 1) or not should_rise(online, online + paper)


def test_what_a_level_rises_to() -> None:
    assert rises_to(Level.LEGACY_3) is Level.LEGACY_4
    assert rises_to(Level.PARTIAL) is Level.FULL
    assert rises_to(Level.FULL) is None


@pytest.mark.parametrize(
    ("part", "total", "target", "reached"),
    [(0, 0, 80, None), (79, 100, 80, False), (80, 100, 80, True), (0, 5, 0, True), (5, 5, 100, True)],
)
def test_target(part: int, total: int, target: int, reached: bool | None) -> None:
    assert is_reached(part, total, target) is reached


def test_who_keeps_levels() -> None:
    keeper = RoleGrant(
        role=Role.PROCEDURE_CONTROL_OFFICER, unit_id=1, valid_from=DAY, valid_until=DAY + timedelta(days=1)
    )
    assert may_keep_levels([1], [keeper], on=DAY)
    assert not may_keep_levels([2], [keeper], on=DAY)
    assert not may_keep_levels([1], [keeper], on=DAY + timedelta(days=1))
    signer = RoleGrant(role=Role.SIGNER, unit_id=1, valid_from=DAY, valid_until=None)
    assert not may_keep_levels([1], [signer], on=DAY)
