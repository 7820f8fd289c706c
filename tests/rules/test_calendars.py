"""What is announced about the calendar, office hours by weekday, Saturday desks, and what a change does to clocks."""

from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.rules.calendar_days import CALENDAR_DAYS, CalendarDay, DayKind
from motcua.rules.calendars import (
    BUILT_IN,
    Announcement,
    AnnouncementFault,
    AnnouncementRefused,
    DayTable,
    check_announcement,
    with_announced,
)
from motcua.rules.counting import CountingMode, due_at
from motcua.rules.deadlines import due_moment, transfer_due
from motcua.rules.time_limits import LimitUnit, TimeLimit, parse_time_limit
from motcua.rules.working_time import (
    AS_USUAL,
    DEFAULT_HOURS,
    HANOI,
    OfficeHours,
    OfficeHoursUnclear,
    OtherDays,
    Season,
    WorkingCalendar,
    calendar_by,
    working_calendar,
)
from tests.rules.test_deadline_properties import limits

PLAIN = working_calendar()
FLOOD = date(2026, 12, 9)
SATURDAY = OtherDays.parse("T7 07:30-11:30,13:00-16:30")
DESK = WorkingCalendar(other_days=SATURDAY)
RECEIPTS = st.datetimes(datetime(2026, 1, 1), datetime(2026, 9, 30), timezones=st.just(HANOI))
MODES = st.sampled_from(CountingMode)


def moment(text: str) -> datetime:
    return datetime.strptime(text, "%d/%m/%Y %H:%M").replace(tzinfo=HANOI)


def day(on: date, kind: DayKind = DayKind.CLOSED, name: str = "lũ quét") -> CalendarDay:
    return CalendarDay(on, kind, name, name, "Công văn 12/UBND")


def with_days(*days: CalendarDay) -> WorkingCalendar:
    return calendar_by(with_announced([Announcement(days)]), DEFAULT_HOURS, AS_USUAL, ())


def test_a_closure_counts_as_a_day_off_and_says_why() -> None:
    closed = with_days(day(FLOOD))

    told = due_moment(moment("08/12/2026 09:00"), parse_time_limit("2 ngày làm việc"), closed)

    assert told.due_at == moment("11/12/2026 17:00")
    assert told.derivation[1].text_vi == "Cơ quan không làm việc: lũ quét; không tính."
    assert told.derivation[1].rule_ids == ("L-04",)


def test_the_later_word_and_the_narrower_scope_go_before() -> None:
    wide, correction = Announcement((day(FLOOD),)), Announcement((day(FLOOD, DayKind.WORKING),))

    assert with_announced([wide, correction]).days[FLOOD].kind is DayKind.WORKING
    assert with_announced([correction, wide]).days[FLOOD].kind is DayKind.CLOSED
    assert FLOOD not in CALENDAR_DAYS


def test_a_confirmed_year_is_known_to_its_end_and_provisional_no_more() -> None:
    settled = with_announced([Announcement(confirms_year=2027), Announcement(confirms_year=2028)])
    calendar = calendar_by(settled, DEFAULT_HOURS, AS_USUAL, ())

    assert (settled.loaded_until, settled.provisional_from) == (date(2029, 1, 1), date(2029, 1, 1))
    assert PLAIN.is_provisional(date(2027, 3, 1))
    assert not calendar.is_provisional(date(2028, 12, 29))
    assert calendar.is_working_day(date(2028, 3, 1))


def test_what_was_confirmed_before_stays_so() -> None:
    known = DayTable(loaded_until=date(2030, 1, 1), provisional_from=date(2030, 1, 1))

    assert with_announced([Announcement(confirms_year=2027)], known).loaded_until == date(2030, 1, 1)


@pytest.mark.parametrize(
    ("announcement", "is_nationwide", "fault"),
    [
        pytest.param(Announcement(), True, AnnouncementFault.SAYS_NOTHING, id="nothing"),
        pytest.param(Announcement((day(FLOOD), day(FLOOD))), False, AnnouncementFault.SAID_TWICE, id="twice"),
        pytest.param(
            Announcement((day(date(2028, 1, 3)),)), True, AnnouncementFault.OUTSIDE_THE_CALENDAR, id="not loaded yet"
        ),
        pytest.param(
            Announcement((day(date(2016, 1, 4)),)), True, AnnouncementFault.OUTSIDE_THE_CALENDAR, id="long ago"
        ),
        pytest.param(
            Announcement((day(date(2026, 12, 12), DayKind.WORKING),)),
            True,
            AnnouncementFault.NOT_A_WEEKDAY,
            id="L-04: a worked Saturday is worked in exchange",
        ),
        pytest.param(
            Announcement((day(FLOOD, DayKind.SWAPPED_WORK),)),
            True,
            AnnouncementFault.NOT_A_WEEKEND,
            id="L-04: a weekday is not worked in exchange",
        ),
        pytest.param(
            Announcement((day(FLOOD, DayKind.WEEKEND),)), True, AnnouncementFault.NOT_A_WEEKEND, id="no rest day"
        ),
        pytest.param(Announcement(confirms_year=2028), True, AnnouncementFault.YEAR_NOT_NEXT, id="R-15: 2027 first"),
        pytest.param(
            Announcement(confirms_year=2027), False, AnnouncementFault.YEAR_NOT_NATIONWIDE, id="R-15: for all"
        ),
    ],
)
def test_what_cannot_be_announced(announcement: Announcement, is_nationwide: bool, fault: AnnouncementFault) -> None:
    with pytest.raises(AnnouncementRefused) as refused:
        check_announcement(announcement, BUILT_IN, is_nationwide=is_nationwide)

    assert refused.value.fault is fault


