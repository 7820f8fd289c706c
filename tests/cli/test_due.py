import json
import subprocess
import sys
from datetime import date, datetime
from pathlib import Path
from typing import Literal
from unicodedata import normalize

import pytest
from click.testing import CliRunner, Result

import motcua.cli
from motcua.cli.due import due
from motcua.cli.main import cli
from motcua.organisations.commands.announce_days import CalendarNotice, announce_days, put_in_force
from motcua.rules.calendar_days import CalendarDay, DayKind
from tests.make import MONDAY, make_unit


def run(*arguments: str) -> Result:
    return CliRunner().invoke(due, arguments)


def test_the_due_moment_is_given_as_json() -> None:
    result = run("--received", "2021-02-08T10:00", "--limit", "5 ngày làm việc", "--json")
    answer = json.loads(result.stdout)

    assert result.exit_code == 0
    assert answer["due_at"] == "2021-02-22T17:00:00+07:00"
    assert answer["is_provisional"] is False
    assert answer["derivation"][0]["date"] == "2021-02-08"
    assert answer["derivation"][-1] == {
        "date": "2021-02-22",
        "kind": "DUE",
        "text": "Ngày làm việc thứ 5, ngày cuối: hết hạn lúc 17:00.",
        "rules": ["L-06", "L-08"],
    }


@pytest.mark.parametrize(
    ("received", "limit", "due_at"),
    [
        pytest.param("2021-02-04T09:00", "3 ngày làm việc", "2021-02-09T17:00", id="example 1"),
        pytest.param("2021-02-08T10:00", "5 ngày làm việc", "2021-02-22T17:00", id="example 2, Tết"),
        pytest.param("2021-03-26T10:00", "0,5 ngày làm việc", "2021-03-26T15:30", id="example 5a, half a day"),
        pytest.param("2021-03-26T15:30", "4 giờ làm việc", "2021-03-29T10:00", id="example 5b, half a day late"),
        pytest.param("2021-03-26T15:30", "nửa ngày làm việc", "2021-03-29T10:00", id="example 5b, in other words"),
        pytest.param("2026-07-03T16:00", "8 giờ làm việc", "2026-07-06T16:00", id="example 6, online intake"),
        pytest.param("2021-03-01T15:40", "10 ngày làm việc", "2021-03-15T17:00", id="example 8, at first"),
        pytest.param("2021-03-01T15:40", "3 ngày làm việc", "2021-03-04T17:00", id="example 8, last day to ask"),
        pytest.param("2021-03-10T09:00", "10 ngày làm việc", "2021-03-24T17:00", id="example 8, from zero"),
        pytest.param("2021-03-24T17:00", "5 ngày làm việc", "2021-03-31T17:00", id="example 9, extension"),
        pytest.param("2026-08-11T08:00", "5 ngày làm việc", "2026-08-18T17:00", id="example 11, competent agency"),
        pytest.param("2021-07-05T09:00", "3 ngày làm việc", "2021-07-08T17:00", id="example 13, first leg"),
        pytest.param("2021-07-08T17:00", "5 ngày làm việc", "2021-07-15T17:00", id="example 13, second leg"),
        pytest.param("2021-07-15T17:00", "2 ngày làm việc", "2021-07-19T17:00", id="example 13, third leg"),
        pytest.param("2021-07-05T09:00", "10 ngày làm việc", "2021-07-19T17:00", id="example 13, in one"),
        pytest.param("2020-12-30T09:00", "3 ngày làm việc", "2021-01-05T17:00", id="example 14, new year"),
        pytest.param("2026-06-01T09:00", "15 ngày", "2026-06-16T17:00", id="example 17, last day to supplement"),
    ],
)
def test_the_worked_examples_of_the_rulebook_hold_on_the_command_line(received: str, limit: str, due_at: str) -> None:
    result = run("--received", received, "--limit", limit, "--json")

    assert result.exit_code == 0
    assert json.loads(result.stdout)["due_at"] == f"{due_at}:00+07:00"


