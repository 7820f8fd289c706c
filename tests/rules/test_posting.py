"""What a desk must show, by when, and whether it does: worked examples and properties (C-08, C-10, F06)."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.rules.calendar_days import CALENDAR_FROM, CALENDAR_UNTIL
from motcua.rules.permissions import Role, RoleGrant
from motcua.rules.posting import (
    AT_THE_OFFICE,
    DIFFERS,
    OPEN_WORK,
    TERMS,
    Confirmed,
    Edition,
    PostingAct,
    PostingKind,
    PostingState,
    PostingTerms,
    Receiving,
    Shown,
    counted_from,
    first_day_to_post,
    lag_of,
    may_confirm,
    may_tell_address,
    on_show,
    owed,
    put_up_by,
    receiving_on,
    standing,
    terms_on,
)
from motcua.rules.publication import Publisher
from motcua.rules.working_time import working_calendar

CALENDAR = working_calendar()
RECEIVING = Receiving(date(2020, 1, 1))
SIGNED = date(2026, 3, 2)
"""A Monday; five working days later it is Monday the 9th."""
EFFECT = date(2026, 3, 16)
FIRST = Edition(1, date(2020, 1, 1), EFFECT, date(2019, 12, 30))
SECOND = Edition(2, EFFECT, signed_on=SIGNED)
BOTH = (FIRST, SECOND)
ENDED = (replace(FIRST, valid_until=EFFECT),)
S = PostingState


def up(edition: Edition, on: date, kind: PostingKind = PostingKind.BOARD) -> Confirmed:
    return Confirmed(PostingAct.PUT_UP, kind, on, edition)


def down(on: date, kind: PostingKind = PostingKind.BOARD) -> Confirmed:
    return Confirmed(PostingAct.TAKEN_DOWN, kind, on)


OLD_UP = up(FIRST, date(2020, 1, 2))


def day(number: int) -> date:
    return date(2026, 3, number)


@pytest.mark.parametrize(
    ("editions", "confirmed", "on", "expected", "number"),
    [
        pytest.param(BOTH, [], day(9), S.MISSING, 1, id="nothing was ever put up"),
        pytest.param((SECOND,), [], day(9), S.DUE, 2, id="the last day of the term"),
        pytest.param((SECOND,), [], day(10), S.MISSING, 2, id="the day after"),
        pytest.param(BOTH, [OLD_UP], day(3), S.DUE, 2, id="signed, the old text holds and is up"),
        pytest.param(BOTH, [OLD_UP], day(10), S.MISSING, 2, id="the new text is not up in time"),
        pytest.param(BOTH, [OLD_UP], day(15), S.MISSING, 2, id="the last day of the old text"),
        pytest.param(BOTH, [OLD_UP], day(16), S.STALE, 2, id="the old text is up though it no longer holds"),
        pytest.param(BOTH, [OLD_UP, up(SECOND, day(9))], day(9), S.CURRENT, 2, id="put up on the last day"),
        pytest.param(BOTH, [OLD_UP, up(SECOND, day(10))], day(10), S.LATE, 2, id="put up a day too late"),
        pytest.param(BOTH, [OLD_UP, up(SECOND, day(10))], day(20), S.LATE, 2, id="late stays late"),
        pytest.param(BOTH, [up(SECOND, day(3)), OLD_UP], day(20), S.CURRENT, 2, id="entered in another order"),
        pytest.param(
            BOTH, [OLD_UP, up(SECOND, day(9), PostingKind.WEB_PAGE)], day(10), S.MISSING, 2, id="the web is no office"
        ),
        pytest.param(
            BOTH, [OLD_UP, up(SECOND, day(9), PostingKind.ELECTRONIC)], day(10), S.CURRENT, 2, id="by a screen"
        ),
        pytest.param(
            BOTH,
            [OLD_UP, up(SECOND, day(9), PostingKind.ELECTRONIC)],
            day(16),
            S.STALE,
            2,
            id="the screen is right, the board is not",
        ),
        pytest.param(
            (FIRST, replace(SECOND, signed_on=day(13), is_shortened=True)),
            [OLD_UP],
            day(17),
            S.DUE,
            2,
            id="a shortened process leaves two days, though the text holds",
        ),
        pytest.param(
            (FIRST, replace(SECOND, signed_on=day(13), is_shortened=True)),
            [OLD_UP],
            day(18),
            S.STALE,
            2,
            id="and not three",
        ),
        pytest.param(ENDED, [OLD_UP], day(15), S.CURRENT, 1, id="the last day of an abolished one"),
        pytest.param(ENDED, [OLD_UP], day(16), S.STALE, 0, id="an abolished procedure is still up"),
        pytest.param((), [OLD_UP], day(3), S.STALE, 0, id="the desk does not receive it"),
        pytest.param(
            (replace(SECOND, valid_from=day(20)),), [OLD_UP], day(16), S.STALE, 2, id="its successor does not hold yet"
        ),
        pytest.param(BOTH, [OLD_UP, down(day(4))], day(5), S.MISSING, 1, id="taken down though it holds"),
        pytest.param(
            (replace(SECOND, publisher=Publisher.MINISTER),), [], day(16), S.DUE, 2, id="ten days of a ministry"
        ),
        pytest.param((replace(SECOND, publisher=Publisher.MINISTER),), [], day(17), S.MISSING, 2, id="and not eleven"),
    ],
)
def test_how_a_procedure_stands_at_a_desk(
    editions: tuple[Edition, ...], confirmed: list[Confirmed], on: date, expected: PostingState, number: int
) -> None:
    found = standing(editions, RECEIVING, confirmed, on, CALENDAR)

    assert found is not None
    assert (found.state, found.number) == (expected, number)


@pytest.mark.parametrize("confirmed", [[], [OLD_UP, down(EFFECT)]], ids=["never", "taken down"])
def test_nothing_to_show_and_nothing_shown_is_nothing(confirmed: list[Confirmed]) -> None:
    assert standing(ENDED, RECEIVING, confirmed, EFFECT, CALENDAR) is None


def test_what_is_up_and_how_late_it_came_are_told() -> None:
    late = standing(BOTH, RECEIVING, [OLD_UP, up(SECOND, day(11))], day(17), CALENDAR)

    assert late is not None
    assert (late.due_on, late.put_up_on, late.lag) == (day(9), day(11), 7)
    assert late.shown == (Shown(PostingKind.BOARD, 2, day(11)),)
    assert late.outdated == ()


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


@pytest.mark.parametrize(
    ("edition", "expected"),
    [
        pytest.param(SECOND, SIGNED, id="signed ahead of its effect"),
        pytest.param(replace(SECOND, signed_on=day(20)), day(20), id="signed after its effect"),
        pytest.param(replace(SECOND, signed_on=None), EFFECT, id="no decision is known"),
        pytest.param(replace(SECOND, signed_on=None, published_on=day(5)), day(5), id="published ahead of its effect"),
        pytest.param(replace(SECOND, signed_on=None, published_on=day(25)), EFFECT, id="came with a file later"),
        pytest.param(replace(SECOND, published_on=day(1)), SIGNED, id="the signature goes before all"),
    ],
)
def test_nobody_put_a_text_up_before_it_was_signed(edition: Edition, expected: date) -> None:
    assert first_day_to_post(edition) == expected


@pytest.mark.parametrize(
    ("put_up_on", "lag"),
    [
        pytest.param(day(1), 0, id="before"),
        pytest.param(SIGNED, 0, id="the same day"),
        pytest.param(day(3), 1, id="the next day"),
        pytest.param(day(6), 4, id="on Friday"),
        pytest.param(day(7), 5, id="on Saturday: Monday's"),
        pytest.param(day(9), 5, id="on Monday"),
    ],
)
def test_the_lag_counts_working_days(put_up_on: date, lag: int) -> None:
    assert lag_of(SIGNED, put_up_on, CALENDAR) == lag


def test_what_began_before_the_calendar_counts_from_its_first_day() -> None:
    ancient = Edition(1, date(2011, 1, 1))

    assert put_up_by(ancient, Receiving(date(2011, 1, 1)), CALENDAR) == put_up_by(
        ancient, Receiving(CALENDAR_FROM), CALENDAR
    )
    assert lag_of(date(2011, 1, 1), CALENDAR_FROM, CALENDAR) == 0


def test_a_term_beyond_the_calendar_is_not_told_and_not_past() -> None:
    last = CALENDAR_UNTIL - timedelta(days=1)
    found = standing([Edition(1, last, signed_on=last)], RECEIVING, [], last, CALENDAR)

    assert found is not None
    assert (found.state, found.due_on, found.lag) == (S.DUE, None, None)


def test_the_terms_are_dated() -> None:
    assert terms_on(date(2009, 1, 1)) is terms_on(date(2022, 7, 31)) is TERMS[0]
    assert terms_on(date(2022, 8, 1)) is TERMS[1]
    assert (
        TERMS[1].count(Publisher.CHAIRMAN, is_shortened=False),
        TERMS[1].count(Publisher.MINISTER, is_shortened=True),
    ) == (
        5,
        2,
    )


def test_what_differs_from_the_list_in_force_is_open_work() -> None:
    assert DIFFERS < OPEN_WORK
    assert OPEN_WORK.isdisjoint({S.CURRENT, S.LATE})
    assert PostingKind.WEB_PAGE not in AT_THE_OFFICE


@pytest.mark.parametrize("role", Role)
def test_who_works_at_the_desk_confirms_and_who_controls_procedures_says_where_feedback_goes(role: Role) -> None:
    grants = [RoleGrant(role=role, unit_id=1, valid_from=SIGNED)]

    assert may_confirm(1, grants, on=SIGNED) is (role in {Role.RECEPTION_OFFICER, Role.HEAD_OF_ONE_STOP})
    assert may_tell_address({1}, grants, on=SIGNED) is (role is Role.PROCEDURE_CONTROL_OFFICER)
    assert not may_confirm(2, grants, on=SIGNED)
    assert not may_tell_address({2}, grants, on=SIGNED)
    assert not may_confirm(1, grants, on=SIGNED - timedelta(days=1))
    assert not may_tell_address({1}, grants, on=SIGNED - timedelta(days=1))


DAYS = st.dates(date(2025, 7, 1), date(2026, 10, 31))
KINDS = st.sampled_from(PostingKind)


@given(DAYS, st.integers(-5, 60), st.booleans(), st.sampled_from(Publisher))
def test_late_is_what_lags_more_than_its_term(begun: date, later: int, is_shortened: bool, by: Publisher) -> None:
    edition = Edition(1, begun, signed_on=begun, publisher=by, is_shortened=is_shortened)
    put_up_on = begun + timedelta(days=later)
    allowed = terms_on(begun).count(by, is_shortened=is_shortened)

    is_late = put_up_on > put_up_by(edition, Receiving(begun), CALENDAR)

    assert is_late is (lag_of(begun, put_up_on, CALENDAR) > allowed)


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
