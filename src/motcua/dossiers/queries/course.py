"""Where a dossier stands in a process that branches: legs beside the leading way, ways to choose, what it awaits."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.utils import timezone

from motcua.dossiers.facts import custody_of, hands_of_legs, is_settled_at_once, process_of, process_rows
from motcua.dossiers.linked_facts import acts_open
from motcua.dossiers.models import Dossier, Step
from motcua.rules.permissions import Custody, LegHands, RoleGrant, may_act
from motcua.rules.transitions import Action
from motcua.rules.workflow import StepSpec
from motcua.rules.workflow_course import OF_VERIFICATION, Run, barred, finishing, ways


@dataclass(frozen=True, slots=True)
class LegLine:
    """A step of a parallel leg: who does it, since when, until when, what came of it.

    `who` finished it; `assignee` is the user name of the officer to whom it was given, `given_to` their name, both
    empty for nobody. `has_left` tells that their role in the unit has ended. `is_own` tells that the official may
    finish it now, `is_to_give` that they may give it to an officer of the unit; `ways` are the words to choose by when
    finishing it, empty for none.
    """

    leg: str
    name: str
    unit: str
    unit_id: int
    who: str
    assignee: str
    given_to: str
    has_left: bool
    started_at: datetime
    due_at: datetime
    finished_at: datetime | None
    is_late: bool
    is_own: bool
    is_to_give: bool
    note: str
    file_id: int | None
    step_id: int
    ways: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class WayLine:
    """One way on: the step that follows, by its name, and the words that say when; empty where nothing is to choose."""

    label: str
    step: str


@dataclass(frozen=True, slots=True)
class Course:
    """`actions` are open to the official; `awaited` of them are refused until the legs have come to their join.

    `onward` tells where each act that finishes the step of the leading way may lead.
    """

    actions: tuple[Action, ...]
    awaited: frozenset[Action] = frozenset()
    legs: tuple[LegLine, ...] = ()
    onward: Mapping[Action, tuple[WayLine, ...]] | None = None

    @property
    def possible(self) -> tuple[Action, ...]:
        """The acts open to the official that no leg is waited for with."""
        return tuple(action for action in self.actions if action not in self.awaited)

    @property
    def own_legs(self) -> tuple[LegLine, ...]:
        """The legs that the official may finish, in the order in which they began."""
        return tuple(line for line in self.legs if line.is_own)

    @property
    def legs_to_give(self) -> tuple[LegLine, ...]:
        """The legs that the official may give to an officer of their unit, in the order in which they began."""
        return tuple(line for line in self.legs if line.is_to_give)

    @property
    def open_legs(self) -> tuple[LegLine, ...]:
        """The legs that are under way."""
        return tuple(line for line in self.legs if line.finished_at is None)

    def ways_of(self, action: Action) -> tuple[str, ...]:
        """Return the words among which the official chooses with `action`; empty when there is nothing to choose."""
        lines = self.onward_of(action)
        return tuple(line.label for line in lines) if len({line.step for line in lines}) > 1 else ()

    def onward_of(self, action: Action) -> tuple[WayLine, ...]:
        """Return where `action` may lead; empty for acts that leave the step as it is."""
        return (self.onward or {}).get(action, ())


@dataclass(frozen=True, slots=True)
class Reader:
    """For whom and when a page is drawn."""

    actor_id: int
    grants: Sequence[RoleGrant]
    at: datetime

    def may(self, action: Action, custody: Custody) -> bool:
        """Tell whether they may do `action` to a dossier in `custody`."""
        return may_act(action, custody, self.grants, actor_id=self.actor_id, on=self.on)

    @property
    def on(self) -> date:
        """The day of the page at Hà Nội."""
        return timezone.localdate(self.at)


def course_of(dossier: Dossier, steps: Sequence[Step], reader: Reader) -> Course:
    """Return where `dossier`, with all its `steps` in the order of time, stands for an official."""
    custody = custody_of(dossier, reader.on)
    allowed = tuple(action for action in acts_open(dossier) if reader.may(action, custody))
    if Action.SETTLE_AT_ONCE in allowed and not is_settled_at_once(dossier):
        allowed = tuple(action for action in allowed if action is not Action.SETTLE_AT_ONCE)
    hands = hands_of_legs((step for step in steps if step.leg and not step.finished_at), reader.on)
    legs = tuple(
        _line(step, process_of(dossier.workflow_id), _Of(custody, hands.get(step.pk)), reader)
        for step in steps
        if step.leg
    )
    leading = next((step for step in reversed(steps) if step.finished_at is None and not step.leg), None)
    if leading is None:
        return Course(allowed, legs=legs)
    specs = process_of(dossier.workflow_id)
    run, beside = Run(leading.code), [Run(step.code, step.leg) for step in steps if step.leg and not step.finished_at]
    acts = finishing(specs, run)
    offered = tuple(act for act in allowed if act not in OF_VERIFICATION or act in acts)
    return Course(
        actions=offered,
        awaited=barred(specs, run, beside) & frozenset(offered),
        legs=legs,
        onward={act: _onward(dossier, run, act) for act in offered if act in acts},
    )


@dataclass(frozen=True, slots=True)
class _Of:
    """Where the dossier stands, and in whose hands one of its legs is; None once that is finished."""

    custody: Custody
    hands: LegHands | None

    @property
    def is_open(self) -> bool:
        """Whether the leg is one of those that go on beside the leading way now."""
        return self.hands is not None and self.hands in self.custody.legs

    @property
    def alone(self) -> Custody:
        """Where the dossier stands as if it had no other leg."""
        return replace(self.custody, legs=frozenset({self.hands} if self.hands and self.is_open else ()))


def _line(step: Step, specs: Sequence[StepSpec], of: _Of, reader: Reader) -> LegLine:
    who, given_to = step.finished_by, step.assignee
    return LegLine(
        leg=step.leg,
        name=step.name,
        unit=step.unit.name,
        unit_id=step.unit_id,
        who=who.display_name if who else "",
        assignee=given_to.username if given_to else "",
        given_to=given_to.display_name if given_to else "",
        has_left=of.hands is not None and of.hands.assignee_id != step.assignee_id,
        started_at=step.started_at,
        due_at=step.due_at,
        finished_at=step.finished_at,
        is_late=(step.finished_at or reader.at) > step.due_at,
        is_own=of.is_open and reader.may(Action.FINISH_LEG, of.alone),
        is_to_give=of.is_open and reader.may(Action.ASSIGN_LEG, of.alone),
        note=step.note,
        file_id=step.file_id,
        step_id=step.pk,
        ways=_labels(specs, Run(step.code, step.leg), Action.FINISH_LEG),
    )


def _onward(dossier: Dossier, run: Run, action: Action) -> tuple[WayLine, ...]:
    names = {row.code: row.name for row in process_rows(dossier.workflow_id)}
    found = ways(process_of(dossier.workflow_id), run.code, action)
    return tuple(WayLine(way.label, names[way.code]) for way in found)


def _labels(specs: Sequence[StepSpec], run: Run, action: Action) -> tuple[str, ...]:
    """Return the words to choose by; empty where every way leads to the same step."""
    found = ways(specs, run.code, action)
    return tuple(way.label for way in found) if len({way.code for way in found}) > 1 else ()
