"""Which of the open acts are worth a button: those the law would not refuse at once for this dossier.

Source: docs/law/dossier-status.md. The table of transitions says what is open in a status; this leaves out what a
count, a term, or a choice of the applicant forbids here and now. The commands refuse it all the same.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from motcua.rules.transitions import WAYS_BACK, Action


@dataclass(frozen=True, slots=True)
class OfferFacts:
    """What decides beside the status.

    `is_asked_after_acceptance`: papers were asked for once already. `is_silence_over`: the term to answer has passed.
    `are_answers_over`: no unit that was asked has time left. `way_back` is how the applicant chose to have the result.
    `waits_for_others`: the results of a linked application go out together, and a leg of it has not ended (B-21).
    """

    way_back: Action
    is_asked_after_acceptance: bool = False
    is_extended: bool = False
    is_refusal: bool = False
    is_silence_over: bool = False
    are_answers_over: bool = False
    waits_for_others: bool = False


_HOLDS: dict[Action, Callable[[OfferFacts], bool]] = {
    Action.REQUEST_SUPPLEMENT: lambda facts: not facts.is_asked_after_acceptance,
    Action.OVERRIDE_SUPPLEMENT: lambda facts: facts.is_asked_after_acceptance,
    Action.EXTEND: lambda facts: not facts.is_extended,
    Action.ISSUE: lambda facts: not facts.is_refusal,
    Action.ISSUE_REFUSAL: lambda facts: facts.is_refusal,
    Action.CLOSE_UNANSWERED: lambda facts: facts.is_silence_over,
    Action.GO_ON_UNANSWERED: lambda facts: facts.are_answers_over,
    Action.HAND_OVER: lambda facts: not facts.waits_for_others,
    Action.POST_RESULT: lambda facts: facts.way_back is Action.POST_RESULT and not facts.waits_for_others,
    Action.RELEASE_ONLINE: lambda facts: facts.way_back is Action.RELEASE_ONLINE and not facts.waits_for_others,
}


def offered(actions: Iterable[Action], facts: OfferFacts) -> tuple[Action, ...]:
    """Return those of the open `actions` that would not be refused at once, in their order (B-21, B-23, R-3, R-4)."""
    assert facts.way_back in WAYS_BACK
    return tuple(action for action in actions if action not in _HOLDS or _HOLDS[action](facts))
