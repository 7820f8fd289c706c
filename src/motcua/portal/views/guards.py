"""Open a page only to whoever owns the dossier, and only while it is in the right state."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache

from motcua.dossiers.models import Dossier
from motcua.portal.ownership import dossier_for
from motcua.rules.transitions import Status, TransitionRefused

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, Dossier, P], HttpResponseBase]
Route = Callable[Concatenate[HttpRequest, str, P], HttpResponseBase]


def owner_page(view: View[P]) -> Route[P]:
    """Give the view the dossier of `code`; whoever does not own it is told that there is no such page."""

    @wraps(view)
    def page(request: HttpRequest, code: str, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        return view(request, dossier_for(request, code), *args, **kwargs)

    return login_not_required(never_cache(page))


def draft_page(view: View[P]) -> Route[P]:
    """Like `owner_page`, for drafts: one handed in meanwhile, here or in another window, leads to its own page."""
    return _while_in(frozenset({Status.DRAFT}))(view)


def editable_page(view: View[P]) -> Route[P]:
    """Like `owner_page`, for drafts and for what the desk asked to be completed."""
    return _while_in(frozenset({Status.DRAFT, Status.INTAKE_SUPPLEMENT}))(view)


def _while_in(statuses: frozenset[Status]) -> Callable[[View[P]], Route[P]]:
    def guarded(view: View[P]) -> Route[P]:
        @wraps(view)
        def page(request: HttpRequest, dossier: Dossier, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            if dossier.stage not in statuses:
                return redirect("portal:dossier", dossier.public_code)
            try:
                return view(request, dossier, *args, **kwargs)
            except TransitionRefused:
                return redirect("portal:dossier", dossier.public_code)

        return owner_page(page)

    return guarded
