"""After the answer: opened again, and asked four weeks later whether the matter was settled."""

from datetime import datetime, timedelta

from django.db import transaction

from motcua.accounts.models import User
from motcua.kernel import events
from motcua.petitions import events as happened
from motcua.petitions.commands.guard import MayNotHandle, PetitionActRefused, advance, begin_act, lock
from motcua.petitions.models import Petition, PublishedAnswer
from motcua.rules.petitions import FOLLOW_UP_AFTER, PetitionAct, PetitionStage, may_reopen, stage_after

__all__ = [
    "MayNotHandle",
    "PetitionActRefused",
    "TooLateToReopen",
    "ask_whether_settled",
    "forget_unconfirmed",
    "reopen_petition",
    "say_settled",
]

_AT_ONCE = 500
UNCONFIRMED_KEPT = timedelta(days=2)


class TooLateToReopen(Exception):
    """The sender had the petition opened again too long after the answer."""


@transaction.atomic
def reopen_petition(*, petition: Petition, reason: str, officer: User | None, at: datetime) -> Petition:
    """Handle an answered or returned petition again, with what its sender adds; the terms run anew.

    `officer` is None when the sender asks. What was published is taken down until there is a new answer. Raises
    `PetitionActRefused`, `MayNotHandle` for an official, `TooLateToReopen` for the sender.
    """
    if officer is None:
        petition = lock(petition)
        stage = stage_after(petition.stage, PetitionAct.REOPEN)
        if petition.closed_at is not None and not may_reopen(petition.closed_at, at):
            raise TooLateToReopen
    else:
        petition, stage = begin_act(petition, PetitionAct.REOPEN, officer, at)
    petition.text = f"{petition.text}\n\n{reason}"
    petition.counted_from, petition.answered_at, petition.closed_at = at, None, None
    petition.reopened_count += 1
    petition.followed_up_at = None
    if stage is PetitionStage.RECEIVED:
        petition.sorting, petition.return_reason = "", ""
    changed = ("text", "counted_from", "answered_at", "closed_at", "reopened_count", "followed_up_at", "sorting")
    advance(petition, stage, *changed, "return_reason")
    PublishedAnswer.objects.public().filter(petition=petition).update(withdrawn_at=at)
    event = happened.PetitionReopened(subject=petition.code, by_sender=officer is None, due_at=petition.due_at)
    events.record(event, actor=officer, at=at)
    return petition


@transaction.atomic
def say_settled(*, petition: Petition, is_settled: bool, note: str, at: datetime) -> Petition:
    """Take the sender's word on whether the matter was settled; said anew, the last word counts.

    Raises `PetitionActRefused`.
    """
    petition = lock(petition)
    stage = stage_after(petition.stage, PetitionAct.SAY_SETTLED)
    if (petition.is_settled, petition.settled_note) == (is_settled, note):
        return petition
    petition.is_settled, petition.settled_note = is_settled, note
    advance(petition, stage, "is_settled", "settled_note")
    events.record(happened.PetitionSettledSaid(subject=petition.code, is_settled=is_settled), actor=None, at=at)
    return petition


@transaction.atomic
def ask_whether_settled(at: datetime) -> int:
    """Ask the senders answered four weeks ago whether the matter was settled, each once; return how many were asked."""
    due = Petition.objects.select_for_update(of=("self",), skip_locked=True).filter(
        stage_name=PetitionStage.ANSWERED.value,
        answered_at__lte=at - FOLLOW_UP_AFTER,
        followed_up_at=None,
        is_settled=None,
    )
    asked = list(due.order_by("answered_at", "pk")[:_AT_ONCE])
    Petition.objects.filter(pk__in=[petition.pk for petition in asked]).update(followed_up_at=at)
    said = [happened.PetitionFollowedUp(subject=petition.code) for petition in asked]
    events.record_many(said, actor=None, at=at)
    return len(asked)


@transaction.atomic
def forget_unconfirmed(at: datetime) -> int:
    """Delete what guests wrote and never confirmed for two days; return how many petitions that were."""
    left = Petition.objects.select_for_update(of=("self",), skip_locked=True).filter(
        stage_name=PetitionStage.UNCONFIRMED.value, created_at__lte=at - UNCONFIRMED_KEPT
    )
    gone = list(left.order_by("created_at", "pk")[:_AT_ONCE])
    Petition.objects.filter(pk__in=[petition.pk for petition in gone]).delete()
    said = [happened.PetitionForgotten(subject=petition.code) for petition in gone]
    events.record_many(said, actor=None, at=at)
    return len(gone)
