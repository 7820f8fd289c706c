from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from motcua.rules.deadlines import (
    CountingMode,
    Outcome,
    Urgency,
    due_at,
    due_moment,
    elapsed_working_time,
    extension_deadline,
    intake_alert_due,
    intake_answer_due,
    linked_due_at,
    may_close_from,
    outcome,
    promise_mode,
    transfer_due,
    urgency,
)
from motcua.rules.identifiers import dossier_code
from motcua.rules.regimes import ClockStart, regime_on, regime_rules_on
from motcua.rules.time_limits import LimitUnit, TimeLimit, parse_time_limit
from motcua.rules.working_time import (
    HANOI,
    CalendarExhausted,
    MomentWithoutZone,
    OfficeHours,
    Season,
    WorkingCalendar,
    working_calendar,
)

CALENDAR = working_calendar()
SEVEN_HOURS = working_calendar(OfficeHours.parse("08:00-12:00,13:00-16:00"))
CIVIL, ROLLING = CountingMode.CIVIL, CountingMode.ROLLING


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=HANOI)


def due(received: str, limit: str, mode: CountingMode = CIVIL, calendar: WorkingCalendar = CALENDAR) -> datetime:
    return due_at(at(received), parse_time_limit(limit), calendar, mode)


@pytest.mark.parametrize(
    ("received", "limit", "ends"),
    [
        pytest.param("2021-02-04T09:00", "3 ngày làm việc", "2021-02-09T17:00", id="example 1"),
        pytest.param("2021-02-08T10:00", "5 ngày làm việc", "2021-02-22T17:00", id="example 2, over Tết"),
        pytest.param("2021-03-26T10:00", "0,5 ngày làm việc", "2021-03-26T15:30", id="example 5a, half a day"),
        pytest.param("2021-03-26T15:30", "4 giờ làm việc", "2021-03-29T10:00", id="example 5b, half a day late"),
        pytest.param("2026-07-03T16:00", "8 giờ làm việc", "2026-07-06T16:00", id="example 6, online intake"),
        pytest.param("2021-03-01T15:40", "10 ngày làm việc", "2021-03-15T17:00", id="example 8 and timeline, first"),
        pytest.param("2021-03-10T10:00", "10 ngày làm việc", "2021-03-24T17:00", id="example 8, restart from zero"),
        pytest.param("2021-03-24T17:00", "5 ngày làm việc", "2021-03-31T17:00", id="example 9, extension"),
        pytest.param("2026-08-11T08:00", "5 ngày làm việc", "2026-08-18T17:00", id="example 11, non-territorial"),
        pytest.param("2020-12-30T09:00", "3 ngày làm việc", "2021-01-05T17:00", id="example 14, new year"),
    ],
)
def test_the_worked_examples_of_the_rulebook(received: str, limit: str, ends: str) -> None:
    assert due(received, limit) == at(ends)


def test_example_11_counts_from_the_agency_that_the_regime_names() -> None:
    counter, competent = at("2026-08-10T09:00"), at("2026-08-11T08:00")
    starts = {ClockStart.RECEIVING_AGENCY: counter, ClockStart.COMPETENT_AGENCY: competent}
    start = starts[regime_rules_on(counter.date()).clock_start]

    assert due_at(start, parse_time_limit("5 ngày làm việc"), CALENDAR) == at("2026-08-18T17:00")


def test_example_13_each_leg_begins_where_the_one_before_ended() -> None:
    legs = [parse_time_limit(f"{days} ngày làm việc") for days in (3, 5, 2)]

    assert linked_due_at(at("2021-07-05T09:00"), legs, CALENDAR) == (
        at("2021-07-08T17:00"),
        at("2021-07-15T17:00"),
        at("2021-07-19T17:00"),
    )


def test_example_17_a_silent_applicant_has_until_the_end_of_the_fifteenth_day() -> None:
    answer_within, notified_at = parse_time_limit("15 ngày"), at("2026-06-01T09:00")

    assert due_at(notified_at, answer_within, CALENDAR) == at("2026-06-16T17:00")
    assert may_close_from(notified_at, answer_within, CALENDAR) == at("2026-06-17T07:30")


def test_example_8_the_wait_for_a_supplement_is_not_counted_in_the_figures() -> None:
    accepted, finished = at("2021-03-01T07:30"), at("2021-03-30T17:00")
    wait = (at("2021-03-04T07:30"), at("2021-03-10T07:30"))

    assert elapsed_working_time(accepted, finished, [wait], CALENDAR) == timedelta(hours=8) * (22 - 4)
    assert elapsed_working_time(accepted, finished, [], CALENDAR) == timedelta(hours=8) * 22


