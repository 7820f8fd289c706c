"""Background jobs of the kernel."""

from datetime import timedelta

from django.utils import timezone
from procrastinate.contrib.django import app
from procrastinate.job_context import JobContext

from motcua.kernel.digests import NothingToDigest, close_day


@app.periodic(cron="5 17 * * *", periodic_id="kernel.close_yesterday")  # 00:05 in Hanoi
@app.task(name="kernel.close_yesterday", queueing_lock="kernel.close_yesterday")
def close_yesterday(timestamp: int) -> None:
    """Write the digest of the day that has just ended."""
    yesterday = timezone.localdate() - timedelta(days=1)
    try:
        close_day(yesterday)
    except NothingToDigest:
        return


@app.periodic(cron="*/5 * * * *", periodic_id="kernel.retry_stalled_jobs")
@app.task(name="kernel.retry_stalled_jobs", queueing_lock="kernel.retry_stalled_jobs", pass_context=True)
async def retry_stalled_jobs(context: JobContext, timestamp: int) -> None:
    """Give back the jobs whose worker died: they would stay "doing" for ever."""
    for job in await app.job_manager.get_stalled_jobs():
        await app.job_manager.retry_job(job)
