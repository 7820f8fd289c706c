"""Take an application back: the applicant online, or the desk when the applicant asks for it (B-22)."""

from datetime import datetime

from django.db import transaction

from motcua.accounts.models import User
from motcua.dossiers.commands.custody import HOLDER, close_open_parts, give_to_nobody
from motcua.dossiers.commands.guard import StaleDossier, advance, lock, reach
from motcua.dossiers.commands.linked_whole import (
    lock_whole,
    require_withdrawal_open,
    take_back_what_is_left,
    take_back_with,
    withdraw_whole,
)
from motcua.dossiers.events import DossierWithdrawn, DossierWithdrawnAtCounter
from motcua.dossiers.linked_facts import carries_the_whole
from motcua.dossiers.models import Dossier, Withdrawal
from motcua.kernel import events
from motcua.rules.linked import LEAD
from motcua.rules.permissions import NotPermitted
from motcua.rules.transitions import NEXT, Action, Status, TransitionRefused, status_after

__all__ = ["NotPermitted", "StaleDossier", "TransitionRefused", "record_withdrawal", "withdraw"]


@transaction.atomic
def withdraw(*, dossier: Dossier, actor: User | None, at: datetime) -> Dossier:
    """Take the application back, which the applicant may until the result is signed (B-22).

    The leading dossier of a linked application takes all its legs back. Doing it twice is safe. Raises
    `TransitionRefused`.
    """
    if carries_the_whole(dossier):
        return withdraw_whole(dossier=dossier, actor=actor, at=at)
    whole = lock_whole(dossier)
    dossier = lock(dossier.reference)
    if dossier.stage is Status.WITHDRAWN:
        return dossier
    require_withdrawal_open(dossier, whole, Action.WITHDRAW)
    _close(dossier, status_after(dossier.stage, Action.WITHDRAW), at)
    events.record(DossierWithdrawn(subject=dossier.reference), actor=actor, at=at)
    return dossier


@transaction.atomic
def record_withdrawal(
    *, dossier: Dossier, officer: User, reason: str, at: datetime, seen_version: int | None = None
) -> Dossier:
    """Take the application back for the applicant who asks the desk to, with the `reason` they give.

    The leading dossier of a linked application takes back every leg not yet decided, also where it is decided itself.
    Raises `StaleDossier`, `NotPermitted`, `TransitionRefused`.
    """
    action = Action.RECORD_WITHDRAWAL
    whole = lock_whole(dossier)
    dossier = reach(dossier=dossier, action=action, officer=officer, at=at, seen_version=seen_version)
    is_for_others = (dossier.stage, action) not in NEXT and dossier.stage is not Status.WITHDRAWN
    if whole is not None and dossier.leg_number == LEAD and is_for_others:
        if take_back_what_is_left(dossier, whole, action=action, actor=officer, at=at):
            Withdrawal.objects.get_or_create(dossier=dossier, defaults={"reason": reason, "recorded_by": officer})
        return dossier
    require_withdrawal_open(dossier, whole, action)
    status = status_after(dossier.stage, action)
    take_back_with(dossier, whole, officer=officer, at=at)
    _close(dossier, status, at)
    Withdrawal.objects.create(dossier=dossier, reason=reason, recorded_by=officer)
    events.record(DossierWithdrawnAtCounter(subject=dossier.reference), actor=officer, at=at)
    return dossier


def _close(dossier: Dossier, status: Status, at: datetime) -> None:
    dossier.status, dossier.closed_at = status, at
    close_open_parts(dossier, at)
    give_to_nobody(dossier)
    advance(dossier, ["status", "closed_at", *HOLDER])
