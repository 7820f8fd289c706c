"""The rows of levels of online service as the commands lock, join and fill them."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.utils import timezone

from motcua.accounts.facts import grants_of
from motcua.catalogue.models import Procedure, ServiceLevel
from motcua.catalogue.querysets import ServiceLevelQuerySet
from motcua.organisations.models import Unit
from motcua.rules.service_levels import Axis, Level, axis_of, may_keep_levels

if TYPE_CHECKING:
    from motcua.accounts.models import User


class MayNotKeepLevels(Exception):
    """The official does not control procedures at the province."""


class LevelWithdrawn(Exception):
    """The level was taken back or put right before: there is nothing left of it to change."""


@dataclass(frozen=True, slots=True)
class Found:
    """What was found to be so at the place; None where nobody looked."""

    pays_online: bool | None = None
    result_from_afar: bool | None = None
    needs_presence: bool | None = None


@dataclass(frozen=True, slots=True)
class LevelSetting:
    """A level from a day on, on a ground; `unit` None: at every unit."""

    level: Level
    valid_from: date
    ground: str
    unit: Unit | None = None
    found: Found = Found()


def require_keeper(actor: "User", at: datetime) -> None:
    """Raise `MayNotKeepLevels` unless `actor` controls procedures at the province."""
    today = timezone.localdate(at)
    grants = grants_of(actor, today)
    places = Unit.objects.filter(pk__in=[grant.unit_id for grant in grants], parent=None)
    if not may_keep_levels(set(places.values_list("pk", flat=True)), grants, on=today):
        raise MayNotKeepLevels


def locked(procedure_id: int) -> Procedure:
    """Lock the procedure, so that two who set or change its levels at once do so one after the other."""
    return Procedure.objects.select_for_update(of=("self",)).get(pk=procedure_id)


def reread(level: ServiceLevel) -> ServiceLevel:
    """Lock the procedure of `level` and return the level as it stands now; raise `LevelWithdrawn` where it is gone."""
    procedure = locked(level.procedure_id)
    level = procedure.service_levels.select_related("procedure", "unit").get(pk=level.pk)
    if level.withdrawn_at is not None:
        raise LevelWithdrawn
    return level


def beside(procedure: Procedure, unit: Unit | None, axis: Axis) -> ServiceLevelQuerySet:
    """Return the levels of `procedure` at `unit` on `axis` that were not withdrawn."""
    rows: ServiceLevelQuerySet = procedure.service_levels.standing().on_axis(axis).filter(unit=unit)
    return rows


def others(level: ServiceLevel) -> ServiceLevelQuerySet:
    """Return the levels that `level` may not overlap."""
    return beside(level.procedure, level.unit, axis_of(Level(level.level))).exclude(pk=level.pk)


def before(level: ServiceLevel) -> ServiceLevel | None:
    """Return the level before `level` in time, None where it is the first."""
    return others(level).filter(valid_from__lt=level.valid_from).order_by("-valid_from").first()


def after(level: ServiceLevel) -> ServiceLevel | None:
    """Return the level after `level` in time, None where it is the last."""
    return others(level).filter(valid_from__gt=level.valid_from).order_by("valid_from").first()


def was_followed_by(earlier: ServiceLevel, level: ServiceLevel) -> bool:
    """Tell whether `earlier` ended only because `level` followed it."""
    return earlier.valid_until == level.valid_from and not earlier.ending_ground


def run_until(level: ServiceLevel, until: date | None, ending_ground: str = "") -> None:
    """Let `level` hold until the day before `until`; None: without an end."""
    level.valid_until, level.ending_ground = until, ending_ground
    level.save(update_fields=["valid_until", "ending_ground"])


def create(
    procedure: Procedure, setting: LevelSetting, until: date | None = None, ending_ground: str = ""
) -> ServiceLevel:
    """Add the row of a setting."""
    return ServiceLevel.objects.create(
        procedure=procedure,
        unit=setting.unit,
        level=setting.level.value,
        valid_from=setting.valid_from,
        valid_until=until,
        ending_ground=ending_ground,
        ground=setting.ground,
        pays_online=setting.found.pays_online,
        result_from_afar=setting.found.result_from_afar,
        needs_presence=setting.found.needs_presence,
    )


def setting_of(level: ServiceLevel) -> LevelSetting:
    """Return a row as it would be set."""
    found = Found(level.pays_online, level.result_from_afar, level.needs_presence)
    return LevelSetting(Level(level.level), level.valid_from, level.ground, level.unit, found)


def withdraw(level: ServiceLevel, reason: str, at: datetime) -> None:
    """Mark `level` as a mistake; it leaves its place to others."""
    level.withdrawn_at, level.withdrawal_reason = at, reason
    level.save(update_fields=["withdrawn_at", "withdrawal_reason"])