@pytest.mark.parametrize(
    ("received", "limit", "due_at"),
    [
        pytest.param("2021-03-04T03:00Z", "1 working day", "2021-03-05T17:00", id="in universal time"),
        pytest.param("2021-03-04T10:00+07:00", "1 working day", "2021-03-05T17:00", id="with the offset of Hanoi"),
        pytest.param(" 2021-03-04 10:00:59 ", "4 working hours", "2021-03-04T15:30:59", id="with seconds and a blank"),
        pytest.param("2021-03-04T02:00", "nua ngay lam viec", "2021-03-04T11:30", id="at night"),
        pytest.param("2021-03-04T07:00", "nửa ngày làm việc", "2021-03-04T11:30", id="before the office opens"),
        pytest.param("2021-03-04T12:15", "0.5 working days", "2021-03-04T17:00", id="over lunch"),
        pytest.param("2021-03-04T17:00", "0,5 ngày làm việc", "2021-03-05T11:30", id="at the minute of closing"),
        pytest.param("2021-03-06T10:00", "0,5 ngày làm việc", "2021-03-08T11:30", id="on a Saturday"),
        pytest.param("2026-08-22T10:00", "0,5 ngày làm việc", "2026-08-22T15:30", id="on a worked Saturday"),
        pytest.param("2021-02-12T10:00", "0,5 ngày làm việc", "2021-02-17T11:30", id="on a holiday"),
        pytest.param("2024-01-31T10:00", "1 tháng", "2024-02-29T17:00", id="a month from the 31st"),
        pytest.param("2021-03-05T10:00", "5 days", "2021-03-10T17:00", id="days are calendar days"),
        pytest.param("2021-03-05T10:00", "24 hours", "2021-03-08T17:00", id="hours of the clock"),
        pytest.param("2021-03-05T10:00", "trong ngày", "2021-03-05T17:00", id="the same day"),
        pytest.param("2027-12-30T10:00", "1 ngày làm việc", "2027-12-31T17:00", id="the last day of the calendar"),
    ],
)
def test_a_receipt_at_any_time_and_a_limit_in_any_words(received: str, limit: str, due_at: str) -> None:
    result = run("--received", received, "--limit", limit, "--json")

    assert result.exit_code == 0
    assert datetime.fromisoformat(json.loads(result.stdout)["due_at"]) == datetime.fromisoformat(f"{due_at}+07:00")


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_the_limit_may_come_composed_or_decomposed(form: Literal["NFC", "NFD"]) -> None:
    limit = normalize(form, "5 ngày làm việc")

    result = run("--received", "2021-02-08T10:00", "--limit", limit, "--json")

    assert json.loads(result.stdout)["due_at"] == "2021-02-22T17:00:00+07:00"


def test_rolling_counts_eight_hours_a_day_from_the_minute() -> None:
    result = run("--received", "2021-02-08T10:07", "--limit", "5 ngày làm việc", "--mode", "rolling", "--json")

    assert json.loads(result.stdout)["due_at"] == "2021-02-22T10:07:00+07:00"


def test_summer_hours_move_the_close() -> None:
    summer = ("--hours", "7:00-11:00,13:30-17:30", "--json")

    whole = run("--received", "2021-03-04T10:00", "--limit", "1 ngày làm việc", *summer)
    half = run("--received", "2021-03-04T10:00", "--limit", "0,5 ngày làm việc", *summer)

    assert json.loads(whole.stdout)["due_at"] == "2021-03-05T17:30:00+07:00"
    assert json.loads(half.stdout)["due_at"] == "2021-03-04T16:30:00+07:00"


