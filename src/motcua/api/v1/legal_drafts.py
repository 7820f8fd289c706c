"""The drafts of the province's own documents, each with its checklist (M02)."""

import uuid
from datetime import date, datetime

from django.http import Http404
from ninja import Query, Router
from pydantic import BaseModel, Field

from motcua.api.auth import AskedByOfficer, OfficerToken
from motcua.api.shapes import Shape
from motcua.legislation.models import LegalDraft
from motcua.legislation.queries.drafts import draft_page, drafts
from motcua.rules.drafting import DraftKind, DraftState, ItemCode, ItemState
from motcua.rules.legal_basis import Flaw
from motcua.rules.legal_effect import EffectStatus, Relation

router = Router(tags=["Law"], auth=OfficerToken())


class DraftsAsked(BaseModel):
    """Which drafts, null: every one; and which page of 30."""

    state: DraftState | None = None
    page: int = Field(1, ge=1, le=1000)


class DraftRowShape(Shape):
    """A draft: how many items of its checklist are settled, and how many compulsory ones are open.

    `number` is empty and `signed_on` null until it is signed.
    """

    key: uuid.UUID
    title: str
    kind: DraftKind
    state: DraftState
    drafting_unit: str
    planned_on: date | None
    sets_procedures: bool
    number: str
    signed_on: date | None
    settled_count: int
    item_count: int
    blocking_count: int


class DraftsShape(Shape):
    """One page of the drafts, those that wait for their signer first."""

    items: list[DraftRowShape]
    page: int
    has_next: bool


class DraftItemShape(Shape):
    """An item of the checklist; `rule` is where it comes from, "U" where no text says it.

    `is_stale`: the draft was changed after it was settled. `settled_at` null: nobody settled it.
    """

    code: ItemCode
    rule: str
    state: ItemState
    is_compulsory: bool
    is_automatic: bool
    note: str
    settled_at: datetime | None
    is_stale: bool


class DraftTieShape(Shape):
    """What the draft does to a document, to all of it where `articles` is empty; `flaw` of a basis (J-07)."""

    relation: Relation
    articles: str
    code: str
    number: str
    title: str
    status: EffectStatus
    flaw: Flaw | None


class DraftShape(Shape):
    """One draft with its checklist and relations.

    `document_code` is what it became in the register, empty until it is signed. `publish_by` is the last day to publish
    the procedures it sets (C-07), null where there are none or the day cannot be told.
    """

    key: uuid.UUID
    title: str
    kind: DraftKind
    state: DraftState
    drafting_unit: str
    planned_on: date | None
    planned_effect_on: date | None
    sets_procedures: bool
    is_shortened: bool
    text: str
    number: str
    signed_on: date | None
    effective_from: date | None
    document_code: str
    publish_by: date | None
    items: list[DraftItemShape]
    ties: list[DraftTieShape]


@router.get("", response=DraftsShape)
def list_legal_drafts(request: AskedByOfficer, asked: Query[DraftsAsked]) -> DraftsShape:
    """List the drafts, those that wait for their signer first (M02)."""
    found = drafts(request.auth.today, number=asked.page, state=asked.state or "")
    items = [DraftRowShape.model_validate(row) for row in found.rows]
    return DraftsShape(items=items, page=found.number, has_next=found.has_next)


@router.get("/{uuid:key}", response=DraftShape)
def read_legal_draft(request: AskedByOfficer, key: uuid.UUID) -> DraftShape:
    """Read one draft: its checklist, what it rests on, what it does to older documents."""
    try:
        page = draft_page(key, request.auth.user, on=request.auth.today)
    except LegalDraft.DoesNotExist:
        raise Http404 from None
    row = page.draft
    return DraftShape(
        key=row.key,
        title=row.title,
        kind=DraftKind(row.kind),
        state=page.state,
        drafting_unit=row.drafting_unit.name,
        planned_on=row.planned_on,
        planned_effect_on=row.planned_effect_on,
        sets_procedures=row.sets_procedures,
        is_shortened=row.is_shortened,
        text=row.text,
        number=row.number,
        signed_on=row.signed_on,
        effective_from=row.effective_from,
        document_code=row.document.code if row.document else "",
        publish_by=page.publish_by,
        items=[DraftItemShape.model_validate(card) for card in page.items],
        ties=[DraftTieShape.model_validate(tied) for tied in page.ties],
    )
