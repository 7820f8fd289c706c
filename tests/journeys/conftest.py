"""One browser, one site as it is served in earnest, one loaded province for all journeys."""

import os
import shutil
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import pytest
import time_machine
from django.core.handlers.wsgi import WSGIHandler
from django.core.management import call_command
from django.db import connection
from django.http import HttpResponseBase
from django.test import override_settings
from django.test.testcases import LiveServerThread
from django.urls import clear_url_caches
from playwright.sync_api import Browser, sync_playwright
from pytest_django.plugin import DjangoDbBlocker

from motcua.cli.static_files import collect
from motcua.kernel.call_stack import in_one_piece
from tests.architecture.site import URLS
from tests.journeys.cast import Cast, assemble
from tests.journeys.province import MORNING, Province
from tests.journeys.visitor import Visitor, visitor_at

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

ARGUMENTS = [
    "--no-sandbox",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--disable-gpu",
]
NewVisitor = Callable[..., Visitor]
_HASHED = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "motcua.ui.storage.HashedStaticFiles"},
}


@pytest.fixture
def _django_db_helper() -> None:
    """Stand in for pytest-django's fixture, which empties the database after each test: `_province` looks after it."""


@pytest.fixture(scope="package")
def _province(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Province]:
    """The province, loaded at the first module; at the end nothing of it is left."""
    with django_db_blocker.unblock():
        call_command("flush", interactive=False, verbosity=0)
        yield Province()
        _end_other_sessions()
        call_command("flush", interactive=False, verbosity=0)


@pytest.fixture(scope="package")
def _server(_province: Province) -> Iterator[str]:
    """The site with its static files as in earnest: hashed, compressed, handed out by WhiteNoise."""
    asked_once = {"ACCOUNT_REAUTHENTICATION_TIMEOUT": 3600}  # a session shared by many tests outlives the usual minutes
    with override_settings(ROOT_URLCONF=URLS, STORAGES=_HASHED, ALLOWED_HOSTS=["127.0.0.1"], **asked_once):
        clear_url_caches()
        collect()
        thread = LiveServerThread("127.0.0.1", static_handler=_Served)
        thread.daemon = True
        thread.start()
        thread.is_ready.wait()
        if thread.error:
            raise thread.error
        yield f"http://{thread.host}:{thread.port}"
        thread.terminate()
    clear_url_caches()


@pytest.fixture(scope="package")
def browser(_server: str) -> Iterator[Browser]:
    """The browser of everybody; closed before the server, whose last connections it holds."""
    chromium = os.environ.get("MOTCUA_CHROMIUM") or shutil.which("chromium-headless-shell") or shutil.which("chromium")
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # the synchronous Playwright runs its own loop in this thread
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS)
        yield browser
        browser.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture(scope="module")
def site(_server: str, _province: Province) -> Iterator[str]:
    """The address of the site, the province as it was loaded, the clock at `MORNING` and running."""
    with time_machine.travel(MORNING, tick=True):
        _province.put()
        yield _server


@pytest.fixture(scope="module")
def cast(browser: Browser, site: str) -> Iterator[Cast]:
    """Everybody who looks at pages, for one module."""
    cast = assemble(browser, site)
    yield cast
    for visitor in cast.at_work.values():
        visitor.context.close()


@pytest.fixture
def new_visitor(browser: Browser, site: str) -> Iterator[NewVisitor]:
    """Make visitors; when the test is over, none of them may have met a fault behind the pages."""
    made: list[Visitor] = []

    def new(**options: Any) -> Visitor:
        made.append(visitor_at(browser, site, **options))
        return made[-1]

    yield new
    for visitor in made:
        visitor.context.close()
    assert [fault for visitor in made for fault in visitor.faults] == []


@pytest.fixture
def visitor(new_visitor: NewVisitor) -> Visitor:
    return new_visitor()


def _end_other_sessions() -> None:
    """Take the database from threads of the server that have not noticed yet that their browser is gone."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )


class _Served(WSGIHandler):
    """Leaves static files to the site, where Django's test server would hand out the sources."""

    def __init__(self, application: WSGIHandler) -> None:
        self.application = application

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> HttpResponseBase:
        """Pass the request on, with room for its calls as in earnest."""
        return in_one_piece(self.application, environ, start_response)