def test_the_derivation_is_printed_day_by_day() -> None:
    result = run("--received", "2021-03-04 10:00", "--limit", "2 ngày làm việc")

    assert result.exit_code == 0
    assert result.stdout.splitlines() == [
        "Hẹn trả: 17:00 Thứ Hai 08/03/2021",
        "Tiếp nhận 10:00 Thứ Năm 04/03/2021; thời hạn: 2 ngày làm việc.",
        "",
        "Thứ Năm   04/03/2021  Tiếp nhận lúc 10:00; ngày tiếp nhận không tính vào thời hạn.  [L-06]",
        "Thứ Sáu   05/03/2021  Ngày làm việc thứ 1.  [L-06]",
        "Thứ Bảy   06/03/2021  Nghỉ hằng tuần; không tính.  [L-01]",
        "Chủ nhật  07/03/2021  Nghỉ hằng tuần; không tính.  [L-01]",
        "Thứ Hai   08/03/2021  Ngày làm việc thứ 2, ngày cuối: hết hạn lúc 17:00.  [L-06, L-08]",
    ]


def test_it_speaks_english() -> None:
    result = run("--received", "2021-03-04T10:00", "--limit", "5 working days", "--mode", "rolling", "--lang", "en")

    assert result.stdout.startswith("Due: 10:00 Thursday 11/03/2021\n")
    assert "Received 10:00 Thursday 04/03/2021; time limit: 5 working days." in result.stdout


def test_it_keeps_the_hours_it_is_given() -> None:
    result = run("--received", "2021-03-04T10:00", "--limit", "1 ngày làm việc", "--hours", "08:00-12:00", "--json")

    assert json.loads(result.stdout)["due_at"] == "2021-03-05T12:00:00+07:00"


def test_a_moment_of_another_zone_is_read_on_the_clocks_of_hanoi() -> None:
    result = run("--received", "2021-03-04T20:00+00:00", "--limit", "1 ngày làm việc", "--json")

    assert json.loads(result.stdout)["derivation"][0]["date"] == "2021-03-05"


def test_a_due_moment_in_an_open_year_is_called_provisional() -> None:
    result = run("--received", "2027-03-04T10:00", "--limit", "1 ngày làm việc")

    assert result.stdout.endswith("Tạm tính: lịch làm việc năm 2027 còn có thể thay đổi.\n")


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        pytest.param(("--received", "hôm qua", "--limit", "5 ngày"), "không đọc được thời điểm", id="no moment"),
        pytest.param(("--received", "2021-02-08", "--limit", "5 ngày"), "không đọc được thời điểm", id="no hour"),
        pytest.param(("--received", "2021-02-30T10:00", "--limit", "5 ngày"), "thời điểm", id="no such day"),
        pytest.param(("--received", "0001-01-01T00:00+14:00", "--limit", "5 ngày"), "thời điểm", id="before all time"),
        pytest.param(("--received", "9999-12-31T23:00-12:00", "--limit", "5 ngày"), "thời điểm", id="after all time"),
        pytest.param(("--received", "", "--limit", "5 ngày"), "thời điểm", id="an empty moment"),
        pytest.param(("--received", "2021-02-08T10:00", "--limit", "3"), "không rõ thời hạn '3'", id="no unit"),
        pytest.param(("--received", "2021-02-08T10:00", "--limit", ""), "không rõ thời hạn", id="an empty limit"),
        pytest.param(
            ("--received", "2021-02-08T10:00", "--limit", "-5 ngày"), "không rõ thời hạn", id="less than none"
        ),
        pytest.param(
            ("--received", "2021-02-08T10:00", "--limit", "5 ngày", "--hours", "07:30-12:00,11:30-17:00"),
            "giờ làm việc",
            id="hours that overlap",
        ),
        pytest.param(
            ("--received", "2021-02-08T10:00", "--limit", "5 ngày", "--hours", "17:00-07:30"),
            "giờ làm việc",
            id="hours the wrong way round",
        ),
        pytest.param(
            ("--received", "2021-02-08T10:00", "--limit", "5 ngày", "--hours", "07:30+07:00-11:30"),
            "giờ làm việc",
            id="hours with a zone",
        ),
        pytest.param(
            ("--received", "2021-02-08T10:00", "--limit", "5 ngày", "--hours", "17-7"), "giờ làm việc", id="no hours"
        ),
        pytest.param(
            ("--received", "2021-02-08T10:00", "--limit", "3", "--lang", "en"), "not understood", id="in English"
        ),
        pytest.param(("--limit", "5 ngày"), "--received", id="nothing received"),
        pytest.param(
            ("--received", "2021-02-08T10:00", "--limit", "5 ngày", "--mode", "x"), "civil", id="no such mode"
        ),
    ],
)
def test_input_that_is_not_understood_ends_with_2(arguments: tuple[str, ...], complaint: str) -> None:
    result = run(*arguments)

    assert result.exit_code == 2
    assert result.stdout == ""
    assert complaint in result.stderr


