"""How an invented dossier is verified: legs beside the leading way, then one verification after the other."""

import random
from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from typing import Protocol

from motcua.accounts.models import User
from motcua.dossiers.commands import approving, legs, process
from motcua.dossiers.facts import open_legs, process_of
from motcua.dossiers.models import Dossier, Step
from motcua.rules.permissions import Role
from motcua.rules.transitions import Action
from motcua.rules.workflow import StepKind, StepSpec
from motcua.rules.workflow_course import Run, Way, finishing, ways
from motcua.rules.workflow_ways import by_code

_STRAIGHT_ON = 0.5
_FOUND = "Hồ sơ phù hợp quy định, không có ý kiến khác."


class Story(Protocol):
    """What is told act by act: `now` moves on with every one of them."""

    chance: random.Random
    now: datetime

    def then(self, hours: float, act: Callable[[], Dossier]) -> None:
        """Let about `hours` working hours pass, then act."""


def leading_step(dossier: Dossier) -> Step:
    """Return the open step of the leading way."""
    return dossier.steps.get(finished_at=None, leg="")


def hours_of(dossier: Dossier, step: Step) -> float:
    """Return the working hours that `step` may take."""
    return by_code(_specs(dossier))[step.code].time.total_seconds() / 3600


def ways_on(dossier: Dossier, action: Action) -> tuple[Way, ...]:
    """Return the ways on from the open step of the leading way that `action` may take."""
    return ways(_specs(dossier), leading_step(dossier).code, action)


def verify(story: Story, dossier: Dossier, officer: User, pace: float) -> None:
    """Have every leg finished, and pass the dossier on until a draft can be proposed."""
    for leg in open_legs(Dossier.objects.get(pk=dossier.pk)):
        expert = story.chance.choice(_officers_of(leg))
        story.then(hours_of(dossier, leg) * pace / 2, partial(_finish, story, dossier, leg, expert))
    while Action.PASS_ON in (acts := finishing(_specs(dossier), Run(leading_step(dossier).code))):
        if Action.PROPOSE in acts and story.chance.random() < _STRAIGHT_ON:
            return
        giving = process.Giving(officer, _FOUND, story.chance.choice(ways_on(dossier, Action.PASS_ON)).label)
        story.then(hours_of(dossier, leading_step(dossier)) * pace, partial(_pass_on, story, dossier, officer, giving))


def approve(story: Story, dossier: Dossier, head: User, pace: float) -> None:
    """Have the head of the division approve the draft, where the process wants it."""
    approval = approving.Approval("Đồng ý trình ký.")
    while (step := leading_step(dossier)).kind == StepKind.APPROVE:
        story.then(hours_of(dossier, step) * pace, partial(_approve, story, dossier, head, approval))


def way_to_propose(dossier: Dossier) -> str:
    """Return the words of the first way on by which a draft can be proposed, empty where there is one."""
    return next((one.label for one in ways_on(dossier, Action.PROPOSE)), "")


def _approve(story: Story, dossier: Dossier, head: User, approval: approving.Approval) -> Dossier:
    return approving.approve_draft(dossier=dossier, officer=head, approval=approval, at=story.now)


def _finish(story: Story, dossier: Dossier, leg: Step, expert: User) -> Dossier:
    result = legs.LegResult(_FOUND, leg=leg.leg)
    return legs.finish_leg(dossier=dossier, officer=expert, result=result, at=story.now)


def _pass_on(story: Story, dossier: Dossier, officer: User, giving: process.Giving) -> Dossier:
    return legs.pass_on(dossier=dossier, officer=officer, giving=giving, at=story.now)


def _officers_of(leg: Step) -> list[User]:
    there = User.objects.filter(grants__unit=leg.unit, grants__role=Role.PROCESSING_OFFICER.value)
    return list(there.distinct().order_by("pk"))


def _specs(dossier: Dossier) -> Sequence[StepSpec]:
    return process_of(dossier.workflow_id)