@pytest.mark.parametrize(
    ("accepted", "transferred_by"),
    [
        pytest.param("2021-03-01T09:00", "2021-03-01T17:00", id="in the morning: the same day"),
        pytest.param("2021-03-01T15:00", "2021-03-01T17:00", id="at 15:00: the same day"),
        pytest.param("2021-03-01T15:40", "2021-03-02T11:30", id="after 15:00: the next morning"),
        pytest.param("2021-03-05T16:00", "2021-03-08T11:30", id="late on a Friday: Monday morning"),
        pytest.param("2021-03-06T09:00", "2021-03-08T11:30", id="on a Saturday: Monday morning"),
        pytest.param("2021-02-09T15:01", "2021-02-17T11:30", id="on the eve of Tết: the morning after it"),
    ],
)
def test_the_rule_of_15_00_moves_the_transfer(accepted: str, transferred_by: str) -> None:
    assert transfer_due(at(accepted), CALENDAR) == at(transferred_by)


def test_an_office_that_closes_before_15_00_transfers_what_comes_later_the_next_day() -> None:
    mornings = working_calendar(OfficeHours.parse("07:30-11:30"))

    assert transfer_due(at("2021-03-01T10:00"), mornings) == at("2021-03-01T11:30")
    assert transfer_due(at("2021-03-01T12:00"), mornings) == at("2021-03-02T11:30")


def test_the_timeline_of_one_dossier_under_the_regime_of_2018() -> None:
    """Rulebook Q: ten working days, one supplement, one extension."""
    accepted, ten_days = at("2021-03-01T15:40"), parse_time_limit("10 ngày làm việc")
    regime = regime_on(accepted.date())

    assert dossier_code(regime, "H18.31", accepted.date(), 7) == "000.00.31.H18-210301-0007"
    assert due_at(accepted, ten_days, CALENDAR) == at("2021-03-15T17:00")
    assert at("2021-03-02T07:45") <= transfer_due(accepted, CALENDAR)
    assert due("2021-03-01T15:40", "3 ngày làm việc") == at("2021-03-04T17:00")
    restarted = due_at(at("2021-03-10T09:00"), ten_days, CALENDAR)
    assert restarted == at("2021-03-24T17:00")
    assert due("2021-03-19T09:00", "2 ngày làm việc") == at("2021-03-23T17:00")
    assert extension_deadline(restarted, CALENDAR) == at("2021-03-23T17:00")
    extended = due_at(restarted, parse_time_limit("5 ngày làm việc"), CALENDAR)
    assert extended == at("2021-03-31T17:00")
    handed_over = at("2021-03-30T10:00")
    assert (outcome(handed_over, extended), outcome(handed_over, restarted)) == (Outcome.EARLY, Outcome.LATE)


def test_a_delay_is_announced_by_the_close_of_the_day_before() -> None:
    assert extension_deadline(at("2021-03-24T17:00"), CALENDAR) == at("2021-03-23T17:00")
    assert extension_deadline(at("2021-02-17T17:00"), CALENDAR) == at("2021-02-09T17:00")


