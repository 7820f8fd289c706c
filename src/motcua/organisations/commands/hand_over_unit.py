"""End one unit and name who takes over."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import transaction

from motcua.kernel import events
from motcua.organisations.events import UnitSucceeded
from motcua.organisations.models import Succession, Unit

if TYPE_CHECKING:
    from motcua.accounts.models import User


@dataclass(frozen=True, slots=True)
class Handover:
    """How a unit passed over to others."""

    successors: Sequence[Unit]
    effective_on: date
    manner: str
    decision: str = ""


@transaction.atomic
def hand_over_unit(*, unit: Unit, handover: Handover, actor: "User | None", at: datetime) -> Unit:
    """End `unit`, close its codes and write who takes over (I-07); doing it twice changes nothing."""
    unit = Unit.objects.select_for_update(of=("self",)).get(pk=unit.pk)
    known = set(unit.successions.filter(effective_on=handover.effective_on).values_list("successor_id", flat=True))
    new = [successor for successor in handover.successors if successor.pk not in known]
    if unit.dissolved_on == handover.effective_on and not new:
        return unit
    unit.dissolved_on = handover.effective_on
    unit.save(update_fields=["dissolved_on"])
    unit.identifiers.filter(valid_until=None).update(valid_until=handover.effective_on)
    Succession.objects.bulk_create(
        Succession(
            predecessor=unit,
            successor=successor,
            effective_on=handover.effective_on,
            manner=handover.manner,
            decision=handover.decision,
        )
        for successor in new
    )
    event = UnitSucceeded(
        subject=unit.code,
        dissolved_on=handover.effective_on,
        successors=tuple(successor.code for successor in handover.successors),
        manner=handover.manner,
    )
    events.record(event, actor=actor, at=at)
    return unit
