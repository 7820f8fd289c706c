"""Open a page only to whoever owns the dossier, and only while it is in the right state."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache

from motcua.dossiers.models import Dossier
from motcua.portal.ownership import citizen, dossier_for
from motcua.portal.typed import keep_typed
from motcua.rules.transitions import SUPPLEMENTING, Status, TransitionRefused

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, Dossier, P], HttpResponseBase]
Route = Callable[..., HttpResponseBase]


def owner_page(view: View[P]) -> Route:
    """Give the view the dossier of `code`; whoever does not own it is told that there is no such page."""

    @wraps(view)
    def page(request: HttpRequest, code: str, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        try:
            dossier = dossier_for(request, code)
        except Http404:
            if citizen(request) is not None:
                raise
            return _not_known_here(request)
        return view(request, dossier, *args, **kwargs)

    return login_not_required(never_cache(page))


def draft_page(view: View[P]) -> Route:
    """Like `owner_page`, for drafts: one handed in meanwhile, here or in another window, leads to its own page."""
    return _while_in(frozenset({Status.DRAFT}))(view)


def editable_page(view: View[P]) -> Route:
    """Like `owner_page`, for drafts and for what the desk asked to be completed."""
    return _while_in(SUPPLEMENTING | {Status.DRAFT})(view)


def acts_by_post(view: View[P]) -> View[P]:
    """Leave a page that only acts to those who send a form; who comes by its address lands on the dossier."""

    @wraps(view)
    def page(request: HttpRequest, dossier: Dossier, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if request.method != "POST":
            return redirect("portal:dossier", dossier.public_code)
        return view(request, dossier, *args, **kwargs)

    return page


def _not_known_here(request: HttpRequest) -> HttpResponse:
    """Answer a guest alike whether the dossier exists or not; what a signed-out citizen just typed is kept for them."""
    keep_typed(request)
    context = {"back": request.path, "has_typed": request.method == "POST"}
    return render(request, "portal/dossiers/not_known_here.html", context, status=404)


def _while_in(statuses: frozenset[Status]) -> Callable[[View[P]], Route]:
    def guarded(view: View[P]) -> Route:
        @wraps(view)
        def page(request: HttpRequest, dossier: Dossier, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            if dossier.stage not in statuses:
                return redirect("portal:dossier", dossier.public_code)
            try:
                return view(request, dossier, *args, **kwargs)
            except TransitionRefused:
                return redirect("portal:dossier", dossier.public_code)

        return owner_page(page)

    return guarded