@pytest.mark.parametrize(
    "announcement",
    [
        pytest.param(Announcement((day(FLOOD),)), id="a closure"),
        pytest.param(Announcement((day(date(2026, 12, 12), DayKind.SWAPPED_WORK),)), id="L-04: a swapped Saturday"),
        pytest.param(Announcement((day(date(2026, 12, 12), DayKind.WEEKEND),)), id="L-04: a swap taken back"),
        pytest.param(Announcement((day(FLOOD, DayKind.WORKING),)), id="a day off taken back"),
        pytest.param(Announcement(confirms_year=2027), id="R-15: the next year"),
    ],
)
def test_what_can_be_announced(announcement: Announcement) -> None:
    check_announcement(announcement, BUILT_IN, is_nationwide=True)


def test_days_of_a_new_year_come_with_its_confirmation() -> None:
    known = with_announced([Announcement(confirms_year=2027)])
    next_year = Announcement((day(date(2028, 1, 3), DayKind.COMPENSATORY),), confirms_year=2028)

    check_announcement(next_year, known, is_nationwide=True)


@pytest.mark.parametrize(
    ("text", "written"),
    [
        pytest.param("", "", id="as usual"),
        pytest.param("T7 7:30-11:30", "T7 07:30-11:30", id="L-02: half a Saturday"),
        pytest.param(
            "T7 07:30-11:30 ;T6 07:30-11:30,13:00-16:00",
            "T6 07:30-11:30,13:00-16:00; T7 07:30-11:30",
            id="L-01: a shorter Friday",
        ),
    ],
)
def test_weekdays_with_hours_of_their_own_are_read_and_written(text: str, written: str) -> None:
    assert str(OtherDays.parse(text)) == written


@pytest.mark.parametrize("text", ["T8 07:30-11:30", "T6", "thứ sáu 07:30-11:30", "T6 07:30-11:30; T6 08:00-11:00"])
def test_weekdays_half_said_are_refused(text: str) -> None:
    with pytest.raises(OfficeHoursUnclear):
        OtherDays.parse(text)


def test_hours_differ_by_weekday_and_season() -> None:
    short_friday = OtherDays.parse("T6 07:30-11:30,13:00-16:00")
    summer = Season(date(2026, 4, 16), OfficeHours.parse("07:00-11:00,13:30-17:30"), short_friday)
    calendar = WorkingCalendar(other_days=SATURDAY, seasons=(summer,))

    assert calendar.close_of(date(2026, 4, 10)) == moment("10/04/2026 17:00")
    assert calendar.close_of(date(2026, 4, 17)) == moment("17/04/2026 16:00")
    assert calendar.close_of(date(2026, 4, 20)) == moment("20/04/2026 17:30")
    assert calendar.saturday_desk(date(2026, 4, 11)) is not None
    assert calendar.saturday_desk(date(2026, 4, 18)) is None


@pytest.mark.parametrize(
    ("received", "limit", "due", "rules", "said"),
    [
        pytest.param(
            "21/03/2026 09:00",
            "giải quyết ngay",
            "21/03/2026 16:30",
            ("L-02", "L-07"),
            "Tiếp nhận (bộ phận một cửa làm việc thứ Bảy) lúc 09:00; giải quyết ngay trong ngày.",
            id="L-02: settled at once on Saturday",
        ),
        pytest.param(
            "21/03/2026 16:30",
            "giải quyết ngay",
            "23/03/2026 17:00",
            ("L-07",),
            "Tiếp nhận lúc 16:30, khi cơ quan không làm việc; giải quyết trong ngày làm việc tiếp theo.",
            id="L-02: the desk has closed",
        ),
        pytest.param(
            "21/03/2026 15:30",
            "trong ngày; nhận sau 15 giờ thì trả trong ngày làm việc tiếp theo",
            "23/03/2026 17:00",
            ("L-02", "L-07"),
            "Tiếp nhận (bộ phận một cửa làm việc thứ Bảy) lúc 15:30, sau 15 giờ; được trả trong ngày làm việc tiếp "
            "theo.",
            id="L-02: after 15:00 on Saturday",
        ),
        pytest.param(
            "21/03/2026 09:00",
            "3 ngày làm việc",
            "25/03/2026 17:00",
            ("L-02", "L-06"),
            "Tiếp nhận (bộ phận một cửa làm việc thứ Bảy) lúc 09:00; ngày tiếp nhận không tính vào thời hạn.",
            id="L-02: Saturday is not counted",
        ),
        pytest.param(
            "21/03/2026 09:00",
            "4 giờ làm việc",
            "23/03/2026 11:30",
            ("L-02", "L-06", "L-07"),
            "Tiếp nhận (bộ phận một cửa làm việc thứ Bảy) lúc 09:00; thứ Bảy không tính vào thời hạn, thời hạn tính từ "
            "ngày làm việc tiếp theo.",
            id="L-02: no hours run on Saturday",
        ),
    ],
)
def test_a_saturday_desk(received: str, limit: str, due: str, rules: tuple[str, ...], said: str) -> None:
    told = due_moment(moment(received), parse_time_limit(limit), DESK)

    assert told.due_at == moment(due)
    assert told.derivation[0].rule_ids == rules
    assert told.derivation[0].text_vi == said


