"""Saying, once the result was returned, how the dossier was handled (B step 17)."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from motcua.dossiers.commands import note
from motcua.dossiers.models import Dossier
from motcua.dossiers.queries.own_life import rating_of
from motcua.portal.forms.rating import RatingForm
from motcua.portal.ownership import citizen
from motcua.portal.rating_words import SCORES
from motcua.portal.views.guards import owner_page
from motcua.rules.transitions import Action, TransitionRefused, open_actions


@owner_page
@require_http_methods(["GET", "HEAD", "POST"])
def rate(request: HttpRequest, dossier: Dossier) -> HttpResponse:
    """Ask for a rating and take it, once; who has given one reads it here, and thanks."""
    given = rating_of(dossier)
    if given is not None:
        context = {"dossier": dossier, "rating": given, "score_label": SCORES[given.score]}
        return render(request, "portal/dossiers/rated.html", context)
    if Action.RATE not in open_actions(dossier.stage):
        return redirect("portal:dossier", dossier.public_code)
    form = RatingForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        return _take(request, dossier, form)
    context = {"dossier": dossier, "form": form}
    return render(request, "portal/dossiers/rate.html", context, status=422 if form.is_bound else 200)


def _take(request: HttpRequest, dossier: Dossier, form: RatingForm) -> HttpResponse:
    said = form.cleaned_data
    try:
        note.rate(
            dossier=dossier,
            score=said["score"],
            comment=said["comment"],
            actor=citizen(request),
            at=timezone.now(),
        )
    except TransitionRefused:
        return redirect("portal:dossier", dossier.public_code)
    return redirect("portal:rate", dossier.public_code)
