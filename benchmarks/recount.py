"""How long a change of the calendar takes: the due dates of 100,000 open dossiers counted anew and written.

Beside it, the floor: one UPDATE of as many rows that writes a moment and the derivation. The job runs as in production,
batch by batch, each a transaction with the former promises and the events; what applicants are told is another job.
"""

import multiprocessing
from collections.abc import Sequence
from datetime import date, timedelta

from django.db import connection, connections

from benchmarks import data
from benchmarks.latencies import timed
from motcua.dossiers.commands.recount import recount_next
from motcua.dossiers.models import CalendarRecount, Dossier
from motcua.dossiers.queries.calendar_preview import recount_of
from motcua.dossiers.queries.recounts import recounter, running_dossiers
from motcua.organisations.commands.announce_days import CalendarNotice, announce_days, put_in_force
from motcua.organisations.models import CalendarAnnouncement
from motcua.rules.calendar_days import CalendarDay, DayKind
from motcua.rules.working_time import working_calendar
from tests.make import Office

OPEN = 100_000
DAY_OFF = date(2026, 3, 5)
# Everything accepted is under way again, accepted within the last working days, at every minute of them.
_OPEN_AGAIN = """
UPDATE dossiers_dossier SET status = 'IN_PROGRESS', closed_at = NULL, finished_at = NULL, counted_from = moment,
    accepted_at = moment, submitted_at = moment, action_due_at = due.at, due_at = due.at
FROM (SELECT id AS pk, %(now)s - id %% 8600 * interval '1 minute' AS moment FROM dossiers_dossier) begun
JOIN unnest(%(days)s::date[], %(due)s::timestamptz[]) due(on_day, at)
    ON due.on_day = (moment AT TIME ZONE 'Asia/Ho_Chi_Minh')::date
WHERE begun.pk = dossiers_dossier.id AND dossiers_dossier.accepted_at IS NOT NULL
"""
_STEPS_OPEN = """
UPDATE dossiers_step
SET finished_at = NULL, started_at = %(now)s - interval '1 hour', due_at = %(now)s + interval '1 day'
WHERE id IN (SELECT max(id) FROM dossiers_step GROUP BY dossier_id)
"""
_FLOOR = """
UPDATE dossiers_dossier SET due_at = due_at + interval '1 second', derivation = derivation || '{}' WHERE due_at > %s
"""


def main(*, quick: bool, offices: Sequence[Office]) -> None:
    """Measure and print."""
    data.top_up(offices, 300 if quick else OPEN * 108 // 100)
    _open_again()
    announcement = _announce()
    count = Dossier.objects.filter(due_at__gt=data.NOW).count()
    looked = timed(lambda: _look(announcement))
    seconds = timed(lambda: _follow(announcement))
    recount = recount_of(announcement)
    assert recount is not None
    floor = timed(_write)
    print(f"{count:,} open dossiers, {recount.moved_count:,} clocks moved")
    print(f"preview, nothing written: {looked:.1f} s, {count / looked:,.0f} dossiers/s")
    print(f"recount, written: {seconds:.1f} s, {count / seconds:,.0f} dossiers/s; goal 30 s for 100,000")
    print(f"one raw UPDATE of the same rows: {floor:.1f} s; the recount takes {seconds / floor:.1f} times as long")


def _open_again() -> None:
    days = [data.NOW.date() - timedelta(days=number) for number in range(8)]
    due = [working_calendar().close_after(day, 5) for day in days]
    with connection.cursor() as cursor:
        cursor.execute(_OPEN_AGAIN, {"now": data.NOW, "days": days, "due": due})
        cursor.execute(_STEPS_OPEN, {"now": data.NOW})
        cursor.execute("VACUUM ANALYZE dossiers_dossier")
        cursor.execute("VACUUM ANALYZE dossiers_step")


def _announce() -> CalendarAnnouncement:
    day = CalendarDay(DAY_OFF, DayKind.HOLIDAY, "Quốc tang", "National mourning", "Thông báo")
    announcement = announce_days(notice=CalendarNotice("Thông báo", None, (day,)), actor=None, at=data.NOW)
    return put_in_force(announcement=announcement, actor=None, at=data.NOW)


def _look(announcement: CalendarAnnouncement) -> None:
    counter, running, after = recounter(announcement), running_dossiers(announcement), 0
    while (batch := counter.batch(running, after)).last_dossier_id is not None:
        after = batch.last_dossier_id


def _follow(announcement: CalendarAnnouncement) -> None:
    """Have each share done by a process of its own, as two workers would."""
    shares = list(CalendarRecount.objects.filter(announcement=announcement).values_list("pk", flat=True))
    connections.close_all()
    fork = multiprocessing.get_context("fork")
    workers = [fork.Process(target=_follow_share, args=(pk,)) for pk in shares]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert all(worker.exitcode == 0 for worker in workers)


def _follow_share(pk: int) -> None:
    recount = CalendarRecount.objects.get(pk=pk)
    while not recount_next(recount=recount, at=data.NOW):
        continue


def _write() -> None:
    with connection.cursor() as cursor:
        cursor.execute(_FLOOR, [data.NOW])
