"""Sort a petition: handle it here, send it back with a word on where to turn, ask for more, send it on (E-03)."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from motcua.accounts.facts import grants_of
from motcua.accounts.models import User
from motcua.kernel import events
from motcua.organisations.models import Unit
from motcua.petitions import events as happened
from motcua.petitions.commands.guard import MayNotHandle, PetitionActRefused, advance, begin_act, lock
from motcua.petitions.commands.joined import carry_joined, release_joined
from motcua.petitions.models import MoreAsked, Petition, Transfer
from motcua.rules.petitions import Hands, PetitionAct, PetitionStage, Sorting, act_of, may_act, stage_after

__all__ = [
    "MayNotHandle",
    "NotAColleagueThere",
    "NotAnother",
    "PetitionActRefused",
    "ask_more",
    "assign_petition",
    "classify",
    "complete_petition",
    "join_petition",
    "transfer_petition",
]


class NotAnother(Exception):
    """A petition is neither sent on to the unit that has it nor joined to itself, nor to one that is over or joined."""


class NotAColleagueThere(Exception):
    """The officer does not draft answers in the unit that has the petition."""


@transaction.atomic
def classify(
    *, petition: Petition, sorting: Sorting, reason: str = "", is_complex: bool = False, officer: User, at: datetime
) -> Petition:
    """Say what a petition is; what is none, or cannot be taken, goes back with `reason` and the guidance (E-01).

    What was joined to one that goes back stands by itself again. Sorted the same way again, nothing changes. Raises
    `MayNotHandle` and `PetitionActRefused`.
    """
    act = act_of(sorting)
    petition, stage = begin_act(petition, act, officer, at)
    if (petition.sorting, petition.is_complex, petition.stage) == (sorting.value, is_complex, stage):
        return petition
    petition.sorting, petition.is_complex = sorting.value, is_complex
    if act is PetitionAct.RETURN:
        petition.return_reason, petition.closed_at = reason, at
        advance(petition, stage, "sorting", "is_complex", "return_reason", "closed_at")
        events.record(happened.PetitionReturned(subject=petition.code, sorting=sorting.value), actor=officer, at=at)
        release_joined(petition, officer, at)
        return petition
    petition.is_question = sorting is Sorting.QUESTION
    advance(petition, stage, "sorting", "is_complex", "is_question")
    event = happened.PetitionSorted(
        subject=petition.code, sorting=sorting.value, is_complex=is_complex, due_at=petition.due_at
    )
    events.record(event, actor=officer, at=at)
    return petition


@transaction.atomic
def ask_more(*, petition: Petition, question: str, officer: User, at: datetime) -> Petition:
    """Ask the sender to add what is missing; no clock runs until they do (E-03).

    What was joined stands by itself again: its senders are not asked, and their clocks run.

    Raises `MayNotHandle` and `PetitionActRefused`.
    """
    petition, stage = begin_act(petition, PetitionAct.ASK, officer, at)
    MoreAsked.objects.create(petition=petition, question=question, asked_by=officer, asked_at=at)
    advance(petition, stage)
    event = happened.PetitionMoreAsked(subject=petition.code, times=petition.questions.count())
    events.record(event, actor=officer, at=at)
    release_joined(petition, officer, at)
    return petition


@transaction.atomic
def complete_petition(*, petition: Petition, reply: str, officer: User | None, at: datetime) -> Petition:
    """Take what the sender added; the terms run anew from here. `officer` wrote it down for them, None: they did.

    Raises `PetitionActRefused`, and `MayNotHandle` for an official.
    """
    if officer is None:
        petition = lock(petition)
        stage = stage_after(petition.stage, PetitionAct.COMPLETE)
    else:
        petition, stage = begin_act(petition, PetitionAct.COMPLETE, officer, at)
    MoreAsked.objects.filter(petition=petition, replied_at=None).update(reply=reply, replied_at=at)
    petition.counted_from, petition.is_completed = at, True
    advance(petition, stage, "counted_from", "is_completed")
    event = happened.PetitionCompleted(subject=petition.code, due_at=petition.due_at)
    events.record(event, actor=officer, at=at)
    return petition


@transaction.atomic
def transfer_petition(*, petition: Petition, to: Unit, reason: str, officer: User, at: datetime) -> Petition:
    """Send a petition on to the unit that it concerns, which sorts it anew; the sender's clock goes on (E-03).

    What was joined to it goes with it.

    Raises `MayNotHandle`, `PetitionActRefused` and `NotAnother`.
    """
    petition, stage = begin_act(petition, PetitionAct.TRANSFER, officer, at)
    if to.pk == petition.unit_id or to.dissolved_on is not None:
        raise NotAnother
    source = petition.unit
    sent = Transfer.objects.create(petition=petition, from_unit=source, to_unit=to, reason=reason, by=officer, at=at)
    petition.unit, petition.assignee = to, None
    petition.taken_up_by, petition.taken_up_at, petition.direction = None, None, ""
    advance(petition, stage, "unit", "assignee", "taken_up_by", "taken_up_at", "direction")
    event = happened.PetitionTransferred(
        subject=petition.code, from_unit=source.code, to_unit=to.code, due_at=petition.due_at
    )
    events.record(event, actor=officer, at=at)
    carry_joined(petition, sent)
    return petition


@transaction.atomic
def assign_petition(*, petition: Petition, to: User, officer: User, at: datetime) -> Petition:
    """Give a petition to one officer of the unit, who drafts the answer; to the same one again changes nothing.

    Raises `MayNotHandle`, `PetitionActRefused` and `NotAColleagueThere`.
    """
    petition, stage = begin_act(petition, PetitionAct.ASSIGN, officer, at)
    today = timezone.localdate(at)
    theirs = Hands(petition.unit_id, assignee_id=to.pk)
    if not may_act(PetitionAct.DRAFT_ANSWER, theirs, grants_of(to, today), actor_id=to.pk, on=today):
        raise NotAColleagueThere
    if petition.assignee_id == to.pk:
        return petition
    petition.assignee = to
    advance(petition, stage, "assignee")
    events.record(happened.PetitionAssigned(subject=petition.code, officer=to.pk), actor=officer, at=at)
    return petition


@transaction.atomic
def join_petition(*, petition: Petition, into: Petition, officer: User, at: datetime) -> Petition:
    """Join a petition that says the same as another of the unit; the other's answer goes to both senders.

    Whoever wrote first keeps their day: the other's clock began when the first of them did.
    Raises `MayNotHandle`, `PetitionActRefused` and `NotAnother`.
    """
    first, second = sorted((petition.pk, into.pk))
    rows = Petition.objects.select_for_update(of=("self",)).select_related("unit").in_bulk([first, second])
    other = rows[into.pk]
    petition, stage = begin_act(petition, PetitionAct.JOIN, officer, at)
    is_open = other.stage in {PetitionStage.RECEIVED, PetitionStage.HANDLING, PetitionStage.DRAFTED}
    if other.pk == petition.pk or other.unit_id != petition.unit_id or not is_open:
        raise NotAnother
    Petition.objects.filter(joined_to=petition).update(joined_to=other)
    petition.joined_to, petition.closed_at = other, at
    advance(petition, stage, "joined_to", "closed_at")
    if petition.counted_from and other.counted_from and petition.counted_from < other.counted_from:
        other.counted_from = petition.counted_from
        advance(other, other.stage, "counted_from")
    events.record(happened.PetitionJoined(subject=petition.code, into=other.code), actor=officer, at=at)
    return petition
