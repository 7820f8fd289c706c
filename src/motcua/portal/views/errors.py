"""Pages for what went wrong, in words that help."""

from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from motcua.portal.typed import keep_typed
from motcua.ui.errors import CSRF_PAGE, TEXT_TOO_LONG, TYPED_KEPT, ErrorPage, error_page_for

_SERVER_FAULT = 500


def show_error(request: HttpRequest, error: ErrorPage, **more: Any) -> HttpResponse:
    """Show one error page with its status and the id under which the logs know the request.

    It stands in the frame of the portal where the request came far enough to have a session, and the fault is not ours.
    """
    is_framed = hasattr(request, "session") and hasattr(request, "user") and error.status < _SERVER_FAULT
    home = "/xu-ly/" if request.path.startswith("/xu-ly/") else "/"
    context = {"error": error, "request_id": getattr(request, "number", ""), "home": home, **more}
    template = "portal/error.html" if is_framed else "ui/error.html"
    return render(request, template, context, status=error.status)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer 400, or 413 to more text than is taken."""
    return show_error(request, TEXT_TOO_LONG if isinstance(exception, RequestDataTooBig) else error_page_for(400))


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer 403."""
    return show_error(request, error_page_for(403))


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer 404."""
    return show_error(request, error_page_for(404))


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer 500."""
    return show_error(request, error_page_for(_SERVER_FAULT))


@login_not_required
def csrf_failure(request: HttpRequest, reason: str = "", **_: Any) -> HttpResponse:
    """Answer a form whose token is gone; what was typed waits on its page.

    A form sent from another site comes without the session's cookie (SameSite): it can put nothing into the session.
    """
    is_own = settings.SESSION_COOKIE_NAME in request.COOKIES
    if is_own and keep_typed(request):
        return show_error(request, CSRF_PAGE, typed_kept=TYPED_KEPT, reopen=request.path)
    return show_error(request, CSRF_PAGE)
