"""The first page, and the pages that only explain."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from motcua.news.queries.public import newest
from motcua.portal.forms.look_up import LookUpForm
from motcua.portal.queries import browse, places

_NEWS = 3


@login_not_required
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Show the search box, what many people look for, and where to ask about a dossier."""
    page = browse.home_page(timezone.now())
    context = {"page": page, "look_up_form": LookUpForm(auto_id="look-up-%s"), "news": newest(_NEWS)}
    return render(request, "portal/home.html", context)


@login_not_required
@require_safe
def desks(request: HttpRequest) -> HttpResponse:
    """Show where dossiers are received."""
    return render(request, "portal/pages/desks.html", {"desks": places.desks_on(timezone.localdate())})


@login_not_required
@require_safe
def guide(request: HttpRequest) -> HttpResponse:
    """Say how to use the site."""
    return render(request, "portal/pages/guide.html")


@login_not_required
@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """Say who can use the site and what is still missing."""
    return render(request, "portal/pages/accessibility.html")


@login_not_required
@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """Say what is kept about people, why, and for how long."""
    context = {"draft_days": settings.DRAFT_KEPT_DAYS, "guest_draft_days": settings.GUEST_DRAFT_KEPT_DAYS}
    return render(request, "portal/pages/privacy.html", context)
