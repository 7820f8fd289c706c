"""What is on show on a day: worked examples, and somebody who looks every day (C-10)."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.rules.posting import (
    AT_THE_OFFICE,
    OPEN_WORK,
    Confirmed,
    Edition,
    PostingKind,
    Shown,
    on_show,
    standing,
)
from tests.rules.postings import CALENDAR, EFFECT, FIRST, OLD_UP, RECEIVING, SECOND, day, down, up

BOARD = PostingKind.BOARD
THIRD = Edition(3, date(2026, 5, 1))


@pytest.mark.parametrize(
    ("confirmed", "on", "expected"),
    [
        pytest.param([OLD_UP, up(SECOND, day(5))], day(4), [1], id="not up yet"),
        pytest.param([OLD_UP, up(SECOND, day(5))], day(15), [1, 2], id="a text put up early leaves the old one"),
        pytest.param([OLD_UP, up(SECOND, day(5))], EFFECT, [2], id="until it holds"),
        pytest.param(
            [OLD_UP, up(SECOND, day(5)), up(FIRST, day(6))],
            day(15),
            [1, 2],
            id="the old one again leaves what is ahead",
        ),
        pytest.param([OLD_UP, up(SECOND, day(5)), up(FIRST, day(6))], EFFECT, [2], id="and comes down for it"),
        pytest.param([up(SECOND, day(5)), up(FIRST, EFFECT)], EFFECT, [1], id="the old one put over the new one"),
        pytest.param(
            [OLD_UP, up(THIRD, day(3)), up(SECOND, day(5))], day(15), [1, 2, 3], id="an earlier one of two ahead"
        ),
        pytest.param([OLD_UP, up(THIRD, day(3)), up(SECOND, day(5))], day(20), [2, 3], id="the nearer takes its place"),
        pytest.param([OLD_UP, up(THIRD, day(3)), up(SECOND, day(5))], date(2026, 5, 1), [3], id="then the farther"),
        pytest.param([OLD_UP, up(SECOND, day(5)), down(day(6))], EFFECT, [], id="taken down, also what was ahead"),
        pytest.param([OLD_UP, down(day(6)), up(FIRST, day(6))], day(6), [1], id="one day, in the order of entry"),
        pytest.param([OLD_UP, up(FIRST, day(6)), down(day(6))], day(6), [], id="and the other way round"),
        pytest.param([down(day(9)), up(FIRST, day(6))], day(9), [], id="entered in another order"),
    ],
)
def test_what_is_on_show(confirmed: list[Confirmed], on: date, expected: list[int]) -> None:
    assert [(one.kind, one.number) for one in on_show(confirmed, on)] == [(BOARD, number) for number in expected]


def test_what_is_on_show_tells_since_when() -> None:
    again = [OLD_UP, up(FIRST, day(3), PostingKind.WEB_PAGE), down(day(4)), up(FIRST, day(9))]

    assert on_show(again, day(9)) == (
        Shown(BOARD, 1, date(2020, 1, 2)),
        Shown(PostingKind.WEB_PAGE, 1, day(3)),
    )
    assert on_show(again, day(8)) == (Shown(PostingKind.WEB_PAGE, 1, day(3)),)


DAYS = st.dates(date(2025, 7, 1), date(2026, 10, 31))
KINDS = st.sampled_from(PostingKind)
START = date(2026, 3, 1)
SHORT = st.dates(START, day(25))


def looked_at_every_day(confirmed: list[Confirmed], on: date) -> dict[PostingKind, set[int]]:
    """What is on show, by going through the days one by one, as somebody does who walks past the board."""
    holding: dict[PostingKind, int] = {}
    ahead: dict[PostingKind, dict[int, date]] = {kind: {} for kind in PostingKind}
    today = START
    while today <= on:
        for kind, waiting in ahead.items():
            for number in sorted(waiting, key=lambda number: waiting[number]):
                if waiting[number] == today:
                    holding[kind] = number
            ahead[kind] = {number: begins for number, begins in waiting.items() if begins > today}
        for one in (one for one in confirmed if one.on == today):
            if one.edition is None:
                holding.pop(one.kind, None)
                ahead[one.kind].clear()
            elif one.edition.valid_from > today:
                ahead[one.kind][one.edition.number] = one.edition.valid_from
            else:
                holding[one.kind] = one.edition.number
        today += timedelta(days=1)
    return {kind: {*ahead[kind], *([holding[kind]] if kind in holding else [])} for kind in PostingKind}


@given(
    st.lists(SHORT, min_size=4, max_size=4, unique=True),
    st.lists(st.tuples(st.booleans(), KINDS, SHORT, st.integers(0, 3)), max_size=9),
    SHORT,
)
def test_what_is_on_show_is_what_somebody_sees_who_looks_every_day(
    begins: list[date], said: list[tuple[bool, PostingKind, date, int]], on: date
) -> None:
    editions = [Edition(number, begun) for number, begun in enumerate(begins)]
    confirmed = [up(editions[n], moment, kind) if is_up else down(moment, kind) for is_up, kind, moment, n in said]

    found = on_show(confirmed, on)

    seen = looked_at_every_day(confirmed, on)
    assert {kind: {one.number for one in found if one.kind is kind} for kind in PostingKind} == seen


@given(DAYS, st.lists(st.tuples(st.booleans(), KINDS, DAYS), max_size=6), st.booleans())
def test_a_desk_that_shows_all_that_is_owed_and_nothing_else_has_no_work(
    on: date, said: list[tuple[bool, PostingKind, date]], is_ended: bool
) -> None:
    edition = Edition(1, date(2025, 1, 1), date(2026, 1, 1) if is_ended else None)
    confirmed = [up(edition, moment, kind) if is_up else down(moment, kind) for is_up, kind, moment in said]
    spans = on_show(confirmed, on)
    is_owed = not edition.has_ended(on)

    found = standing([edition], RECEIVING, confirmed, on, CALENDAR)

    if is_owed:
        assert found is not None
        assert (found.state not in OPEN_WORK) is any(one.kind in AT_THE_OFFICE for one in spans)
    else:
        assert (found is None) is (not spans)
