"""Where people land after signing in."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from motcua.accounts.facts import grants_of
from motcua.portal.ownership import citizen


def home_after_sign_in(request: HttpRequest) -> HttpResponse:
    """Send officers to their work and citizens to their dossiers."""
    user = citizen(request)
    if user is not None and grants_of(user, timezone.localdate()):
        return redirect("workspace:worklist")
    return redirect("portal:my-dossiers")
