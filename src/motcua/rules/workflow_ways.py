"""The ways through an internal process: what follows a step, where parallel legs join, what a join waits for (B-21).

Source: docs/law/internal-process.md. A leg here is a parallel branch of one dossier's process; the legs of a linked
application, each a dossier of its own, stand in `rules.linked`. All functions take the steps of a drawing without
circles and unknown codes; its first step is where it starts.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from motcua.rules.workflow import StepSpec


def by_code(steps: Sequence[StepSpec]) -> dict[str, StepSpec]:
    """Return the steps by code."""
    return {step.code: step for step in steps}


def reachable(codes: Collection[str], known: Mapping[str, StepSpec], *, but: Collection[str] = ()) -> set[str]:
    """Return `codes` and every step that follows them, without going through those of `but`."""
    seen, waiting = set[str](), list(codes)
    while waiting:
        code = waiting.pop()
        if code not in seen and code not in but:
            seen.add(code)
            waiting.extend(known[code].next_codes)
    return seen


@dataclass(frozen=True, slots=True)
class Split:
    """Parallel legs: `code` is the step after which they begin, `join` the step that waits for all of them.

    Each leg is the set of its steps, in the order of the next steps of `code`: the first one leads. `join` is empty
    when the legs never meet.
    """

    code: str
    join: str
    legs: tuple[frozenset[str], ...]


def splits(steps: Sequence[StepSpec]) -> tuple[Split, ...]:
    """Return the parallel legs of a process, in the order of the steps that begin them."""
    known = by_code(steps)
    sure = _unavoidable(known)
    return tuple(_split(step, known, sure) for step in steps if step.is_split)


def _split(step: StepSpec, known: Mapping[str, StepSpec], sure: Mapping[str, frozenset[str]]) -> Split:
    shared = frozenset[str].intersection(*(sure[code] for code in step.next_codes))
    # Whatever comes first on the way has everything after it as unavoidable: the nearest one has the most.
    join = max(shared, key=lambda code: len(sure[code]), default="")
    legs = tuple(frozenset(reachable([code], known, but={join})) for code in step.next_codes)
    return Split(code=step.code, join=join, legs=legs)


def _unavoidable(known: Mapping[str, StepSpec]) -> dict[str, frozenset[str]]:
    """Return for each step the steps that every way from it goes through, itself included."""
    found: dict[str, frozenset[str]] = {}

    def of(code: str) -> frozenset[str]:
        if code not in found:
            after = [of(following) for following in known[code].next_codes]
            found[code] = frozenset({code}).union(frozenset[str].intersection(*after) if after else ())
        return found[code]

    for code in known:
        of(code)
    return found


def ends_at(steps: Sequence[StepSpec], leg: str) -> str:
    """Return the step where the side leg that begins with the step `leg` joins the others."""
    known = by_code(steps)
    return next(split.join for split in splits(steps) if leg in known[split.code].next_codes)


def side_legs(steps: Sequence[StepSpec], code: str) -> tuple[str, ...]:
    """Return the first steps of the legs that begin beside the leading one once the step `code` is finished."""
    step = by_code(steps)[code]
    return step.next_codes[1:] if step.is_split else ()


def awaited(steps: Sequence[StepSpec], code: str, following: str, open_codes: Collection[str]) -> tuple[str, ...]:
    """Return the open steps that have to be finished before a leg may go on from `code` to `following`.

    They are those of the parallel legs that join there; empty when nothing is waited for. `open_codes` are the steps
    that are under way in the dossier.
    """
    waited = {
        other
        for split in splits(steps)
        if split.join == following
        for leg in split.legs
        if code in leg
        for sibling in split.legs
        if sibling is not leg
        for other in sibling
    }
    return tuple(step.code for step in steps if step.code in waited and step.code in open_codes)
