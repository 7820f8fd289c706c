"""What every request passes: a request id for the logs, the size limit, the login wall and the second factor."""

import uuid
from collections.abc import Callable
from http import HTTPStatus
from typing import Any

import structlog
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import redirect
from django.utils import translation
from django.utils.cache import patch_vary_headers

from motcua.api.errors import answer_with, general_problem, without_pages
from motcua.portal.counting import count_reading
from motcua.portal.typed import keep_typed
from motcua.portal.views.errors import show_error
from motcua.ui.errors import error_page_for
from motcua.workspace.fragments import fitting

API = "/api/"
Handler = Callable[[HttpRequest], HttpResponseBase]
_LARGE_REQUESTS = ("/xu-ly/tiep-nhan-truc-tiep/", "/xu-ly/nhap-ho-so-giay/", "/xu-ly/goi-cau-hinh/nhan/")
_DRAIN_CHUNK = 256 * 1024
_DRAIN_AT_MOST = 512 * 1024 * 1024


def request_id(get_response: Handler) -> Handler:
    """Give each request an id, in the logs and in the answer's `X-Request-Id`."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        number = uuid.uuid4().hex
        request.number = number  # type: ignore[attr-defined]  # read by the error pages
        with structlog.contextvars.bound_contextvars(request_id=number):
            response = get_response(request)
        response.headers["X-Request-Id"] = number
        return response

    return middleware


def caller_address(get_response: Handler) -> Handler:
    """Have `REMOTE_ADDR` name the caller and not the web servers in front, of which there are `TRUSTED_PROXIES`.

    What a caller writes into `X-Forwarded-For` themselves stands further left and is not believed.
    """

    def middleware(request: HttpRequest) -> HttpResponseBase:
        passed_on = [part.strip() for part in request.headers.get("X-Forwarded-For", "").split(",")]
        if 0 < settings.TRUSTED_PROXIES <= len(passed_on) and passed_on[-settings.TRUSTED_PROXIES]:
            request.META["REMOTE_ADDR"] = passed_on[-settings.TRUSTED_PROXIES]
        return get_response(request)

    return middleware


def chosen_language(get_response: Handler) -> Handler:
    """Speak Vietnamese unless the visitor chose another language on this site.

    What the browser says it prefers is not asked: phones sold here often say English, and their owners do not. A
    machine at the API is believed.
    """

    def middleware(request: HttpRequest) -> HttpResponseBase:
        language = _language_of(request)
        with translation.override(language):
            request.LANGUAGE_CODE = language
            response = get_response(request)
        response.headers.setdefault("Content-Language", language)
        return response

    return middleware


def _language_of(request: HttpRequest) -> str:
    if request.path.startswith(API):
        return translation.get_language_from_request(request)
    chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
    return chosen if chosen in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE


def api_answers(get_response: Handler) -> Handler:
    """Answer machines with problems where people get pages, and have no cache keep what they read."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        if not request.path.startswith(API):
            return get_response(request)
        if _asks_with_nul(request):
            return answer_with(request, general_problem(HTTPStatus.BAD_REQUEST))
        response = without_pages(request, get_response(request))
        response.headers.setdefault("Cache-Control", "no-store")
        patch_vary_headers(response, ["Accept-Language", "Authorization"])
        return response

    return middleware


def body_limit(get_response: Handler) -> Handler:
    """Answer 413 to a request that is too large, before anything of it is parsed or stored.

    The most is `REQUEST_MAX_BYTES`, and `COUNTER_REQUEST_MAX_BYTES` where officers file for somebody at the counter
    or enter what was taken in on paper, with all its scans at once, and where a configuration package is brought.

    The body is read and thrown away first: a browser that is still sending shows a broken connection instead of the
    answer.
    """

    def middleware(request: HttpRequest) -> HttpResponseBase:
        length = request.META.get("CONTENT_LENGTH") or "0"
        is_large = request.path.startswith(_LARGE_REQUESTS)
        most = settings.COUNTER_REQUEST_MAX_BYTES if is_large else settings.REQUEST_MAX_BYTES
        if not length.isdigit() or int(length) <= most:
            return get_response(request)
        left = min(int(length), _DRAIN_AT_MOST)
        while left > 0 and (chunk := request.read(min(left, _DRAIN_CHUNK))):
            left -= len(chunk)
        return show_error(request, error_page_for(413))

    return middleware


def in_words(get_response: Handler) -> Handler:
    """Give a page of words to what Django answers with nothing: a NUL in an address, a method that is not taken."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        if "\x00" in request.path_info:  # no text of the database may hold one, so nothing has such a name
            return show_error(request, error_page_for(HTTPStatus.NOT_FOUND))
        if _asks_with_nul(request):
            return show_error(request, error_page_for(HTTPStatus.BAD_REQUEST))
        response = get_response(request)
        if response.status_code != HTTPStatus.METHOD_NOT_ALLOWED or request.path.startswith(API):
            return response
        page = show_error(request, error_page_for(HTTPStatus.METHOD_NOT_ALLOWED))
        page.headers["Allow"] = response.headers["Allow"]
        return page

    return middleware


def _asks_with_nul(request: HttpRequest) -> bool:
    """Say whether a value behind the question mark holds a NUL, the one sign that PostgreSQL does not take."""
    query = request.META.get("QUERY_STRING", "")
    return "%00" in query or "\x00" in query


class LoginWall(LoginRequiredMiddleware):
    """Close every route that does not open itself with `login_not_required`; the API answers strangers on its own."""

    def process_view(
        self, request: HttpRequest, view_func: Any, view_args: tuple[Any, ...], view_kwargs: dict[str, Any]
    ) -> HttpResponseBase | None:
        """Leave `/api/` to Ninja's `auth`."""
        if request.path.startswith(API):
            return None
        return super().process_view(request, view_func, view_args, view_kwargs)

    def handle_no_permission(self, request: HttpRequest, view_func: Any) -> HttpResponseRedirect:
        """Send a stranger to sign in; what they were just sending waits for them at the page it belongs to."""
        keep_typed(request)
        return super().handle_no_permission(request, view_func)


def workspace_not_kept(get_response: Handler) -> Handler:
    """Have no browser keep pages of the workspace: after signing out, going back shows nobody's dossiers."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        if request.path.startswith("/xu-ly/"):
            response.headers.setdefault("Cache-Control", "no-store, private")
        return response

    return middleware


def counted_visits(get_response: Handler) -> Handler:
    """Count who reads the portal and its news, once a day and browser, without knowing who it is (M31, M56)."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        count_reading(request, response)
        return response

    return middleware


def htmx_answers(get_response: Handler) -> Handler:
    """Have no list of the workspace receive a page: once the session has ended, the whole page goes to sign in."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        return fitting(request, response) if request.path.startswith("/xu-ly/") else response

    return middleware


def second_factor_wall(get_response: Handler) -> Handler:
    """Send whoever enters the workspace without a second factor to set one up first."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        if (
            request.path.startswith("/xu-ly/")
            and request.user.is_authenticated
            and not request.session.get("has_second_factor")
        ):
            if not is_mfa_enabled(request.user):
                return redirect("mfa_activate_totp")
            request.session["has_second_factor"] = True
        return get_response(request)

    return middleware