@pytest.mark.parametrize(
    ("received", "limit", "ends"),
    [
        pytest.param(
            "2021-02-05T18:30", "1 ngày làm việc", "2021-02-08T17:00", id="after hours: the day is not counted"
        ),
        pytest.param("2021-02-06T10:00", "1 ngày làm việc", "2021-02-08T17:00", id="on a Saturday: Monday is day one"),
        pytest.param("2026-08-21T10:00", "1 ngày làm việc", "2026-08-22T17:00", id="a worked Saturday is counted"),
        pytest.param("2026-08-22T10:00", "1 ngày làm việc", "2026-08-24T17:00", id="received on a worked Saturday"),
        pytest.param("2026-08-28T10:00", "1 ngày làm việc", "2026-09-03T17:00", id="a swapped day off is not"),
        pytest.param("2026-01-01T10:00", "2 ngày làm việc", "2026-01-06T17:00", id="received on a holiday"),
        pytest.param("2021-02-05T10:00", "1,5 ngày làm việc", "2021-02-09T11:30", id="a day and a half"),
        pytest.param("2021-02-06T10:00", "0,5 ngày làm việc", "2021-02-08T11:30", id="half a day from a Saturday"),
        pytest.param("2021-02-01T10:00", "10 ngày", "2021-02-17T17:00", id="calendar days ending in Tết"),
        pytest.param("2021-03-01T10:00", "5 ngày", "2021-03-08T17:00", id="calendar days ending on a Saturday"),
        pytest.param("2021-03-01T10:00", "4 ngày", "2021-03-05T17:00", id="calendar days ending on a Friday"),
        pytest.param("2021-01-29T10:00", "1 tháng", "2021-03-01T17:00", id="28 February is a Sunday"),
        pytest.param("2024-01-31T10:00", "1 tháng", "2024-02-29T17:00", id="the last day of a shorter month"),
        pytest.param("2021-10-15T10:00", "3 tháng", "2022-01-17T17:00", id="months over the new year"),
        pytest.param("2024-02-29T10:00", "1 năm", "2025-02-28T17:00", id="a year from a leap day"),
        pytest.param("2021-03-01T08:00", "8 giờ", "2021-03-01T16:00", id="clock hours within the day"),
        pytest.param("2021-03-01T08:00", "4 giờ", "2021-03-01T13:00", id="clock hours ending at lunch"),
        pytest.param("2021-03-01T14:00", "8 giờ", "2021-03-02T07:30", id="clock hours ending at night"),
        pytest.param("2021-03-05T10:00", "24 giờ", "2021-03-08T17:00", id="clock hours ending on a Saturday"),
        pytest.param("2021-03-05T10:00", "72 giờ", "2021-03-08T10:00", id="clock hours over a weekend"),
        pytest.param("2021-03-01T18:00", "4 giờ làm việc", "2021-03-02T11:30", id="working hours from after hours"),
        pytest.param("2021-03-01T09:00", "trong ngày", "2021-03-01T17:00", id="at once"),
        pytest.param("2021-03-01T15:30", "trong ngày", "2021-03-01T17:00", id="at once, without the rule of 15:00"),
        pytest.param("2021-03-01T17:30", "trong ngày", "2021-03-02T17:00", id="at once, after hours"),
        pytest.param("2021-03-01T17:00", "trong ngày", "2021-03-02T17:00", id="at once, as the office closes"),
        pytest.param("2021-03-01T06:00", "trong ngày", "2021-03-01T17:00", id="at once, before the office opens"),
        pytest.param("2021-03-06T09:00", "trong ngày", "2021-03-08T17:00", id="at once, on a Saturday"),
    ],
)
def test_days_and_hours_end_as_the_law_says(received: str, limit: str, ends: str) -> None:
    assert due(received, limit) == at(ends)


@pytest.mark.parametrize(
    ("received", "ends"),
    [
        pytest.param("2021-03-05T15:00", "2021-03-05T17:00", id="at 15:00"),
        pytest.param("2021-03-05T15:01", "2021-03-08T17:00", id="after 15:00"),
        pytest.param("2021-03-05T17:30", "2021-03-08T17:00", id="after hours"),
        pytest.param("2021-03-06T16:00", "2021-03-08T17:00", id="late on a Saturday"),
    ],
)
def test_what_comes_after_three_is_settled_the_next_working_day_where_the_text_says_so(
    received: str, ends: str
) -> None:
    assert due_at(at(received), TimeLimit(Decimal(0), LimitUnit.SAME_DAY), CALENDAR) == at(ends)


@pytest.mark.parametrize(
    ("received", "limit", "ends"),
    [
        pytest.param("2021-02-08T10:00", "5 ngày làm việc", "2021-02-22T10:00", id="the same hour"),
        pytest.param("2021-02-08T10:00", "1,5 ngày làm việc", "2021-02-09T15:30", id="a day and a half"),
        pytest.param("2021-02-05T18:00", "1 ngày làm việc", "2021-02-08T17:00", id="from after hours"),
        pytest.param("2021-03-01T10:00", "5 ngày", "2021-03-08T17:00", id="calendar days are counted as ever"),
    ],
)
def test_rolling_counts_working_days_in_hours_from_the_receipt(received: str, limit: str, ends: str) -> None:
    assert due(received, limit, ROLLING) == at(ends)


