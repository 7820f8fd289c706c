"""Since when a desk receives a procedure, what it owes, and its term: examples, and day by day (C-08, C-10)."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.rules.posting import (
    TERMS,
    Edition,
    PostingState,
    PostingTerms,
    Receiving,
    counted_from,
    owed,
    put_up_by,
    receiving_on,
    standing,
)
from motcua.rules.publication import Publisher
from tests.rules.postings import BOTH, CALENDAR, EFFECT, RECEIVING, SECOND, SIGNED, S, day


@pytest.mark.parametrize(
    ("since", "edition", "begun", "due"),
    [
        pytest.param(RECEIVING.since, SECOND, SIGNED, day(9), id="from the signature"),
        pytest.param(RECEIVING.since, replace(SECOND, signed_on=None), EFFECT, day(23), id="no decision is known"),
        pytest.param(day(4), SECOND, day(4), day(11), id="the desk begins between signature and effect"),
        pytest.param(EFFECT, SECOND, EFFECT, day(23), id="the desk begins with the text"),
        pytest.param(day(20), SECOND, day(20), day(27), id="the desk begins later"),
        pytest.param(day(21), SECOND, day(21), day(27), id="the desk begins on a Saturday"),
        pytest.param(day(10), replace(SECOND, signed_on=day(18)), day(18), day(25), id="signed after that"),
        pytest.param(
            day(20), replace(SECOND, is_shortened=True), day(20), day(24), id="a shortened one keeps its two days"
        ),
    ],
)
def test_the_term_of_a_desk(since: date, edition: Edition, begun: date, due: date) -> None:
    assert counted_from(edition, Receiving(since)) == begun
    assert put_up_by(edition, Receiving(since), CALENDAR) == due


def test_the_count_of_days_is_that_of_the_signature(monkeypatch: pytest.MonkeyPatch) -> None:
    longer = PostingTerms(day(10), {Publisher.MINISTER: 20, Publisher.CHAIRMAN: 8}, 4)
    monkeypatch.setattr("motcua.rules.posting.TERMS", (*TERMS, longer))

    assert put_up_by(SECOND, Receiving(day(16)), CALENDAR) == day(23)
    assert put_up_by(replace(SECOND, signed_on=day(10)), Receiving(day(16)), CALENDAR) == day(26)


JUNE = date(2026, 6, 1)


@pytest.mark.parametrize(
    ("periods", "on", "expected"),
    [
        pytest.param([], day(1), None, id="never"),
        pytest.param([Receiving(day(5))], day(4), None, id="not yet"),
        pytest.param([Receiving(day(5))], day(5), Receiving(day(5)), id="from the first day"),
        pytest.param([Receiving(day(5), day(9))], day(9), None, id="no more"),
        pytest.param(
            [Receiving(day(1), day(9)), Receiving(day(9))], day(12), Receiving(day(1)), id="another unit decides now"
        ),
        pytest.param(
            [Receiving(day(9), JUNE), Receiving(day(1), day(9))],
            day(2),
            Receiving(day(1), JUNE),
            id="another unit will decide",
        ),
        pytest.param(
            [Receiving(day(1), day(9)), Receiving(day(10))],
            day(12),
            Receiving(day(10)),
            id="a day without it is a break",
        ),
        pytest.param(
            [Receiving(day(1), day(9)), Receiving(day(10))], day(8), Receiving(day(1), day(9)), id="before the break"
        ),
        pytest.param([Receiving(day(1), day(9)), Receiving(day(10))], day(9), None, id="in the break"),
        pytest.param(
            [Receiving(day(1)), Receiving(day(3), day(9))], day(12), Receiving(day(1)), id="one of two units goes"
        ),
        pytest.param(
            [Receiving(day(1), day(20)), Receiving(day(3), day(9))],
            day(12),
            Receiving(day(1), day(20)),
            id="a short one within a long one",
        ),
    ],
)
def test_a_desk_receives_without_a_break(periods: list[Receiving], on: date, expected: Receiving | None) -> None:
    assert receiving_on(periods, on) == expected


@pytest.mark.parametrize(
    ("editions", "receiving", "on", "expected"),
    [
        pytest.param(BOTH, RECEIVING, day(1), [1], id="not signed yet"),
        pytest.param(BOTH, RECEIVING, SIGNED, [1, 2], id="signed"),
        pytest.param(BOTH, RECEIVING, EFFECT, [2], id="the old one ended"),
        pytest.param((replace(SECOND, signed_on=None),), RECEIVING, day(1), [2], id="without a decision ahead"),
        pytest.param(BOTH, Receiving(day(1), EFFECT), day(9), [1], id="the desk stops before the new one holds"),
        pytest.param(BOTH, Receiving(day(1), day(17)), day(9), [1, 2], id="the desk stops after"),
        pytest.param(BOTH, None, day(9), [], id="the desk does not receive"),
    ],
)
def test_what_a_desk_owes(
    editions: tuple[Edition, ...], receiving: Receiving | None, on: date, expected: list[int]
) -> None:
    assert [one.number for one in owed(editions, receiving, on)] == expected


@pytest.mark.parametrize(
    ("receiving", "on", "expected"),
    [
        pytest.param(
            Receiving(EFFECT), EFFECT, S.DUE, id="a new desk has its days though the text was signed long ago"
        ),
        pytest.param(Receiving(EFFECT), day(23), S.DUE, id="until its last day"),
        pytest.param(Receiving(EFFECT), day(24), S.MISSING, id="and not longer"),
        pytest.param(RECEIVING, day(10), S.MISSING, id="an old desk has none"),
    ],
)
def test_a_desk_that_begins_later_has_a_term_of_its_own(receiving: Receiving, on: date, expected: PostingState) -> None:
    found = standing((SECOND,), receiving, [], on, CALENDAR)

    assert found is not None
    assert found.state is expected


DAYS = st.dates(date(2025, 7, 1), date(2026, 10, 31))
PERIODS = st.lists(
    st.builds(
        lambda since, days: Receiving(since, since + timedelta(days=days) if days else None),
        st.dates(day(1), day(20)),
        st.integers(0, 6),
    ),
    max_size=5,
)


@given(PERIODS, st.dates(day(1), day(28)))
def test_a_desk_receives_as_somebody_says_who_asks_every_day(periods: list[Receiving], on: date) -> None:
    def receives(asked: date) -> bool:
        return any(one.holds_on(asked) for one in periods)

    found = receiving_on(periods, on)

    assert (found is not None) is receives(on)
    if found is not None:
        first = on
        while receives(first - timedelta(days=1)):
            first -= timedelta(days=1)
        after = next((later for later in (on + timedelta(days=n) for n in range(40)) if not receives(later)), None)
        assert found == Receiving(first, after)


@given(PERIODS, DAYS, st.dates(day(1), day(28)))
def test_a_term_runs_for_a_desk_from_the_first_day_on_which_it_owes_the_text(
    periods: list[Receiving], signed_on: date, on: date
) -> None:
    """Going back day by day from one on which the text is owed, the first such day is where the term begins."""
    edition = Edition(1, date(2025, 7, 1), signed_on=signed_on)
    receiving = receiving_on(periods, on)
    if receiving is not None and owed([edition], receiving, on):
        first = on
        while owed([edition], receiving_on(periods, first - timedelta(days=1)), first - timedelta(days=1)):
            first -= timedelta(days=1)

        assert counted_from(edition, receiving) == first
