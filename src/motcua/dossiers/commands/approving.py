"""The head of the division and the draft result: approve it, or give it back, before anybody signs (B step 12, N)."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from motcua.accounts.models import User
from motcua.dossiers.commands.custody import HOLDER, Onward, close_step, go_on, reopen_verification
from motcua.dossiers.commands.guard import StaleDossier, advance, begin
from motcua.dossiers.events import DraftApproved, DraftGivenBack
from motcua.dossiers.models import Dossier
from motcua.kernel import events
from motcua.rules.permissions import NotPermitted
from motcua.rules.transitions import Action, TransitionRefused
from motcua.rules.workflow_course import WayNotOpen

__all__ = ["NotPermitted", "StaleDossier", "TransitionRefused", "WayNotOpen", "approve_draft", "give_back_draft"]


@dataclass(frozen=True, slots=True)
class Approval:
    """What the head of the division says of the draft, and which way it goes where the process leaves a choice."""

    note: str = ""
    way: str = ""


@transaction.atomic
def approve_draft(
    *, dossier: Dossier, officer: User, approval: Approval, at: datetime, seen_version: int | None = None
) -> Dossier:
    """Approve the draft, which then lies before whoever approves it next or signs it.

    Raises `WayNotOpen`, `StaleDossier`, `NotPermitted` when it does not lie before the head, `TransitionRefused`.
    """
    action = Action.APPROVE_DRAFT
    dossier, status = begin(dossier=dossier, action=action, officer=officer, at=at, seen_version=seen_version)
    done = close_step(dossier, by=officer, at=at, note=approval.note)
    go_on(dossier, done, Onward(action, approval.way), at)
    dossier.status = status
    advance(dossier, ["status", *HOLDER])
    events.record(DraftApproved(subject=dossier.reference, step=done.code), actor=officer, at=at)
    return dossier


@transaction.atomic
def give_back_draft(
    *, dossier: Dossier, officer: User, reason: str, at: datetime, seen_version: int | None = None
) -> Dossier:
    """Give the draft back to the officer who verified it, with the reason; to none once their role has ended.

    Raises `StaleDossier`, `NotPermitted` when it does not lie before the head, `TransitionRefused`.
    """
    action = Action.GIVE_BACK_DRAFT
    dossier, status = begin(dossier=dossier, action=action, officer=officer, at=at, seen_version=seen_version)
    close_step(dossier, by=officer, at=at, note=reason)
    step = reopen_verification(dossier, at)
    dossier.status = status
    advance(dossier, ["status", *HOLDER])
    events.record(DraftGivenBack(subject=dossier.reference, step=step.code), actor=officer, at=at)
    return dossier
