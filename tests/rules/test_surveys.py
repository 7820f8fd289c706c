"""Surveys: the draw, the index, its interval, and who kept silent (E-10, E-11)."""

from collections import Counter
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.rules.surveys import (
    Answer,
    Drawn,
    Estimate,
    Sizes,
    draw,
    estimate,
    index_of,
    mean_index,
    silences,
)

ONE = Fraction(1)
FRAME = {
    f"xa-{unit}": {f"ap-{group}": [f"{unit}-{group}-{place}" for place in range(10 * group)] for group in (1, 2, 3)}
    for unit in range(5)
}
FRAMES = st.dictionaries(
    st.text("ab", min_size=1, max_size=3),
    st.dictionaries(
        st.text("cd", min_size=1, max_size=3),
        st.lists(st.integers(0, 99).map(str), unique=True, max_size=6),
        max_size=4,
    ),
    max_size=5,
)
SIZES = st.builds(Sizes, st.integers(1, 4), st.integers(1, 3), st.integers(1, 4))
ANSWERS = st.lists(
    st.builds(
        Answer,
        st.sampled_from("abc"),
        st.fractions(Fraction(1, 10), 50, max_denominator=10),
        st.none() | st.integers(0, 6),
    ),
    max_size=40,
)


def answers(satisfied: int, others: int, *, unit: str = "a") -> list[Answer]:
    return [Answer(unit, ONE, 5)] * satisfied + [Answer(unit, ONE, 2)] * others


def test_a_draw_takes_so_many_at_each_stage_and_weighs_them_by_what_they_stand_for() -> None:
    found = draw(FRAME, Sizes(units=2, groups=2, dossiers=5), "2026")

    assert (len({one.unit for one in found}), len({(one.unit, one.group) for one in found}), len(found)) == (2, 4, 20)
    assert {one.weight for one in found if one.group == "ap-2"} <= {Fraction(5, 2) * Fraction(3, 2) * Fraction(20, 5)}


def test_the_same_seed_draws_the_same_and_another_does_not() -> None:
    sizes = Sizes(units=3, groups=1, dossiers=4)
    turned = {unit: dict(reversed(groups.items())) for unit, groups in reversed(FRAME.items())}

    assert draw(FRAME, sizes, "2026") == draw(turned, sizes, "2026")
    assert draw(FRAME, sizes, "2026") != draw(FRAME, sizes, "2027")


def test_whoever_is_all_there_is_stands_for_itself() -> None:
    assert draw({"a": {"b": ["1"]}, "c": {}, "d": {"e": []}}, Sizes(9, 9, 9), "x") == (Drawn("a", "b", "1", ONE),)
    assert draw({}, Sizes(1, 1, 1), "x") == ()


@given(FRAMES, SIZES, st.text(max_size=4))
def test_nobody_is_drawn_twice_and_the_weights_are_right_on_average(
    frame: dict[str, dict[str, list[str]]], sizes: Sizes, seed: str
) -> None:
    found = draw(frame, sizes, seed)

    assert len({(one.unit, one.group, one.dossier) for one in found}) == len(found)
    assert all(one.dossier in frame[one.unit][one.group] and one.weight >= 1 for one in found)
    per_group = Counter((one.unit, one.group) for one in found)
    assert all(count <= sizes.dossiers for count in per_group.values())


def test_every_dossier_has_the_chance_that_its_weight_says() -> None:
    frame = {"a": {"g": ["1", "2"], "h": ["3"]}, "b": {"g": ["4", "5", "6"]}}
    sizes, rounds = Sizes(1, 1, 1), 4000

    drawn = Counter((one.unit, one.dossier) for seed in range(rounds) for one in draw(frame, sizes, str(seed)))

    expected = {
        ("a", "1"): 1 / 8,
        ("a", "2"): 1 / 8,
        ("a", "3"): 1 / 4,
        **dict.fromkeys([("b", "4"), ("b", "5"), ("b", "6")], 1 / 6),
    }
    assert {key: count / rounds for key, count in drawn.items()} == pytest.approx(expected, abs=0.025)


def test_the_index_is_the_share_of_fours_and_fives_among_valid_answers() -> None:
    marks = [5, 4, 3, 2, 1, None, 0, 6]
    found = estimate(Answer("a", ONE, mark) for mark in marks)

    assert found is not None
    assert (found.count, index_of(found)) == (5, Fraction(40))


def test_weights_move_the_share() -> None:
    found = estimate([Answer("a", Fraction(9), 5), Answer("b", Fraction(1), 1)])

    assert found is not None
    assert found.share == pytest.approx(0.9)


def test_without_a_valid_answer_there_is_no_estimate() -> None:
    assert estimate([]) is None
    assert estimate([Answer("a", ONE, None), Answer("a", ONE, 9)]) is None


def test_the_interval_of_a_plain_draw_is_wilsons() -> None:
    """90 of 100: 82.56 to 94.48 per cent, as the tables have it."""
    found = estimate(answers(90, 10))

    assert found is not None
    assert (round(found.low, 4), round(found.high, 4), found.effective) == (0.8256, 0.9448, 100)


def test_answers_of_a_unit_that_resemble_each_other_are_worth_less() -> None:
    alike = estimate([*answers(50, 0, unit="a"), *answers(0, 50, unit="b")])
    mixed = estimate([*answers(25, 25, unit="a"), *answers(25, 25, unit="b")])

    assert alike is not None
    assert mixed is not None
    assert alike.share == mixed.share == 0.5
    assert alike.effective < 5 < mixed.effective == 100
    assert (alike.low, alike.high) < (mixed.low, 1)


def test_fewer_than_thirty_answers_are_compared_with_nothing() -> None:
    few, enough = estimate(answers(29, 0)), estimate(answers(30, 0))

    assert few is not None
    assert enough is not None
    assert (few.may_be_compared, enough.may_be_compared) == (False, True)


def test_the_index_has_two_places() -> None:
    assert index_of(Estimate(2 / 3, 0, 1, 3, 3)) == Fraction(6667, 100)


def test_a_factor_is_the_weighted_mean_of_its_questions() -> None:
    assert mean_index([(Fraction(80), Fraction(1)), (Fraction(90), Fraction(3))]) == Fraction(175, 2)
    assert mean_index([]) is None
    assert mean_index([(Fraction(80), Fraction(0))]) is None


def test_who_kept_silent_stands_first() -> None:
    """Of 100 asked 20 had come late; of the 40 who answered only 2."""
    found = silences({"1 tuần": 70, "1 tháng": 10, "quá hạn": 20}, {"1 tuần": 34, "1 tháng": 4, "quá hạn": 2})

    assert [(one.category, one.rate, one.difference) for one in found] == [
        ("1 tuần", Fraction(34, 70), Fraction(15, 100)),
        ("quá hạn", Fraction(1, 10), Fraction(-15, 100)),
        ("1 tháng", Fraction(4, 10), Fraction(0)),
    ]


def test_where_nobody_answered_nothing_is_told_and_who_was_not_asked_is_left_out() -> None:
    assert silences({"a": 3}, {}) == ()
    assert [one.category for one in silences({"a": 3, "b": 0}, {"a": 1})] == ["a"]


@given(ANSWERS)
def test_the_share_lies_in_its_interval_and_the_interval_in_all(given_answers: list[Answer]) -> None:
    found = estimate(given_answers)

    assert found is None or 0 <= found.low <= found.share <= found.high <= 1
    assert found is None or 1 <= found.effective <= found.count
