"""What dossiers do when something happens below them. Runs in the transaction of the event."""

from datetime import datetime

from motcua.dossiers.models import CalendarRecount
from motcua.dossiers.tasks import follow_calendar
from motcua.kernel.events import subscribe
from motcua.organisations.events import CalendarPutInForce


def follow(event: CalendarPutInForce, at: datetime) -> None:
    """Have the clocks of running dossiers follow the calendar."""
    announcement_id = int(event.subject.rpartition(":")[2])
    recount = CalendarRecount.objects.create(announcement_id=announcement_id, ordered_at=at)
    follow_calendar.defer(recount_id=recount.pk)


subscribe(CalendarPutInForce, follow)
