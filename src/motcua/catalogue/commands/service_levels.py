"""Set how far a procedure can be done online from a day on (D-01 to D-03)."""

from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import transaction

from motcua.catalogue.commands import level_rows
from motcua.catalogue.commands.level_rows import Found, LevelSetting, MayNotKeepLevels
from motcua.catalogue.level_events import ServiceLevelSet
from motcua.catalogue.models import Procedure, ServiceLevel
from motcua.kernel import events
from motcua.rules.service_levels import LevelNotInScheme, axis_of, check_level

if TYPE_CHECKING:
    from motcua.accounts.models import User

__all__ = ["Found", "LaterLevel", "LevelNotInScheme", "LevelSetting", "MayNotKeepLevels", "set_level"]


class LaterLevel(Exception):
    """Another level is set from `valid_from` on, that very day or later: what is known is not rewritten."""

    def __init__(self, valid_from: date) -> None:
        super().__init__(valid_from.isoformat())
        self.valid_from = valid_from


@transaction.atomic
def set_level(*, procedure: Procedure, setting: LevelSetting, actor: "User", at: datetime) -> ServiceLevel:
    """Set a level and end the one before it on its axis, at its unit; the very same again changes nothing.

    Raises `MayNotKeepLevels`, `LevelNotInScheme`, `LaterLevel`.
    """
    level_rows.require_keeper(actor, at)
    check_level(setting.level, setting.valid_from)
    procedure = level_rows.locked(procedure.pk)
    last = level_rows.beside(procedure, setting.unit, axis_of(setting.level)).order_by("-valid_from").first()
    if last is not None and last.valid_from >= setting.valid_from:
        if level_rows.setting_of(last) == setting:
            return last
        raise LaterLevel(last.valid_from)
    if last is not None and (last.valid_until is None or last.valid_until > setting.valid_from):
        level_rows.run_until(last, setting.valid_from)
    row = level_rows.create(procedure, setting)
    event = ServiceLevelSet(
        subject=procedure.code,
        unit=setting.unit.code if setting.unit else "",
        level=setting.level.value,
        valid_from=setting.valid_from,
        ground=setting.ground,
    )
    events.record(event, actor=actor, at=at)
    return row