def test_what_came_in_on_saturday_is_handed_on_on_monday() -> None:
    assert transfer_due(moment("21/03/2026 09:00"), DESK) == moment("23/03/2026 11:30")


@pytest.mark.parametrize(
    ("on", "is_open"),
    [
        pytest.param(date(2026, 3, 21), True, id="L-02: a plain Saturday"),
        pytest.param(date(2026, 8, 22), False, id="L-04: a Saturday worked in exchange keeps the usual hours"),
        pytest.param(date(2027, 2, 6), False, id="L-03: Tết"),
        pytest.param(date(2026, 3, 22), False, id="Sunday"),
        pytest.param(date(2026, 3, 20), False, id="Friday"),
    ],
)
def test_when_a_saturday_desk_is_open(on: date, is_open: bool) -> None:
    assert (DESK.saturday_desk(on) is not None) is is_open


@pytest.mark.parametrize(
    ("first", "last", "off"),
    [
        pytest.param(date(2021, 2, 10), date(2021, 2, 16), 5, id="L-05: Tết 2021, Wed 10 to Tue 16 February"),
        pytest.param(date(2021, 9, 2), date(2021, 9, 5), 2, id="L-05: National Day 2021, four days in a row"),
        pytest.param(date(2021, 4, 21), date(2021, 4, 21), 1, id="L-05: Hùng Kings 2021"),
        pytest.param(date(2021, 4, 30), date(2021, 5, 3), 2, id="L-05: 30 April and 3 May 2021"),
        pytest.param(date(2021, 1, 1), date(2021, 1, 1), 1, id="L-05: New Year 2021"),
        pytest.param(date(2026, 2, 16), date(2026, 2, 20), 5, id="L-05: Tết 2026"),
        pytest.param(date(2026, 4, 26), date(2026, 4, 27), 1, id="L-05: Hùng Kings 2026, Monday 27 April"),
        pytest.param(date(2026, 11, 24), date(2026, 11, 24), 1, id="L-03: Culture Day, from 2026"),
        pytest.param(date(2025, 11, 24), date(2025, 11, 24), 0, id="L-03: no Culture Day before"),
    ],
)
def test_verified_days_off(first: date, last: date, off: int) -> None:
    days = [first + timedelta(days=number) for number in range((last - first).days + 1)]

    assert not any(PLAIN.is_working_day(each) for each in days) or off == 0
    assert sum(each.weekday() < 5 and not PLAIN.is_working_day(each) for each in days) == off


def test_the_usual_day_has_eight_hours() -> None:
    assert DEFAULT_HOURS.daily == timedelta(hours=8), "L-01"
    assert [PLAIN.is_working_day(date(2026, 3, 2) + timedelta(days=n)) for n in range(7)] == [True] * 5 + [False] * 2


DAYS_OFF = st.builds(
    day,
    st.dates(date(2026, 1, 5), date(2026, 12, 20)),
    st.sampled_from([DayKind.CLOSED, DayKind.HOLIDAY, DayKind.COMPENSATORY, DayKind.SWAPPED_OFF]),
)


@given(received=RECEIPTS, limit=limits(), mode=MODES, off=st.lists(DAYS_OFF, min_size=1, max_size=4))
def test_adding_days_off_never_makes_a_due_moment_earlier(
    received: datetime, limit: TimeLimit, mode: CountingMode, off: list[CalendarDay]
) -> None:
    if limit.unit is LimitUnit.YEAR or limit.unit is LimitUnit.MONTH:
        limit = TimeLimit(Decimal(1), LimitUnit.MONTH)
    before, after = DESK, calendar_by(with_announced([Announcement(tuple(off))]), DEFAULT_HOURS, SATURDAY, ())

    assert due_at(received, limit, before, mode) <= due_at(received, limit, after, mode)