@pytest.mark.parametrize(
    ("received", "limit", "mode", "ends"),
    [
        pytest.param("2021-03-01T09:00", "2 ngày làm việc", ROLLING, "2021-03-03T11:00", id="two days: 16 hours"),
        pytest.param("2021-03-01T08:00", "0,5 ngày làm việc", CIVIL, "2021-03-01T12:00", id="half a day: four hours"),
        pytest.param("2021-03-01T08:00", "0,5 ngày làm việc", ROLLING, "2021-03-01T12:00", id="half a day, rolling"),
        pytest.param("2021-03-01T10:00", "1,5 ngày làm việc", CIVIL, "2021-03-03T12:00", id="a day and four hours"),
        pytest.param("2021-03-01T09:00", "10 ngày làm việc", ROLLING, "2021-03-15T16:00", id="held at the tenth day"),
    ],
)
def test_a_working_day_counted_in_hours_has_eight_of_them_and_never_outlasts_its_days(
    received: str, limit: str, mode: CountingMode, ends: str
) -> None:
    assert due(received, limit, mode, SEVEN_HOURS) == at(ends)


def test_half_a_day_at_an_office_of_three_hours_ends_with_the_next_day() -> None:
    three_hours = working_calendar(OfficeHours.parse("08:00-11:00"))

    assert due("2021-03-01T10:30", "0,5 ngày làm việc", CIVIL, three_hours) == at("2021-03-02T11:00")
    assert due("2021-03-01T10:30", "1,5 ngày làm việc", CIVIL, three_hours) == at("2021-03-03T11:00")


def test_hours_that_end_within_the_calendar_are_counted_on_its_last_day() -> None:
    assert due("2027-12-31T08:00", "0,5 ngày làm việc") == at("2027-12-31T13:30")
    assert due("2027-12-31T07:00", "1 ngày làm việc", ROLLING) == at("2027-12-31T17:00")


@pytest.mark.parametrize(
    ("limit", "mode", "of_the_promise"),
    [
        ("5 ngày làm việc", CIVIL, CIVIL),
        ("5 ngày làm việc", ROLLING, ROLLING),
        ("0,5 ngày làm việc", CIVIL, ROLLING),
        ("1,5 ngày làm việc", CIVIL, ROLLING),
        ("8 giờ", CIVIL, ROLLING),
        ("8 giờ làm việc", CIVIL, ROLLING),
        ("5 ngày", ROLLING, CIVIL),
        ("1 tháng", ROLLING, CIVIL),
        ("trong ngày", ROLLING, CIVIL),
    ],
)
def test_a_promise_names_an_hour_or_a_day_by_its_limit(
    limit: str, mode: CountingMode, of_the_promise: CountingMode
) -> None:
    assert promise_mode(parse_time_limit(limit), mode) is of_the_promise


def test_a_promise_without_a_limit_is_as_the_province_counts() -> None:
    assert promise_mode(None, ROLLING) is ROLLING


def test_the_close_is_that_of_the_season_the_limit_ends_in() -> None:
    summer_at_four = WorkingCalendar(seasons=(Season(date(2021, 4, 16), OfficeHours.parse("07:00-16:00")),))

    assert due("2021-04-14T09:00", "1 ngày làm việc", CIVIL, summer_at_four) == at("2021-04-15T17:00")
    assert due("2021-04-14T09:00", "2 ngày làm việc", CIVIL, summer_at_four) == at("2021-04-16T16:00")


def test_the_receipt_may_come_in_any_zone() -> None:
    received = datetime(2021, 2, 8, 20, 0, tzinfo=UTC)

    ends = due_at(received, parse_time_limit("1 ngày làm việc"), CALENDAR)

    assert ends == at("2021-02-17T17:00")
    assert ends.isoformat() == "2021-02-17T17:00:00+07:00"


def test_a_receipt_without_a_zone_is_refused() -> None:
    with pytest.raises(MomentWithoutZone):
        due_at(datetime(2021, 2, 8, 10), parse_time_limit("1 ngày làm việc"), CALENDAR)


@pytest.mark.parametrize(
    "limit", ["5 ngày làm việc", "8 giờ làm việc", "10 ngày", "2 tháng", "1 năm", "9999 năm", "9999 ngày", "9999 giờ"]
)
@pytest.mark.parametrize("mode", CountingMode)
def test_a_limit_that_ends_past_the_calendar_is_refused(limit: str, mode: CountingMode) -> None:
    with pytest.raises(CalendarExhausted):
        due("2027-12-31T10:00", limit, mode)


def test_a_limit_beyond_all_time_is_refused() -> None:
    with pytest.raises(CalendarExhausted):
        due_at(at("2027-12-31T10:00"), TimeLimit(Decimal(10**12), LimitUnit.HOUR), CALENDAR)


