"""The steps of a procedure's internal process: what a step is, who does it, which act finishes it (B-29).

Source: docs/law/internal-process.md. Times are working time; a working day has eight hours (L-01). Whether a process
may be approved is in `rules.workflow_soundness`, how a dossier walks it in `rules.workflow_course`.
"""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from motcua.rules.permissions import Role
from motcua.rules.transitions import Action


class StepKind(StrEnum):
    """What a step of an internal process does; the value is what the database holds."""

    ASSIGN = "ASSIGN"
    VERIFY = "VERIFY"
    APPROVE = "APPROVE"
    SIGN = "SIGN"
    ISSUE = "ISSUE"
    RETURN = "RETURN"


class StepPlace(StrEnum):
    """Where a step is done: at the desk that received the dossier or in the competent agency."""

    RECEIVING = "RECEIVING"
    COMPETENT = "COMPETENT"


class Branching(StrEnum):
    """What several next steps mean: the officer chooses one of them, or all begin at once."""

    CHOICE = "CHOICE"
    PARALLEL = "PARALLEL"


FINISHED_BY: dict[StepKind, Action] = {
    StepKind.ASSIGN: Action.ASSIGN,
    StepKind.VERIFY: Action.PROPOSE,
    StepKind.APPROVE: Action.APPROVE_DRAFT,
    StepKind.SIGN: Action.SIGN,
    StepKind.ISSUE: Action.ISSUE,
    StepKind.RETURN: Action.HAND_OVER,
}
"""The act that finishes a step of each kind; a verification that another one follows is finished by PASS_ON."""

ROLE_OF: dict[StepKind, Role] = {
    StepKind.ASSIGN: Role.DISPATCHER,
    StepKind.VERIFY: Role.PROCESSING_OFFICER,
    StepKind.APPROVE: Role.DISPATCHER,
    StepKind.SIGN: Role.SIGNER,
    StepKind.ISSUE: Role.RECORDS_CLERK,
    StepKind.RETURN: Role.RECEPTION_OFFICER,
}
"""Who does a step of each kind; the head of the division gives out the work and approves the draft (N)."""


@dataclass(frozen=True, slots=True)
class StepSpec:
    """One step of an internal process: `time` is working time, `next_codes` are the steps that follow it.

    `next_labels` say when each of them follows, in the same order, where the officer chooses. `unit_code` names the
    agency when it is neither the receiving nor the competent one; empty otherwise.
    """

    code: str
    kind: StepKind
    role: Role
    place: StepPlace
    time: timedelta
    next_codes: tuple[str, ...] = ()
    next_labels: tuple[str, ...] = ()
    branching: Branching = Branching.CHOICE
    output: str = ""
    unit_code: str = ""

    @property
    def is_choice(self) -> bool:
        """Whether the officer chooses what follows."""
        return len(self.next_codes) > 1 and self.branching is Branching.CHOICE

    @property
    def is_split(self) -> bool:
        """Whether parallel legs begin after this step."""
        return len(self.next_codes) > 1 and self.branching is Branching.PARALLEL


class Fault(StrEnum):
    """Why an internal process cannot be approved."""

    EMPTY = "EMPTY"
    DOUBLE_CODE = "DOUBLE_CODE"
    UNKNOWN_NEXT = "UNKNOWN_NEXT"
    ENDLESS = "ENDLESS"
    UNREACHABLE = "UNREACHABLE"
    DEAD_END = "DEAD_END"
    WRONG_ROLE = "WRONG_ROLE"
    ROLE_VACANT = "ROLE_VACANT"
    KIND_MISSING = "KIND_MISSING"
    KIND_REPEATED = "KIND_REPEATED"
    OUT_OF_ORDER = "OUT_OF_ORDER"
    UNLABELLED = "UNLABELLED"
    CHOICE_TOO_LATE = "CHOICE_TOO_LATE"
    UNMATCHED_JOIN = "UNMATCHED_JOIN"
    LEG_DECIDES = "LEG_DECIDES"
    ELSEWHERE = "ELSEWHERE"
    OUTPUT_MISSING = "OUTPUT_MISSING"
    TOO_LONG = "TOO_LONG"


@dataclass(frozen=True, slots=True)
class Flaw:
    """One thing that keeps a process from being approved, and the steps it concerns, in their order."""

    fault: Fault
    codes: tuple[str, ...] = ()
