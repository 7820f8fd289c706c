"""How much working time a dossier has left."""

from datetime import datetime, timedelta

from motcua.dossiers.models import Dossier
from motcua.dossiers.queries.time_left import remaining_of
from motcua.rules.deadlines import Urgency
from motcua.rules.working_time import HANOI, working_calendar

ACCEPTED, DUE = datetime(2027, 12, 20, 10, tzinfo=HANOI), datetime(2027, 12, 31, 17, tzinfo=HANOI)
RUNNING = Dossier(accepted_at=ACCEPTED, action_due_at=DUE)


def test_the_time_left_is_told_up_to_the_last_day_of_the_calendar() -> None:
    left = remaining_of(RUNNING, working_calendar(), datetime(2027, 12, 31, 15, tzinfo=HANOI))

    assert left is not None
    assert (left.time, left.urgency) == (timedelta(hours=2), Urgency.DUE_SOON)


def test_no_time_left_is_told_past_the_calendar() -> None:
    assert remaining_of(RUNNING, working_calendar(), datetime(2028, 1, 3, 8, tzinfo=HANOI)) is None


def test_no_time_left_is_told_while_no_clock_runs() -> None:
    assert remaining_of(Dossier(accepted_at=ACCEPTED), working_calendar(), ACCEPTED) is None
