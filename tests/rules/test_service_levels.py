"""The levels of online service: schemes by date, migration, claims, the 30 % rule, targets (D-01 to D-04)."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.rules.permissions import Role, RoleGrant
from motcua.rules.service_levels import (
    Axis,
    Claim,
    Level,
    LevelNotInScheme,
    Offered,
    Scheme,
    Weighed,
    as_offered,
    axis_of,
    check_level,
    is_reached,
    judged_on,
    levels_on,
    may_keep_levels,
    migrated,
    read_on,
    rise_terms_on,
    scheme_on,
    should_rise,
    weigh,
)

DAY = date(2026, 7, 31)
NOTHING = Offered(files_online=False, pays_online=False, result_from_afar=False, needs_presence=True)
EVERYTHING = Offered(files_online=True, pays_online=True, result_from_afar=True, needs_presence=False)
UNSEEN = Offered(files_online=None, pays_online=None, result_from_afar=None, needs_presence=None)
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
    ("level", "day", "needs_presence", "read"),
    [
        (Level.LEGACY_3, date(2022, 6, 23), False, Level.LEGACY_3),
        (Level.LEGACY_3, date(2022, 6, 24), False, Level.FULL),
        (Level.LEGACY_3, date(2022, 6, 24), True, Level.PARTIAL),
        (Level.LEGACY_3, DAY, None, Level.PARTIAL),
        (Level.LEGACY_4, DAY, None, Level.FULL),
        (Level.LEGACY_2, DAY, None, Level.INFORMATION),
        (Level.PROACTIVE_1, DAY, None, Level.PROACTIVE_1),
    ],
)
def test_an_older_level_is_read_in_the_names_of_the_day(
    level: Level, day: date, needs_presence: bool | None, read: Level
) -> None:
    assert read_on(level, day, needs_presence=needs_presence) is read


ALL = (Claim.FILED_ONLINE, Claim.PAID_ONLINE, Claim.RESULT_FROM_AFAR, Claim.NO_PRESENCE)


@pytest.mark.parametrize(
    ("level", "claims"),
    [
        (Level.LEGACY_1, ()),
        (Level.LEGACY_2, ()),
        (Level.INFORMATION, ()),
        (Level.LEGACY_3, ALL[:1]),
        (Level.PARTIAL, ALL[:1]),
        (Level.LEGACY_4, ALL[:3]),
        (Level.FULL, ALL),
        (Level.PROACTIVE_4, ()),
    ],
)
def test_what_a_level_claims(level: Level, claims: tuple[Claim, ...]) -> None:
    assert weigh(level, NOTHING) == Weighed(broken=claims, unchecked=())
    assert weigh(level, UNSEEN) == Weighed(broken=(), unchecked=claims)
    assert weigh(level, EVERYTHING) == Weighed((), ())


def test_only_what_was_looked_at_is_broken() -> None:
    offered = Offered(files_online=True, pays_online=False, result_from_afar=None, needs_presence=False)
    assert weigh(Level.FULL, offered) == Weighed((Claim.PAID_ONLINE,), (Claim.RESULT_FROM_AFAR,))


@pytest.mark.parametrize(
    ("level", "offered", "told"),
    [
        (Level.FULL, EVERYTHING, Level.FULL),
        (Level.FULL, UNSEEN, Level.FULL),
        (Level.FULL, replace(EVERYTHING, needs_presence=True), Level.PARTIAL),
        (Level.FULL, replace(EVERYTHING, pays_online=False), Level.PARTIAL),
        (Level.FULL, NOTHING, Level.INFORMATION),
        (Level.PARTIAL, replace(EVERYTHING, needs_presence=True), Level.PARTIAL),
        (Level.PARTIAL, NOTHING, Level.INFORMATION),
        (Level.INFORMATION, NOTHING, Level.INFORMATION),
        (Level.PROACTIVE_2, NOTHING, Level.PROACTIVE_2),
    ],
)
def test_people_are_told_no_more_than_is_so(level: Level, offered: Offered, told: Level) -> None:
    assert as_offered(level, offered) is told


@pytest.mark.parametrize(
    ("day", "rises"),
    [
        (date(2019, 1, 5), None),
        (date(2019, 1, 6), {Level.LEGACY_3: Level.LEGACY_4}),
        (date(2022, 6, 23), {Level.LEGACY_3: Level.LEGACY_4}),
        (date(2022, 6, 24), {Level.PARTIAL: Level.FULL}),
        (DAY, {Level.PARTIAL: Level.FULL}),
    ],
)
def test_what_rises_on_a_day(day: date, rises: dict[Level, Level] | None) -> None:
    terms = rise_terms_on(day)
    assert (terms and terms.rises) == rises
    assert terms is None or (terms.percent, terms.counted_days) == (30, 365)


@given(st.dates(date(2019, 1, 6), date(2030, 1, 1)))
def test_a_level_never_rises_to_a_name_that_has_ended(day: date) -> None:
    terms = rise_terms_on(day)
    assert terms is not None
    assert {*terms.rises, *terms.rises.values()} <= set(levels_on(day))


@pytest.mark.parametrize(
    ("online", "total", "rises"), [(0, 0, False), (29, 100, False), (30, 100, True), (3, 10, True), (299, 1000, False)]
)
def test_thirty_per_cent(online: int, total: int, rises: bool) -> None:
    assert should_rise(online, total, 30) is rises


@given(counts, counts)
def test_one_more_online_never_takes_a_rise_back(online: int, paper: int) -> None:
    assert should_rise(online + 1, online + paper + 1, 30) or not should_rise(online, online + paper, 30)


@pytest.mark.parametrize(
    ("year", "day"), [(2025, date(2025, 12, 31)), (2026, date(2026, 7, 31)), (2027, None), (2011, date(2011, 12, 31))]
)
def test_when_a_target_is_judged(year: int, day: date | None) -> None:
    assert judged_on(year, DAY) == day


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
