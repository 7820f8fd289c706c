"""What is counted of the reading, and what the browser remembers so that it is counted once a day (M31, M56).

The cookie holds the day and the numbers of the articles counted today, nothing that tells one browser from another that
read the same. Whoever takes no cookies is counted at every page; machines that say what they are never are.
"""

import re
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from http import HTTPStatus
from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone

from motcua.news.commands import counting

COOKIE: Final = "da-dem"
_MOST_REMEMBERED: Final = 150
_MACHINE: Final = re.compile(
    r"bot|crawl|spider|slurp|headless|preview|http|monitor|lighthouse|facebookexternal|scan", re.IGNORECASE
)
_REMEMBERED: Final = re.compile(r"(\d{4}-\d{2}-\d{2})((?:\.\d{1,9})*)")


@dataclass(slots=True)
class Remembered:
    """What was counted of one browser on the day `on`: that it came, and the articles of those numbers."""

    on: date
    has_come: bool = False
    numbers: list[int] = field(default_factory=list)

    def written(self) -> str:
        """Return it as the cookie holds it."""
        return ".".join([self.on.isoformat(), *(str(number) for number in self.numbers[-_MOST_REMEMBERED:])])


def remembered(cookie: str, today: date) -> Remembered:
    """Return what the cookie says of today; one of another day, or that nobody wrote here, says nothing."""
    found = _REMEMBERED.fullmatch(cookie)
    if found is None or found[1] != today.isoformat():
        return Remembered(today)
    return Remembered(today, has_come=True, numbers=[int(one) for one in found[2].split(".")[1:]])


def is_person(request: HttpRequest) -> bool:
    """Tell whether a browser in somebody's hands asks, as far as it says what it is."""
    agent = request.headers.get("User-Agent", "")
    is_fetched_ahead = "prefetch" in request.headers.get("Sec-Purpose", request.headers.get("Purpose", ""))
    return agent.startswith("Mozilla/") and not _MACHINE.search(agent) and not is_fetched_ahead


def count_reading(request: HttpRequest, response: HttpResponseBase) -> None:
    """Count a page of the portal that was just answered, and have the browser remember that until midnight."""
    match = request.resolver_match
    is_page = response.status_code == HTTPStatus.OK and response.headers.get("Content-Type", "").startswith("text/html")
    if request.method != "GET" or match is None or match.namespace != "portal" or not is_page or not is_person(request):
        return
    now = timezone.localtime()
    known = remembered(request.COOKIES.get(COOKIE, ""), now.date())
    number = match.kwargs["number"] if match.url_name == "article" else None
    number = None if number in known.numbers else number
    if known.has_come and number is None:
        return
    counting.count_reading(is_visit=not known.has_come, number=number, on=known.on)
    known.numbers += [] if number is None else [number]
    response.set_cookie(
        COOKIE,
        known.written(),
        max_age=_until_midnight(now),
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def _until_midnight(now: datetime) -> timedelta:
    return timezone.make_aware(datetime.combine(now.date() + timedelta(days=1), time())) - now
