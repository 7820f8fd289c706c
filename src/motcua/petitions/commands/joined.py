"""What happens to petitions joined to another when that one goes on, goes back or waits. Run with its row locked."""

from collections.abc import Iterable
from datetime import datetime

from motcua.accounts.models import User
from motcua.kernel import events
from motcua.petitions import events as happened
from motcua.petitions.commands.guard import advance
from motcua.petitions.models import Petition, Transfer
from motcua.rules.petitions import PetitionAct, stage_after


def release_joined(lead: Petition, officer: User, at: datetime) -> None:
    """Have each petition joined to `lead` handled by itself again; its own clock never stopped."""
    for one in _joined(lead):
        one.joined_to, one.closed_at = None, None
        advance(one, stage_after(one.stage, PetitionAct.RELEASE), "joined_to", "closed_at")
        event = happened.PetitionReleased(subject=one.code, due_at=one.due_at)
        events.record(event, actor=officer, at=at)


def carry_joined(lead: Petition, sent: Transfer) -> None:
    """Have each petition joined to `lead` go with it to the unit that it was `sent` to."""
    for one in _joined(lead):
        one.unit, one.assignee = sent.to_unit, None
        one.save(update_fields=["unit", "assignee"])
        Transfer.objects.create(
            petition=one, from_unit=sent.from_unit, to_unit=sent.to_unit, reason=sent.reason, by=sent.by, at=sent.at
        )
        event = happened.PetitionTransferred(
            subject=one.code, from_unit=sent.from_unit.code, to_unit=sent.to_unit.code, due_at=lead.due_at
        )
        events.record(event, actor=sent.by, at=sent.at)


def _joined(lead: Petition) -> Iterable[Petition]:
    return lead.joined.select_for_update(of=("self",)).select_related("unit").order_by("pk")
