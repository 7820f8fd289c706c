"""What the rules of drafting need to know of a draft."""

from collections.abc import Iterable, Sequence
from datetime import date

from motcua.legislation.models import LegalDocument, LegalDraft
from motcua.rules.drafting import DraftFacts, DraftKind, ItemCode, ItemState
from motcua.rules.legal_basis import Basis, Finding, findings
from motcua.rules.legal_effect import EffectStatus, Relation


def draft_facts(draft: LegalDraft, *, day: date, takes_effect_on: date | None) -> DraftFacts:
    """Return the facts of a draft, its bases weighed as on `day` (J-07); its ties and items may be prefetched."""
    return all_draft_facts([draft], day=day, takes_effect_on=takes_effect_on)[draft.pk]


def all_draft_facts(
    drafts: Sequence[LegalDraft], *, day: date, takes_effect_on: date | None = None
) -> dict[int, DraftFacts]:
    """Return the facts of each draft by its pk; `takes_effect_on` None: each on the day it plans."""
    bases = {tie.target_id for draft in drafts for tie in draft.ties.all() if tie.kind == Relation.BASED_ON.value}
    known = {row.pk: row for row in LegalDocument.objects.with_status(day).filter(pk__in=bases).defer("text")}
    return {
        draft.pk: _facts(draft, known, takes_effect_on or draft.planned_effect_on or draft.planned_on)
        for draft in drafts
    }


def _facts(draft: LegalDraft, known: dict[int, LegalDocument], takes_effect_on: date | None) -> DraftFacts:
    ties = list(draft.ties.all())
    rows = (known[tie.target_id] for tie in ties if tie.kind == Relation.BASED_ON.value)
    return DraftFacts(
        kind=DraftKind(draft.kind),
        has_text=bool(draft.text.strip()),
        sets_procedures=draft.sets_procedures,
        relations=frozenset(Relation(tie.kind) for tie in ties),
        findings=() if draft.document_id else _findings(rows, takes_effect_on),
        settled={ItemCode(item.code): ItemState(item.state) for item in draft.items.all()},
    )


def _findings(rows: Iterable[LegalDocument], takes_effect_on: date | None) -> tuple[Finding, ...]:
    bases = [
        Basis(row.number, EffectStatus(row.status_then), row.effective_from)  # type: ignore[attr-defined]  # annotated
        for row in rows
    ]
    return findings(bases, takes_effect_on=takes_effect_on)
