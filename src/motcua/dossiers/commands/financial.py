"""Wait while the applicant pays what the sector's own law demands before the agency may go on (status FINANCIAL)."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from motcua.accounts.models import User
from motcua.dossiers.commands.custody import HOLDER, close_step, give_to_nobody, reopen_verification
from motcua.dossiers.commands.guard import TERMS, StaleDossier, advance, begin
from motcua.dossiers.commands.promise import PROMISE, change_promise
from motcua.dossiers.events import FinancialObligationSet, FinancialObligationSettled
from motcua.dossiers.facts import clock_rules
from motcua.dossiers.models import Dossier, ExcludedWait, FinancialObligation
from motcua.kernel import events
from motcua.rules.permissions import NotPermitted
from motcua.rules.promises import PromiseCause
from motcua.rules.transitions import Action, TransitionRefused

__all__ = ["NotPermitted", "StaleDossier", "TransitionRefused", "await_financial", "settle_financial"]


@dataclass(frozen=True, slots=True)
class Obligation:
    """What is to be paid: the provision, the number of the notice, the amount in whole dong."""

    basis: str
    notice_no: str
    amount_vnd: int


@transaction.atomic
def await_financial(
    *, dossier: Dossier, officer: User, obligation: Obligation, at: datetime, seen_version: int | None = None
) -> Dossier:
    """Tell the applicant what to pay and wait for it; whether the time counts is for the sector's law to say.

    Raises `StaleDossier`, `NotPermitted`, `TransitionRefused`.
    """
    action = Action.AWAIT_FINANCIAL
    dossier, status = begin(dossier=dossier, action=action, officer=officer, at=at, seen_version=seen_version)
    FinancialObligation.objects.create(
        dossier=dossier,
        basis=obligation.basis,
        notice_no=obligation.notice_no,
        amount_vnd=obligation.amount_vnd,
        asked_by=officer,
        asked_at=at,
    )
    close_step(dossier, by=officer, at=at, note=obligation.notice_no)
    give_to_nobody(dossier)
    dossier.status = status
    advance(dossier, ["status", *HOLDER])
    event = FinancialObligationSet(
        subject=dossier.reference, notice_no=obligation.notice_no, amount_vnd=obligation.amount_vnd
    )
    events.record(event, actor=officer, at=at)
    return dossier


@transaction.atomic
def settle_financial(
    *, dossier: Dossier, officer: User, proof: str, at: datetime, seen_version: int | None = None
) -> Dossier:
    """Take the proof of payment at the desk; the officer goes on, and the time spent waiting is not counted.

    Where the sector's law counts it, the promise stays. Raises `StaleDossier`, `NotPermitted`, `TransitionRefused`.
    """
    action = Action.SETTLE_FINANCIAL
    dossier, status = begin(
        dossier=dossier, action=action, officer=officer, at=at, seen_version=seen_version, related=TERMS
    )
    owed = FinancialObligation.objects.get(dossier=dossier, settled_at=None)
    owed.settled_at, owed.proof = at, proof[:200]
    owed.save(update_fields=["settled_at", "proof"])
    if clock_rules(dossier.procedure_version, timezone.localdate(dossier.accepted_at)).excludes_financial:
        ground = ExcludedWait.Ground.FINANCIAL
        ExcludedWait.objects.create(dossier=dossier, ground=ground, began_at=owed.asked_at, ended_at=at)
        change_promise(dossier, PromiseCause.FINANCIAL, at)
    reopen_verification(dossier, at)
    dossier.status = status
    advance(dossier, ["status", *PROMISE, *HOLDER])
    events.record(FinancialObligationSettled(subject=dossier.reference), actor=officer, at=at)
    return dossier
