"""Drafts of the province's own documents for tests."""

import uuid
from datetime import date

from motcua.accounts.models import User
from motcua.legislation.commands.draft_acts import Signature, sign_draft, submit_draft
from motcua.legislation.commands.drafting import Wording, begin_draft, settle_draft_item, tie_draft
from motcua.legislation.draft_facts import draft_facts
from motcua.legislation.models import LegalDocument, LegalDraft
from motcua.organisations.models import Unit
from motcua.rules.drafting import DraftKind, ItemState, lines
from motcua.rules.legal_effect import Relation
from motcua.rules.permissions import Role
from tests.legislation.law import TODAY, make_document, make_province
from tests.make import MONDAY, make_officer

DRAFT_TEXT = "Căn cứ Nghị định số 118/2025/NĐ-CP ngày 09/06/2025 của Chính phủ."


def province() -> Unit:
    return Unit.objects.filter(kind="PROVINCE").first() or make_province()


def make_drafter(role: Role = Role.LEGAL_OFFICER) -> User:
    return make_officer(role, province())


def wording(**columns: object) -> Wording:
    said: dict[str, object] = {
        "kind": DraftKind.PLAN,
        "title": "Kế hoạch cải cách hành chính",
        "drafting_unit": province(),
        "issuer_mark": "UBND",
        "planned_on": TODAY,
        "text": DRAFT_TEXT,
    }
    return Wording(**{**said, **columns})  # type: ignore[arg-type]  # columns of every type


def make_draft(actor: User | None = None, **columns: object) -> LegalDraft:
    return begin_draft(
        key=uuid.uuid4(), issuer=province(), wording=wording(**columns), actor=actor or make_drafter(), at=MONDAY
    )


def settle_all(draft: LegalDraft, actor: User) -> None:
    """Mark as done whatever people settle."""
    for line in lines(draft_facts(draft, day=TODAY, takes_effect_on=None), on=TODAY):
        if not line.is_automatic:
            settle_draft_item(
                draft=draft, code=line.item.code, state=ItemState.DONE, note="Đã xem", actor=actor, at=MONDAY
            )


def make_submitted(actor: User | None = None, basis: LegalDocument | None = None, **columns: object) -> LegalDraft:
    actor = actor or make_drafter()
    draft = make_draft(actor, **columns)
    basis = basis or LegalDocument.objects.filter(number="118/2025/NĐ-CP").first() or make_document("118/2025/NĐ-CP")
    tie_draft(draft=draft, relation=Relation.BASED_ON, target=basis, actor=actor, at=MONDAY)
    settle_all(draft, actor)
    return submit_draft(draft=draft, actor=actor, at=MONDAY)


def signature(number: str = "60/KH-UBND", signed_on: date = TODAY, effective_from: date = TODAY) -> Signature:
    return Signature(number, signed_on, effective_from)


def make_signed(number: str = "60/KH-UBND", effective_from: date = TODAY, **columns: object) -> LegalDraft:
    draft, chairman = make_submitted(**columns), make_officer(Role.SIGNER, province())  # type: ignore[arg-type]
    return sign_draft(draft=draft, signature=signature(number, TODAY, effective_from), actor=chairman, at=MONDAY)
