"""Publish question and answer without personal data, and take them down again (E-06)."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from motcua.accounts.models import User
from motcua.kernel import events
from motcua.kernel.sequences import next_number
from motcua.petitions import events as happened
from motcua.petitions.commands.guard import MayNotHandle, PetitionActRefused, begin_act
from motcua.petitions.facts import approved_answer, people_of
from motcua.petitions.models import Petition, PublishedAnswer
from motcua.rules.petition_privacy import StillPersonal, require_impersonal
from motcua.rules.petitions import PetitionAct
from motcua.rules.vietnamese import search_key

__all__ = ["MayNotHandle", "PetitionActRefused", "PublicText", "StillPersonal", "publish_answer", "unpublish_answer"]

# Numbers of what is published never restart: they stand in addresses.
_EVER = date(2000, 1, 1)
_SCOPE = "published-answers"


@dataclass(frozen=True, slots=True)
class PublicText:
    """What everybody is to read."""

    title: str
    question: str
    answer: str


@transaction.atomic
def publish_answer(*, petition: Petition, text: PublicText, officer: User, at: datetime) -> PublishedAnswer:
    """Publish question and answer; published again, the text takes the place of the one before, under its number.

    What had been taken down counts as published anew, from `at`.
    Raises `MayNotHandle`, `PetitionActRefused`, and `StillPersonal` while a personal datum stands in any of it.
    """
    petition, _ = begin_act(petition, PetitionAct.PUBLISH, officer, at)
    require_impersonal(f"{text.title}\n{text.question}\n{text.answer}", people_of(petition))
    answer = approved_answer(petition)
    if answer is None:
        raise PetitionActRefused(PetitionAct.PUBLISH, petition.stage)
    said = {
        "title": text.title,
        "question": text.question,
        "answer": text.answer,
        "is_question": petition.is_question,
        "unit": answer.unit,
        "published_by": officer,
        "withdrawn_at": None,
        "search_key": search_key(f"{text.title} {text.question} {text.answer}"),
    }
    shown = PublishedAnswer.objects.select_for_update().filter(petition=petition).first()
    if shown is None:
        number = next_number(_SCOPE, _EVER)
        shown = PublishedAnswer.objects.create(petition=petition, number=number, published_at=at, **said)
    else:
        if shown.withdrawn_at is not None:
            said["published_at"] = at
        PublishedAnswer.objects.filter(pk=shown.pk).update(**said)
        shown.refresh_from_db()
    events.record(happened.PetitionPublished(subject=petition.code, number=shown.number), actor=officer, at=at)
    return shown


@transaction.atomic
def unpublish_answer(*, petition: Petition, officer: User, at: datetime) -> Petition:
    """Take down what was published; what is down already stays so. Raises `MayNotHandle` and `PetitionActRefused`."""
    petition, _ = begin_act(petition, PetitionAct.UNPUBLISH, officer, at)
    shown = PublishedAnswer.objects.select_for_update().public().filter(petition=petition).first()
    if shown is None:
        return petition
    shown.withdrawn_at = at
    shown.save(update_fields=["withdrawn_at"])
    events.record(happened.PetitionUnpublished(subject=petition.code, number=shown.number), actor=officer, at=at)
    return petition
