"""Surveys of satisfaction: the sheet of whoever was drawn, and the results for everybody. Works without scripts."""

import uuid

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from motcua.portal.survey_words import result_lines
from motcua.surveys.commands.carry_out import CodeSpent, CodeUnknown, SurveyActNotOpen, answer_survey
from motcua.surveys.models import Survey
from motcua.surveys.queries.public import closed_survey, closed_surveys, sheet_of
from motcua.surveys.queries.results import results
from motcua.surveys.sheet_form import SheetForm


@login_not_required
@require_safe
def surveys(request: HttpRequest) -> HttpResponse:
    """Show the surveys that are over, the newest first."""
    return render(request, "portal/surveys/surveys.html", {"surveys": closed_surveys()})


@login_not_required
@require_safe
def survey(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Show what a survey found, how sure that is, and who kept silent."""
    try:
        found = closed_survey(key)
    except Survey.DoesNotExist:
        raise Http404 from None
    return render(request, "portal/surveys/survey.html", {"survey": found, **result_lines(results(found))})


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sheet(request: HttpRequest, code: str) -> HttpResponse:
    """Ask the questions and take the answers, once; whatever is wrong with a code, it gets the same answer."""
    found = sheet_of(code)
    if found is None:
        return render(request, "portal/surveys/over.html", status=404)
    if found.is_spent:
        return render(request, "portal/surveys/thanks.html")
    form = SheetForm(found.survey.questions.order_by("position"), request.POST or None)
    if form.is_valid():
        try:
            answer_survey(code=code, marks=form.marks(), at=timezone.now())
        except (CodeUnknown, SurveyActNotOpen):
            return render(request, "portal/surveys/over.html", status=404)
        except CodeSpent:
            pass  # a second click: it was taken, and counts once
        return render(request, "portal/surveys/thanks.html")
    context = {"survey": found.survey, "form": form}
    return render(request, "portal/surveys/sheet.html", context, status=422 if form.is_bound else 200)
