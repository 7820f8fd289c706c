"""Lay a draft before its signer, give it back, sign it: then it is a document of the register (M02, J-04, J-06)."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from motcua.kernel import events
from motcua.legislation.commands.drafting import guard
from motcua.legislation.commands.keep import AlreadyEntered, Tie, put_document
from motcua.legislation.definitions import DocumentDefinition
from motcua.legislation.draft_facts import draft_facts
from motcua.legislation.events import LegalDraftGivenBack, LegalDraftSigned, LegalDraftSubmitted
from motcua.legislation.models import LegalDraft
from motcua.rules.drafting import (
    KIND_IN_REGISTER,
    DraftAct,
    DraftKind,
    ItemCode,
    NumberFault,
    earliest_effect,
    number_fault,
    open_items,
)
from motcua.rules.legal_effect import Relation
from motcua.rules.legal_numbers import read_number

if TYPE_CHECKING:
    from motcua.accounts.models import User

__all__ = [
    "AlreadyEntered",
    "EffectTooEarly",
    "ItemsOpen",
    "NumberImpossible",
    "SigningDayImpossible",
    "give_draft_back",
    "sign_draft",
    "submit_draft",
]


class ItemsOpen(Exception):
    """Compulsory items of the checklist are open: `codes`, in its order."""

    def __init__(self, codes: tuple[ItemCode, ...]) -> None:
        super().__init__(", ".join(codes))
        self.codes = codes


class NumberImpossible(Exception):
    """The number cannot be given: `fault` says why."""

    def __init__(self, fault: NumberFault) -> None:
        super().__init__(fault.value)
        self.fault = fault


class SigningDayImpossible(Exception):
    """The day of signing is not between `earliest` and `latest`, both possible."""

    def __init__(self, earliest: date, latest: date) -> None:
        super().__init__(f"{earliest}..{latest}")
        self.earliest = earliest
        self.latest = latest


class EffectTooEarly(Exception):
    """The document takes effect on `earliest` at the earliest."""

    def __init__(self, earliest: date) -> None:
        super().__init__(f"{earliest}")
        self.earliest = earliest


@dataclass(frozen=True, slots=True)
class Signature:
    """What the signer gives a document: its number, the day of signing and the first day of its effect."""

    number: str
    signed_on: date
    effective_from: date


@transaction.atomic
def submit_draft(*, draft: LegalDraft, actor: "User", at: datetime) -> LegalDraft:
    """Lay a draft before its signer; raises `MayNotDraft`, `DraftActNotOpen`, `ItemsOpen`."""
    draft = guard(draft, DraftAct.SUBMIT, actor, at)
    today = timezone.localdate(at)
    _require_settled(draft, bases_on=today, takes_effect_on=None, today=today)
    draft.submitted_at, draft.remark = at, ""
    draft.save(update_fields=["state", "submitted_at", "remark"])
    events.record(LegalDraftSubmitted(subject=str(draft.key), version=draft.version), actor=actor, at=at)
    return draft


@transaction.atomic
def give_draft_back(*, draft: LegalDraft, reason: str, actor: "User", at: datetime) -> LegalDraft:
    """Give a submitted draft back to be changed; raises `MayNotDraft`, `DraftActNotOpen`."""
    draft = guard(draft, DraftAct.GIVE_BACK, actor, at)
    draft.submitted_at, draft.remark = None, reason
    draft.save(update_fields=["state", "submitted_at", "remark"])
    events.record(LegalDraftGivenBack(subject=str(draft.key)), actor=actor, at=at)
    return draft


@transaction.atomic
def sign_draft(*, draft: LegalDraft, signature: Signature, actor: "User", at: datetime) -> LegalDraft:
    """Sign a submitted draft: it enters the register with its relations, effect is reckoned, reviews open (J-07).

    The bases are weighed as on the day of signing. Raises `MayNotDraft`, `DraftActNotOpen`, `SigningDayImpossible`,
    `NumberImpossible`, `EffectTooEarly`, `ItemsOpen`, `AlreadyEntered`.
    """
    draft = guard(draft, DraftAct.SIGN, actor, at)
    today = timezone.localdate(at)
    _check_signature(draft, signature, today)
    _require_settled(draft, bases_on=signature.signed_on, takes_effect_on=signature.effective_from, today=today)
    number = str(read_number(signature.number))
    definition = DocumentDefinition(
        number=number,
        kind=KIND_IN_REGISTER[DraftKind(draft.kind)],
        title=draft.title,
        issuer=_issuer_of(draft),
        is_own=True,
        issued_on=signature.signed_on,
        effective_from=signature.effective_from,
    )
    rows = draft.ties.select_related("target").order_by("pk")
    ties = tuple(Tie(Relation(tie.kind), tie.target, tie.articles) for tie in rows)
    draft.document = put_document(definition=definition, ties=ties, actor=actor, at=at, text=draft.text)
    draft.number, draft.signed_on, draft.effective_from = number, signature.signed_on, signature.effective_from
    draft.save(update_fields=["state", "document", "number", "signed_on", "effective_from"])
    event = LegalDraftSigned(
        subject=str(draft.key),
        document=draft.document.code,
        signed_on=signature.signed_on,
        effective_from=signature.effective_from,
    )
    events.record(event, actor=actor, at=at)
    return draft


def _issuer_of(draft: LegalDraft) -> str:
    """Return who issues it: a normative decision of the chairman is theirs, not the committee's (J-01)."""
    committee = draft.issuer.authority_name
    return f"Chủ tịch {committee}" if draft.kind == DraftKind.CHAIRMAN_DECISION else committee


def _check_signature(draft: LegalDraft, signature: Signature, today: date) -> None:
    kind, signed_on = DraftKind(draft.kind), signature.signed_on
    assert draft.submitted_at is not None  # a draft is signed from SUBMITTED alone
    submitted_on = timezone.localdate(draft.submitted_at)
    if not submitted_on <= signed_on <= today:
        raise SigningDayImpossible(submitted_on, today)
    fault = number_fault(signature.number, kind=kind, issuer_mark=draft.issuer_mark, signed_on=signed_on)
    if fault is not None:
        raise NumberImpossible(fault)
    earliest = earliest_effect(kind, signed_on, is_shortened=draft.is_shortened)
    if signature.effective_from < earliest:
        raise EffectTooEarly(earliest)


def _require_settled(draft: LegalDraft, *, bases_on: date, takes_effect_on: date | None, today: date) -> None:
    codes = open_items(draft_facts(draft, day=bases_on, takes_effect_on=takes_effect_on), on=today)
    if codes:
        raise ItemsOpen(codes)
