"""What every act on a petition begins and ends with: the lock, the question who may, and the clock."""

from datetime import datetime

from django.utils import timezone

from motcua.accounts.facts import grants_of
from motcua.accounts.models import User
from motcua.petitions.facts import hands_of, next_due_at
from motcua.petitions.models import Petition
from motcua.rules.petitions import MayNotHandle, PetitionAct, PetitionActRefused, PetitionStage, may_act, stage_after

__all__ = ["MayNotHandle", "PetitionActRefused", "advance", "begin_act", "lock"]


def lock(petition: Petition) -> Petition:
    """Return the petition locked until the transaction ends, with its unit."""
    return Petition.objects.select_for_update(of=("self",)).select_related("unit").get(pk=petition.pk)


def begin_act(petition: Petition, act: PetitionAct, officer: User, at: datetime) -> tuple[Petition, PetitionStage]:
    """Lock the petition and return it with the stage that `act` leads to.

    Raises `MayNotHandle`, and `PetitionActRefused` where the act is not open now.
    """
    petition = lock(petition)
    today = timezone.localdate(at)
    if not may_act(act, hands_of(petition), grants_of(officer, today), actor_id=officer.pk, on=today):
        raise MayNotHandle(act)
    return petition, stage_after(petition.stage, act)


def advance(petition: Petition, stage: PetitionStage, *changed: str) -> Petition:
    """Put the petition into `stage`, set its clock anew and write it, with the columns `changed` by the act."""
    petition.stage_name = stage.value
    petition.due_at = next_due_at(petition)
    petition.save(update_fields=["stage_name", "due_at", *changed])
    return petition
