"""Verifications that follow one another, and parallel legs beside the leading way (B-21, B-29)."""

from dataclasses import dataclass, replace
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from motcua.accounts.facts import grants_of
from motcua.accounts.models import User
from motcua.documents.models import StoredFile
from motcua.dossiers.commands.custody import HOLDER, Onward, close_step, go_on
from motcua.dossiers.commands.guard import StaleDossier, advance, begin
from motcua.dossiers.commands.process import Giving, NotAnOfficerThere, legs_begun, require_officer
from motcua.dossiers.events import DossierPassedOn
from motcua.dossiers.facts import custody_by_row, hands_of_legs, open_legs
from motcua.dossiers.leg_events import LegAssigned, LegFinished
from motcua.dossiers.models import Dossier, Memo, Step
from motcua.dossiers.querysets import grants_for_legs
from motcua.kernel import events
from motcua.rules.permissions import NotPermitted, may_act
from motcua.rules.transitions import Action, TransitionRefused
from motcua.rules.workflow_course import LegsAwaited, WayNotOpen

__all__ = [
    "LegsAwaited",
    "NotAnOfficerThere",
    "NotPermitted",
    "StaleDossier",
    "TheirsAlready",
    "TransitionRefused",
    "WayNotOpen",
    "assign_leg",
    "finish_leg",
    "pass_on",
]


class LegUnclear(Exception):
    """Several legs wait for the official's units: the first step of one of `legs` has to be named."""

    def __init__(self, legs: tuple[str, ...]) -> None:
        super().__init__(str(legs))
        self.legs = legs


class TheirsAlready(Exception):
    """The leg is with the chosen officer already."""


@transaction.atomic
def pass_on(
    *, dossier: Dossier, officer: User, giving: Giving, at: datetime, seen_version: int | None = None
) -> Dossier:
    """Finish a verification that another one follows, and give the dossier to the officer who does that one.

    Raises `NotAnOfficerThere`, `WayNotOpen`, `LegsAwaited` while parallel legs are not finished, `StaleDossier`,
    `NotPermitted`, `TransitionRefused`.
    """
    action = Action.PASS_ON
    dossier, status = begin(dossier=dossier, action=action, officer=officer, at=at, seen_version=seen_version)
    require_officer(giving.to, dossier, at)
    done = close_step(dossier, by=officer, at=at, note=giving.note)
    steps = go_on(dossier, done, Onward(action, giving.way, giving.to), at)
    dossier.status = status
    advance(dossier, ["status", *HOLDER])
    event = DossierPassedOn(
        subject=dossier.reference, officer=giving.to.username, step=steps[0].code, legs=legs_begun(steps)
    )
    events.record(event, actor=officer, at=at)
    return dossier


@dataclass(frozen=True, slots=True)
class LegGiving:
    """To which officer of the unit a leg is given, and with what words, which stay with the dossier as a note.

    `leg` is the first step of the leg, empty for the only one that the official may give out.
    """

    to: User
    note: str = ""
    leg: str = ""


@transaction.atomic
def assign_leg(
    *, dossier: Dossier, officer: User, giving: LegGiving, at: datetime, seen_version: int | None = None
) -> Dossier:
    """Give the open step of a leg to an officer of the unit that does it, or from one to another.

    Its time goes on as it is. Given again to who has it, it changes nothing; words would be lost, so with any it raises
    `TheirsAlready`. Raises `NotAnOfficerThere`, `LegUnclear`, `StaleDossier`, `NotPermitted`, `TransitionRefused`.
    """
    action = Action.ASSIGN_LEG
    dossier, _ = begin(dossier=dossier, action=action, officer=officer, at=at, seen_version=seen_version)
    step = _the_leg(legs_of(dossier, officer, at, action), giving.leg, action)
    if not grants_for_legs(timezone.localdate(at)).filter(user=giving.to, unit=step.unit_id).exists():
        raise NotAnOfficerThere(giving.to.username)
    if step.assignee_id == giving.to.pk:
        if giving.note:
            raise TheirsAlready
        return dossier
    former = step.assignee.username if step.assignee else ""
    step.assignee = giving.to
    step.save(update_fields=["assignee"])
    if giving.note:
        Memo.objects.create(dossier=dossier, text=giving.note, written_by=officer, written_at=at)
    advance(dossier, [])
    event = LegAssigned(
        subject=dossier.reference,
        unit=step.unit.code,
        step=step.code,
        officer=giving.to.username,
        former=former,
        has_text=bool(giving.note),
    )
    events.record(event, actor=officer, at=at)
    return dossier


@dataclass(frozen=True, slots=True)
class LegResult:
    """What comes out of a step of a leg: the opinion, its letter (None when there is none), the way taken.

    `leg` is the first step of the leg, empty for the only one of the official's units; `way` as in `Giving`.
    """

    opinion: str
    file: StoredFile | None = None
    way: str = ""
    leg: str = ""


@transaction.atomic
def finish_leg(
    *, dossier: Dossier, officer: User, result: LegResult, at: datetime, seen_version: int | None = None
) -> Dossier:
    """Finish the open step of a leg that the official's unit does; the dossier stays where its leading way is.

    Raises `LegUnclear`, `WayNotOpen`, `LegsAwaited` while legs inside the leg are not finished, `StaleDossier`,
    `NotPermitted`, `TransitionRefused`.
    """
    action = Action.FINISH_LEG
    dossier, _ = begin(dossier=dossier, action=action, officer=officer, at=at, seen_version=seen_version)
    step = _the_leg(legs_of(dossier, officer, at, action), result.leg, action)
    done = close_step(dossier, by=officer, at=at, note=result.opinion, leg=step.leg)
    if result.file is not None:
        Step.objects.filter(pk=done.pk).update(file=result.file)
    steps = go_on(dossier, done, Onward(action, result.way), at)
    advance(dossier, [])
    event = LegFinished(
        subject=dossier.reference,
        unit=step.unit.code,
        step=done.code,
        is_joined=not steps,
        legs=tuple(begun.code for begun in steps),
    )
    events.record(event, actor=officer, at=at)
    return dossier


def legs_of(dossier: Dossier, officer: User, at: datetime, action: Action) -> list[Step]:
    """Return the open steps of legs that the official may do `action` to, the most urgent first."""
    today = timezone.localdate(at)
    custody, grants, legs = custody_by_row(dossier), grants_of(officer, today), open_legs(dossier)
    hands = hands_of_legs(legs, today)
    return [
        step
        for step in legs
        if may_act(action, replace(custody, legs=frozenset({hands[step.pk]})), grants, actor_id=officer.pk, on=today)
    ]


def _the_leg(theirs: list[Step], leg: str, action: Action) -> Step:
    found = [step for step in theirs if leg in {step.leg, ""}]
    if not found:
        raise NotPermitted(action)
    if len(found) > 1:
        raise LegUnclear(tuple(step.leg for step in found))
    return found[0]
