"""Draft a document of the province: begin it, write it, say what it rests on, settle its checklist (M02)."""

import uuid
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from motcua.accounts.facts import grants_of
from motcua.kernel import events
from motcua.legislation.draft_facts import draft_facts
from motcua.legislation.events import (
    LegalDraftBegun,
    LegalDraftItemSettled,
    LegalDraftTied,
    LegalDraftUntied,
    LegalDraftWritten,
)
from motcua.legislation.models import LegalDocument, LegalDraft, LegalDraftItem, LegalDraftTie
from motcua.organisations.models import Unit, UnitKind
from motcua.rules.drafting import (
    DraftAct,
    DraftActNotOpen,
    DraftKind,
    DraftState,
    ItemCode,
    ItemNotSettled,
    ItemState,
    MayNotDraft,
    check_settling,
    lines,
    may_do,
    state_after,
)
from motcua.rules.legal_effect import Relation

if TYPE_CHECKING:
    from motcua.accounts.models import User

__all__ = [
    "DraftActNotOpen",
    "DraftMoved",
    "ItemNotSettled",
    "MayNotDraft",
    "begin_draft",
    "guard",
    "settle_draft_item",
    "tie_draft",
    "untie_draft",
    "write_draft",
]


class DraftMoved(Exception):
    """Somebody changed the draft since it was read."""


@dataclass(frozen=True, slots=True)
class Wording:
    """What a draft says of itself: the columns of `LegalDraft` that people write. Days None: not planned yet."""

    kind: DraftKind
    title: str
    drafting_unit: Unit
    issuer_mark: str = ""
    planned_on: date | None = None
    planned_effect_on: date | None = None
    sets_procedures: bool = False
    is_shortened: bool = False
    text: str = ""


@transaction.atomic
def begin_draft(*, key: uuid.UUID, issuer: Unit, wording: Wording, actor: "User", at: datetime) -> LegalDraft:
    """Begin a draft that `issuer`, a province, is to issue; a second time with the same `key` returns the first one.

    Raises `MayNotDraft`.
    """
    if issuer.kind != UnitKind.PROVINCE:
        raise MayNotDraft
    _check(DraftAct.EDIT, issuer, actor, at)
    draft, is_new = LegalDraft.objects.get_or_create(
        key=key,
        defaults={**_columns(wording), "issuer": issuer, "begun_by": actor, "begun_at": at, "changed_at": at},
    )
    if is_new:
        event = LegalDraftBegun(subject=str(key), kind=wording.kind, issuer=issuer.code)
        events.record(event, actor=actor, at=at)
    return draft


@transaction.atomic
def write_draft(*, draft: LegalDraft, wording: Wording, seen: int, actor: "User", at: datetime) -> LegalDraft:
    """Write what a draft says of itself anew; `seen` is the version that the writer read.

    Saying what stands there already changes and records nothing. Raises `MayNotDraft`, `DraftActNotOpen`, `DraftMoved`.
    """
    draft = guard(draft, DraftAct.EDIT, actor, at)
    said = _columns(wording)
    changed = tuple(name for name, value in said.items() if getattr(draft, name) != value)
    if not changed:
        return draft
    if seen != draft.version:
        raise DraftMoved
    for name in changed:
        setattr(draft, name, said[name])
    draft.version, draft.changed_at = draft.version + 1, at
    draft.save(update_fields=[*changed, "version", "changed_at"])
    event = LegalDraftWritten(subject=str(draft.key), version=draft.version, columns=changed)
    events.record(event, actor=actor, at=at)
    return draft


@transaction.atomic
def tie_draft(
    *,
    draft: LegalDraft,
    relation: Relation,
    target: LegalDocument,
    articles: str = "",
    actor: "User",
    at: datetime,
) -> LegalDraftTie:
    """Say what a draft will do to a document of the register; saying it twice does nothing more.

    Raises `MayNotDraft`, `DraftActNotOpen`.
    """
    draft = guard(draft, DraftAct.EDIT, actor, at)
    tie, is_new = LegalDraftTie.objects.get_or_create(draft=draft, kind=relation, target=target, articles=articles)
    if is_new:
        _touch(draft, at)
        event = LegalDraftTied(subject=str(draft.key), relation=relation, target=target.code)
        events.record(event, actor=actor, at=at)
    return tie


@transaction.atomic
def untie_draft(*, draft: LegalDraft, pk: int, actor: "User", at: datetime) -> None:
    """Take back what a draft was to do; doing it twice is safe. Raises `MayNotDraft`, `DraftActNotOpen`."""
    draft = guard(draft, DraftAct.EDIT, actor, at)
    tie = draft.ties.select_related("target").filter(pk=pk).first()
    if tie is None:
        return
    event = LegalDraftUntied(subject=str(draft.key), relation=tie.kind, target=tie.target.code)
    tie.delete()
    _touch(draft, at)
    events.record(event, actor=actor, at=at)


@transaction.atomic
def settle_draft_item(
    *, draft: LegalDraft, code: ItemCode, state: ItemState, note: str, actor: "User", at: datetime
) -> LegalDraftItem:
    """Say where an item of the checklist stands, and how or why; OPEN takes back what was said.

    The same word once more confirms it as of now. Raises `MayNotDraft`, `DraftActNotOpen`, `ItemNotSettled`.
    """
    draft = guard(draft, DraftAct.EDIT, actor, at)
    today = timezone.localdate(at)
    facts = draft_facts(draft, day=today, takes_effect_on=None)
    line = next((one for one in lines(facts, on=today) if one.item.code is code), None)
    check_settling(line, code, state, note)
    known = draft.items.filter(code=code).first()
    if known is not None and (known.state, known.note, known.settled_at >= draft.changed_at) == (state, note, True):
        return known
    said = {"state": state, "note": note, "settled_by": actor, "settled_at": at}
    item, _is_new = LegalDraftItem.objects.update_or_create(draft=draft, code=code, defaults=said)
    event = LegalDraftItemSettled(subject=str(draft.key), item=code, state=state)
    events.record(event, actor=actor, at=at)
    return item


def guard(draft: LegalDraft, act: DraftAct, actor: "User", at: datetime) -> LegalDraft:
    """Return the draft locked and in the state that `act` leads to; raises `MayNotDraft`, `DraftActNotOpen`."""
    found = LegalDraft.objects.select_for_update(of=("self",)).select_related("issuer").get(pk=draft.pk)
    _check(act, found.issuer, actor, at)
    found.state = state_after(DraftState(found.state), act)
    return found


def _check(act: DraftAct, issuer: Unit, actor: "User", at: datetime) -> None:
    today = timezone.localdate(at)
    if not may_do(act, issuer.pk, grants_of(actor, today), on=today):
        raise MayNotDraft


def _touch(draft: LegalDraft, at: datetime) -> None:
    draft.version, draft.changed_at = draft.version + 1, at
    draft.save(update_fields=["version", "changed_at"])


def _columns(wording: Wording) -> dict[str, object]:
    return {name: getattr(wording, name) for name in wording.__slots__}
