"""Numbers that restart every day, and the jobs that run by the clock."""

from datetime import UTC, date, datetime

import pytest
import time_machine
from django.db import transaction

from motcua.kernel.events import Event, record
from motcua.kernel.models import DailyDigest
from motcua.kernel.sequences import next_number
from motcua.kernel.tasks import close_yesterday

pytestmark = pytest.mark.django_db
MONDAY, TUESDAY = date(2026, 3, 2), date(2026, 3, 3)


def test_numbers_are_consecutive_in_a_scope_and_restart_the_next_day() -> None:
    taken = [next_number("A", MONDAY), next_number("A", MONDAY), next_number("B", MONDAY), next_number("A", TUESDAY)]

    assert taken == [1, 2, 1, 1]


def test_a_number_taken_in_vain_is_given_back() -> None:
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        next_number("A", MONDAY)
        raise ZeroDivisionError

    assert next_number("A", MONDAY) == 1


def test_after_midnight_in_hanoi_the_day_before_is_closed_once() -> None:
    record(Event(subject="A"), actor=None, at=datetime(2026, 3, 2, 3, 0, tzinfo=UTC))

    with time_machine.travel(datetime(2026, 3, 2, 17, 5, tzinfo=UTC), tick=False):
        close_yesterday(timestamp=0)
        close_yesterday(timestamp=0)

    assert list(DailyDigest.objects.values_list("on", flat=True)) == [MONDAY]


def test_a_night_without_any_event_closes_nothing() -> None:
    close_yesterday(timestamp=0)

    assert not DailyDigest.objects.exists()
