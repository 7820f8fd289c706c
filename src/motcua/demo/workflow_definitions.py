"""The internal processes of the demonstration (B-29), as data/workflows.yaml says."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_FLOOR, Decimal
from functools import cache
from pathlib import Path
from typing import Final

from motcua.demo.records import DATA, Record, read_file, refuse_doubles
from motcua.rules.permissions import Role
from motcua.rules.workflow import ROLE_OF, Branching, StepKind, StepPlace

HALF_HOUR: Final = Decimal("0.5")


@dataclass(frozen=True, slots=True)
class StepDefinition:
    """A step of an internal process: it takes `hours` of working time or, when None, `share` of the limit.

    `after` are the steps that follow it, empty for the next of the list; `labels` say when each of them does, where the
    officer chooses. `unit` is the code of another agency that does it, empty for the one that decides.
    """

    code: str
    name: str
    kind: StepKind
    role: Role
    place: StepPlace
    output: str
    share: Decimal | None
    hours: Decimal | None
    after: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()
    branching: Branching = Branching.CHOICE
    unit: str = ""

    def hours_within(self, limit_hours: Decimal) -> Decimal:
        """Return the working hours of the step: its share rounded down to half hours, at least half an hour."""
        if self.share is None:
            return self.hours or HALF_HOUR
        halves = (self.share * limit_hours / HALF_HOUR).to_integral_value(ROUND_FLOOR)
        return max(halves * HALF_HOUR, HALF_HOUR)


@dataclass(frozen=True, slots=True)
class TimedStep:
    """A step with the working hours it has in one procedure; `next_codes` are the steps that follow it."""

    step: StepDefinition
    hours: Decimal
    next_codes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class WorkflowDefinition:
    """An internal process that several procedures share: its steps follow one another, or as they say themselves."""

    key: str
    name: str
    is_for_immediate: bool
    steps: tuple[StepDefinition, ...]

    def timed(self, limit_hours: Decimal) -> tuple[TimedStep, ...]:
        """Return the steps with their working hours under a limit of `limit_hours` working hours, in order."""
        following = [(step.code,) for step in self.steps[1:]]
        return tuple(
            TimedStep(step, step.hours_within(limit_hours), step.after or next_codes)
            for step, next_codes in zip(self.steps, [*following, ()], strict=True)
        )


@cache
def workflows() -> Mapping[str, WorkflowDefinition]:
    """Return the internal processes by key."""
    return read_workflows(DATA / "workflows.yaml")


def read_workflows(path: Path) -> Mapping[str, WorkflowDefinition]:
    """Return the internal processes that the file at `path` holds, by key."""
    file = read_file(path)
    found = [_workflow(record) for record in file.records("workflows")]
    file.finish()
    refuse_doubles(file, "key", [workflow.key for workflow in found])
    return {workflow.key: workflow for workflow in found}


def _workflow(record: Record) -> WorkflowDefinition:
    found = WorkflowDefinition(
        key=record.text("key"),
        name=record.text("name"),
        is_for_immediate=record.flag("for_immediate", default=False),
        steps=tuple(_step(step) for step in record.records("steps")),
    )
    record.finish()
    refuse_doubles(record, "code", [step.code for step in found.steps])
    return found


def _step(record: Record) -> StepDefinition:
    """Read one step; `then` names the step that follows, `choose` those to choose from, `together` the legs begun."""
    kind = record.choice("kind", StepKind)
    chosen = record.record("choose") if record.has("choose") else None
    labels = tuple(chosen.values) if chosen else ()
    after = tuple(chosen.text(label) for label in labels) if chosen else record.texts("together", may_be_missing=True)
    then = record.text("then", "")
    found = StepDefinition(
        code=record.text("code"),
        name=record.text("name"),
        kind=kind,
        role=ROLE_OF[kind],
        place=StepPlace.RECEIVING if kind is StepKind.RETURN else StepPlace.COMPETENT,
        output=record.text("output"),
        share=record.number("share") if record.has("share") else None,
        hours=record.number("hours") if record.has("hours") else None,
        after=(then,) if then else after,
        labels=labels,
        branching=Branching.PARALLEL if record.has("together") else Branching.CHOICE,
        unit=record.text("unit", ""),
    )
    record.finish()
    if (found.share is None) is (found.hours is None):
        raise record.fault("share", "give either a share of the limit or hours")
    return found
