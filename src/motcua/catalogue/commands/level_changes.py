"""Put right, end or take back a level of online service (D-01 to D-03).

What was put right or taken back stays in its table, withdrawn, with the reason; it never counts again.
"""

from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import transaction

from motcua.catalogue.commands import level_rows
from motcua.catalogue.commands.level_rows import Found, LevelSetting, LevelWithdrawn, MayNotKeepLevels
from motcua.catalogue.level_events import ServiceLevelCorrected, ServiceLevelEnded, ServiceLevelWithdrawn
from motcua.catalogue.models import ServiceLevel
from motcua.kernel import events
from motcua.rules.service_levels import LevelNotInScheme, axis_of, check_level

if TYPE_CHECKING:
    from motcua.accounts.models import User

__all__ = [
    "Found",
    "LevelNotInScheme",
    "LevelSetting",
    "LevelWithdrawn",
    "MayNotKeepLevels",
    "NotBetween",
    "OtherPlace",
    "correct_level",
    "end_level",
    "withdraw_level",
]


class OtherPlace(Exception):
    """A level at another unit or of another axis cannot stand in the place of this one."""


class NotBetween(Exception):
    """The day must lie after `after` and before `until`; None: there is no such bound."""

    def __init__(self, after: date | None, until: date | None) -> None:
        super().__init__(f"{after} {until}")
        self.after = after
        self.until = until


@transaction.atomic
def correct_level(
    *, level: ServiceLevel, setting: LevelSetting, reason: str, actor: "User", at: datetime
) -> ServiceLevel:
    """Put `setting` in the place of a level recorded wrongly, between its neighbours; without a change, do nothing.

    Raises `MayNotKeepLevels`, `LevelWithdrawn`, `LevelNotInScheme`, `OtherPlace`, `NotBetween`.
    """
    level_rows.require_keeper(actor, at)
    check_level(setting.level, setting.valid_from)
    level = level_rows.reread(level)
    wrong = level_rows.setting_of(level)
    if wrong == setting:
        return level
    if (wrong.unit, axis_of(wrong.level)) != (setting.unit, axis_of(setting.level)):
        raise OtherPlace
    earlier = level_rows.before(level)
    _require_between(setting.valid_from, earlier, level.valid_until)
    level_rows.withdraw(level, reason, at)
    if earlier is not None and _makes_way(earlier, level, setting.valid_from):
        level_rows.run_until(earlier, setting.valid_from)
    row = level_rows.create(level.procedure, setting, level.valid_until, level.ending_ground)
    event = ServiceLevelCorrected(
        subject=level.procedure.code,
        unit=level.unit.code if level.unit else "",
        old_level=level.level,
        old_valid_from=level.valid_from,
        old_ground=level.ground,
        level=row.level,
        valid_from=row.valid_from,
        ground=row.ground,
        reason=reason,
    )
    events.record(event, actor=actor, at=at)
    return row


@transaction.atomic
def end_level(*, level: ServiceLevel, until: date, ground: str, actor: "User", at: datetime) -> ServiceLevel:
    """Let a level hold no longer from `until` on, without another in its place; the same again changes nothing.

    Raises `MayNotKeepLevels`, `LevelWithdrawn`, `NotBetween`.
    """
    level_rows.require_keeper(actor, at)
    level = level_rows.reread(level)
    if (level.valid_until, level.ending_ground) == (until, ground):
        return level
    later = level_rows.after(level)
    if until <= level.valid_from or (later is not None and until >= later.valid_from):
        raise NotBetween(level.valid_from, later.valid_from if later else None)
    level_rows.run_until(level, until, ground)
    event = ServiceLevelEnded(
        subject=level.procedure.code,
        unit=level.unit.code if level.unit else "",
        level=level.level,
        valid_from=level.valid_from,
        valid_until=until,
        ground=ground,
    )
    events.record(event, actor=actor, at=at)
    return level


@transaction.atomic
def withdraw_level(*, level: ServiceLevel, reason: str, actor: "User", at: datetime) -> ServiceLevel:
    """Take back a level recorded by mistake; the one that ended only for it runs on in its place.

    Raises `MayNotKeepLevels`, `LevelWithdrawn`.
    """
    level_rows.require_keeper(actor, at)
    level = level_rows.reread(level)
    earlier = level_rows.before(level)
    level_rows.withdraw(level, reason, at)
    if earlier is not None and level_rows.was_followed_by(earlier, level):
        later = level_rows.after(level)
        level_rows.run_until(earlier, later.valid_from if later else None)
    event = ServiceLevelWithdrawn(
        subject=level.procedure.code,
        unit=level.unit.code if level.unit else "",
        level=level.level,
        valid_from=level.valid_from,
        ground=level.ground,
        reason=reason,
    )
    events.record(event, actor=actor, at=at)
    return level


def _require_between(day: date, earlier: ServiceLevel | None, until: date | None) -> None:
    """Refuse a first day that would swallow the level before, or leave none of the level itself."""
    if (earlier is not None and day <= earlier.valid_from) or (until is not None and day >= until):
        raise NotBetween(earlier.valid_from if earlier else None, until)


def _makes_way(earlier: ServiceLevel, wrong: ServiceLevel, day: date) -> bool:
    """Tell whether the level before ends anew on `day`: it ended for the wrong one, or would run on beyond `day`."""
    overlaps = earlier.valid_until is None or earlier.valid_until > day
    return overlaps or level_rows.was_followed_by(earlier, wrong)
