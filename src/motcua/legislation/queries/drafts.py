"""What the screens about drafts of the province's own documents show (M02)."""

import uuid
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Case, IntegerField, QuerySet, Value, When

from motcua.accounts.facts import grants_of
from motcua.accounts.models import User
from motcua.legislation.draft_facts import all_draft_facts, draft_facts
from motcua.legislation.facts import keeping_unit_ids
from motcua.legislation.models import LegalDocument, LegalDraft, LegalDraftItem
from motcua.legislation.queries.citations import CitedDocument, cited_documents
from motcua.organisations.facts import working_calendars
from motcua.organisations.models import Unit
from motcua.rules.drafting import (
    STATE_AFTER,
    DraftAct,
    DraftState,
    ItemCode,
    ItemState,
    Line,
    lines,
    may_do,
    may_set_aside,
)
from motcua.rules.legal_basis import Finding, Flaw
from motcua.rules.legal_effect import EffectStatus, Relation
from motcua.rules.permissions import RoleGrant
from motcua.rules.publication import Norm, Publisher, publish_by, terms_on
from motcua.rules.working_time import CalendarExhausted

PAGE = 30


@dataclass(frozen=True, slots=True)
class DraftRow:
    """A draft in the list: how many items of its checklist are settled, of how many, and how many block signing.

    `number` and `signed_on` are empty until it is signed; `planned_on` None: not planned.
    """

    key: uuid.UUID
    title: str
    kind: str
    kind_label: str
    state: str
    state_label: str
    drafting_unit: str
    planned_on: date | None
    sets_procedures: bool
    number: str
    signed_on: date | None
    settled_count: int
    item_count: int
    blocking_count: int


@dataclass(frozen=True, slots=True)
class DraftList:
    """One page of the drafts, those that wait for their signer first."""

    rows: tuple[DraftRow, ...]
    number: int
    has_next: bool


@dataclass(frozen=True, slots=True)
class ItemCard:
    """An item of a checklist, with who settled it and when.

    `is_stale`: the draft was changed after it was settled. `settled_at` None: nobody settled it.
    """

    code: ItemCode
    rule: str
    state: ItemState
    is_compulsory: bool
    is_automatic: bool
    can_be_set_aside: bool
    blocks: bool
    note: str
    settled_by: str
    settled_at: datetime | None
    is_stale: bool


@dataclass(frozen=True, slots=True)
class DraftTied:
    """What a draft does to a document of the register, with that document's status now; `flaw` of a basis (J-07)."""

    pk: int
    relation: Relation
    articles: str
    code: str
    number: str
    title: str
    status: EffectStatus
    flaw: Flaw | None


@dataclass(frozen=True, slots=True)
class DraftPage:
    """A draft with its checklist, what it does to other documents, and the acts open to the reader.

    `cited` are the numbers in its text, weighed as bases. `publish_by` is the last day to publish the procedures it
    sets (C-07): None while it is not signed, sets none, or the day cannot be told.
    """

    draft: LegalDraft
    state: DraftState
    items: tuple[ItemCard, ...]
    ties: tuple[DraftTied, ...]
    cited: tuple[CitedDocument, ...]
    publish_by: date | None
    acts: frozenset[DraftAct]
    grants: tuple[RoleGrant, ...]
    on: date

    @property
    def settled_count(self) -> int:
        """How many items are done or set aside."""
        return sum(item.state is not ItemState.OPEN for item in self.items)

    @property
    def blocking(self) -> tuple[ItemCode, ...]:
        """The compulsory items that are open."""
        return tuple(item.code for item in self.items if item.blocks)

    def is_theirs(self, act: DraftAct) -> bool:
        """Tell whether the reader does `act` at all, now or in another state."""
        return may_do(act, self.draft.issuer_id, self.grants, on=self.on)


def drafts(on: date, *, number: int = 1, state: str = "") -> DraftList:
    """Return a page of the drafts, the waiting ones first, then the newest; `state` empty for all."""
    waits = Case(When(state=DraftState.SUBMITTED, then=Value(0)), default=Value(1), output_field=IntegerField())
    found = LegalDraft.objects.filter(state=state) if state else LegalDraft.objects.all()
    ordered = found.annotate(waits=waits).order_by("waits", "-begun_at", "-pk")
    start = (number - 1) * PAGE
    rows = list(_with_parts(ordered[start : start + PAGE + 1]))
    return DraftList(_rows(rows[:PAGE], on), number, len(rows) > PAGE)


def every_draft(on: date, *, state: str = "") -> tuple[DraftRow, ...]:
    """Return every draft, the newest first; `state` empty for all."""
    found = LegalDraft.objects.filter(state=state) if state else LegalDraft.objects.all()
    return _rows(list(_with_parts(found.order_by("-begun_at", "-pk"))), on)


