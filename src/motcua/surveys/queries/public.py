"""What everybody sees of surveys."""

import uuid

from motcua.rules.surveys import SurveyState
from motcua.surveys.facts import hash_of
from motcua.surveys.models import Survey, SurveyInvitation

_MOST = 100


def closed_surveys() -> list[Survey]:
    """Return the surveys that are over, the newest first, at most a hundred."""
    return list(Survey.objects.filter(state=SurveyState.CLOSED).select_related("unit").order_by("-closed_at")[:_MOST])


def closed_survey(key: uuid.UUID) -> Survey:
    """Return a survey that is over; raises `Survey.DoesNotExist`."""
    return Survey.objects.filter(state=SurveyState.CLOSED).select_related("unit").get(key=key)


def sheet_of(code: str) -> SurveyInvitation | None:
    """Return the invitation of a code with its survey, which is open; None: the code opens nothing."""
    found = SurveyInvitation.objects.select_related("survey__unit").filter(survey__state=SurveyState.OPEN)
    return found.filter(code_hash=hash_of(code)).first()
