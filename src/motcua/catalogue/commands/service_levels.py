"""Set how far a procedure can be done online from a day on, and what share a year is to reach (D-01 to D-04)."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from motcua.accounts.facts import grants_of
from motcua.catalogue.level_events import ServiceLevelSet, ServiceTargetSet
from motcua.catalogue.models import Procedure, ServiceLevel, ServiceTarget
from motcua.kernel import events
from motcua.organisations.models import Unit
from motcua.rules.service_levels import Level, LevelNotInScheme, axis_of, check_level, may_keep_levels

if TYPE_CHECKING:
    from motcua.accounts.models import User

__all__ = ["LaterLevel", "LevelNotInScheme", "LevelSetting", "MayNotKeepLevels", "set_level", "set_target"]


class MayNotKeepLevels(Exception):
    """The official does not control procedures at the province."""


class LaterLevel(Exception):
    """Another level is set from `valid_from` on, that very day or later: what is known is not rewritten."""

    def __init__(self, valid_from: date) -> None:
        super().__init__(valid_from.isoformat())
        self.valid_from = valid_from


@dataclass(frozen=True, slots=True)
class LevelSetting:
    """A level from a day on, on a ground; `unit` None: at every unit."""

    level: Level
    valid_from: date
    ground: str
    unit: Unit | None = None


@transaction.atomic
def set_level(*, procedure: Procedure, setting: LevelSetting, actor: "User", at: datetime) -> ServiceLevel:
    """Set a level and end the one before it on its axis, at its unit; the very same again changes nothing.

    Raises `MayNotKeepLevels`, `LevelNotInScheme`, `LaterLevel`.
    """
    _require_keeper(actor, at)
    check_level(setting.level, setting.valid_from)
    # The procedure is locked, so that two who set at once do so one after the other.
    procedure = Procedure.objects.select_for_update(of=("self",)).get(pk=procedure.pk)
    known = procedure.service_levels.standing().on_axis(axis_of(setting.level)).filter(unit=setting.unit)
    last = known.order_by("-valid_from").first()
    if last is not None and last.valid_from >= setting.valid_from:
        if (last.valid_from, last.level, last.ground) == (setting.valid_from, setting.level, setting.ground):
            return last
        raise LaterLevel(last.valid_from)
    if last is not None:
        last.valid_until = setting.valid_from
        last.save(update_fields=["valid_until"])
    row = ServiceLevel.objects.create(
        procedure=procedure,
        unit=setting.unit,
        level=setting.level.value,
        valid_from=setting.valid_from,
        ground=setting.ground,
    )
    event = ServiceLevelSet(
        subject=procedure.code,
        unit=setting.unit.code if setting.unit else "",
        level=setting.level.value,
        valid_from=setting.valid_from,
        ground=setting.ground,
    )
    events.record(event, actor=actor, at=at)
    return row


@transaction.atomic
def set_target(*, target: ServiceTarget, actor: "User", at: datetime) -> ServiceTarget:
    """Keep a `target` not yet saved, in place of the one of that year and metric; the same again leaves no event.

    Raises `MayNotKeepLevels`.
    """
    _require_keeper(actor, at)
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


def _require_keeper(actor: "User", at: datetime) -> None:
    today = timezone.localdate(at)
    grants = grants_of(actor, today)
    places = Unit.objects.filter(pk__in=[grant.unit_id for grant in grants], parent=None)
    if not may_keep_levels(set(places.values_list("pk", flat=True)), grants, on=today):
        raise MayNotKeepLevels
