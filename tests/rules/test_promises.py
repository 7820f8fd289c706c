from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.rules.counting import CountingMode
from motcua.rules.deadlines import Outcome, due_at, outcome
from motcua.rules.derivations import LineKind
from motcua.rules.promises import (
    Beginning,
    ClockFacts,
    Exclusion,
    ExclusionGround,
    ExtensionFault,
    ExtensionRefused,
    days_after,
    extended,
    is_taken_in_elsewhere,
    promise,
    resumed,
    supplement_notice_due,
)
from motcua.rules.time_limits import LimitUnit, TimeLimit, parse_time_limit
from motcua.rules.working_time import HANOI, working_calendar

CALENDAR = working_calendar()
WORK = CountingMode.CIVIL
PAYING = ExclusionGround.FINANCIAL


def moment(text: str) -> datetime:
    return datetime.strptime(text, "%d/%m/%Y %H:%M").replace(tzinfo=HANOI)


def facts(start: str, limit: str, beginning: Beginning = Beginning.ACCEPTED, **more: object) -> ClockFacts:
    return ClockFacts(moment(start), beginning, parse_time_limit(limit), **more)  # type: ignore[arg-type]  # test only


def wait(since: str, until: str) -> Exclusion:
    return Exclusion(moment(since), moment(until), PAYING)


def said(facts_: ClockFacts) -> str:
    return f"{promise(facts_, CALENDAR, WORK).due_at:%d/%m/%Y %H:%M}"


@pytest.mark.parametrize(
    ("given_", "due"),
    [
        pytest.param(facts("01/03/2021 15:40", "10 ngày làm việc"), "15/03/2021 17:00", id="L example 8, accepted"),
        pytest.param(
            facts("10/03/2021 09:00", "10 ngày làm việc", Beginning.SUPPLEMENT_COMPLETED),
            "24/03/2021 17:00",
            id="L example 8, L-10: from zero once complete",
        ),
        pytest.param(
            facts(
                "10/03/2021 09:00",
                "10 ngày làm việc",
                Beginning.SUPPLEMENT_COMPLETED,
                extended_to=date(2021, 3, 31),
                extended_at=moment("23/03/2021 16:00"),
            ),
            "31/03/2021 17:00",
            id="L example 9: one new date",
        ),
        pytest.param(
            facts("11/08/2026 08:00", "5 ngày làm việc", Beginning.RECEIVED_BY_AGENCY),
            "18/08/2026 17:00",
            id="L example 11, B-12: from the competent agency's receipt",
        ),
        pytest.param(
            facts(
                "01/03/2021 09:00",
                "10 ngày làm việc",
                extended_to=date(2021, 4, 21),
                extended_at=moment("10/03/2021 16:00"),
            ),
            "22/04/2021 17:00",
            id="a new date that turns out a holiday is the next working day",
        ),
        pytest.param(
            facts(
                "01/03/2021 09:00",
                "10 ngày làm việc",
                exclusions=(wait("05/03/2021 09:00", "30/03/2021 09:00"),),
                extended_to=date(2021, 3, 24),
                extended_at=moment("04/03/2021 16:00"),
            ),
            "07/04/2021 17:00",
            id="a new date that the waits have overtaken changes nothing",
        ),
    ],
)
def test_the_promise(given_: ClockFacts, due: str) -> None:
    assert said(given_) == due


@pytest.mark.parametrize(
    ("limit", "exclusion", "due"),
    [
        pytest.param("5 ngày làm việc", wait("03/03/2021 10:00", "10/03/2021 10:00"), "15/03/2021 17:00", id="days"),
        pytest.param("5 ngày làm việc", wait("03/03/2021 10:00", "03/03/2021 16:00"), "08/03/2021 17:00", id="one day"),
        pytest.param("5 ngày làm việc", wait("06/03/2021 10:00", "07/03/2021 10:00"), "08/03/2021 17:00", id="weekend"),
        pytest.param(
            "5 ngày làm việc", wait("09/03/2021 10:00", "11/03/2021 10:00"), "08/03/2021 17:00", id="too late"
        ),
        pytest.param("10 ngày", wait("03/03/2021 10:00", "06/03/2021 10:00"), "15/03/2021 17:00", id="calendar days"),
        pytest.param("4 giờ làm việc", wait("01/03/2021 10:00", "02/03/2021 08:00"), "02/03/2021 11:00", id="hours"),
        pytest.param("24 giờ", wait("01/03/2021 10:00", "01/03/2021 12:00"), "02/03/2021 11:00", id="clock hours"),
    ],
)
def test_time_that_does_not_count_moves_the_promise(limit: str, exclusion: Exclusion, due: str) -> None:
    assert said(facts("01/03/2021 09:00", limit, exclusions=(exclusion,))) == due


