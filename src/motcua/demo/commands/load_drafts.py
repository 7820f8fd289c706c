"""Begin the drafts of the province's own documents, as data/drafts.yaml says."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache

from django.utils import timezone

from motcua.accounts.models import User
from motcua.demo.records import DATA, Record, read_file
from motcua.legislation.commands.draft_acts import submit_draft
from motcua.legislation.commands.drafting import Wording, begin_draft, settle_draft_item, tie_draft
from motcua.legislation.models import LegalDocument, LegalDraft
from motcua.organisations.models import Unit
from motcua.rules.drafting import DraftKind, ItemCode, ItemState
from motcua.rules.legal_effect import Relation

DRAFTER = "tuphap"
_PROVINCE = "H18"


@dataclass(frozen=True, slots=True)
class DraftDefinition:
    """A draft of the file; days count from the day on which it is loaded."""

    key: uuid.UUID
    kind: DraftKind
    title: str
    unit: str
    sets_procedures: bool
    days_to_signing: int
    days_to_effect: int
    text: str
    does: tuple[tuple[Relation, str], ...]
    settled: tuple[tuple[ItemCode, str], ...]
    is_submitted: bool


def load_drafts(*, units: Mapping[str, Unit], at: datetime) -> None:
    """Begin every draft as the legal officer; one that is there already is left alone."""
    drafter = User.objects.get(username=DRAFTER)
    for said in draft_definitions():
        if not LegalDraft.objects.filter(key=said.key).exists():
            _load(said, units, drafter, at)


@cache
def draft_definitions() -> tuple[DraftDefinition, ...]:
    """Return the drafts of the file; raises `DefinitionFault`."""
    file = read_file(DATA / "drafts.yaml")
    found = tuple(_definition(record) for record in file.records("drafts"))
    file.finish()
    return found


def _load(said: DraftDefinition, units: Mapping[str, Unit], drafter: User, at: datetime) -> None:
    today = timezone.localdate(at)
    wording = Wording(
        kind=said.kind,
        title=said.title,
        drafting_unit=units[said.unit],
        issuer_mark="UBND",
        planned_on=today + timedelta(days=said.days_to_signing),
        planned_effect_on=today + timedelta(days=said.days_to_effect),
        sets_procedures=said.sets_procedures,
        text=said.text,
    )
    draft = begin_draft(key=said.key, issuer=units[_PROVINCE], wording=wording, actor=drafter, at=at)
    for relation, number in said.does:
        target = LegalDocument.objects.get(number=number)
        tie_draft(draft=draft, relation=relation, target=target, actor=drafter, at=at)
    for code, note in said.settled:
        settle_draft_item(draft=draft, code=code, state=ItemState.DONE, note=note, actor=drafter, at=at)
    if said.is_submitted:
        submit_draft(draft=draft, actor=drafter, at=at)


def _definition(record: Record) -> DraftDefinition:
    settled = record.record("settled")
    found = DraftDefinition(
        key=uuid.UUID(record.text("key")),
        kind=record.choice("kind", DraftKind),
        title=record.text("title"),
        unit=record.text("unit"),
        sets_procedures=record.flag("sets_procedures", default=False),
        days_to_signing=record.whole("days_to_signing"),
        days_to_effect=record.whole("days_to_effect"),
        text=record.text("text"),
        does=tuple(_tie(tie) for tie in record.records("does")),
        settled=tuple((code, settled.text(code.value)) for code in ItemCode if settled.has(code.value)),
        is_submitted=record.flag("is_submitted", default=False),
    )
    settled.finish()
    record.finish()
    return found


def _tie(record: Record) -> tuple[Relation, str]:
    found = record.choice("relation", Relation), record.text("to")
    record.finish()
    return found
