"""Prepare a survey: what is asked, of whom, until when."""

import secrets
import uuid
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import transaction

from motcua.accounts.facts import grants_of
from motcua.kernel import events
from motcua.organisations.models import Unit, UnitKind
from motcua.rules.surveys import LEAST_ALIKE, STATE_FOR_ACT, SurveyAct, SurveyState, may_keep_surveys
from motcua.rules.working_time import HANOI
from motcua.surveys.events import SurveyBegun, SurveyChanged
from motcua.surveys.facts import keeps, seed_digest
from motcua.surveys.models import Survey, SurveyQuestion

if TYPE_CHECKING:
    from motcua.accounts.models import User


class MayNotKeepSurveys(Exception):
    """The official does not control procedures at the province."""


class SurveyActNotOpen(Exception):
    """The survey stands in `state`, where the act is not done."""

    def __init__(self, state: SurveyState) -> None:
        super().__init__(state.value)
        self.state = state


class TooFewAlike(Exception):
    """Fewer than `LEAST_ALIKE` dossiers of a group would be drawn, so that an answer might name its dossier."""


class SurveyMoved(Exception):
    """Somebody else changed the survey after it was read."""


@dataclass(frozen=True, slots=True)
class Plan:
    """Who is asked and until when: results given back from `returned_from` on, before `returned_until`.

    At most `unit_count` units are drawn, `group_count` sectors of each, `dossier_count` dossiers of each sector.
    """

    title: str
    returned_from: date
    returned_until: date
    unit_count: int
    group_count: int
    dossier_count: int
    closes_on: date


@dataclass(frozen=True, slots=True)
class Question:
    """One question and the factor it belongs to."""

    factor: str
    text: str


@transaction.atomic
def begin_survey(
    *, key: uuid.UUID, unit: Unit, plan: Plan, questions: Sequence[Question], actor: "User", at: datetime
) -> Survey:
    """Prepare a survey of a province under `key`; the same key again returns the one that is there.

    Raises `MayNotKeepSurveys`, `TooFewAlike`.
    """
    today = at.astimezone(HANOI).date()
    if unit.kind != UnitKind.PROVINCE or not may_keep_surveys(unit.pk, grants_of(actor, today), on=today):
        raise MayNotKeepSurveys
    _check(plan)
    seed = secrets.token_hex(32)
    columns = {"unit": unit, "seed": seed, "begun_by": actor, "begun_at": at, **asdict(plan)}
    survey, is_new = Survey.objects.get_or_create(key=key, defaults=columns)
    if not is_new:
        return survey
    _ask(survey, questions)
    event = SurveyBegun(
        subject=f"survey:{key}",
        returned_from=plan.returned_from,
        returned_until=plan.returned_until,
        seed_digest=seed_digest(survey),
    )
    events.record(event, actor=actor, at=at)
    return survey


@transaction.atomic
def change_survey(
    *, survey: Survey, plan: Plan, questions: Sequence[Question], seen: int, actor: "User", at: datetime
) -> Survey:
    """Write a survey anew before anybody is drawn; the same again does nothing.

    Raises `MayNotKeepSurveys`, `SurveyActNotOpen`, `TooFewAlike`, and `SurveyMoved` if the version is not `seen` now.
    """
    survey = guard(survey, SurveyAct.CHANGE, actor, at)
    if survey.version != seen:
        raise SurveyMoved
    _check(plan)
    asked = [Question(row.factor, row.text) for row in survey.questions.order_by("position")]
    before = {name: getattr(survey, name) for name in asdict(plan)}
    if before == asdict(plan) and asked == list(questions):
        return survey
    for name, value in asdict(plan).items():
        setattr(survey, name, value)
    survey.version += 1
    survey.save()
    survey.questions.all().delete()
    _ask(survey, questions)
    event = SurveyChanged(
        subject=f"survey:{survey.key}",
        returned_from=plan.returned_from,
        returned_until=plan.returned_until,
        questions=len(questions),
    )
    events.record(event, actor=actor, at=at)
    return survey


def guard(survey: Survey, act: SurveyAct, actor: "User", at: datetime) -> Survey:
    """Return the survey locked; raises `MayNotKeepSurveys`, `SurveyActNotOpen`."""
    found = Survey.objects.select_for_update(of=("self",)).select_related("unit").get(pk=survey.pk)
    if not keeps(actor, found, at):
        raise MayNotKeepSurveys
    state = SurveyState(found.state)
    if state is not STATE_FOR_ACT[act]:
        raise SurveyActNotOpen(state)
    return found


def _check(plan: Plan) -> None:
    if plan.dossier_count < LEAST_ALIKE:
        raise TooFewAlike


def _ask(survey: Survey, questions: Sequence[Question]) -> None:
    SurveyQuestion.objects.bulk_create(
        SurveyQuestion(survey=survey, position=position, factor=question.factor, text=question.text)
        for position, question in enumerate(questions, start=1)
    )
