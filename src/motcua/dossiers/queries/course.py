"""Where a dossier stands in a process that branches: legs beside the leading way, ways to choose, what it awaits."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.utils import timezone

from motcua.dossiers.facts import custody_of, process_of, process_rows
from motcua.dossiers.linked_facts import acts_open
from motcua.dossiers.models import Dossier, Step
from motcua.rules.permissions import Custody, RoleGrant, may_act
from motcua.rules.transitions import Action
from motcua.rules.workflow import StepSpec
from motcua.rules.workflow_course import OF_VERIFICATION, Run, barred, finishing, ways


@dataclass(frozen=True, slots=True)
class LegLine:
    """A step of a parallel leg: who does it, since when, until when, what came of it.

    `is_own` tells that the official may finish it now; `ways` are the words to choose by then, empty for none.
    """

    leg: str
    name: str
    unit: str
    who: str
    started_at: datetime
    due_at: datetime
    finished_at: datetime | None
    is_late: bool
    is_own: bool
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
        return may_act(action, custody, self.grants, actor_id=self.actor_id, on=timezone.localdate(self.at))


def course_of(dossier: Dossier, steps: Sequence[Step], reader: Reader) -> Course:
    """Return where `dossier`, with all its `steps` in the order of time, stands for an official."""
    custody = custody_of(dossier)
    allowed = tuple(action for action in acts_open(dossier) if reader.may(action, custody))
    legs = tuple(_line(step, process_of(dossier.workflow_id), custody, reader) for step in steps if step.leg)
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


def _line(step: Step, specs: Sequence[StepSpec], custody: Custody, reader: Reader) -> LegLine:
    is_open, who = step.finished_at is None, step.finished_by
    its_own = replace(custody, leg_unit_ids=frozenset({step.unit_id} if is_open else ()))
    return LegLine(
        leg=step.leg,
        name=step.name,
        unit=step.unit.name,
        who=who.display_name if who else "",
        started_at=step.started_at,
        due_at=step.due_at,
        finished_at=step.finished_at,
        is_late=(step.finished_at or reader.at) > step.due_at,
        is_own=is_open and custody.leg_unit_ids >= its_own.leg_unit_ids and reader.may(Action.FINISH_LEG, its_own),
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
