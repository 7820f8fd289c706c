"""Legal documents as a configuration package carries them: plain values, named by codes."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from motcua.legislation.definitions import WRITTEN, DocumentDefinition
from motcua.legislation.models import DocumentRelation, LegalDocument
from motcua.rules.legal_numbers import citations_in


@dataclass(frozen=True, slots=True)
class CarriedRelation:
    """What a document does to another, named by its code."""

    kind: str
    target: str
    articles: str
    from_day: date | None
    until: date | None


@dataclass(frozen=True, slots=True)
class CarriedDocument:
    """A document with what it does to others; its effect is what the rules make of all of them."""

    code: str
    written: DocumentDefinition
    is_stub: bool
    text: str
    loaded_hash: str
    relations: tuple[CarriedRelation, ...]


def carried_documents(cited_in: Iterable[str]) -> list[CarriedDocument]:
    """Return the place's own documents, those that `cited_in` names, and every document tied to one of them, by code.

    With all that is tied to it, over however many steps, a document has the same effect wherever it is brought in.
    """
    relations = list(DocumentRelation.objects.values_list("source_id", "target_id"))
    beside: defaultdict[int, set[int]] = defaultdict(set)
    for source, target in relations:
        beside[source].add(target)
        beside[target].add(source)
    numbers = {str(citation.number) for text in cited_in for citation in citations_in(text)}
    reached = set(LegalDocument.objects.filter(Q(is_own=True) | Q(number__in=numbers)).values_list("pk", flat=True))
    edge = set(reached)
    while edge:
        edge = {other for pk in edge for other in beside[pk]} - reached
        reached |= edge
    rows = LegalDocument.objects.filter(pk__in=reached).prefetch_related("relations_out__target").order_by("code")
    return [_document(row) for row in rows]


def _document(row: LegalDocument) -> CarriedDocument:
    relations = [
        CarriedRelation(one.kind, one.target.code, one.articles, one.from_day, one.until)
        for one in row.relations_out.all()
    ]
    return CarriedDocument(
        code=row.code,
        written=DocumentDefinition(**{name: getattr(row, name) for name in WRITTEN}),
        is_stub=row.is_stub,
        text=row.text,
        loaded_hash=row.loaded_hash,
        relations=tuple(sorted(relations, key=lambda one: (one.kind, one.target, one.articles))),
    )