def test_a_receipt_before_the_calendar_is_refused() -> None:
    with pytest.raises(CalendarExhausted):
        due("2016-12-30T10:00", "5 ngày làm việc")


def test_a_due_moment_in_an_open_year_is_provisional() -> None:
    five_days = parse_time_limit("5 ngày làm việc")

    assert due_moment(at("2026-12-28T10:00"), five_days, CALENDAR).is_provisional
    assert not due_moment(at("2026-12-21T10:00"), five_days, CALENDAR).is_provisional


def test_an_online_submission_is_noticed_in_two_hours_and_answered_in_eight() -> None:
    submitted = at("2026-07-03T16:00")

    assert intake_alert_due(submitted, CALENDAR) == at("2026-07-06T08:30")
    assert intake_answer_due(submitted, CALENDAR) == at("2026-07-06T16:00")


@pytest.mark.parametrize(
    ("finished", "mode", "said"),
    [
        pytest.param("2021-03-23T17:00", CIVIL, Outcome.EARLY, id="the day before"),
        pytest.param("2021-03-24T07:30", CIVIL, Outcome.ON_TIME, id="in the morning of the day"),
        pytest.param("2021-03-24T18:00", CIVIL, Outcome.ON_TIME, id="after hours of the day"),
        pytest.param("2021-03-25T07:30", CIVIL, Outcome.LATE, id="the day after"),
        pytest.param("2021-03-24T16:59", ROLLING, Outcome.EARLY, id="the hour before"),
        pytest.param("2021-03-24T17:30", ROLLING, Outcome.ON_TIME, id="in the hour"),
        pytest.param("2021-03-24T18:00", ROLLING, Outcome.LATE, id="the hour after"),
    ],
)
def test_a_finish_is_early_on_time_or_late(finished: str, mode: CountingMode, said: Outcome) -> None:
    assert outcome(at(finished), at("2021-03-24T17:00"), mode) is said


def test_a_dossier_extended_is_early_against_the_new_date_and_late_against_the_old() -> None:
    handed_over = at("2021-03-30T15:00")

    assert outcome(handed_over, at("2021-03-31T17:00")) is Outcome.EARLY
    assert outcome(handed_over, at("2021-03-24T17:00")) is Outcome.LATE


def test_a_finish_is_compared_on_the_day_of_hanoi() -> None:
    assert outcome(datetime(2021, 3, 24, 18, tzinfo=UTC), at("2021-03-24T17:00")) is Outcome.LATE


@pytest.mark.parametrize(
    ("accepted", "promised", "now", "said"),
    [
        pytest.param("2021-03-01T07:30", "2021-03-12T17:00", "2021-03-10T16:59", Urgency.NORMAL, id="before 80 %"),
        pytest.param("2021-03-01T07:30", "2021-03-12T17:00", "2021-03-10T17:00", Urgency.DUE_SOON, id="from 80 % on"),
        pytest.param("2021-03-01T07:30", "2021-03-12T17:00", "2021-03-12T17:00", Urgency.DUE_SOON, id="at the moment"),
        pytest.param("2021-03-01T07:30", "2021-03-12T17:00", "2021-03-12T17:01", Urgency.OVERDUE, id="a minute after"),
        pytest.param("2021-03-01T07:30", "2021-03-03T17:00", "2021-03-02T16:59", Urgency.NORMAL, id="two days left"),
        pytest.param("2021-03-01T07:30", "2021-03-03T17:00", "2021-03-02T17:00", Urgency.DUE_SOON, id="one day left"),
        pytest.param("2021-03-01T07:30", "2021-03-01T17:00", "2021-03-01T08:00", Urgency.NORMAL, id="one day in all"),
        pytest.param("2021-03-01T07:30", "2021-03-01T17:00", "2021-03-01T15:24", Urgency.DUE_SOON, id="its last fifth"),
    ],
)
def test_a_dossier_turns_amber_and_red(accepted: str, promised: str, now: str, said: Urgency) -> None:
    assert urgency(at(accepted), at(promised), at(now), CALENDAR) is said


def test_hours_ending_on_a_day_off_may_outlast_more_hours() -> None:
    """The law's own fold: a day off pushes the end to the next close, a working morning does not."""
    assert due("2021-03-05T10:00", "24 giờ") > due("2021-03-05T10:00", "72 giờ")
