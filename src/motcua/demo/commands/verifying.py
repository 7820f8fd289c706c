"""How an invented dossier is verified: legs beside the leading way, then one verification after the other."""

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from motcua.accounts.models import User
from motcua.dossiers.commands import legs, process
from motcua.dossiers.facts import open_legs, process_of
from motcua.dossiers.models import Dossier, Step
from motcua.rules.permissions import Role
from motcua.rules.transitions import Action
from motcua.rules.workflow import StepSpec
from motcua.rules.workflow_course import Run, Way, finishing, ways
from motcua.rules.workflow_ways import by_code

if TYPE_CHECKING:
    from motcua.demo.commands.lives import Life

_STRAIGHT_ON = 0.5
_FOUND = "Hồ sơ phù hợp quy định, không có ý kiến khác."


def leading_step(dossier: Dossier) -> Step:
    """Return the open step of the leading way."""
    return dossier.steps.get(finished_at=None, leg="")


def hours_of(dossier: Dossier, step: Step) -> float:
    """Return the working hours that `step` may take."""
    return by_code(_specs(dossier))[step.code].time.total_seconds() / 3600


def ways_on(dossier: Dossier, action: Action) -> tuple[Way, ...]:
    """Return the ways on from the open step of the leading way that `action` may take."""
    return ways(_specs(dossier), leading_step(dossier).code, action)


def verify(life: "Life", dossier: Dossier, officer: User, pace: float) -> None:
    """Have every leg finished, and pass the dossier on until a draft can be proposed."""
    for leg in open_legs(Dossier.objects.get(pk=dossier.pk)):
        expert = life.chance.choice(_officers_of(leg))
        life.then(hours_of(dossier, leg) * pace / 2, partial(_finish, life, dossier, leg, expert))
    while Action.PASS_ON in (acts := finishing(_specs(dossier), Run(leading_step(dossier).code))):
        if Action.PROPOSE in acts and life.chance.random() < _STRAIGHT_ON:
            return
        giving = process.Giving(officer, _FOUND, life.chance.choice(ways_on(dossier, Action.PASS_ON)).label)
        life.then(hours_of(dossier, leading_step(dossier)) * pace, partial(_pass_on, life, dossier, officer, giving))


def _finish(life: "Life", dossier: Dossier, leg: Step, expert: User) -> Dossier:
    result = legs.LegResult(_FOUND, leg=leg.leg)
    return legs.finish_leg(dossier=dossier, officer=expert, result=result, at=life.now)


def _pass_on(life: "Life", dossier: Dossier, officer: User, giving: process.Giving) -> Dossier:
    return legs.pass_on(dossier=dossier, officer=officer, giving=giving, at=life.now)


def _officers_of(leg: Step) -> list[User]:
    there = User.objects.filter(grants__unit=leg.unit, grants__role=Role.PROCESSING_OFFICER.value)
    return list(there.distinct().order_by("pk"))


def _specs(dossier: Dossier) -> Sequence[StepSpec]:
    return process_of(dossier.workflow_id)
