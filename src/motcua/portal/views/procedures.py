"""Finding a procedure and reading it."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from motcua.catalogue import linked_groups as linked
from motcua.catalogue.models import Procedure, Sector
from motcua.catalogue.queries.life_events import life_events_found
from motcua.portal.home_commune import keep_commune, kept_commune
from motcua.portal.queries import browse
from motcua.portal.queries.procedure_page import procedure_page
from motcua.portal.views.codes import by_bare_code
from motcua.ui.parts import Link

LONGEST_SEARCH = 200
LAST_PAGE = 1_000


@login_not_required
@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Show the procedures that the words in `q` may mean."""
    text = request.GET.get("q", "").strip()[:LONGEST_SEARCH]
    today = timezone.localdate()
    lines = browse.search_page(text, today) if text else ()
    context = {
        "text": text,
        "lines": lines,
        "groups": linked.groups_found(text, today),
        "life_events": life_events_found(text, today),
        "sectors": () if lines else browse.sectors(today),
    }
    return render(request, "portal/procedures/search.html", context)


@login_not_required
@require_safe
def suggest(request: HttpRequest) -> HttpResponse:
    """Answer the search box while it is being typed in."""
    text = request.GET.get("q", "").strip()[:LONGEST_SEARCH]
    hits = browse.suggestions(text, timezone.localdate()) if text else []
    links = [Link(label=hit.short_title or hit.title, url=reverse("portal:procedure", args=[hit.code])) for hit in hits]
    return render(request, "ui/components/suggestions.html", {"links": links})


@login_not_required
@require_safe
def sectors(request: HttpRequest) -> HttpResponse:
    """Show every sector."""
    today = timezone.localdate()
    context = {"sectors": browse.all_sectors(today), "life_events": browse.life_events(today)}
    return render(request, "portal/procedures/sectors.html", context)


@login_not_required
@require_safe
def sector(request: HttpRequest, code: str) -> HttpResponse:
    """Show the procedures of one sector."""
    try:
        page = browse.sector_page(code, page=_page_asked(request), on=timezone.localdate())
    except Sector.DoesNotExist as unknown:
        raise Http404 from unknown
    return render(request, "portal/procedures/shelf.html", {"shelf": page})


@login_not_required
@require_safe
def life_event(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the procedures that belong to one event of life."""
    today = timezone.localdate()
    walk = browse.walk_page(slug, today)
    if walk is not None:
        groups = linked.groups_of_life_event(walk.name, today)
        return render(request, "portal/procedures/walk.html", {"walk": walk, "groups": groups})
    page = browse.life_event_page(slug, today)
    if page is None:
        raise Http404
    groups = linked.groups_of_life_event(page.name, today)
    return render(request, "portal/procedures/shelf.html", {"shelf": page, "groups": groups})


@login_not_required
@require_safe
@by_bare_code
def procedure(request: HttpRequest, code: str) -> HttpResponse:
    """Show one procedure, for the commune the visitor named now (`noi`) or before."""
    said = request.GET.get("noi", "") or kept_commune(request)
    try:
        page = procedure_page(code, said_place=said, at=timezone.now())
    except Procedure.DoesNotExist as unknown:
        raise Http404 from unknown
    groups = linked.groups_with(page.procedure.pk, timezone.localdate())
    answer = render(request, "portal/procedures/procedure.html", {"page": page, "groups": groups})
    if page.place and request.GET.get("noi"):
        keep_commune(answer, page.place.home)
    return answer


def _page_asked(request: HttpRequest) -> int:
    """Return the number of the page asked for in `trang`; the first for what is no page of any list."""
    asked = request.GET.get("trang", "")
    is_short = len(asked) <= len(str(LAST_PAGE))
    number = int(asked) if is_short and asked.isascii() and asked.isdecimal() else 1
    return number if 1 <= number <= LAST_PAGE else 1