@pytest.mark.parametrize(
    ("received", "limit"),
    [
        pytest.param("2027-12-31T10:00", "1 ngày làm việc", id="due after it"),
        pytest.param("2016-12-30T10:00", "1 ngày làm việc", id="received before it"),
        pytest.param("2021-02-08T10:00", "9999 năm", id="due beyond all time"),
    ],
)
def test_an_answer_past_the_calendar_ends_with_3(received: str, limit: str) -> None:
    result = run("--received", received, "--limit", limit)

    assert result.exit_code == 3
    assert result.stdout == ""
    assert "01/01/2017" in result.stderr


def test_it_runs_without_an_environment_or_a_folder(tmp_path: Path) -> None:
    source = Path(motcua.cli.__file__).parents[2]
    command = [sys.executable, "-m", "motcua.cli", "due", "--received", "2021-02-08T10:00", "--json"]
    environment = {"PYTHONPATH": str(source), "MOTCUA_DATA": str(tmp_path / "nothing"), "DATABASE_URL": "nonsense"}

    done = subprocess.run(
        [*command, "--limit", "5 ngày làm việc", "--json"],
        capture_output=True,
        env=environment,
        cwd=tmp_path,
        check=True,
    )

    assert json.loads(done.stdout.decode())["due_at"] == "2021-02-22T17:00:00+07:00"
    assert list(tmp_path.iterdir()) == []


def test_it_loads_neither_django_nor_a_database() -> None:
    code = "import sys, motcua.cli.due; print(sorted({'django', 'psycopg', 'ninja'} & sys.modules.keys()))"

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout.strip() == "[]"


@pytest.mark.django_db
def test_a_unit_is_counted_by_its_own_hours_and_days_off() -> None:
    unit = make_unit()
    day = CalendarDay(date(2026, 3, 4), DayKind.CLOSED, "lũ quét", "flash flood", "Công điện 05")
    announcement = announce_days(notice=CalendarNotice("Công điện 05", unit, (day,)), actor=None, at=MONDAY)
    put_in_force(announcement=announcement, actor=None, at=MONDAY)
    asked = ("--received", "2026-03-02T10:00", "--limit", "3 ngày làm việc")

    own = CliRunner().invoke(cli, ["due", *asked, "--unit", unit.code])
    plain = run(*asked)

    assert own.stdout.splitlines()[0] == "Hẹn trả: 17:00 Thứ Sáu 06/03/2026"
    assert "Cơ quan không làm việc: lũ quét; không tính." in own.stdout
    assert plain.stdout.splitlines()[0] == "Hẹn trả: 17:00 Thứ Năm 05/03/2026"


@pytest.mark.django_db
def test_a_unit_that_is_not_there_or_hours_beside_it_are_refused() -> None:
    asked = ("due", "--received", "2026-03-02T10:00", "--limit", "3 ngày làm việc", "--unit", "H18.99")

    assert CliRunner().invoke(cli, asked).exit_code == 2
    assert CliRunner().invoke(cli, [*asked, "--hours", "07:30-11:30"]).exit_code == 2
