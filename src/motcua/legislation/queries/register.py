"""What the screens of the register of legal documents show."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q

from motcua.legislation.models import BasisReview, BasisReviewItem, DocumentRelation, EffectChange, LegalDocument
from motcua.rules.legal_effect import EffectStatus, EndReason, Relation
from motcua.rules.legal_numbers import Kind

PAGE_SIZE = 50


@dataclass(frozen=True, slots=True)
class RegisterLine:
    """A document in a list; `status` is that of the day asked for."""

    code: str
    number: str
    kind: Kind
    title: str
    issuer: str
    territory: str
    issued_on: date | None
    status: EffectStatus


@dataclass(frozen=True, slots=True)
class RegisterPage:
    """One page of the documents found: pages count from 1; `page` is the last where a later one was asked for."""

    lines: tuple[RegisterLine, ...]
    count: int
    page: int
    page_count: int


@dataclass(frozen=True, slots=True)
class Filter:
    """What is looked for; an empty text and None keep everything."""

    text: str = ""
    kind: Kind | None = None
    status: EffectStatus | None = None
    is_own: bool | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """A step of a document's course; `by_code` and `by_number` name the document that did it, empty: it itself."""

    on: date
    status: EffectStatus
    reason: EndReason | None
    by_code: str
    by_number: str
    articles: str


@dataclass(frozen=True, slots=True)
class Tied:
    """A relation seen from one document: `other` is the other one, with its status on the day asked for."""

    pk: int
    relation: Relation
    other: RegisterLine
    articles: str
    from_day: date | None
    until: date | None


@dataclass(frozen=True, slots=True)
class DocumentPage:
    """One document: what it does to others (`ties_out`), what others do to it, and what waits because it ended."""

    document: LegalDocument
    status: EffectStatus
    steps: tuple[Step, ...]
    ties_out: tuple[Tied, ...]
    ties_in: tuple[Tied, ...]
    pending_count: int


@dataclass(frozen=True, slots=True)
class ReviewLine:
    """A review in the list: how much of it is still to be looked at."""

    code: str
    number: str
    title: str
    severity: str
    ended_on: date
    item_count: int
    pending_count: int
    is_done: bool


def register(wanted: Filter, *, day: date, page: int = 1) -> RegisterPage:
    """Return one page of the documents wanted, the newest first, each with its status on `day`."""
    found = LegalDocument.objects.about(wanted.text)
    if wanted.kind is not None:
        found = found.filter(kind=wanted.kind)
    if wanted.is_own is not None:
        found = found.filter(is_own=wanted.is_own)
    if wanted.status is not None:
        found = found.of_status(wanted.status, day)
    count = found.count()
    page_count = max(1, -(-count // PAGE_SIZE))
    page = min(max(page, 1), page_count)
    rows = found.with_status(day).defer("text").newest_first()[(page - 1) * PAGE_SIZE : page * PAGE_SIZE]
    return RegisterPage(tuple(_line(row) for row in rows), count, page, page_count)


def document_page(code: str, *, day: date) -> DocumentPage:
    """Return what the page of a document shows; raises `LegalDocument.DoesNotExist`."""
    document = LegalDocument.objects.with_status(day).get(code=code)
    changes = EffectChange.objects.filter(document=document).select_related("by").order_by("position")
    relations = list(DocumentRelation.objects.filter(Q(source=document) | Q(target=document)))
    near = {one for relation in relations for one in (relation.source_id, relation.target_id)}
    others = {row.pk: _line(row) for row in LegalDocument.objects.with_status(day).filter(pk__in=near).defer("text")}
    pending = BasisReviewItem.objects.filter(review__document=document, outcome=BasisReviewItem.Outcome.PENDING)
    out = [_tied(one, others[one.target_id]) for one in relations if one.source_id == document.pk]
    into = [_tied(one, others[one.source_id]) for one in relations if one.target_id == document.pk]
    return DocumentPage(
        document=document,
        status=_line(document).status,
        steps=tuple(_step(change) for change in changes),
        ties_out=tuple(sorted(out, key=_by_relation)),
        ties_in=tuple(sorted(into, key=_by_relation)),
        pending_count=pending.count(),
    )


def reviews(*, with_done: bool) -> list[ReviewLine]:
    """Return the reviews, those still open first, errors before warnings, the latest end first."""
    pending = Count("items", filter=Q(items__outcome=BasisReviewItem.Outcome.PENDING))
    standing = Count("items", filter=~Q(items__outcome=BasisReviewItem.Outcome.GONE))
    found = BasisReview.objects.select_related("document").annotate(pending_count=pending, item_count=standing)
    if not with_done:
        found = found.filter(closed_at=None)
    rows = found.order_by("closed_at", "severity", "-ended_on", "document__code")
    return [
        ReviewLine(
            code=row.document.code,
            number=row.document.number,
            title=row.document.title,
            severity=row.severity,
            ended_on=row.ended_on,
            item_count=row.item_count,
            pending_count=row.pending_count,
            is_done=row.closed_at is not None,
        )
        for row in sorted(rows, key=lambda row: row.closed_at is not None)
    ]


def items_of(document: LegalDocument) -> list[BasisReviewItem]:
    """Return everything that stands or stood on `document`, with its review: the open first, then by kind and code."""
    items = BasisReviewItem.objects.filter(review__document=document).select_related("review", "settled_by")
    first = BasisReviewItem.Outcome.PENDING
    rows = items.order_by("review__severity", "review__ended_on", "kind", "code")
    return sorted(rows, key=lambda item: item.outcome != first)


def every_item() -> list[BasisReviewItem]:
    """Return everything that stands or stood on ended law, with review and document, by document, kind and code."""
    items = BasisReviewItem.objects.select_related("review__document")
    return list(items.order_by("review__document__code", "review__severity", "kind", "code"))


def _line(row: LegalDocument) -> RegisterLine:
    status: str = row.status_then  # type: ignore[attr-defined]  # annotated by with_status
    return RegisterLine(
        row.code, row.number, Kind(row.kind), row.title, row.issuer, row.territory, row.issued_on, EffectStatus(status)
    )


def _step(change: EffectChange) -> Step:
    rule, by = change.as_rule(), change.by
    return Step(rule.on, rule.status, rule.reason, by.code if by else "", by.number if by else "", rule.articles)


def _tied(relation: DocumentRelation, other: RegisterLine) -> Tied:
    return Tied(relation.pk, Relation(relation.kind), other, relation.articles, relation.from_day, relation.until)


def _by_relation(tied: Tied) -> tuple[int, str]:
    return list(Relation).index(tied.relation), tied.other.code
