"""Whether an internal process may be approved: what is wrong with it, and at which steps (B-29, R-8).

Source: docs/law/internal-process.md. Legs are the parallel branches of the process (`rules.workflow_ways`).
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from motcua.rules.workflow import ROLE_OF, Fault, Flaw, StepKind, StepSpec
from motcua.rules.workflow_time import critical_path, total
from motcua.rules.workflow_ways import Split, by_code, reachable, splits

_RANK = {kind: rank for rank, kind in enumerate(StepKind)}
_ON_EVERY_WAY = (StepKind.ASSIGN, StepKind.VERIFY, StepKind.SIGN, StepKind.ISSUE, StepKind.RETURN)
_ONCE = (StepKind.ASSIGN, StepKind.SIGN, StepKind.ISSUE, StepKind.RETURN)
_MAY_CHOOSE = frozenset({StepKind.ASSIGN, StepKind.VERIFY, StepKind.APPROVE})


@dataclass(frozen=True, slots=True)
class Setting:
    """What a process has to fit: the limit of the procedure, and who is there to do it.

    `limit` is the procedure's limit in working time; None when the limit is not a length of time, and then the steps
    are not summed against it. `vacant_codes` are the steps whose role nobody holds where they are done.
    """

    limit: timedelta | None
    vacant_codes: Collection[str] = ()


def flaws(steps: Sequence[StepSpec], setting: Setting) -> tuple[Flaw, ...]:
    """Return what keeps the process from being approved, each fault once, empty when it is sound (B-29, R-8).

    The first of `steps` is where the process starts. A fault of the drawing itself is returned alone, since nothing
    else can be said of such a process.
    """
    known = by_code(steps)
    drawn_wrong = _flaw_of_drawing(steps, known)
    if drawn_wrong:
        return (drawn_wrong,)
    legs = splits(steps)
    found: dict[Fault, Iterable[str]] = {
        Fault.UNREACHABLE: known.keys() - reachable([steps[0].code], known),
        Fault.DEAD_END: (s.code for s in steps if bool(s.next_codes) is (s.kind is StepKind.RETURN)),
        Fault.WRONG_ROLE: (s.code for s in steps if s.role is not ROLE_OF[s.kind]),
        Fault.ROLE_VACANT: (s.code for s in steps if s.code in setting.vacant_codes),
        Fault.KIND_MISSING: _ends_without_a_kind(steps, known),
        Fault.KIND_REPEATED: _repeated(steps, known),
        Fault.OUT_OF_ORDER: (s.code for s in steps if any(_RANK[known[c].kind] < _RANK[s.kind] for c in s.next_codes)),
        Fault.UNLABELLED: (s.code for s in steps if s.is_choice and not _is_labelled(s)),
        Fault.CHOICE_TOO_LATE: (s.code for s in steps if s.is_choice and s.kind not in _MAY_CHOOSE),
        Fault.UNMATCHED_JOIN: (code for split in legs for code in _unmatched(split, steps)),
        Fault.LEG_DECIDES: (c for split in legs for leg in split.legs for c in leg if not _only_verifies(known[c])),
        Fault.ELSEWHERE: {s.code for s in steps if s.unit_code} - {c for s in legs for leg in s.legs[1:] for c in leg},
        Fault.OUTPUT_MISSING: (s.code for s in steps if not s.output.strip()),
        Fault.TOO_LONG: _too_long(steps, setting.limit),
    }
    listed = ((fault, frozenset(codes)) for fault, codes in found.items())
    return tuple(Flaw(fault, tuple(code for code in known if code in codes)) for fault, codes in listed if codes)


def _flaw_of_drawing(steps: Sequence[StepSpec], known: Mapping[str, StepSpec]) -> Flaw | None:
    codes = [step.code for step in steps]
    twice = tuple(code for code in known if codes.count(code) > 1)
    unknown = tuple(step.code for step in steps if any(code not in known for code in step.next_codes))
    if not steps:
        return Flaw(Fault.EMPTY)
    if twice:
        return Flaw(Fault.DOUBLE_CODE, twice)
    if unknown:
        return Flaw(Fault.UNKNOWN_NEXT, unknown)
    circling = tuple(step.code for step in steps if step.code in reachable(step.next_codes, known))
    return Flaw(Fault.ENDLESS, circling) if circling else None


def _ends_without_a_kind(steps: Sequence[StepSpec], known: Mapping[str, StepSpec]) -> set[str]:
    """Return the ends to which a way leads that goes through no step of some kind that every way needs."""
    ends = {step.code for step in steps if not step.next_codes}
    found = set[str]()
    for kind in _ON_EVERY_WAY:
        avoided = {step.code for step in steps if step.kind is kind}
        found |= reachable([steps[0].code], known, but=avoided) & ends
    return found


def _repeated(steps: Sequence[StepSpec], known: Mapping[str, StepSpec]) -> set[str]:
    return {
        code
        for step in steps
        if step.kind in _ONCE
        for code in reachable(step.next_codes, known)
        if known[code].kind is step.kind
    }


def _is_labelled(step: StepSpec) -> bool:
    labels = [label.strip() for label in step.next_labels]
    return len(labels) == len(step.next_codes) and all(labels) and len(set(labels)) == len(labels)


def _only_verifies(step: StepSpec) -> bool:
    return step.kind is StepKind.VERIFY


def _unmatched(split: Split, steps: Sequence[StepSpec]) -> set[str]:
    """Return the steps that keep the legs of `split` from being properly nested: none has a way in or out of its own.

    A leg is entered from the step that splits and left to the step that joins; two legs share no step, none is empty.
    """
    if not split.join:
        return {split.code}
    found = set[str]()
    for number, leg in enumerate(split.legs):
        if not leg:
            found.add(split.code)
        for other in split.legs[number + 1 :]:
            found |= leg & other
        found |= {s.code for s in steps if s.code != split.code and s.code not in leg and leg & set(s.next_codes)}
    return found


def _too_long(steps: Sequence[StepSpec], limit: timedelta | None) -> tuple[str, ...]:
    longest = critical_path(steps)
    return tuple(s.code for s in longest) if limit is not None and total(longest) > limit else ()
