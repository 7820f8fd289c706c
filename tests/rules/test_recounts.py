"""What a change of the calendar does to clocks that run."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.rules.calendar_days import CalendarDay
from motcua.rules.calendars import Announcement, with_announced
from motcua.rules.counting import CountingMode
from motcua.rules.promises import Beginning, ClockFacts, Exclusion, ExclusionGround, promise
from motcua.rules.recounts import CalendarChange, Given, Shift, due_by, moved_days, moved_hours, recount
from motcua.rules.time_limits import TimeLimit, parse_time_limit
from motcua.rules.working_time import AS_USUAL, DEFAULT_HOURS, WorkingCalendar, calendar_by, working_calendar
from tests.rules.test_calendars import DAYS_OFF, RECEIPTS, day, moment
from tests.rules.test_deadline_properties import limits

CIVIL = CountingMode.CIVIL
PLAIN = working_calendar()
FIVE_DAYS = parse_time_limit("5 ngày làm việc")


def calendar(*announced: Announcement) -> WorkingCalendar:
    return calendar_by(with_announced(announced), DEFAULT_HOURS, AS_USUAL, ())


def off(*days: date) -> WorkingCalendar:
    return calendar(Announcement(tuple(day(each) for each in days)))


def facts(start: str, limit: TimeLimit = FIVE_DAYS, *waits: Exclusion) -> ClockFacts:
    return ClockFacts(moment(start), Beginning.ACCEPTED, limit, waits)


DAY_OFF = CalendarChange(PLAIN, off(date(2026, 12, 9)))
DAY_BACK = CalendarChange(DAY_OFF.after, PLAIN)


@pytest.mark.parametrize(
    ("given_at", "change", "shift", "due", "counted"),
    [
        pytest.param(
            "14/12/2026 17:00", DAY_OFF, Shift.LATER, "15/12/2026 17:00", "15/12/2026 17:00", id="a day off: later"
        ),
        pytest.param(
            "15/12/2026 17:00", DAY_BACK, Shift.KEPT, "15/12/2026 17:00", "14/12/2026 17:00", id="R-20: never sooner"
        ),
        pytest.param(
            "15/12/2026 17:00", DAY_OFF, Shift.KEPT, "15/12/2026 17:00", "15/12/2026 17:00", id="as late already"
        ),
        pytest.param(
            "14/12/2026 17:00",
            CalendarChange(PLAIN, off(date(2026, 12, 16))),
            Shift.UNMOVED,
            "14/12/2026 17:00",
            "14/12/2026 17:00",
            id="a day off after it is due",
        ),
        pytest.param(
            "16/12/2026 17:00",
            CalendarChange(PLAIN, PLAIN),
            Shift.UNMOVED,
            "16/12/2026 17:00",
            "16/12/2026 17:00",
            id="nothing announced for its unit",
        ),
    ],
)
def test_a_promise_after_a_change(given_at: str, change: CalendarChange, shift: Shift, due: str, counted: str) -> None:
    told = recount(Given(moment(given_at)), facts("07/12/2026 09:00"), change, CIVIL)

    assert (told.shift, told.due_at, told.counted_at) == (shift, moment(due), moment(counted))
    assert not told.is_provisional


def test_a_confirmed_year_settles_what_was_provisional() -> None:
    settled = CalendarChange(PLAIN, calendar(Announcement(confirms_year=2027)))

    told = recount(Given(moment("07/01/2027 17:00"), is_provisional=True), facts("30/12/2026 09:00"), settled, CIVIL)

    assert (told.shift, told.is_provisional) == (Shift.CONFIRMED, False)


def test_an_open_year_stays_provisional() -> None:
    change = CalendarChange(PLAIN, off(date(2027, 3, 10)))

    told = recount(Given(moment("07/01/2027 17:00"), is_provisional=True), facts("30/12/2026 09:00"), change, CIVIL)

    assert (told.shift, told.is_provisional) == (Shift.UNMOVED, True)


def test_past_the_calendar_nothing_moves() -> None:
    change = CalendarChange(PLAIN, off(date(2027, 12, 30)))

    told = recount(Given(moment("31/12/2027 17:00"), is_provisional=True), facts("24/12/2027 09:00"), change, CIVIL)

    assert (told.shift, told.due_at) == (Shift.UNKNOWN, moment("31/12/2027 17:00"))
    assert moved_hours(moment("31/12/2027 08:00"), moment("31/12/2027 17:00"), change).shift is Shift.UNMOVED
    assert moved_hours(moment("30/12/2027 08:00"), moment("31/12/2027 17:00"), change).shift is Shift.UNKNOWN
    assert moved_days(moment("29/12/2027 08:00"), moment("31/12/2027 17:00"), change).shift is Shift.UNKNOWN


def test_what_did_not_count_is_replayed_by_the_new_calendar() -> None:
    wait = Exclusion(moment("08/12/2026 09:00"), moment("10/12/2026 09:00"), ExclusionGround.FINANCIAL)

    told = recount(Given(moment("16/12/2026 17:00")), facts("07/12/2026 09:00", FIVE_DAYS, wait), DAY_OFF, CIVIL)

    assert told.shift is Shift.UNMOVED, "the day off lay in the wait"


@pytest.mark.parametrize(
    ("change", "shift", "due"),
    [
        pytest.param(DAY_OFF, Shift.LATER, "10/12/2026 09:00", id="a day off"),
        pytest.param(CalendarChange(PLAIN, off(date(2026, 12, 12))), Shift.UNMOVED, "09/12/2026 09:00", id="elsewhere"),
    ],
)
def test_a_step_of_eight_hours(change: CalendarChange, shift: Shift, due: str) -> None:
    told = moved_hours(moment("08/12/2026 09:00"), moment("09/12/2026 09:00"), change)

    assert (told.shift, told.due_at) == (shift, moment(due))


def test_a_step_is_never_shortened() -> None:
    told = moved_hours(moment("08/12/2026 09:00"), moment("10/12/2026 09:00"), DAY_BACK)

    assert (told.shift, told.due_at) == (Shift.KEPT, moment("10/12/2026 09:00"))


def test_an_opinion_asked_for_within_two_days() -> None:
    told = moved_days(moment("08/12/2026 09:00"), moment("10/12/2026 17:00"), DAY_OFF)

    assert (told.shift, told.due_at) == (Shift.LATER, moment("11/12/2026 17:00"))
    assert moved_days(moment("08/12/2026 09:00"), moment("08/12/2026 17:00"), DAY_OFF).shift is Shift.UNMOVED


@given(received=RECEIPTS, limit=limits(), days=st.lists(DAYS_OFF, min_size=1, max_size=4))
def test_taking_days_off_away_never_shortens_a_promise(
    received: datetime, limit: TimeLimit, days: list[CalendarDay]
) -> None:
    before = calendar(Announcement(tuple(days)))
    clock = ClockFacts(received, Beginning.ACCEPTED, limit)
    promised = due_by(clock, before, CIVIL)

    told = recount(Given(promised), clock, CalendarChange(before, PLAIN), CIVIL)

    assert told.due_at >= promised


@given(
    received=RECEIPTS,
    days=st.integers(1, 30),
    wait=st.tuples(st.integers(0, 40), st.integers(0, 20)),
    announced=st.lists(st.tuples(DAYS_OFF, st.booleans()), min_size=1, max_size=4),
)
def test_recounting_twice_is_recounting_once(
    received: datetime, days: int, wait: tuple[int, int], announced: list[tuple[CalendarDay, bool]]
) -> None:
    since = received + timedelta(days=wait[0])
    waited = Exclusion(since, since + timedelta(days=wait[1]), ExclusionGround.SUPPLEMENT)
    clock = ClockFacts(received, Beginning.ACCEPTED, parse_time_limit(f"{days} ngày làm việc"), (waited,))
    after = calendar(Announcement(tuple(each for each, _ in announced)))
    before = calendar(Announcement(tuple(each for each, stays in announced if stays)))
    change = CalendarChange(before, after)

    once = recount(Given(due_by(clock, before, CIVIL)), clock, change, CIVIL)
    twice = recount(Given(once.due_at), clock, change, CIVIL)

    assert once.due_at == twice.due_at == promise(clock, after, CIVIL).due_at
    assert once.shift in {Shift.UNMOVED, Shift.LATER}


@given(
    received=RECEIPTS,
    days=st.integers(1, 30),
    written=st.none() | st.integers(0, 40),
    announced=st.lists(DAYS_OFF, min_size=1, max_size=4),
)
def test_the_fast_path_is_due_when_the_promise_is(
    received: datetime, days: int, written: int | None, announced: list[CalendarDay]
) -> None:
    on = None if written is None else received.date() + timedelta(days=written)
    clock = ClockFacts(received, Beginning.ACCEPTED, parse_time_limit(f"{days} ngày làm việc"), written_on=on)

    for each in (PLAIN, calendar(Announcement(tuple(announced)))):
        assert due_by(clock, each, CIVIL) == promise(clock, each, CIVIL).due_at


def test_a_day_written_on_paper_that_turns_off_moves_to_the_next() -> None:
    written = date(2026, 12, 9)
    clock = ClockFacts(moment("07/12/2026 09:00"), Beginning.ACCEPTED, FIVE_DAYS, written_on=written)

    told = recount(Given(moment("09/12/2026 17:00")), clock, DAY_OFF, CIVIL)

    assert (told.shift, told.due_at) == (Shift.LATER, moment("10/12/2026 17:00"))
