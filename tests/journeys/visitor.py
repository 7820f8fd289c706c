"""Somebody at a browser: opens pages, presses what stands on them, and notices what goes wrong behind the page."""

import re
from dataclasses import dataclass, field
from typing import Any

from allauth.account.internal.flows.login import record_authentication
from django.http import HttpRequest
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Locator, Page, Response, ViewportSize

from motcua.accounts.models import User

PHONE: ViewportSize = {"width": 360, "height": 740}
SCREEN: ViewportSize = {"width": 1280, "height": 900}
_BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
# The browser says so of every page and fetch that is answered with 4xx; the answer itself is what the tests look at.
_ANSWERED = "Failed to load resource"


@dataclass(slots=True)
class Visitor:
    """One person with a browser of their own.

    `faults` are script errors, refused contents and missing files; `answers` the statuses of the pages opened.
    """

    site: str
    context: BrowserContext
    page: Page
    has_scripts: bool
    faults: list[str] = field(default_factory=list)
    answers: list[int] = field(default_factory=list)

    def open(self, address: str) -> Response:
        """Open an address of the site."""
        answer = self.page.goto(address if address.startswith("http") else self.site + address)
        assert answer is not None
        return answer

    def press(self, name: str, *, presses: int = 1) -> None:
        """Press the first button or link of that name in the page itself."""
        self.named(name).click(click_count=presses)

    def named(self, name: str) -> Locator:
        """The first button or link whose name begins with `name`, menus and footer left out."""
        begins = re.compile(rf"^\s*{re.escape(name)}")
        main = self.page.locator("main")
        return main.get_by_role("button", name=begins).or_(main.get_by_role("link", name=begins)).first

    def fill(self, label: str, text: str) -> None:
        """Type into the field of that label."""
        self.page.locator("main").get_by_label(re.compile(rf"^\s*{re.escape(label)}")).first.fill(text)

    def text(self) -> str:
        """What the page says."""
        return self.page.locator("main").inner_text()

    def path(self) -> str:
        """Where the visitor is."""
        return "/" + self.page.url.removeprefix(self.site).lstrip("/")


def visitor_at(browser: Browser, site: str, **options: Any) -> Visitor:
    """Give somebody a browser of their own."""
    context = browser.new_context(**{"viewport": SCREEN, "locale": "vi-VN", **options})
    context.set_default_timeout(20_000)
    has_scripts = bool(options.get("java_script_enabled", True))
    visitor = Visitor(site=site, context=context, page=context.new_page(), has_scripts=has_scripts)
    context.on("console", lambda message: _hear(visitor, message))
    context.on("weberror", lambda error: visitor.faults.append(str(error.error)))
    context.on("response", lambda answer: _see(visitor, answer))
    return visitor


def signed_in(visitor: Visitor, user: User) -> Visitor:
    """Give the visitor a session of `user`, past the second factor, without the way through the sign-in pages."""
    return with_session(visitor, session_of(user))


def session_of(user: User) -> str:
    """Open a session for `user`, who has just shown password and second factor."""
    client = Client()
    client.force_login(user, backend=_BACKEND)
    request = HttpRequest()
    request.session = client.session
    record_authentication(request, user, method="password", reauthenticated=True)
    request.session["has_second_factor"] = True
    request.session.save()
    return client.cookies["sessionid"].value


def with_session(visitor: Visitor, session: str) -> Visitor:
    """Give the visitor's browser the session of that key."""
    visitor.context.add_cookies([{"name": "sessionid", "value": session, "url": visitor.site}])
    return visitor


def _hear(visitor: Visitor, message: ConsoleMessage) -> None:
    if message.type in {"error", "warning"} and not message.text.startswith(_ANSWERED):
        visitor.faults.append(message.text)


def _see(visitor: Visitor, answer: Response) -> None:
    if answer.request.is_navigation_request() and answer.frame == visitor.page.main_frame:
        visitor.answers.append(answer.status)
    is_missing = answer.status >= 400 and answer.request.resource_type not in {"document", "fetch", "xhr"}
    if is_missing or answer.status >= 500:
        visitor.faults.append(f"{answer.status} {answer.url}")
