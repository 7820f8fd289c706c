"""What the screens about drafts of the province's own documents show (M02)."""

import uuid
from dataclasses import dataclass
from datetime import date

from django.db.models import Case, IntegerField, Value, When

from motcua.accounts.facts import grants_of
from motcua.accounts.models import User
from motcua.legislation.draft_facts import all_draft_facts, draft_facts
from motcua.legislation.models import LegalDraft, LegalDraftItem, LegalDraftTie
from motcua.organisations.models import Unit, UnitKind
from motcua.rules.drafting import STATE_AFTER, DraftAct, DraftState, ItemCode, ItemState, Line, lines, may_do
from motcua.rules.legal_basis import Finding
from motcua.rules.permissions import RoleGrant

PAGE_SIZE = 50


@dataclass(frozen=True, slots=True)
class DraftRow:
    """A draft in the list: `open_count` of the compulsory items stand in the way of its signature."""

    draft: LegalDraft
    open_count: int
    item_count: int


@dataclass(frozen=True, slots=True)
class DraftList:
    """A page of the drafts, those that wait for a signature first, then the newest; pages count from 1."""

    rows: tuple[DraftRow, ...]
    number: int
    has_next: bool


@dataclass(frozen=True, slots=True)
class ItemLine:
    """An item of the checklist with what was said of it last; None: nobody said anything."""

    line: Line
    said: LegalDraftItem | None


@dataclass(frozen=True, slots=True)
class DraftPage:
    """A draft with its checklist, what it will do to others, what is wrong with its bases, and the reader's acts."""

    draft: LegalDraft
    state: DraftState
    items: tuple[ItemLine, ...]
    ties: tuple[LegalDraftTie, ...]
    findings: tuple[Finding, ...]
    acts: frozenset[DraftAct]

    @property
    def open_count(self) -> int:
        """How many compulsory items are open."""
        return sum(one.line.blocks for one in self.items)

    @property
    def settled_count(self) -> int:
        """How many items are settled, compulsory or not."""
        return sum(one.line.state is not ItemState.OPEN for one in self.items)


def drafts(on: date, *, number: int = 1) -> DraftList:
    """Return page `number` of the drafts, in as many queries for one as for many."""
    waits = Case(When(state=DraftState.SUBMITTED, then=Value(0)), default=Value(1), output_field=IntegerField())
    rows = LegalDraft.objects.select_related("drafting_unit", "document").prefetch_related("ties", "items")
    start = (number - 1) * PAGE_SIZE
    found = list(rows.annotate(waits=waits).order_by("waits", "-begun_at", "-pk")[start : start + PAGE_SIZE + 1])
    shown = found[:PAGE_SIZE]
    facts = all_draft_facts(shown, day=on)
    return DraftList(
        rows=tuple(_row(draft, lines(facts[draft.pk], on=on)) for draft in shown),
        number=number,
        has_next=len(found) > PAGE_SIZE,
    )


def draft_page(key: uuid.UUID, actor: User, *, on: date) -> DraftPage:
    """Return the page of a draft; raises `LegalDraft.DoesNotExist`."""
    rows = LegalDraft.objects.select_related("issuer", "drafting_unit", "document", "begun_by")
    draft = rows.prefetch_related("ties__target", "items__settled_by").get(key=key)
    facts = draft_facts(draft, day=on, takes_effect_on=None)
    said = {item.code: item for item in draft.items.all()}
    state, grants = DraftState(draft.state), grants_of(actor, on)
    return DraftPage(
        draft=draft,
        state=state,
        items=tuple(ItemLine(line, said.get(line.item.code)) for line in lines(facts, on=on)),
        ties=tuple(sorted(draft.ties.all(), key=lambda tie: (tie.kind, tie.pk))),
        findings=facts.findings,
        acts=frozenset(
            act for act in DraftAct if (state, act) in STATE_AFTER and may_do(act, draft.issuer_id, grants, on=on)
        ),
    )


def item_of(page: DraftPage, code: str) -> ItemLine | None:
    """Return the item of that code; None when the draft's checklist has none that people settle."""
    known = {one.line.item.code: one for one in page.items if not one.line.is_automatic}
    return known.get(ItemCode(code)) if code in list(ItemCode) else None


def drafting_issuers(grants: tuple[RoleGrant, ...], on: date) -> list[Unit]:
    """Return the provinces whose documents an official with `grants` drafts on `on`."""
    provinces = Unit.objects.on(on).filter(kind=UnitKind.PROVINCE).order_by("sort_key", "code")
    return [unit for unit in provinces if may_do(DraftAct.EDIT, unit.pk, grants, on=on)]


def drafting_units(issuer: Unit, on: date) -> list[Unit]:
    """Return the units that may be in charge of a draft of `issuer`: it itself, and the agencies right below it."""
    below = Unit.objects.on(on).filter(parent=issuer, level=issuer.level).order_by("sort_key", "code")
    return [issuer, *below]


def _row(draft: LegalDraft, checklist: tuple[Line, ...]) -> DraftRow:
    return DraftRow(draft, sum(line.blocks for line in checklist), len(checklist))
