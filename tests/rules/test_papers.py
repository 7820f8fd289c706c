import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.rules.papers import FORM_NUMBER, NUMBER_MARK, CheckState, PaperFact, PaperKind, papers_in_the_way

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


def test_every_form_has_its_number_and_its_mark() -> None:
    assert set(FORM_NUMBER) == set(NUMBER_MARK) == set(PaperKind)
    assert NUMBER_MARK[PaperKind.SUPPLEMENT_REQUEST] == "HDHS"
