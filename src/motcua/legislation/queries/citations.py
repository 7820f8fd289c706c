"""Citations in a text, each with the document of the register it names (J-07)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from motcua.legislation.models import LegalDocument
from motcua.rules.legal_basis import Basis, Flaw, findings
from motcua.rules.legal_effect import EffectStatus
from motcua.rules.legal_numbers import Citation, citations_in

LONGEST_TEXT = 200_000
"""Letters of a text that is looked through."""


@dataclass(frozen=True, slots=True)
class CitedDocument:
    """A number that a text cites, how often, and what the register knows; `code` is empty where it knows nothing."""

    number: str
    on: date | None
    articles: tuple[str, ...]
    count: int
    code: str
    title: str
    status: EffectStatus | None
    flaw: Flaw | None


def cited_documents(text: str, *, day: date, takes_effect_on: date | None = None) -> list[CitedDocument]:
    """Return every number `text` cites, in order of its first place, weighed as a basis on `day` (J-07)."""
    found: dict[str, list[Citation]] = {}
    for citation in citations_in(text[:LONGEST_TEXT]):
        found.setdefault(str(citation.number), []).append(citation)
    known = _known(found, day)
    return [_cited(number, cited, known.get(number, ()), takes_effect_on) for number, cited in found.items()]


def _known(numbers: Iterable[str], day: date) -> dict[str, tuple[LegalDocument, ...]]:
    rows = LegalDocument.objects.with_status(day).filter(number__in=list(numbers)).defer("text").order_by("code")
    known: dict[str, tuple[LegalDocument, ...]] = {}
    for row in rows:
        known[row.number] = (*known.get(row.number, ()), row)
    return known


def _cited(
    number: str, cited: list[Citation], known: tuple[LegalDocument, ...], takes_effect_on: date | None
) -> CitedDocument:
    on = next((one.on for one in cited if one.on), None)
    same_day = [row for row in known if on is None or row.issued_on in {None, on}]
    document = same_day[0] if same_day else None
    status = EffectStatus(document.status_then) if document else None  # type: ignore[attr-defined]  # annotated
    basis = Basis(number, status, document.effective_from if document else None, has_number_and_date=on is not None)
    found = findings([basis], takes_effect_on=takes_effect_on)
    return CitedDocument(
        number=number,
        on=on,
        articles=tuple(dict.fromkeys(one.articles for one in cited if one.articles)),
        count=len(cited),
        code=document.code if document else "",
        title=document.title if document else "",
        status=status,
        flaw=found[0].flaw if found else None,
    )
