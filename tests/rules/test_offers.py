"""Which acts get a button."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.rules.offers import OfferFacts, offered
from motcua.rules.transitions import WAYS_BACK, Action

PLAIN = OfferFacts(way_back=Action.HAND_OVER)
FACTS = st.builds(
    OfferFacts,
    way_back=st.sampled_from(WAYS_BACK),
    is_asked_after_acceptance=st.booleans(),
    is_extended=st.booleans(),
    is_refusal=st.booleans(),
    is_silence_over=st.booleans(),
    are_answers_over=st.booleans(),
    waits_for_others=st.booleans(),
)


@pytest.mark.parametrize(
    ("facts", "shown", "hidden"),
    [
        pytest.param(PLAIN, Action.REQUEST_SUPPLEMENT, Action.OVERRIDE_SUPPLEMENT, id="R-4 not asked yet"),
        pytest.param(
            replace(PLAIN, is_asked_after_acceptance=True),
            Action.OVERRIDE_SUPPLEMENT,
            Action.REQUEST_SUPPLEMENT,
            id="R-4 asked once",
        ),
        pytest.param(PLAIN, Action.EXTEND, Action.CLOSE_UNANSWERED, id="R-3 never extended, time to answer"),
        pytest.param(
            replace(PLAIN, is_extended=True, is_silence_over=True), Action.CLOSE_UNANSWERED, Action.EXTEND, id="R-3"
        ),
        pytest.param(PLAIN, Action.ISSUE, Action.ISSUE_REFUSAL, id="a result"),
        pytest.param(replace(PLAIN, is_refusal=True), Action.ISSUE_REFUSAL, Action.ISSUE, id="a refusal"),
        pytest.param(PLAIN, Action.HAND_OVER, Action.GO_ON_UNANSWERED, id="B step 11, in time"),
        pytest.param(
            replace(PLAIN, are_answers_over=True), Action.GO_ON_UNANSWERED, Action.POST_RESULT, id="B step 11"
        ),
        pytest.param(
            replace(PLAIN, way_back=Action.POST_RESULT), Action.POST_RESULT, Action.RELEASE_ONLINE, id="B step 16 post"
        ),
        pytest.param(
            replace(PLAIN, way_back=Action.RELEASE_ONLINE), Action.RELEASE_ONLINE, Action.POST_RESULT, id="B step 16"
        ),
    ],
)
def test_what_the_law_would_refuse_at_once_has_no_button(facts: OfferFacts, shown: Action, hidden: Action) -> None:
    assert shown in offered(Action, facts)
    assert hidden not in offered(Action, facts)


@given(FACTS)
def test_nothing_is_added_and_the_order_stays(facts: OfferFacts) -> None:
    kept = offered(Action, facts)

    assert list(kept) == [action for action in Action if action in kept]
    assert (Action.HAND_OVER in kept) is not facts.waits_for_others


@given(FACTS)
def test_what_goes_out_with_the_others_waits_for_them_whichever_way_back_was_chosen(facts: OfferFacts) -> None:
    """B-21: the results of a linked application go out together."""
    kept = offered(Action, replace(facts, waits_for_others=True))

    assert not set(WAYS_BACK) & set(kept)
    assert facts.way_back in offered(Action, replace(facts, waits_for_others=False))
