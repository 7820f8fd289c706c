"""Write an event of life: the procedures people meet in it, in order, with advice."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from motcua.catalogue.models import LifeEvent, LifeEventStep, Procedure
from motcua.catalogue.people_events import LifeEventWritten
from motcua.kernel import events
from motcua.rules.vietnamese import search_key

if TYPE_CHECKING:
    from motcua.accounts.models import User


class ProceduresUnknown(Exception):
    """No procedures of these `codes` are in the catalogue, or one is named twice."""

    def __init__(self, codes: Sequence[str]) -> None:
        super().__init__(", ".join(codes))
        self.codes = tuple(codes)


@dataclass(frozen=True, slots=True)
class LifeStepDefinition:
    """One procedure by its code, with advice on when and why."""

    procedure: str
    advice: str = ""


@dataclass(frozen=True, slots=True)
class LifeEventDefinition:
    """An event of life as somebody defines it; `keywords` are other words it is looked for by."""

    code: str
    name: str
    introduction: str
    steps: tuple[LifeStepDefinition, ...]
    position: int
    keywords: tuple[str, ...] = ()

    @property
    def digest(self) -> str:
        """The SHA-256 of all it says: equal digests say the same."""
        text = json.dumps(asdict(self), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()


@transaction.atomic
def write_life_event(*, definition: LifeEventDefinition, actor: "User | None", at: datetime) -> LifeEvent:
    """Write the event of life of that code, new or in place of what it said; the same again changes nothing.

    Raises `ProceduresUnknown`, also where it names none.
    """
    before = LifeEvent.objects.select_for_update().filter(code=definition.code).first()
    if before is not None and before.content_hash == definition.digest:
        return before
    codes = [step.procedure for step in definition.steps]
    known = {row.code: row for row in Procedure.objects.filter(code__in=codes)}
    wrong = [code for place, code in enumerate(codes) if code not in known or code in codes[:place]]
    if wrong or not codes:
        raise ProceduresUnknown(wrong)
    event = before or LifeEvent(code=definition.code)
    event.name, event.introduction, event.position = definition.name, definition.introduction, definition.position
    event.search_key = search_key(" ".join([definition.name, *definition.keywords]))
    event.content_hash = definition.digest
    event.save()
    event.steps.all().delete()
    LifeEventStep.objects.bulk_create(
        LifeEventStep(event=event, position=position, procedure=known[step.procedure], advice=step.advice)
        for position, step in enumerate(definition.steps, start=1)
    )
    events.record(LifeEventWritten(subject=event.code, procedures=tuple(codes)), actor=actor, at=at)
    return event
