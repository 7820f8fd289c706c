"""A draft of the province with what a test cares about, and those who write and sign it."""

import uuid
from dataclasses import dataclass

from motcua.accounts.models import User
from motcua.legislation.commands.draft_acts import Signature
from motcua.legislation.commands.drafting import Wording, begin_draft, settle_draft_item, tie_draft
from motcua.legislation.models import LegalDocument, LegalDraft
from motcua.organisations.models import Unit
from motcua.rules.drafting import DraftKind, ItemCode, ItemState
from motcua.rules.legal_effect import Relation
from motcua.rules.permissions import Role
from tests.legislation.law import make_document, make_legal_officer
from tests.make import MONDAY, make_officer

SIGNATURE = Signature("12/KH-UBND", MONDAY.date(), MONDAY.date())


@dataclass(frozen=True)
class Drafting:
    """A province where documents are drafted."""

    unit: Unit
    officer: User
    signer: User
    basis: LegalDocument


def make_drafting() -> Drafting:
    officer = make_legal_officer()
    unit = Unit.objects.get(kind="PROVINCE")
    basis = make_document("64/2025/QH15", title="Luật Ban hành văn bản", actor=officer)
    return Drafting(unit, officer, make_officer(Role.SIGNER, unit), basis)


def begun(
    place: Drafting, *, key: uuid.UUID | None = None, kind: DraftKind = DraftKind.PLAN, **said: object
) -> LegalDraft:
    """A draft that rests on nothing yet."""
    wording = Wording(kind=kind, title="Kế hoạch cải cách hành chính", drafting_unit=place.unit, **said)  # type: ignore[arg-type]  # columns of every type
    return begin_draft(key=key or uuid.uuid4(), issuer=place.unit, wording=wording, actor=place.officer, at=MONDAY)


def ready(
    place: Drafting, *, key: uuid.UUID | None = None, kind: DraftKind = DraftKind.PLAN, **said: object
) -> LegalDraft:
    """A draft with its text, its basis and every item settled."""
    draft = begun(place, key=key, kind=kind, text="Điều 1. Mục tiêu", **said)
    tie_draft(draft=draft, relation=Relation.BASED_ON, target=place.basis, actor=place.officer, at=MONDAY)
    settle(draft, place, ItemCode.AUTHORITY)
    draft.refresh_from_db()
    return draft


def settle(
    draft: LegalDraft, place: Drafting, *codes: ItemCode, state: ItemState = ItemState.DONE, note: str = ""
) -> None:
    for code in codes:
        settle_draft_item(draft=draft, code=code, state=state, note=note, actor=place.officer, at=MONDAY)