def draft_page(key: uuid.UUID, actor: User, *, on: date) -> DraftPage:
    """Return the page of a draft; raises `LegalDraft.DoesNotExist`."""
    draft = _with_parts(LegalDraft.objects.select_related("document")).get(key=key)
    state, grants = DraftState(draft.state), tuple(grants_of(actor, on))
    effect_on = draft.effective_from or draft.planned_effect_on or draft.planned_on
    day = draft.signed_on or on
    facts = draft_facts(draft, day=day, takes_effect_on=effect_on)
    open_acts = (act for (stands, act) in STATE_AFTER if stands is state)
    return DraftPage(
        draft=draft,
        state=state,
        items=_cards(draft, lines(facts, on=day)),
        ties=_ties(draft, facts.findings, on),
        cited=tuple(cited_documents(draft.text, day=day, takes_effect_on=effect_on)) if draft.text else (),
        publish_by=_publish_by(draft, on),
        acts=frozenset(act for act in open_acts if may_do(act, draft.issuer_id, grants, on=on)),
        grants=grants,
        on=on,
    )


def issuing_units(grants: Sequence[RoleGrant], on: date) -> list[Unit]:
    """Return the provinces whose documents an official with `grants` may draft on `on`."""
    places = [pk for pk in keeping_unit_ids() if may_do(DraftAct.EDIT, pk, grants, on=on)]
    return list(Unit.objects.filter(pk__in=places).order_by("code"))


def _with_parts(found: QuerySet[LegalDraft]) -> QuerySet[LegalDraft]:
    return found.select_related("issuer", "drafting_unit", "begun_by").prefetch_related(
        "ties__target", "items__settled_by"
    )


def _rows(found: Sequence[LegalDraft], on: date) -> tuple[DraftRow, ...]:
    facts = all_draft_facts(found, day=on)
    return tuple(_row(draft, lines(facts[draft.pk], on=draft.signed_on or on)) for draft in found)


def _row(draft: LegalDraft, checklist: Sequence[Line]) -> DraftRow:
    counted = Counter(line.state for line in checklist)
    return DraftRow(
        key=draft.key,
        title=draft.title,
        kind=draft.kind,
        kind_label=draft.get_kind_display(),
        state=draft.state,
        state_label=draft.get_state_display(),
        drafting_unit=draft.drafting_unit.name,
        planned_on=draft.planned_on,
        sets_procedures=draft.sets_procedures,
        number=draft.number,
        signed_on=draft.signed_on,
        settled_count=len(checklist) - counted[ItemState.OPEN],
        item_count=len(checklist),
        blocking_count=sum(line.blocks for line in checklist),
    )


def _cards(draft: LegalDraft, checklist: Sequence[Line]) -> tuple[ItemCard, ...]:
    said = {ItemCode(item.code): item for item in draft.items.all()}
    return tuple(_card(draft, line, said.get(line.item.code)) for line in checklist)


def _card(draft: LegalDraft, line: Line, said: LegalDraftItem | None) -> ItemCard:
    is_settled = said is not None and line.state is not ItemState.OPEN
    return ItemCard(
        code=line.item.code,
        rule=line.item.rule,
        state=line.state,
        is_compulsory=line.is_compulsory,
        is_automatic=line.is_automatic,
        can_be_set_aside=may_set_aside(line),
        blocks=line.blocks,
        note=said.note if said else "",
        settled_by=said.settled_by.display_name if said else "",
        settled_at=said.settled_at if said else None,
        is_stale=is_settled and said is not None and said.settled_at < draft.changed_at,
    )


def _ties(draft: LegalDraft, found: Sequence[Finding], on: date) -> tuple[DraftTied, ...]:
    ties = sorted(draft.ties.all(), key=lambda tie: (list(Relation).index(Relation(tie.kind)), tie.pk))
    targets = LegalDocument.objects.with_status(on).filter(pk__in=[tie.target_id for tie in ties]).defer("text")
    status = {row.pk: row.status_then for row in targets}  # type: ignore[attr-defined]  # annotated
    flaws = {finding.name: finding.flaw for finding in found}
    return tuple(
        DraftTied(
            pk=tie.pk,
            relation=Relation(tie.kind),
            articles=tie.articles,
            code=tie.target.code,
            number=tie.target.number,
            title=tie.target.title,
            status=EffectStatus(status[tie.target_id]),
            flaw=flaws.get(tie.target.number) if tie.kind == Relation.BASED_ON else None,
        )
        for tie in ties
    )


def _publish_by(draft: LegalDraft, on: date) -> date | None:
    if draft.effective_from is None or not draft.sets_procedures:
        return None
    norm = Norm(draft.effective_from, draft.signed_on, draft.is_shortened)
    calendar = working_calendars({draft.issuer_id}, on)[draft.issuer_id]
    try:
        return publish_by(Publisher.CHAIRMAN, norm, terms_on(on), calendar)
    except CalendarExhausted:
        return None
