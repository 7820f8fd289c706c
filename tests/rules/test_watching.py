from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.rules.deadlines import Urgency, due_soon_from, urgency
from motcua.rules.watching import LadderUnclear, Rung, Watcher, parse_ladder, rungs_reached
from motcua.rules.working_time import HANOI, add_working_time, working_calendar

CALENDAR = working_calendar()
LADDER = parse_ladder("0:HOLDER,0:DISPATCHER,8:SIGNER,24:HEAD_OF_ONE_STOP")


def moment(text: str) -> datetime:
    return datetime.strptime(text, "%d/%m/%Y %H:%M").replace(tzinfo=HANOI)


def test_a_ladder_is_read_in_its_order() -> None:
    assert LADDER[2:] == (
        Rung(timedelta(hours=8), Watcher.SIGNER),
        Rung(timedelta(hours=24), Watcher.HEAD_OF_ONE_STOP),
    )


@pytest.mark.parametrize("text", ["", "HOLDER", "8:NOBODY", "8:SIGNER,0:HOLDER", "-1:HOLDER", "1:holder"])
def test_a_ladder_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(LadderUnclear):
        parse_ladder(text)


@pytest.mark.parametrize(
    ("at", "rungs"),
    [
        pytest.param("13/03/2026 17:00", (), id="at the due minute nobody is late"),
        pytest.param("13/03/2026 17:01", (1, 2), id="a minute later holder and dispatcher"),
        pytest.param("14/03/2026 12:00", (1, 2), id="a weekend is no working time"),
        pytest.param("16/03/2026 17:00", (1, 2, 3), id="a working day later the signer"),
        pytest.param("18/03/2026 17:00", (1, 2, 3, 4), id="three working days later the head of the desk"),
    ],
)
def test_the_rungs_reached(at: str, rungs: tuple[int, ...]) -> None:
    assert rungs_reached(moment("13/03/2026 17:00"), moment(at), LADDER, CALENDAR) == rungs


@pytest.mark.parametrize(
    ("accepted", "due", "amber"),
    [
        pytest.param("02/03/2026 08:00", "16/03/2026 17:00", "12/03/2026 15:30", id="L-12: the last fifth of ten days"),
        pytest.param("02/03/2026 08:00", "05/03/2026 17:00", "04/03/2026 17:00", id="L-12: one working day of three"),
        pytest.param("02/03/2026 08:00", "02/03/2026 16:00", "02/03/2026 14:42", id="the last fifth of one day"),
    ],
)
def test_amber_begins(accepted: str, due: str, amber: str) -> None:
    assert f"{due_soon_from(moment(accepted), moment(due), CALENDAR):%d/%m/%Y %H:%M}" == amber


@given(
    start=st.datetimes(datetime(2021, 1, 4, 7), datetime(2026, 6, 1), timezones=st.just(HANOI)),
    length=st.integers(1, 400),
)
def test_amber_begins_when_the_worklist_says_so(start: datetime, length: int) -> None:
    start = CALENDAR.opening_from(start)
    due = add_working_time(start, timedelta(hours=length), CALENDAR)
    amber = due_soon_from(start, due, CALENDAR)

    assert start <= amber <= due
    assert urgency(start, due, amber, CALENDAR) is Urgency.DUE_SOON
    before = amber - timedelta(minutes=1)
    if CALENDAR.used_by(before) < CALENDAR.used_by(amber) and before >= start:
        assert urgency(start, due, before, CALENDAR) is Urgency.NORMAL
