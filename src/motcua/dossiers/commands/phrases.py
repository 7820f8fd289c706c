"""Keep wording that the officials of a unit use again, by act and, where it fits one alone, by procedure."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from motcua.accounts.models import User
from motcua.catalogue.models import Procedure
from motcua.dossiers.commands.saved_filters import NotTheirUnit, require_post
from motcua.dossiers.events import StockPhraseKept, StockPhraseRemoved
from motcua.dossiers.models import StockPhrase
from motcua.kernel import events
from motcua.organisations.models import Unit
from motcua.rules.transitions import Action

__all__ = ["NotTheirUnit", "Wording", "keep_phrase", "remove_phrase"]


@dataclass(frozen=True, slots=True)
class Wording:
    """For which act and procedure (None: every one), under which name, and the words."""

    act: Action
    procedure: Procedure | None
    name: str
    text: str


@transaction.atomic
def keep_phrase(*, unit: Unit, wording: Wording, officer: User, at: datetime) -> StockPhrase:
    """Keep `wording` for the officials of `unit`; a name used before gets the new words. Raises `NotTheirUnit`."""
    unit = Unit.objects.select_for_update(of=("self",)).get(pk=unit.pk)
    require_post(officer, unit, timezone.localdate(at))
    values = {"procedure": wording.procedure, "text": wording.text, "written_by": officer, "written_at": at}
    kept, _ = StockPhrase.objects.update_or_create(unit=unit, act=wording.act.value, name=wording.name, defaults=values)
    event = StockPhraseKept(subject=unit.code, act=kept.act, name=kept.name)
    events.record(event, actor=officer, at=at)
    return kept


@transaction.atomic
def remove_phrase(*, phrase: StockPhrase, officer: User, at: datetime) -> None:
    """Remove wording of a unit where `officer` holds a role. Raises `NotTheirUnit`, `StockPhrase.DoesNotExist`."""
    unit = Unit.objects.select_for_update(of=("self",)).get(pk=phrase.unit_id)
    require_post(officer, unit, timezone.localdate(at))
    found = StockPhrase.objects.get(pk=phrase.pk)
    found.delete()
    event = StockPhraseRemoved(subject=unit.code, act=found.act, name=found.name)
    events.record(event, actor=officer, at=at)
