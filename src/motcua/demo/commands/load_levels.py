"""Record how far the procedures can be done online, and the targets, as data/service_levels.yaml says."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from motcua.accounts.models import User
from motcua.catalogue.commands.level_changes import withdraw_level
from motcua.catalogue.commands.service_levels import LevelSetting, set_level
from motcua.catalogue.commands.service_targets import set_target
from motcua.catalogue.models import Channel, Procedure, ServiceLevel, ServiceTarget
from motcua.demo.level_definitions import LevelsDefinition, service_levels
from motcua.organisations.models import Unit

KEEPER = "kiemsoat"


def load_levels(*, units: Mapping[str, Unit], at: datetime) -> None:
    """Record the levels by their days, as the officer who controls procedures; nothing where there are any.

    A procedure of the lists that is not loaded is left out.
    """
    if ServiceLevel.objects.exists():
        return
    keeper = User.objects.get(username=KEEPER)
    known = {one.code: one for one in Procedure.objects.filter(withdrawn_on=None)}
    for said in sorted((*service_levels().lists, *_rest(known)), key=lambda one: one.valid_from):
        for procedure in (known[code] for code in said.procedures if code in known):
            set_level(procedure=procedure, setting=_setting(said, units), actor=keeper, at=at)
    mistake = service_levels().mistake
    for procedure in (known[code] for code in mistake.levels.procedures if code in known):
        wrong = set_level(procedure=procedure, setting=_setting(mistake.levels, units), actor=keeper, at=at)
        withdraw_level(level=wrong, reason=mistake.reason, actor=keeper, at=at)
    for target in service_levels().targets:
        row = ServiceTarget(year=target.year, metric=target.metric, percent=target.percent, source=target.source)
        set_target(target=row, actor=keeper, at=at)


def _rest(known: Mapping[str, Procedure]) -> tuple[LevelsDefinition, LevelsDefinition]:
    """Return what holds for the procedures that no list has named by the day of the rest, filed online or not."""
    rest = service_levels().rest
    named = {code for said in service_levels().lists if said.valid_from <= rest.valid_from for code in said.procedures}
    online = set(
        Channel.objects.filter(method=Channel.Method.ONLINE, version__published_at__isnull=False).values_list(
            "version__procedure__code", flat=True
        )
    )
    others = [code for code in sorted(known) if code not in named]
    return (
        replace(rest, procedures=tuple(code for code in others if code in online)),
        replace(
            rest,
            level=service_levels().without_online,
            procedures=tuple(code for code in others if code not in online),
        ),
    )


def _setting(said: LevelsDefinition, units: Mapping[str, Unit]) -> LevelSetting:
    unit = units[said.unit] if said.unit else None
    return LevelSetting(said.level, said.valid_from, said.ground, unit, said.found)
