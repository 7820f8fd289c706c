"""The register of legal documents, with the effect of each on a day, and what has to be looked at when one ends."""

from datetime import date

from django.http import Http404
from ninja import Query, Router
from pydantic import BaseModel, Field

from motcua.api.auth import AskedByOfficer, OfficerToken
from motcua.api.shapes import Shape, Text
from motcua.legislation.models import BasisReviewItem, LegalDocument
from motcua.legislation.queries.register import Filter, document_page, every_item, register, reviews
from motcua.rules.legal_basis import Severity
from motcua.rules.legal_effect import EffectStatus, EndReason, Relation
from motcua.rules.legal_numbers import Kind

router = Router(tags=["Law"], auth=OfficerToken())


class DocumentAsked(BaseModel):
    """The day of which the effect is told; today when none is named."""

    day: date | None = None


class DocumentsAsked(DocumentAsked):
    """Which documents, and which page of 50; null keeps everything."""

    q: Text = Field("", max_length=200)
    kind: Kind | None = None
    status: EffectStatus | None = None
    is_own: bool | None = None
    page: int = Field(1, ge=1, le=100_000)


class DocumentRowShape(Shape):
    """A document with its status on the day asked for."""

    code: str
    number: str
    kind: Kind
    title: str
    issuer: str
    territory: str
    issued_on: date | None
    status: EffectStatus


class DocumentsShape(Shape):
    """One page of the documents found, the newest first; a page beyond the last gives the last."""

    items: list[DocumentRowShape]
    count: int
    page: int
    page_count: int


class TieShape(Shape):
    """What one document does to another, to all of it where `articles` is empty."""

    relation: Relation
    other: DocumentRowShape
    articles: str
    from_day: date | None
    until: date | None


class EffectStepShape(Shape):
    """From which day a document has which status, and what did it; `by_code` is empty where it did so itself."""

    on: date
    status: EffectStatus
    reason: EndReason | None
    by_code: str
    by_number: str
    articles: str


class DocumentShape(DocumentRowShape):
    """One document with its course and its relations (J-04, J-06). `pending_count`: items still to be looked at."""

    effective_from: date | None
    effective_until: date | None
    note: str
    source: str
    source_url: str
    steps: list[EffectStepShape]
    ties_out: list[TieShape]
    ties_in: list[TieShape]
    pending_count: int


class BasisItemShape(Shape):
    """A procedure, process or document that stands on ended law, and what was decided about it (J-07)."""

    document_code: str
    document_number: str
    ended_on: date
    severity: Severity
    kind: BasisReviewItem.Kind
    code: str
    name: str
    outcome: BasisReviewItem.Outcome
    note: str


class BasisReviewShape(Shape):
    """A document that has ended, how much stands on it, and how much of that waits."""

    code: str
    number: str
    title: str
    severity: Severity
    ended_on: date
    item_count: int
    pending_count: int
    is_done: bool


class BasisReviewsShape(Shape):
    """Every review, those still open first, with everything in them."""

    reviews: list[BasisReviewShape]
    items: list[BasisItemShape]


@router.get("", response=DocumentsShape)
def list_legal_documents(request: AskedByOfficer, asked: Query[DocumentsAsked]) -> DocumentsShape:
    """List the legal documents wanted, each with its status on the day (J-04)."""
    wanted = Filter(asked.q, asked.kind, asked.status, asked.is_own)
    found = register(wanted, day=asked.day or request.auth.today, page=asked.page)
    items = [DocumentRowShape.model_validate(line) for line in found.lines]
    return DocumentsShape(items=items, count=found.count, page=found.page, page_count=found.page_count)


@router.get("/basis-reviews", response=BasisReviewsShape)
def list_basis_reviews(request: AskedByOfficer) -> BasisReviewsShape:
    """List what stands on law that has ended, with what was decided about each (J-07)."""
    return BasisReviewsShape(
        reviews=[BasisReviewShape.model_validate(line) for line in reviews(with_done=True)],
        items=[_item(item) for item in every_item()],
    )


@router.get("/{slug:code}", response=DocumentShape)
def read_legal_document(request: AskedByOfficer, code: str, asked: Query[DocumentAsked]) -> DocumentShape:
    """Read one document: its course, what it does to others and what they do to it."""
    try:
        page = document_page(code, day=asked.day or request.auth.today)
    except LegalDocument.DoesNotExist:
        raise Http404 from None
    row = page.document
    return DocumentShape(
        code=row.code,
        number=row.number,
        kind=Kind(row.kind),
        title=row.title,
        issuer=row.issuer,
        territory=row.territory,
        issued_on=row.issued_on,
        status=page.status,
        effective_from=row.effective_from,
        effective_until=row.effective_until,
        note=row.note,
        source=row.source,
        source_url=row.source_url,
        steps=[EffectStepShape.model_validate(step) for step in page.steps],
        ties_out=[TieShape.model_validate(tied) for tied in page.ties_out],
        ties_in=[TieShape.model_validate(tied) for tied in page.ties_in],
        pending_count=page.pending_count,
    )


def _item(item: BasisReviewItem) -> BasisItemShape:
    review = item.review
    return BasisItemShape(
        document_code=review.document.code,
        document_number=review.document.number,
        ended_on=review.ended_on,
        severity=Severity(review.severity),
        kind=BasisReviewItem.Kind(item.kind),
        code=item.code,
        name=item.name,
        outcome=BasisReviewItem.Outcome(item.outcome),
        note=item.note,
    )
