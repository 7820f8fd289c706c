"""The steps of a procedure's internal process: what comes next, whether the process is sound, how long it takes (B-29).

Source: docs/law/internal-process.md. Times are working time; a working day has eight hours (L-01).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from motcua.rules.permissions import Role
from motcua.rules.transitions import Action


class StepKind(StrEnum):
    """What a step of an internal process does; the value is what the database holds."""

    ASSIGN = "ASSIGN"
    VERIFY = "VERIFY"
    SIGN = "SIGN"
    ISSUE = "ISSUE"
    RETURN = "RETURN"


class StepPlace(StrEnum):
    """Where a step is done: at the desk that received the dossier or in the competent agency."""

    RECEIVING = "RECEIVING"
    COMPETENT = "COMPETENT"


FINISHED_BY: dict[StepKind, Action] = {
    StepKind.ASSIGN: Action.ASSIGN,
    StepKind.VERIFY: Action.PROPOSE,
    StepKind.SIGN: Action.SIGN,
    StepKind.ISSUE: Action.ISSUE,
    StepKind.RETURN: Action.HAND_OVER,
}
"""The act that finishes a step of each kind."""

ROLE_OF: dict[StepKind, Role] = {
    StepKind.ASSIGN: Role.DISPATCHER,
    StepKind.VERIFY: Role.PROCESSING_OFFICER,
    StepKind.SIGN: Role.SIGNER,
    StepKind.ISSUE: Role.RECORDS_CLERK,
    StepKind.RETURN: Role.RECEPTION_OFFICER,
}
_ORDER = (StepKind.ASSIGN, StepKind.VERIFY, StepKind.SIGN, StepKind.ISSUE, StepKind.RETURN)


@dataclass(frozen=True, slots=True)
class StepSpec:
    """One step of an approved internal process: `time` is working time, `next_codes` are the steps that follow it."""

    code: str
    kind: StepKind
    role: Role
    place: StepPlace
    time: timedelta
    next_codes: tuple[str, ...] = ()


class Fault(StrEnum):
    """Why an internal process cannot be approved."""

    EMPTY = "EMPTY"
    DOUBLE_CODE = "DOUBLE_CODE"
    UNKNOWN_NEXT = "UNKNOWN_NEXT"
    UNREACHABLE = "UNREACHABLE"
    ENDLESS = "ENDLESS"
    DEAD_END = "DEAD_END"
    TOO_LONG = "TOO_LONG"
    WRONG_ROLE = "WRONG_ROLE"
    KIND_MISSING = "KIND_MISSING"
    OUT_OF_ORDER = "OUT_OF_ORDER"
    NOT_STEP_BY_STEP = "NOT_STEP_BY_STEP"


def faults(steps: Sequence[StepSpec], legal_limit: timedelta | None) -> tuple[Fault, ...]:
    """Return what keeps the process from being approved, empty when it is sound (B-29, R-8).

    The first of `steps` is where the process starts; all legs join before the one step that ends it. A process that
    forks or has two steps of a kind may be sound in law, but nothing here runs it yet. `legal_limit` is the procedure's
    limit in working time; None when the limit is not a length of time, and then the steps are not summed against it. A
    fault of the drawing itself is returned alone, since nothing else can be said of such a process.
    """
    by_code = {step.code: step for step in steps}
    drawn_wrong = _fault_of_drawing(steps, by_code)
    if drawn_wrong:
        return (drawn_wrong,)
    kinds = {step.kind for step in steps}
    checks = {
        Fault.UNREACHABLE: len(_reachable(steps[0].code, by_code)) != len(steps),
        Fault.DEAD_END: [step.kind for step in steps if not step.next_codes] != [StepKind.RETURN],
        Fault.WRONG_ROLE: any(step.role is not ROLE_OF[step.kind] for step in steps),
        Fault.KIND_MISSING: kinds != set(StepKind),
        Fault.OUT_OF_ORDER: not _in_order(by_code),
        Fault.NOT_STEP_BY_STEP: len(kinds) != len(steps) or any(len(step.next_codes) > 1 for step in steps),
        Fault.TOO_LONG: legal_limit is not None and longest_path(steps) > legal_limit,
    }
    return tuple(fault for fault, is_found in checks.items() if is_found)


def _fault_of_drawing(steps: Sequence[StepSpec], by_code: Mapping[str, StepSpec]) -> Fault | None:
    if not steps:
        return Fault.EMPTY
    if len(by_code) != len(steps):
        return Fault.DOUBLE_CODE
    if any(code not in by_code for step in steps for code in step.next_codes):
        return Fault.UNKNOWN_NEXT
    return Fault.ENDLESS if _has_cycle(steps[0].code, by_code) else None


def longest_path(steps: Sequence[StepSpec]) -> timedelta:
    """Return the working time of the longest way through: sequential steps summed, the most of parallel ones (B-21).

    `steps` has no cycle and its first step is the start.
    """
    by_code = {step.code: step for step in steps}
    known: dict[str, timedelta] = {}

    def from_here(code: str) -> timedelta:
        if code not in known:
            step = by_code[code]
            known[code] = step.time + max((from_here(after) for after in step.next_codes), default=timedelta())
        return known[code]

    return from_here(steps[0].code) if steps else timedelta()


def _reachable(start: str, by_code: Mapping[str, StepSpec]) -> set[str]:
    seen, waiting = set[str](), [start]
    while waiting:
        code = waiting.pop()
        if code not in seen:
            seen.add(code)
            waiting.extend(by_code[code].next_codes)
    return seen


def _has_cycle(start: str, by_code: Mapping[str, StepSpec]) -> bool:
    open_codes, closed = set[str](), set[str]()

    def visit(code: str) -> bool:
        if code in closed or code in open_codes:
            return code in open_codes
        open_codes.add(code)
        found = any(visit(after) for after in by_code[code].next_codes)
        open_codes.discard(code)
        closed.add(code)
        return found

    return visit(start)


def _in_order(by_code: Mapping[str, StepSpec]) -> bool:
    rank = {kind: place for place, kind in enumerate(_ORDER)}
    return all(rank[step.kind] <= rank[by_code[code].kind] for step in by_code.values() for code in step.next_codes)
