"""Background jobs of the kernel."""

from contextlib import suppress
from datetime import timedelta

from django.contrib.sessions.backends.db import SessionStore
from django.utils import timezone
from procrastinate.contrib.django import app
from procrastinate.exceptions import UniqueViolation

from motcua.kernel.answers import forget_answers
from motcua.kernel.digests import NothingToDigest, close_day


# Every hour, because an office that switches its machine off for the night has no worker at midnight.
@app.periodic(cron="5 * * * *", periodic_id="kernel.close_yesterday")
@app.task(name="kernel.close_yesterday", queueing_lock="kernel.close_yesterday")
def close_yesterday(timestamp: int) -> None:
    """Write the digest of the day that has ended, if nobody has yet."""
    yesterday = timezone.localdate() - timedelta(days=1)
    try:
        close_day(yesterday)
    except NothingToDigest:
        return


@app.periodic(cron="*/5 * * * *", periodic_id="kernel.retry_stalled_jobs")
@app.task(name="kernel.retry_stalled_jobs", queueing_lock="kernel.retry_stalled_jobs")
async def retry_stalled_jobs(timestamp: int) -> None:
    """Give back the jobs whose worker died: they would stay "doing" for ever."""
    for job in await app.job_manager.get_stalled_jobs():
        with suppress(UniqueViolation):  # the same work waits already; this one is given back when that is done
            await app.job_manager.retry_job(job)


# 00:20 in Hanoi, and 12:20 for an office that switches its machine off at night.
@app.periodic(cron="20 5,17 * * *", periodic_id="kernel.forget_old_answers")
@app.task(name="kernel.forget_old_answers", queueing_lock="kernel.forget_old_answers")
def forget_old_answers(timestamp: int) -> None:
    """Delete the answers to API writes that nobody will ask for again."""
    forget_answers(timezone.now())


@app.periodic(cron="15 5,17 * * *", periodic_id="kernel.forget_sessions")
@app.task(name="kernel.forget_sessions", queueing_lock="kernel.forget_sessions")
def forget_sessions(timestamp: int) -> None:
    """Delete the sessions that have ended, with what was put aside in them when a form could not be taken."""
    SessionStore.clear_expired()
