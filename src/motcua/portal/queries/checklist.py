"""What somebody brings for one procedure, in their own case."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from motcua.portal.queries.procedure_page import PaperGroup, ProcedurePage


@dataclass(frozen=True, slots=True)
class CaseChoice:
    """A case to say yes to: its number in addresses, its words, and whether the visitor did."""

    number: int
    name: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Checklist:
    """The cases to choose from, and the papers of those chosen; everybody's papers are those of `page.needed`.

    Where no case is chosen, `by_case` has all of them: whoever knows no better brings the whole list.
    """

    page: ProcedurePage
    cases: tuple[CaseChoice, ...]
    by_case: tuple[PaperGroup, ...]
    has_chosen: bool


def checklist_of(page: ProcedurePage, asked: Collection[str]) -> Checklist:
    """Return the list for the cases numbered in `asked`; numbers that are none are left out."""
    groups = _by_name(page.by_case)
    chosen = {number for number in range(1, len(groups) + 1) if str(number) in asked}
    cases = tuple(CaseChoice(number, group.case, number in chosen) for number, group in enumerate(groups, start=1))
    kept = [group for number, group in enumerate(groups, start=1) if number in chosen or not chosen]
    return Checklist(page=page, cases=cases, by_case=tuple(kept), has_chosen=bool(chosen))


def _by_name(groups: Sequence[PaperGroup]) -> list[PaperGroup]:
    """Return one group a case, where the list names a case several times."""
    papers: dict[str, PaperGroup] = {}
    for group in groups:
        before = papers.get(group.case)
        papers[group.case] = PaperGroup(group.case, (*before.papers, *group.papers)) if before else group
    return list(papers.values())
