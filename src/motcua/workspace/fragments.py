"""Lists that htmx exchanges in place: when to answer a part of a page, and what to answer where no list can come.

Without scripts the same addresses answer whole pages.
"""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django_htmx.http import HttpResponseClientRedirect, push_url, reswap, retarget
from django_htmx.middleware import HtmxDetails

from motcua.ui.errors import error_page_for

PROBLEM = "#problem"
"""Where `workspace/list_base.html` says what went wrong, above the list that stays."""


def asks_for_part(request: HttpRequest) -> bool:
    """Tell whether htmx wants the list alone; on the way back it wants the whole page and takes the list out of it."""
    htmx = HtmxDetails(request)
    return bool(htmx) and not htmx.history_restore_request


def fitting(request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
    """Return what htmx can use instead of a redirect or a fault; caches learn that there are two answers."""
    htmx = HtmxDetails(request)
    if request.method == "GET" and (htmx or htmx.history_restore_request):
        response = _instead(request, response)
    patch_vary_headers(response, ["HX-Request", "HX-History-Restore-Request"])
    return response


def _instead(request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
    """Lead the whole page where a redirect leads, or to the page that says why one may not be here; tell of faults."""
    if "Location" in response.headers:
        return HttpResponseClientRedirect(response.headers["Location"])
    if response.status_code < HTTPStatus.BAD_REQUEST:
        return response
    if response.status_code == HTTPStatus.FORBIDDEN or not asks_for_part(request):
        return HttpResponseClientRedirect(request.get_full_path())
    return _told(request, response.status_code)


def _told(request: HttpRequest, status: int) -> HttpResponse:
    context = {"error": error_page_for(status), "request_id": getattr(request, "number", "")}
    words = render(request, "workspace/parts/problem.html", context, status=status)
    return push_url(reswap(retarget(words, PROBLEM), "innerHTML"), url=False)
