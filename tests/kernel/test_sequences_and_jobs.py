"""Numbers that restart every day, and the jobs that run by the clock."""

import re
from datetime import UTC, date, datetime, timedelta
from importlib import import_module

import pytest
import time_machine
from asgiref.sync import async_to_sync
from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.db import connection, transaction
from django.utils import timezone
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from motcua.kernel.events import Event, record
from motcua.kernel.models import DailyDigest
from motcua.kernel.sequences import next_number, next_numbers
from motcua.kernel.tasks import close_yesterday, forget_sessions, retry_stalled_jobs

pytestmark = pytest.mark.django_db
MONDAY, TUESDAY = date(2026, 3, 2), date(2026, 3, 3)


def test_numbers_are_consecutive_in_a_scope_and_restart_the_next_day() -> None:
    taken = [next_number("A", MONDAY), next_number("A", MONDAY), next_number("B", MONDAY), next_number("A", TUESDAY)]

    assert taken == [1, 2, 1, 1]


def test_numbers_of_several_scopes_are_taken_at_once_in_the_order_asked() -> None:
    next_number("B", MONDAY)

    assert next_numbers([("B", MONDAY), ("A", MONDAY), ("B", TUESDAY)]) == [2, 1, 1]


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


def test_a_machine_that_is_off_at_midnight_still_closes_its_days() -> None:
    """A periodic job is deferred within ten minutes of its time or not at all."""
    morning = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
    clocks = [one.croniter for one in app.periodic_registry.periodic_tasks.values() if one.task is close_yesterday]

    delays = [clock.get_next(datetime, start_time=morning) - morning for clock in clocks]

    assert delays == [timedelta(minutes=5)]


def test_sessions_that_ended_are_deleted_with_what_was_typed_into_them() -> None:
    for days in (-1, 1):
        session = SessionStore()
        session["typed"] = {"full_name": "Lò Thị Ban"}
        session.set_expiry(timezone.now() + timedelta(days=days))
        session.save()

    forget_sessions(timestamp=0)

    assert Session.objects.get().expire_date > timezone.now()


@pytest.mark.parametrize("hour", [5, 17], ids=["noon in Hanoi", "midnight in Hanoi"])
def test_what_is_kept_no_longer_is_deleted_by_night_and_by_day(hour: int) -> None:
    start = datetime(2026, 3, 2, hour, tzinfo=UTC)
    for path in settings.PROCRASTINATE_IMPORT_PATHS:
        import_module(path)
    deleting = [
        one for one in app.periodic_registry.periodic_tasks.values() if re.search(r"\.(forget|delete)_", one.task.name)
    ]

    waits = {one.task.name: one.croniter.get_next(datetime, start_time=start) - start for one in deleting}

    assert len(waits) == 8
    assert max(waits.values()) < timedelta(hours=1), waits


def test_a_job_deferred_in_vain_never_runs() -> None:
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        app.configure_task("kernel.close_yesterday").defer(timestamp=0)
        raise ZeroDivisionError

    assert not ProcrastinateJob.objects.exists()


def begin_jobs(*, heartbeat_age: timedelta, locks: list[str | None]) -> None:
    """Leave jobs as a worker leaves them that was killed so long ago, and no others: no flush deletes jobs."""
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE procrastinate_jobs CASCADE")
        cursor.execute(
            "INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now() - %s * interval '1 second') RETURNING id",
            [heartbeat_age.total_seconds()],
        )
        worker = cursor.fetchone()[0]
        for lock in locks:
            cursor.execute(
                "INSERT INTO procrastinate_jobs (queue_name, task_name, queueing_lock, args, status, worker_id)"
                " VALUES ('default', 'kernel.close_yesterday', %s, '{}', 'doing', %s)",
                [lock, worker],
            )


def give_back() -> list[str]:
    """Run the job that looks for dead workers; return the states of all jobs in order."""
    async_to_sync(retry_stalled_jobs.func)(timestamp=0)
    return list(ProcrastinateJob.objects.order_by("pk").values_list("status", flat=True))


@pytest.mark.parametrize(("age", "state"), [(timedelta(minutes=2), "todo"), (timedelta(seconds=5), "doing")])
def test_the_jobs_of_a_dead_worker_are_given_back(age: timedelta, state: str) -> None:
    begin_jobs(heartbeat_age=age, locks=[None, None])

    assert give_back() == [state, state]


@pytest.mark.django_db(transaction=True)
def test_of_two_dead_jobs_that_may_wait_only_once_one_waits() -> None:
    begin_jobs(heartbeat_age=timedelta(minutes=2), locks=["same", "same", None])

    assert give_back() == ["todo", "doing", "todo"]
