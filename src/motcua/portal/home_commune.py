"""The commune a visitor once chose, kept in a cookie so that they are not asked again. It names no person."""

from datetime import timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponse

_COOKIE = "noi"
_KEPT = timedelta(days=365)


def kept_commune(request: HttpRequest) -> str:
    """Return the code of the unit chosen before; empty when none was."""
    return request.COOKIES.get(_COOKIE, "")


def keep_commune(answer: HttpResponse, code: str) -> None:
    """Have the browser remember a unit."""
    answer.set_cookie(
        _COOKIE, code, max_age=_KEPT, secure=settings.SESSION_COOKIE_SECURE, httponly=True, samesite="Lax"
    )