def test_the_derivation_tells_every_change_in_turn() -> None:
    told = promise(
        facts(
            "01/03/2021 09:00",
            "3 ngày làm việc",
            exclusions=(wait("02/03/2021 10:00", "04/03/2021 10:00"),),
            extended_to=date(2021, 3, 10),
            extended_at=moment("05/03/2021 08:00"),
        ),
        CALENDAR,
        WORK,
    ).derivation

    assert [line.kind for line in told if line.kind not in {LineKind.COUNTED, LineKind.RUNNING, LineKind.WEEKEND}] == [
        LineKind.RECEIVED,
        LineKind.DUE,
        LineKind.RESUMED,
        LineKind.DUE,
        LineKind.EXTENDED,
        LineKind.DUE,
    ]
    assert [line.text_vi for line in told if line.kind in {LineKind.RESUMED, LineKind.EXTENDED}] == [
        (
            "Thời hạn chạy tiếp từ lúc 10:00: thời gian từ 10:00 02/03/2021 không tính vào thời hạn "
            "(người nộp thực hiện nghĩa vụ tài chính)."
        ),
        "Cơ quan giải quyết xin lỗi và hẹn lại một lần: hạn cũ 17:00 08/03/2021, hạn mới lùi 2 ngày làm việc.",
    ]


def test_a_restart_says_so_with_its_rule() -> None:
    first = promise(
        facts("10/03/2021 09:00", "10 ngày làm việc", Beginning.SUPPLEMENT_COMPLETED), CALENDAR, WORK
    ).derivation[0]

    assert first.text_vi == (
        "Thời hạn tính lại từ đầu: nhận đủ giấy tờ bổ sung lúc 09:00; ngày nhận đủ không tính vào thời hạn."
    )
    assert first.rule_ids == ("L-10", "L-06")


DUE = moment("24/03/2021 17:00")


@pytest.mark.parametrize(
    ("at", "is_late"),
    [
        pytest.param("23/03/2021 17:00", False, id="L example 9: the last moment for form 04"),
        pytest.param("23/03/2021 17:01", True, id="a minute later"),
        pytest.param("24/03/2021 09:00", True, id="on the day itself, F13"),
    ],
)
def test_an_apology_comes_a_working_day_before(at: str, is_late: bool) -> None:
    new_day = days_after(DUE, 5, CALENDAR)

    found = extended(DUE, new_day, at=moment(at), extended_count=0, calendar=CALENDAR)

    assert new_day == date(2021, 3, 31)
    assert (found.promise.due_at, found.is_late_notice) == (moment("31/03/2021 17:00"), is_late)


@pytest.mark.parametrize(
    ("new_day", "count", "fault"),
    [
        pytest.param(date(2021, 3, 31), 1, ExtensionFault.EXTENDED_BEFORE, id="R-3: a second time"),
        pytest.param(date(2021, 3, 24), 0, ExtensionFault.NO_LATER, id="the same day"),
        pytest.param(date(2021, 3, 27), 0, ExtensionFault.NOT_WORKING_TIME, id="a Saturday"),
    ],
)
def test_a_new_date_is_refused(new_day: date, count: int, fault: ExtensionFault) -> None:
    with pytest.raises(ExtensionRefused) as refused:
        extended(DUE, new_day, at=moment("20/03/2021 09:00"), extended_count=count, calendar=CALENDAR)

    assert refused.value.fault is fault


@pytest.mark.parametrize(
    ("new_day", "is_refused"),
    [
        pytest.param(date(2021, 3, 26), True, id="a working day that is over"),
        pytest.param(date(2021, 3, 29), True, id="today, the office has closed"),
        pytest.param(date(2021, 3, 30), False, id="tomorrow"),
    ],
)
def test_an_overdue_dossier_is_promised_no_day_that_has_passed(new_day: date, is_refused: bool) -> None:
    fault = None

    try:
        extended(DUE, new_day, at=moment("29/03/2021 17:00"), extended_count=0, calendar=CALENDAR)
    except ExtensionRefused as refused:
        fault = refused.fault

    assert fault is (ExtensionFault.IN_THE_PAST if is_refused else None)


