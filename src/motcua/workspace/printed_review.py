"""Reviews in the words and parts that templates print."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from motcua.catalogue.models import PartReview, ProcedureVersion
from motcua.catalogue.review_pages import CountedLine, PlanPage, ReviewPage
from motcua.rules.procedure_parts import Part
from motcua.rules.simplification import questions
from motcua.ui.wording import dong_in_words
from motcua.workspace.review_words import PARTS_IN_ADDRESSES, PILES, PILES_IN_ADDRESSES


def number_in_words(amount: Decimal) -> str:
    """Print a number as people write it, without needless zeros: 4,5."""
    return f"{amount.normalize():f}".replace(".", ",")


def dong(amount: int) -> str:
    """Print whole dong, or another whole number, without a word for the cells of a table: 1.500.000."""
    grouped = f"{amount:,}"
    return grouped if get_language() == "en" else grouped.replace(",", ".")


@dataclass(frozen=True, slots=True)
class PrintedPart:
    """One part in the table of a review; `answers` is how many of the questions are answered, as "2/3"."""

    slug: str
    name: str
    found: PartReview | None
    answers: str


def part_lines(page: ReviewPage) -> list[PrintedPart]:
    """Return the thirteen parts in order, each with what was found."""
    slugs = {part: slug for slug, part in PARTS_IN_ADDRESSES.items()}
    return [
        PrintedPart(
            slug=slugs[part],
            name=str(PartReview.Name(part).label),
            found=page.parts.get(part),
            answers=_answers(part, page.parts.get(part)),
        )
        for part in Part
    ]


def _answers(part: Part, found: PartReview | None) -> str:
    asked = questions(part)
    given = [one for one in asked if found and getattr(found, one.value.lower())]
    return f"{len(given)}/{len(asked)}"


@dataclass(frozen=True, slots=True)
class PrintedSum:
    """A row of the table of what is saved: what, before, after, the difference, and its rate."""

    what: str
    before: str
    after: str
    cut: str
    rate: str


def sums_of(page: ReviewPage) -> list[PrintedSum]:
    """Return what is saved in dong and cut in days, as far as it is known."""
    rows, review = [], page.review
    if page.saving:
        found = page.saving
        rate = number_in_words(found.rate) + " %" if found.rate is not None else "–"
        before, after, cut = map(dong_in_words, (found.before_vnd, found.after_vnd, found.saved_vnd))
        rows.append(PrintedSum(_("Chi phí tuân thủ một năm"), before, after, cut, rate))
    if page.time_cut and review.version and review.version.limit_amount is not None and review.limit_after is not None:
        unit = review.version.get_limit_unit_display()
        amounts = (review.version.limit_amount, review.limit_after, page.time_cut.cut)
        before, after, cut = (f"{number_in_words(one)} {unit}" for one in amounts)
        rate = number_in_words(page.time_cut.rate) + " %"
        rows.append(PrintedSum(_("Thời hạn giải quyết"), before, after, cut, rate))
    return rows


@dataclass(frozen=True, slots=True)
class PrintedCost:
    """One row of a cost table as it is read."""

    activity: str
    name: str
    manner: str
    hours: str
    service: str
    fee: str
    times: str
    subjects: str
    once: str
    year: str
    note: str


def cost_lines(lines: Sequence[CountedLine]) -> list[PrintedCost]:
    """Return the rows of a table to read."""
    return [
        PrintedCost(
            activity=str(counted.line.get_activity_display()),
            name=counted.line.name,
            manner=counted.line.manner,
            hours=number_in_words(counted.line.hours),
            service=dong(counted.line.service_vnd),
            fee=dong(counted.line.fee_vnd),
            times=number_in_words(counted.line.times),
            subjects=dong(counted.line.subjects),
            once=dong(counted.once_vnd),
            year=dong(counted.year_vnd),
            note=counted.line.note,
        )
        for counted in lines
    ]


@dataclass(frozen=True, slots=True)
class PrintedPile:
    """A pile above the list of a plan, which narrows it."""

    slug: str
    label: str
    count: int
    is_current: bool


def pile_links(page: PlanPage) -> list[PrintedPile]:
    """Return the piles in order, with how many reviews lie on each."""
    return [
        PrintedPile(slug, str(PILES[pile]), page.counts[pile], pile is page.pile)
        for slug, pile in PILES_IN_ADDRESSES.items()
    ]


def said_of(version: ProcedureVersion, part: Part) -> list[str]:
    """Return what the version says of a part, a line each; empty where it says nothing. One query at most."""
    return [line for line in _SAID[part](version) if line]


def _manner(version: ProcedureVersion) -> list[str]:
    channels = version.channels.order_by("position")
    return [": ".join(part for part in (str(one.get_method_display()), one.note) if part) for one in channels]


def _papers(version: ProcedureVersion) -> list[str]:
    return [paper.name for paper in version.papers.order_by("position") if not paper.is_note]


def _forms(version: ProcedureVersion) -> list[str]:
    papers = version.papers.order_by("position")
    return [f"{paper.form_no} {paper.name}".strip() for paper in papers if paper.form_no or paper.form_files]


def _fees(version: ProcedureVersion) -> list[str]:
    return [version.fee_text or (dong_in_words(version.fee_vnd) if version.fee_vnd is not None else "")]


def _results(version: ProcedureVersion) -> list[str]:
    return [result.name for result in version.results.order_by("position")]


_SAID: Final[dict[Part, Callable[[ProcedureVersion], list[str]]]] = {
    Part.NAME: lambda version: [version.title],
    Part.STEPS: lambda version: list(version.steps),
    Part.MANNER: _manner,
    Part.PAPERS: _papers,
    Part.SETS: lambda version: [str(version.set_count)],
    Part.LIMIT: lambda version: [version.limit_text],
    Part.SUBJECTS: lambda version: list(version.subjects),
    Part.AGENCIES: lambda version: [
        version.deciding_agency,
        version.delegated_agency,
        *version.implementing_agencies,
        version.coordinating_agencies,
    ],
    Part.FORMS: _forms,
    Part.RESULT: _results,
    Part.CONDITIONS: lambda version: [version.conditions],
    Part.FEES: _fees,
    Part.LEGAL_BASIS: lambda version: list(version.legal_basis),
}
