"""Answer a petition: opinions for a joint answer, a draft, the leader's word, the answer itself (E-05, E-07)."""

from datetime import datetime

from django.db import transaction

from motcua.accounts.models import User
from motcua.kernel import events
from motcua.organisations.models import Unit
from motcua.petitions import events as happened
from motcua.petitions.commands.guard import MayNotHandle, PetitionActRefused, advance, begin_act
from motcua.petitions.commands.sorting import NotAnother
from motcua.petitions.facts import people_of, same_count
from motcua.petitions.models import Answer, Opinion, Petition
from motcua.rules.petition_privacy import Personal, personal_in
from motcua.rules.petitions import Finding, FindingUnfit, PetitionAct, Sorting, check_finding

__all__ = [
    "DraftChanged",
    "FindingUnfit",
    "MayNotHandle",
    "NamesASender",
    "NotAnother",
    "OpinionsAwaited",
    "PetitionActRefused",
    "answer_petition",
    "ask_opinion",
    "draft_answer",
    "give_answer_back",
    "give_opinion",
    "take_up",
]


class OpinionsAwaited(Exception):
    """`units` were asked for their part of the answer and have not said it."""

    def __init__(self, units: tuple[str, ...]) -> None:
        super().__init__(", ".join(units))
        self.units = units


class DraftChanged(Exception):
    """The draft that was read is no longer the one that lies there: it was given back, and written anew."""


class NamesASender(Exception):
    """What the senders of joined petitions would read tells who somebody else is, by what was `found`."""

    def __init__(self, found: tuple[Personal, ...]) -> None:
        super().__init__(", ".join(one.kind for one in found))
        self.found = found


@transaction.atomic
def ask_opinion(*, petition: Petition, unit: Unit, question: str, officer: User, at: datetime) -> Petition:
    """Ask another unit for its part of a joint answer; one that is asked already is not asked twice.

    Raises `MayNotHandle`, `PetitionActRefused` and `NotAnother`.
    """
    petition, stage = begin_act(petition, PetitionAct.ASK_OPINION, officer, at)
    if unit.pk == petition.unit_id or unit.dissolved_on is not None:
        raise NotAnother
    if petition.opinions.filter(unit=unit, given_at=None).exists():
        return petition
    Opinion.objects.create(petition=petition, unit=unit, question=question, asked_by=officer, asked_at=at)
    advance(petition, stage)
    events.record(happened.PetitionOpinionAsked(subject=petition.code, unit=unit.code), actor=officer, at=at)
    return petition


@transaction.atomic
def give_opinion(*, petition: Petition, unit: Unit, text: str, officer: User, at: datetime) -> Petition:
    """Say the part of a unit that was asked; raises `MayNotHandle`, `PetitionActRefused`, and `NotAnother` unasked."""
    petition, stage = begin_act(petition, PetitionAct.GIVE_OPINION, officer, at)
    asked = petition.opinions.filter(unit=unit, given_at=None).first()
    if asked is None:
        raise NotAnother
    asked.text, asked.given_by, asked.given_at = text, officer, at
    asked.save(update_fields=["text", "given_by", "given_at"])
    advance(petition, stage)
    events.record(happened.PetitionOpinionGiven(subject=petition.code, unit=unit.code), actor=officer, at=at)
    return petition


@transaction.atomic
def draft_answer(*, petition: Petition, text: str, finding: Finding, officer: User, at: datetime) -> Petition:
    """Lay an answer before the one who approves.

    Raises `MayNotHandle`, `PetitionActRefused`, `FindingUnfit`, and `OpinionsAwaited` while a unit has not answered.
    """
    petition, stage = begin_act(petition, PetitionAct.DRAFT_ANSWER, officer, at)
    check_finding(Sorting(petition.sorting), finding)
    awaited = petition.opinions.filter(given_at=None).order_by("unit__sort_key").values_list("unit__name", flat=True)
    if awaited:
        raise OpinionsAwaited(tuple(awaited))
    Answer.objects.create(
        petition=petition, text=text, finding=finding.value, unit=petition.unit, drafted_by=officer, drafted_at=at
    )
    advance(petition, stage)
    event = happened.PetitionAnswerDrafted(subject=petition.code, finding=finding.value)
    events.record(event, actor=officer, at=at)
    return petition


@transaction.atomic
def give_answer_back(*, petition: Petition, remark: str, officer: User, at: datetime) -> Petition:
    """Give a drafted answer back to be written anew; raises `MayNotHandle` and `PetitionActRefused`."""
    petition, stage = begin_act(petition, PetitionAct.GIVE_BACK, officer, at)
    drafted = petition.answers.get(decided_at=None)
    drafted.remark, drafted.decided_by, drafted.decided_at = remark, officer, at
    drafted.save(update_fields=["remark", "decided_by", "decided_at"])
    advance(petition, stage)
    events.record(happened.PetitionAnswerGivenBack(subject=petition.code), actor=officer, at=at)
    return petition


@transaction.atomic
def answer_petition(*, petition: Petition, draft: int, for_joined: str = "", officer: User, at: datetime) -> Petition:
    """Approve the drafted answer, which goes to the sender and to the senders of what was joined.

    `draft` is the id of the draft that was read. `for_joined` goes to the latter in its place; empty: they get the
    same. Raises `MayNotHandle`, `PetitionActRefused`, `DraftChanged` when another draft lies there by now, and
    `NamesASender` when what strangers would read holds personal data (E-06).
    """
    petition, stage = begin_act(petition, PetitionAct.ANSWER, officer, at)
    drafted = petition.answers.get(decided_at=None)
    if drafted.pk != draft:
        raise DraftChanged
    joined = tuple(petition.joined.order_by("code").values_list("code", flat=True))
    if joined:
        drafted.joined_text = for_joined
        if found := personal_in(drafted.text_for_joined, people_of(petition)):
            raise NamesASender(found)
    drafted.is_approved, drafted.decided_by, drafted.decided_at = True, officer, at
    drafted.save(update_fields=["joined_text", "is_approved", "decided_by", "decided_at"])
    petition.answered_at = petition.closed_at = at
    petition.followed_up_at, petition.is_settled, petition.settled_note = None, None, ""
    after = ("answered_at", "closed_at", "followed_up_at", "is_settled", "settled_note")
    advance(petition, stage, *after)
    event = happened.PetitionAnswered(
        subject=petition.code, unit=petition.unit.code, finding=drafted.finding, joined=joined
    )
    events.record(event, actor=officer, at=at)
    return petition


@transaction.atomic
def take_up(*, petition: Petition, direction: str, officer: User, at: datetime) -> Petition:
    """Have the leader take a repeated or grave matter in hand, with what they direct (E-07).

    Raises `MayNotHandle` and `PetitionActRefused`.
    """
    petition, stage = begin_act(petition, PetitionAct.TAKE_UP, officer, at)
    if petition.taken_up_by_id == officer.pk and petition.direction == direction:
        return petition
    petition.taken_up_by, petition.taken_up_at, petition.direction = officer, at, direction
    advance(petition, stage, "taken_up_by", "taken_up_at", "direction")
    event = happened.PetitionTakenUp(subject=petition.code, same_count=same_count(petition))
    events.record(event, actor=officer, at=at)
    return petition
