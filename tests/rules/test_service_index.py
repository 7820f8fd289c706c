"""The index of Decision 766: points, thresholds, the two figures and their gap (F-01 to F-03)."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.rules.service_index import (
    EDITIONS,
    Band,
    Component,
    ComponentCode,
    Edition,
    Empty,
    Group,
    ServiceIndex,
    Tally,
    TallyImpossible,
    band_of,
    edition_on,
    gaps,
    pleased,
    points_for,
    ranked,
    service_index,
)

DECISION_766 = EDITIONS[0]
C = ComponentCode
TALLIES = st.integers(0, 500).flatmap(lambda total: st.builds(Tally, st.integers(0, total), st.just(total)))
COUNTED = st.dictionaries(st.sampled_from(C), TALLIES)


def component(code: ComponentCode) -> Component:
    return next(one for one in DECISION_766.components if one.code is code)


def points(code: ComponentCode, conforming: int, total: int) -> Decimal | None:
    index = service_index(DECISION_766, {code: Tally(conforming, total)})
    return next(line.points for line in index.lines if line.component.code is code)


def test_the_groups_have_the_points_of_the_decision() -> None:
    out_of = {group: sum(one.points for one in DECISION_766.components if one.group is group) for group in Group}

    assert list(out_of.values()) == [18, 20, 12, 10, 22, 18]
    assert sum(out_of.values()) == 100


def test_every_component_stands_once_in_every_edition() -> None:
    assert [[one.code for one in edition.components] for edition in EDITIONS] == [list(C)]


@pytest.mark.parametrize(
    ("code", "conforming", "total", "expected"),
    [
        (C.ON_TIME, 10, 10, "20.00"),
        (C.ON_TIME, 95, 100, "19.00"),
        (C.ON_TIME, 1, 3, "6.67"),
        (C.ON_TIME, 0, 4, "0.00"),
        (C.OFFERED_ONLINE, 80, 100, "2.00"),  # the threshold itself has all points
        (C.OFFERED_ONLINE, 100, 100, "2.00"),
        (C.OFFERED_ONLINE, 40, 100, "1.00"),
        (C.FILED_ONLINE, 49, 100, "5.88"),
        (C.FILED_ONLINE, 50, 100, "6.00"),
        (C.PAPERS_DIGITISED, 79, 100, "3.95"),
        (C.PROCEDURE_SATISFACTION, 9, 10, "6.00"),
        (C.PROCEDURE_SATISFACTION, 899, 1000, "5.99"),
    ],
)
def test_points_are_in_proportion_below_the_threshold(
    code: ComponentCode, conforming: int, total: int, expected: str
) -> None:
    assert points(code, conforming, total) == Decimal(expected)


def test_of_nothing_a_component_is_left_out_or_worth_nothing_as_its_setting_says() -> None:
    assert points(C.ON_TIME, 0, 0) is None

    strict = Edition(date(2026, 1, 1), "x", (Component(C.ON_TIME, Group.PROGRESS, Decimal(20), empty=Empty.ZERO),))
    index = service_index(strict, {C.ON_TIME: Tally(0, 0)})

    assert (index.points, index.out_of, index.value) == (Decimal(0), Decimal(20), Decimal(0))
    assert service_index(strict, {}).value is None  # nobody counts it: that is not the same as none


def test_what_is_left_out_makes_the_index_neither_better_nor_worse() -> None:
    index = service_index(DECISION_766, {C.ON_TIME: Tally(9, 10), C.FULL_PARTS: Tally(1, 2)})

    assert (index.points, index.out_of, index.value) == (Decimal("19.00"), Decimal(22), Decimal("86.36"))
    assert index.group(Group.PROGRESS).value == Decimal("90.00")
    assert index.group(Group.SATISFACTION).value is None


def test_the_national_figure_counts_what_reached_the_portal_and_the_gap_says_where() -> None:
    tallies = {C.FILED_ONLINE: Tally(40, 100), C.SYNCHRONISED: Tally(50, 100), C.ON_TIME: Tally(1, 1)}

    national = service_index(DECISION_766, tallies, synchronised=Fraction(1, 2))
    local = service_index(DECISION_766, tallies)

    assert [(gap.code, gap.national, gap.local, gap.difference) for gap in gaps(national, local)] == [
        (C.FILED_ONLINE, Decimal("2.40"), Decimal("4.80"), Decimal("2.40"))
    ]


def test_a_gap_of_what_one_of_them_cannot_count_has_no_difference() -> None:
    local = service_index(DECISION_766, {C.ON_TIME: Tally(1, 1)})

    (gap,) = gaps(ServiceIndex(()), local)

    assert (gap.code, gap.national, gap.local, gap.difference) == (C.ON_TIME, None, Decimal("20.00"), None)


def test_late_ones_and_complaints_are_both_taken_off_and_never_below_nothing() -> None:
    assert pleased(100, 5, 3) == Tally(92, 100)
    assert pleased(2, 2, 1) == Tally(0, 2)
    assert pleased(0, 0, 0).rate is None


@pytest.mark.parametrize(("conforming", "total"), [(3, 2), (-1, 2)])
def test_more_than_all_and_fewer_than_none_are_refused(conforming: int, total: int) -> None:
    with pytest.raises(TallyImpossible):
        Tally(conforming, total)


@pytest.mark.parametrize(
    ("value", "band"),
    [
        ("100", Band.EXCELLENT),
        ("90", Band.EXCELLENT),
        ("89.99", Band.GOOD),
        ("80", Band.GOOD),
        ("79.99", Band.FAIR),
        ("70", Band.FAIR),
        ("69.99", Band.AVERAGE),
        ("50", Band.AVERAGE),
        ("49.99", Band.WEAK),
        ("0", Band.WEAK),
    ],
)
def test_bands(value: str, band: Band) -> None:
    assert band_of(Decimal(value)) is band


def test_the_index_runs_from_its_first_day() -> None:
    assert edition_on(date(2022, 7, 31)) is None
    assert edition_on(date(2022, 8, 1)) is DECISION_766
    assert edition_on(date(2026, 11, 1)) is DECISION_766


def test_equal_values_share_a_place_and_no_value_has_none() -> None:
    assert ranked([("c", None), ("b", Decimal(90)), ("a", Decimal(90)), ("d", Decimal(80))]) == [
        (1, "a", Decimal(90)),
        (1, "b", Decimal(90)),
        (3, "d", Decimal(80)),
        (None, "c", None),
    ]


@given(COUNTED)
def test_the_index_lies_between_nothing_and_a_hundred_and_is_the_sum_of_its_groups(
    tallies: dict[ComponentCode, Tally],
) -> None:
    index = service_index(DECISION_766, tallies)

    assert 0 <= index.points <= index.out_of <= 100
    assert index.value is None or 0 <= index.value <= 100
    assert index.points == sum(index.group(group).points for group in Group)
    assert index.out_of == sum(index.group(group).out_of for group in Group)


@given(st.sampled_from(DECISION_766.components), st.fractions(0, 1), st.fractions(0, 1))
def test_a_better_rate_never_has_fewer_points(one: Component, left: Fraction, right: Fraction) -> None:
    low, high = sorted((left, right))

    assert points_for(low, one) <= points_for(high, one) <= one.points


@given(COUNTED, st.fractions(0, 1))
def test_the_national_figure_is_never_above_the_local_one(
    tallies: dict[ComponentCode, Tally], synchronised: Fraction
) -> None:
    national = service_index(DECISION_766, tallies, synchronised=synchronised)
    local = service_index(DECISION_766, tallies)

    assert national.points <= local.points
    assert all(gap.difference is None or gap.difference > 0 for gap in gaps(national, local))
