"""Set what share of services or dossiers a year is to reach (D-04)."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from motcua.catalogue.commands.level_rows import MayNotKeepLevels, require_keeper
from motcua.catalogue.level_events import ServiceTargetSet
from motcua.catalogue.models import ServiceTarget
from motcua.kernel import events

if TYPE_CHECKING:
    from motcua.accounts.models import User

__all__ = ["MayNotKeepLevels", "set_target"]


@transaction.atomic
def set_target(*, target: ServiceTarget, actor: "User", at: datetime) -> ServiceTarget:
    """Keep a `target` not yet saved, in place of the one of that year and metric; the same again leaves no event.

    Raises `MayNotKeepLevels`.
    """
    require_keeper(actor, at)
    known = ServiceTarget.objects.select_for_update().filter(year=target.year, metric=target.metric).first()
    if known is not None and (known.percent, known.source) == (target.percent, target.source):
        return known
    row, _ = ServiceTarget.objects.update_or_create(
        year=target.year, metric=target.metric, defaults={"percent": target.percent, "source": target.source}
    )
    event = ServiceTargetSet(
        subject=f"service-target-{row.year}", metric=row.metric, percent=row.percent, source=row.source
    )
    events.record(event, actor=actor, at=at)
    return row
