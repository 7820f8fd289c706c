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
    PostingKind,
    PostingState,
    Receiving,
    Shown,
    Standing,
    first_day_to_post,
    lacks_feedback,
    lag_of,
    may_confirm,
    may_tell_address,
    medium_due,
    put_up_by,
    standing,
    terms_on,
)
from motcua.rules.publication import Publisher
from tests.rules.postings import (
    BOTH,
    CALENDAR,
    EFFECT,
    ENDED,
    FIRST,
    OLD_UP,
    RECEIVING,
    SECOND,
    SIGNED,
    S,
    day,
    down,
    up,
)


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


@pytest.mark.parametrize(
    ("in_use", "last", "expected"),
    [
        pytest.param(set(), {}, True, id="nothing is on show"),
        pytest.param({"BOARD"}, {"BOARD": True}, False, id="on the board"),
        pytest.param({"BOARD"}, {"BOARD": False}, True, id="not on the board"),
        pytest.param({"BOARD", "ELECTRONIC"}, {"BOARD": False, "ELECTRONIC": True}, True, id="on the screen alone"),
        pytest.param({"BOARD"}, {"BOARD": True, "ELECTRONIC": False}, False, id="the screen is not in use"),
        pytest.param({"WEB_PAGE"}, {"WEB_PAGE": True}, True, id="the web is no office"),
        pytest.param({"BOARD", "WEB_PAGE"}, {"BOARD": True, "WEB_PAGE": False}, True, id="not on the web"),
    ],
)
def test_where_feedback_goes_stands_wherever_procedures_do(
    in_use: set[str], last: dict[str, bool], expected: bool
) -> None:
    kinds = {PostingKind(kind): shows for kind, shows in last.items()}

    assert lacks_feedback({PostingKind(kind) for kind in in_use}, kinds) is expected


def due(shown: str = "", outdated: str = "", *, number: int = 2, is_up: bool = False) -> Standing:
    """A standing with texts on show; the kinds by their first letters, those of the outdated ones among them."""
    kinds = {kind.value[0]: kind for kind in PostingKind}
    up_there = tuple(Shown(kinds[one], 2, FIRST.valid_from) for one in shown)
    old = tuple(Shown(kinds[one], 1, FIRST.valid_from) for one in outdated)
    return Standing(S.DUE, number, (*old, *up_there), old, put_up_on=SIGNED if is_up else None)


@pytest.mark.parametrize(
    ("standings", "rest", "expected"),
    [
        pytest.param([], [], "BOARD", id="nothing anywhere"),
        pytest.param([due()], [due("E", is_up=True)], "ELECTRONIC", id="the desk has a screen alone"),
        pytest.param([due()], [due("W", is_up=True)], "BOARD", id="the web is no office"),
        pytest.param([due(outdated="E")], [due("B", is_up=True)] * 2, "ELECTRONIC", id="the old text is on the screen"),
        pytest.param([due("B", "W", is_up=True)], [], "WEB_PAGE", id="up at the office, the old text on the web"),
        pytest.param([due(outdated="W")], [due("E", is_up=True)], "ELECTRONIC", id="old on the web, not at the office"),
        pytest.param([due(outdated="W", number=0)], [due("B", is_up=True)], "WEB_PAGE", id="to be taken off the web"),
        pytest.param([due(), due(), due("B", "W", is_up=True)], [], "BOARD", id="most is due at the office"),
        pytest.param([due("B", is_up=True)], [], "BOARD", id="nothing of it is due"),
    ],
)
def test_the_medium_that_is_due_is_that_of_most(standings: list[Standing], rest: list[Standing], expected: str) -> None:
    assert medium_due(standings, [*standings, *rest]) is PostingKind(expected)


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
