"""Background jobs of dossiers."""

from django.utils import timezone
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from motcua.dossiers.commands import bulk, delete_draft, open_dossier
from motcua.dossiers.commands import forget_attempts as attempts
from motcua.dossiers.commands import linked_course as linked
from motcua.dossiers.commands import watch as watching
from motcua.dossiers.commands.move_versions import move_next
from motcua.dossiers.commands.recount import recount_next
from motcua.dossiers.models import BulkJob, CalendarRecount, LinkedApplication, VersionMove

_RETRY = RetryStrategy(max_attempts=6, exponential_wait=5)
"""Deadlocks and a database that restarts pass; what a batch did is kept."""


# 00:25 in Hanoi, and 12:25 for an office that switches its machine off at night.
@app.periodic(cron="25 5,17 * * *", periodic_id="dossiers.delete_untouched_drafts")
@app.task(name="dossiers.delete_untouched_drafts", queueing_lock="dossiers.delete_untouched_drafts")
def delete_untouched_drafts(timestamp: int) -> None:
    """Delete the drafts that nobody has changed for as long as the settings say."""
    delete_draft.delete_untouched_drafts(timezone.now())


@app.periodic(cron="30 5,17 * * *", periodic_id="dossiers.forget_attempts")
@app.task(name="dossiers.forget_attempts", queueing_lock="dossiers.forget_attempts")
def forget_attempts(timestamp: int) -> None:
    """Delete the wrong look-ups and the sendings of codes that count no more."""
    attempts.forget_attempts(timezone.now())


@app.periodic(cron="35 5,17 * * *", periodic_id="dossiers.forget_openings")
@app.task(name="dossiers.forget_openings", queueing_lock="dossiers.forget_openings")
def forget_openings(timestamp: int) -> None:
    """Delete what was noted of who had dossiers open that are over."""
    open_dossier.forget_openings(timezone.now())


@app.task(name="dossiers.do_bulk", retry=_RETRY)
def do_bulk(*, job_id: int) -> None:
    """Do an act on many dossiers, one after the other, each kept before the next."""
    job = BulkJob.objects.get(pk=job_id)
    while not bulk.do_next(job=job, at=timezone.now()):
        continue


@app.periodic(cron="*/5 * * * *", periodic_id="dossiers.watch")
@app.task(name="dossiers.watch", queueing_lock="dossiers.watch")
def watch(timestamp: int) -> None:
    """Tell of the clocks that have turned amber or red."""
    watching.watch(timezone.now())


@app.task(name="dossiers.follow_linked")
def follow_linked(*, application_id: int) -> None:
    """Bring a linked application to where its legs have it; one whose draft was deleted meanwhile is nothing to do."""
    if LinkedApplication.objects.filter(pk=application_id).exists():
        linked.follow_linked(application_id=application_id, at=timezone.now())


@app.periodic(cron="*/10 * * * *", periodic_id="dossiers.follow_open_applications")
@app.task(name="dossiers.follow_open_applications", queueing_lock="dossiers.follow_open_applications")
def follow_open_applications(timestamp: int) -> None:
    """Follow every linked application under way: what changed many dossiers at once deferred no job for each."""
    linked.follow_open_applications(timezone.now())


@app.task(name="dossiers.follow_calendar", retry=_RETRY)
def follow_calendar(*, recount_id: int) -> None:
    """Have running dossiers follow a change of the calendar, batch by batch, each kept before the next."""
    recount = CalendarRecount.objects.get(pk=recount_id)
    while not recount_next(recount=recount, at=timezone.now()):
        continue


@app.task(name="dossiers.move_versions", retry=_RETRY)
def move_versions(*, order_id: int) -> None:
    """Have open dossiers follow a new version of their procedure, batch by batch, each kept before the next."""
    order = VersionMove.objects.get(pk=order_id)
    while not move_next(order=order, at=timezone.now()):
        continue