def test_a_new_date_stands_whatever_became_of_the_hours_since() -> None:
    announced_late = facts(
        "01/03/2021 09:00", "10 ngày làm việc", extended_to=date(2021, 3, 31), extended_at=moment("31/03/2021 17:30")
    )

    assert said(announced_late) == "31/03/2021 17:00"


def test_more_papers_are_asked_for_within_three_working_days() -> None:
    assert supplement_notice_due(moment("01/03/2021 15:40"), CALENDAR) == moment("04/03/2021 17:00")


@pytest.mark.parametrize(
    ("desk", "agency", "elsewhere"),
    [
        pytest.param(7, 7, False, id="the commune's own desk"),
        pytest.param(None, None, False, id="the provincial centre for a department"),
        pytest.param(7, 8, True, id="another commune's desk"),
        pytest.param(7, None, True, id="a commune's desk for a department"),
        pytest.param(None, 7, True, id="the provincial centre for a commune"),
    ],
)
def test_non_territorial_intake(desk: int | None, agency: int | None, elsewhere: bool) -> None:
    assert is_taken_in_elsewhere(desk_commune=desk, agency_commune=agency) is elsewhere


def test_q_one_dossier_lives_under_2018() -> None:
    first = promise(facts("01/03/2021 15:40", "10 ngày làm việc"), CALENDAR, WORK).due_at
    after = promise(
        facts("10/03/2021 10:00", "10 ngày làm việc", Beginning.SUPPLEMENT_COMPLETED), CALENDAR, WORK
    ).due_at
    moved = extended(after, date(2021, 3, 31), at=moment("23/03/2021 09:00"), extended_count=0, calendar=CALENDAR)
    signed = moment("30/03/2021 15:00")

    assert (first, after) == (moment("15/03/2021 17:00"), moment("24/03/2021 17:00"))
    assert outcome(signed, moved.promise.due_at) is Outcome.EARLY
    assert outcome(signed, after) is Outcome.LATE


MOMENTS = st.datetimes(datetime(2021, 1, 4, 7), datetime(2026, 6, 1), timezones=st.just(HANOI))
LIMITS = st.one_of(
    st.builds(TimeLimit, st.integers(1, 60).map(Decimal), st.sampled_from([LimitUnit.WORKING_DAY, LimitUnit.DAY])),
    st.builds(TimeLimit, st.integers(1, 90).map(Decimal), st.sampled_from([LimitUnit.WORKING_HOUR, LimitUnit.HOUR])),
    st.builds(TimeLimit, st.integers(1, 3).map(Decimal), st.just(LimitUnit.MONTH)),
)


@given(
    start=MOMENTS,
    limit=LIMITS,
    mode=st.sampled_from(CountingMode),
    waits=st.lists(st.tuples(st.integers(0, 90), st.integers(0, 60)), max_size=4),
)
def test_r1_waits_never_make_a_promise_sooner_and_it_ends_while_the_office_is_open(
    start: datetime, limit: TimeLimit, mode: CountingMode, waits: list[tuple[int, int]]
) -> None:
    exclusions, at = list[Exclusion](), start
    for pause, length in waits:
        since = at + timedelta(hours=pause)
        at = since + timedelta(hours=length)
        exclusions.append(Exclusion(since, at, PAYING))

    due = promise(ClockFacts(start, Beginning.ACCEPTED, limit, tuple(exclusions)), CALENDAR, mode).due_at

    assert due >= due_at(start, limit, CALENDAR, mode) >= start
    assert CALENDAR.opening_from(due) == due


@given(late=st.integers(-200, 400), days=st.integers(-20, 20))
def test_whatever_new_date_is_taken_lies_ahead(late: int, days: int) -> None:
    at = DUE + timedelta(hours=late)
    try:
        found = extended(DUE, at.date() + timedelta(days=days), at=at, extended_count=0, calendar=CALENDAR)
    except ExtensionRefused:
        return

    assert found.promise.due_at > max(at, DUE)


@given(start=MOMENTS, limit=LIMITS, pause=st.integers(0, 50), length=st.integers(1, 50), more=st.integers(1, 50))
def test_a_longer_wait_never_makes_the_promise_sooner(
    start: datetime, limit: TimeLimit, pause: int, length: int, more: int
) -> None:
    since = start + timedelta(hours=pause)
    short, long = since + timedelta(hours=length), since + timedelta(hours=length + more)
    due = due_at(start, limit, CALENDAR)

    first = resumed(due, Exclusion(since, short, PAYING), limit, CALENDAR).due_at

    assert first <= resumed(due, Exclusion(since, long, PAYING), limit, CALENDAR).due_at
