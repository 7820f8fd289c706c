"""What dossiers do when something happens below them. Runs in the transaction of the event."""

from datetime import datetime

from motcua.dossiers.desk_events import BulkOrdered
from motcua.dossiers.models import BulkJob, CalendarRecount, VersionMove
from motcua.dossiers.queries.recounts import running_dossiers
from motcua.dossiers.tasks import do_bulk, follow_calendar, move_versions
from motcua.dossiers.version_events import VersionMoveOrdered
from motcua.kernel.events import subscribe
from motcua.organisations.events import CalendarPutInForce
from motcua.organisations.models import CalendarAnnouncement

_MANY = 20_000
"""From so many running dossiers on, two jobs share the work: as many as the smallest machine has cores."""


def follow(event: CalendarPutInForce, at: datetime) -> None:
    """Have the clocks of running dossiers follow the calendar."""
    announcement = CalendarAnnouncement.objects.select_related("unit").get(pk=int(event.subject.rpartition(":")[2]))
    shares = 2 if running_dossiers(announcement)[_MANY:].exists() else 1
    for share in range(shares):
        recount = CalendarRecount.objects.create(announcement=announcement, ordered_at=at, share=share, shares=shares)
        follow_calendar.defer(recount_id=recount.pk)


def start_bulk(event: BulkOrdered, at: datetime) -> None:  # noqa: ARG001  # the event says when it starts
    """Have the ordered act begin once it can no longer be undone as a whole."""
    job = BulkJob.objects.get(key=event.subject.removeprefix("bulk:"))
    do_bulk.configure(schedule_at=event.starts_at).defer(job_id=job.pk)


def start_move(event: VersionMoveOrdered, at: datetime) -> None:  # noqa: ARG001  # the job has its own clock
    """Have open dossiers follow the new version of their procedure."""
    move_versions.defer(order_id=VersionMove.objects.get(key=event.order).pk)


subscribe(CalendarPutInForce, follow)
subscribe(BulkOrdered, start_bulk)
subscribe(VersionMoveOrdered, start_move)
