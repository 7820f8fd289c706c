"""Keep wording that the officials of a unit use again, by act and, where it fits one alone, by procedure."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from motcua.accounts.facts import grants_of
from motcua.accounts.models import User
from motcua.catalogue.models import Procedure
from motcua.dossiers.commands.saved_filters import NotTheirUnit
from motcua.dossiers.desk_events import StockPhraseKept, StockPhraseRemoved
from motcua.dossiers.models import StockPhrase
from motcua.kernel import events
from motcua.organisations.models import Unit
from motcua.rules.permissions import WORKS_ON_DOSSIERS
from motcua.rules.transitions import Action

__all__ = ["NotTheirUnit", "Phrase", "keep_phrase", "remove_phrase"]


@dataclass(frozen=True, slots=True)
class Phrase:
    """For which act and procedure (None: every one), under which name, and the words."""

    act: Action
    procedure: Procedure | None
    name: str
    text: str


@transaction.atomic
def keep_phrase(*, unit: Unit, phrase: Phrase, officer: User, at: datetime) -> StockPhrase:
    """Keep `phrase` for the officials of `unit`; a name used before gets the new words. Raises `NotTheirUnit`."""
    unit = Unit.objects.select_for_update(of=("self",)).get(pk=unit.pk)
    _require_work(officer, unit, timezone.localdate(at))
    values = {"procedure": phrase.procedure, "text": phrase.text, "written_by": officer, "written_at": at}
    kept, _ = StockPhrase.objects.update_or_create(unit=unit, act=phrase.act.value, name=phrase.name, defaults=values)
    event = StockPhraseKept(subject=unit.code, act=kept.act, name=kept.name)
    events.record(event, actor=officer, at=at)
    return kept


@transaction.atomic
def remove_phrase(*, phrase: StockPhrase, officer: User, at: datetime) -> None:
    """Remove wording of a unit where `officer` holds a role. Raises `NotTheirUnit`, `StockPhrase.DoesNotExist`."""
    unit = Unit.objects.select_for_update(of=("self",)).get(pk=phrase.unit_id)
    _require_work(officer, unit, timezone.localdate(at))
    found = StockPhrase.objects.get(pk=phrase.pk)
    found.delete()
    event = StockPhraseRemoved(subject=unit.code, act=found.act, name=found.name)
    events.record(event, actor=officer, at=at)


def _require_work(officer: User, unit: Unit, on: date) -> None:
    held = grants_of(officer, on)
    works_there = any(one.unit_id == unit.pk and one.role in WORKS_ON_DOSSIERS and one.holds_on(on) for one in held)
    if not works_there:
        raise NotTheirUnit
