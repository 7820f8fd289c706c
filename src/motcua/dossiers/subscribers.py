"""What dossiers do when something happens below them. Runs in the transaction of the event."""

from datetime import datetime

from motcua.dossiers.models import CalendarRecount
from motcua.dossiers.queries.recounts import running_dossiers
from motcua.dossiers.tasks import follow_calendar
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


subscribe(CalendarPutInForce, follow)
