"""Hand papers from one unit to another with a list, and sign for it (B-36)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils import timezone

from motcua.accounts.facts import grants_of
from motcua.accounts.models import User
from motcua.dossiers.book_events import DossiersHandedOver, DossiersTakenOver
from motcua.dossiers.models import HandoverItem, HandoverList, Step
from motcua.dossiers.queries.handovers import handable
from motcua.kernel import events
from motcua.kernel.sequences import next_number
from motcua.organisations.models import Unit
from motcua.rules.handing_over import Direction, may_give, may_take

__all__ = ["AlreadyTaken", "MayNotHandOver", "NotToBeHandedOver", "Way", "draw_up", "take_over"]


class MayNotHandOver(Exception):
    """The official may not give from that unit, or not sign for it in the other."""


class NotToBeHandedOver(Exception):
    """Nothing was chosen, or something that does not go that way, or stands on a list already."""


class AlreadyTaken(Exception):
    """Somebody has signed for the list before."""


@dataclass(frozen=True, slots=True)
class Way:
    """From which unit to which, and what for."""

    direction: Direction
    giving_unit: Unit
    receiving_unit: Unit


@transaction.atomic
def draw_up(*, way: Way, step_ids: Sequence[int], officer: User, at: datetime) -> HandoverList:
    """Make the list of the dossiers that go `way` for these steps, in that order, numbered through the year.

    Raises `MayNotHandOver`, `NotToBeHandedOver`.
    """
    today = timezone.localdate(at)
    if not may_give(way.direction, way.giving_unit.pk, grants_of(officer, today), on=today):
        raise MayNotHandOver
    goes = handable(way.direction, way.giving_unit).filter(pk__in=step_ids)
    steps = {step.pk: step for step in goes if _receiver_id(step, way.direction) == way.receiving_unit.pk}
    if not steps or steps.keys() != set(step_ids):
        raise NotToBeHandedOver
    year = today.year
    taken = next_number(f"HANDOVER:{way.giving_unit.code}", date(year, 1, 1))
    made = HandoverList.objects.create(
        number=f"{way.giving_unit.code}-{year}-{taken}",
        direction=way.direction.value,
        giving_unit=way.giving_unit,
        receiving_unit=way.receiving_unit,
        given_at=at,
        given_by=officer,
    )
    _list(made, [steps[pk] for pk in step_ids])
    codes = tuple(steps[pk].dossier.public_code for pk in step_ids)
    events.record(
        DossiersHandedOver(subject=made.number, to_unit=way.receiving_unit.code, codes=codes), actor=officer, at=at
    )
    return made


@transaction.atomic
def take_over(*, handover: HandoverList, officer: User, at: datetime) -> HandoverList:
    """Sign for the list in the receiving unit; raises `MayNotHandOver`, `AlreadyTaken`."""
    locked = HandoverList.objects.select_for_update().get(pk=handover.pk)
    today = timezone.localdate(at)
    grants = grants_of(officer, today)
    if not may_take(Direction(locked.direction), locked.receiving_unit_id, grants, on=today):
        raise MayNotHandOver
    if locked.received_at is not None:
        raise AlreadyTaken
    locked.received_at, locked.received_by = at, officer
    locked.save(update_fields=["received_at", "received_by"])
    events.record(DossiersTakenOver(subject=locked.number), actor=officer, at=at)
    return locked


def _list(made: HandoverList, steps: Sequence[Step]) -> None:
    """Write the items; raises `NotToBeHandedOver` for one that a colleague has listed meanwhile."""
    items = [HandoverItem(list=made, position=position, step=step) for position, step in enumerate(steps, start=1)]
    try:
        HandoverItem.objects.bulk_create(items)
    except IntegrityError:
        raise NotToBeHandedOver from None


def _receiver_id(step: Step, direction: Direction) -> int:
    return step.dossier.receiving_unit_id if direction is Direction.BACK_TO_THE_DESK else step.unit_id
