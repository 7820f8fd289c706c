"""How a dossier walks its internal process: which act finishes a step, what opens then, what a join waits for (B-21).

Source: docs/law/internal-process.md. A leg here is a parallel branch of one dossier's process, not a dossier of a
linked application (`rules.linked`). The leading way goes through the whole process and has one step under way at a
time; beside it run the legs of a split, each from its first step to the join. At a join the leading way waits until
the legs that end there are finished, so that the join opens once, and opens for whoever answers for the dossier.
All functions take the steps of a sound process (`rules.workflow_soundness`).
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from motcua.rules.transitions import Action
from motcua.rules.workflow import FINISHED_BY, StepKind, StepSpec
from motcua.rules.workflow_ways import awaited, by_code, ends_at, side_legs

_DECIDING = frozenset({StepKind.APPROVE, StepKind.SIGN})
_LEADS_TO: dict[Action, frozenset[StepKind]] = {
    Action.PASS_ON: frozenset({StepKind.VERIFY}),
    Action.PROPOSE: _DECIDING,
    Action.PROPOSE_REFUSAL: _DECIDING,
    Action.APPROVE_DRAFT: _DECIDING,
}
"""To which steps an act may lead; the others lead to whatever comes next."""
OF_VERIFICATION = (Action.PASS_ON, Action.PROPOSE, Action.PROPOSE_REFUSAL)
"""The acts one of which finishes a verification on the leading way."""


@dataclass(frozen=True, slots=True)
class Run:
    """A step under way: `leg` is the first step of the leg it belongs to, empty on the leading way."""

    code: str
    leg: str = ""


@dataclass(frozen=True, slots=True)
class Way:
    """One way on: the step `code` follows when `label` holds; the label is empty where nothing is to choose."""

    label: str
    code: str


class WayNotOpen(Exception):
    """The act leads to none or to several steps, and `label` names none of them; `labels` are those that may be named.

    No labels at all mean that another act finishes the step.
    """

    def __init__(self, label: str, labels: Sequence[str]) -> None:
        super().__init__(f"{label!r} is none of {labels}")
        self.label, self.labels = label, tuple(labels)


class LegsAwaited(Exception):
    """The steps `codes` of parallel legs have to be finished before the leading way goes on."""

    def __init__(self, codes: Sequence[str]) -> None:
        super().__init__(str(codes))
        self.codes = tuple(codes)


def has_legs(steps: Sequence[StepSpec]) -> bool:
    """Tell whether anything of the process runs in parallel."""
    return any(step.is_split for step in steps)


def ways(steps: Sequence[StepSpec], code: str, action: Action) -> tuple[Way, ...]:
    """Return the ways on from the step `code` that `action` may take; of a split the leading leg stands for all."""
    known = by_code(steps)
    step, kinds = known[code], _LEADS_TO.get(action, frozenset(StepKind))
    labels = step.next_labels if step.is_choice else ("",)
    leading = zip(labels, step.next_codes, strict=False)
    return tuple(Way(label, following) for label, following in leading if known[following].kind in kinds)


def finishing(steps: Sequence[StepSpec], run: Run) -> frozenset[Action]:
    """Return the acts that finish `run`: a verification is passed on, proposed from, or both, as the ways on have it.

    What the status decides between (ISSUE or ISSUE_REFUSAL, the ways to return) is told by its first act.
    """
    if run.leg:
        return frozenset({Action.FINISH_LEG})
    kind = by_code(steps)[run.code].kind
    if kind is not StepKind.VERIFY:
        return frozenset({FINISHED_BY[kind]})
    return frozenset(act for act in OF_VERIFICATION if ways(steps, run.code, act))


def barred(steps: Sequence[StepSpec], run: Run, open_runs: Collection[Run]) -> frozenset[Action]:
    """Return the acts on a verification of the leading way that would be refused now: no way on, or legs awaited."""
    codes = {other.code for other in open_runs}
    return frozenset(
        act
        for act in OF_VERIFICATION
        if all(awaited(steps, run.code, way.code, codes) for way in ways(steps, run.code, act))
    )


def opened(
    steps: Sequence[StepSpec], run: Run, action: Action, *, label: str = "", open_runs: Collection[Run] = ()
) -> tuple[Run, ...]:
    """Return the runs that open once `run` is finished by `action`: the next one first, then the legs beside it.

    `label` names the way where there are several; `open_runs` are those under way, of which `run` may be one. A leg
    that comes to its join opens nothing. Raises `WayNotOpen`, `LegsAwaited`.
    """
    if not by_code(steps)[run.code].next_codes:
        return ()
    following = _chosen(ways(steps, run.code, action), label)
    if run.leg and ends_at(steps, run.leg) == following:
        return ()
    waited = awaited(steps, run.code, following, {other.code for other in open_runs})
    if waited:
        raise LegsAwaited(waited)
    beside = side_legs(steps, run.code)
    return (Run(following, run.leg), *(Run(first, first) for first in beside))


def _chosen(options: Sequence[Way], label: str) -> str:
    """Return the step that `label` leads to, the only one when none is named."""
    wanted = label.strip()
    found = {way.code for way in options if wanted in {way.label, ""}}
    if len(found) == 1:
        return found.pop()
    raise WayNotOpen(label, [way.label for way in options])
