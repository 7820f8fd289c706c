import json
import subprocess
import sys

import pytest
from click.testing import CliRunner, Result

from motcua.cli.due import due


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
        pytest.param(("--received", "2021-02-08T10:00", "--limit", "3"), "không rõ thời hạn '3'", id="no unit"),
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


def test_it_loads_neither_django_nor_a_database() -> None:
    code = "import sys, motcua.cli.due; print(sorted({'django', 'psycopg', 'ninja'} & sys.modules.keys()))"

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout.strip() == "[]"
