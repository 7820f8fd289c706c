"""Pages for what went wrong, in words that help."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from motcua.ui.errors import CSRF_PAGE, ErrorPage, error_page_for


def show_error(request: HttpRequest, error: ErrorPage) -> HttpResponse:
    """Show one error page with its status and the id under which the logs know the request."""
    context = {"error": error, "request_id": getattr(request, "number", "")}
    return render(request, "ui/error.html", context, status=error.status)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer 400."""
    return show_error(request, error_page_for(400))


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer 403."""
    return show_error(request, error_page_for(403))


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer 404."""
    return show_error(request, error_page_for(404))


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer 500."""
    return show_error(request, error_page_for(500))


@login_not_required
def csrf_failure(request: HttpRequest, reason: str = "", **_: Any) -> HttpResponse:
    """Answer a form whose token is gone: what was typed is still in the browser, one step back."""
    return show_error(request, CSRF_PAGE)
