"""What those who keep surveys see: the list, and one survey while it runs."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q

from motcua.organisations.models import Unit, UnitKind
from motcua.rules.permissions import RoleGrant
from motcua.rules.surveys import SurveyState, may_keep_surveys
from motcua.surveys.models import Survey, SurveyInvitation, SurveyQuestion

PAGE_SIZE = 50


@dataclass(frozen=True, slots=True)
class SurveyList:
    """A page of the surveys, the newest first; pages count from 1."""

    rows: tuple[Survey, ...]
    number: int
    has_next: bool


@dataclass(frozen=True, slots=True)
class SurveyPage:
    """One survey: `asked` people, `by_slip` of them on paper, of whom `answered` answered. Counts alone, never who.

    Once it is closed the counts are those that were kept.
    """

    survey: Survey
    questions: tuple[SurveyQuestion, ...]
    asked: int
    by_slip: int
    answered: int


def every_survey(number: int) -> SurveyList:
    """Return page `number` of the surveys."""
    start = (number - 1) * PAGE_SIZE
    found = list(Survey.objects.select_related("unit").order_by("-begun_at", "-pk")[start : start + PAGE_SIZE + 1])
    return SurveyList(tuple(found[:PAGE_SIZE]), number, len(found) > PAGE_SIZE)


def survey_page(key: uuid.UUID) -> SurveyPage:
    """Return the page of a survey; raises `Survey.DoesNotExist`."""
    survey = Survey.objects.select_related("unit", "begun_by").get(key=key)
    questions = tuple(survey.questions.order_by("position"))
    if survey.state == SurveyState.CLOSED:
        ways = {row.category: row for row in survey.turnouts.filter(kind="WAY")}
        slip = ways.get(SurveyInvitation.Way.SLIP.value)
        asked, answered = (sum(getattr(row, name) for row in ways.values()) for name in ("asked", "answered"))
        return SurveyPage(survey, questions, asked, slip.asked if slip else 0, answered)
    counts = survey.invitations.aggregate(
        asked=Count("pk"),
        by_slip=Count("pk", filter=Q(way=SurveyInvitation.Way.SLIP)),
        answered=Count("pk", filter=Q(is_spent=True)),
    )
    return SurveyPage(survey, questions, **counts)


def keeping_provinces(grants: Iterable[RoleGrant], on: date) -> list[Unit]:
    """Return the provinces whose surveys an official with `grants` keeps on `on`."""
    held = list(grants)
    provinces = Unit.objects.on(on).filter(kind=UnitKind.PROVINCE).by_name()
    return [unit for unit in provinces if may_keep_surveys(unit.pk, held, on=on)]
