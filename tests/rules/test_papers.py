import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.rules.papers import (
    AskedPaper,
    CheckState,
    PaperFact,
    SupplementAnswer,
    may_ask,
    may_go_without,
    papers_in_the_way,
    unanswered,
)

FACTS = st.builds(PaperFact, position=st.integers(1, 30), is_needed=st.booleans(), state=st.sampled_from(CheckState))


@pytest.mark.parametrize(
    ("is_needed", "state", "is_in_the_way"),
    [
        pytest.param(True, CheckState.PRESENT, False, id="a needed paper is there"),
        pytest.param(True, CheckState.NOT_NEEDED, True, id="a needed paper cannot be waived"),
        pytest.param(True, CheckState.MISSING, True, id="a needed paper is missing"),
        pytest.param(True, CheckState.WRONG, True, id="a needed paper is wrong"),
        pytest.param(True, CheckState.UNCHECKED, True, id="nobody looked at a needed paper"),
        pytest.param(False, CheckState.PRESENT, False, id="another paper is there"),
        pytest.param(False, CheckState.NOT_NEEDED, False, id="another paper is not needed in this case"),
        pytest.param(False, CheckState.MISSING, True, id="another paper is needed here and missing"),
        pytest.param(False, CheckState.UNCHECKED, True, id="nobody looked at another paper"),
    ],
)
def test_a_paper_keeps_a_dossier_from_being_accepted(is_needed: bool, state: CheckState, is_in_the_way: bool) -> None:
    found = papers_in_the_way([PaperFact(position=3, is_needed=is_needed, state=state)])

    assert found == ((3,) if is_in_the_way else ())


@given(st.lists(FACTS, max_size=8))
def test_checking_one_more_paper_present_never_puts_another_in_the_way(papers: list[PaperFact]) -> None:
    before = papers_in_the_way(papers)
    present = [PaperFact(paper.position, paper.is_needed, CheckState.PRESENT) for paper in papers[:1]]

    assert set(papers_in_the_way([*present, *papers[1:]])) <= set(before)


@pytest.mark.parametrize(
    ("is_needed", "answer", "is_answered"),
    [
        pytest.param(True, None, False, id="a needed paper without an answer"),
        pytest.param(True, SupplementAnswer.FILE, True, id="a new file"),
        pytest.param(True, SupplementAnswer.ON_PAPER, True, id="sheets at the counter"),
        pytest.param(True, SupplementAnswer.NONE, False, id="a needed paper cannot be done without"),
        pytest.param(False, None, False, id="a paper for some cases without an answer"),
        pytest.param(False, SupplementAnswer.NONE, True, id="a reason why there is none"),
    ],
)
def test_a_paper_asked_for_is_answered(is_needed: bool, answer: SupplementAnswer | None, is_answered: bool) -> None:
    paper = AskedPaper(position=4, is_needed=is_needed, answer=answer)

    assert unanswered([paper]) == (() if is_answered else (4,))


def test_unanswered_papers_come_in_the_order_of_the_list() -> None:
    asked = [AskedPaper(position=position, is_needed=True, answer=None) for position in (3, 1, 2)]

    assert unanswered(asked) == (1, 2, 3)


@given(st.booleans())
def test_what_may_be_done_without_is_what_acceptance_lets_pass(is_needed: bool) -> None:
    waived = PaperFact(position=1, is_needed=is_needed, state=CheckState.NOT_NEEDED)

    assert may_go_without(is_needed=is_needed) == (papers_in_the_way([waived]) == ())


@pytest.mark.parametrize(
    ("asked_count", "basis", "is_allowed"),
    [
        pytest.param(0, "", True, id="the one time that needs no basis"),
        pytest.param(1, "", False, id="a second time"),
        pytest.param(1, "  ", False, id="a basis of blanks is none"),
        pytest.param(1, "khoản 2 Điều 16", True, id="a second time that a provision orders"),
        pytest.param(2, "khoản 2 Điều 16", True, id="a third time that a provision orders"),
    ],
)
def test_papers_are_asked_for_once_unless_a_provision_orders_more(
    asked_count: int, basis: str, is_allowed: bool
) -> None:
    assert may_ask(asked_count=asked_count, basis=basis) is is_allowed
