"""The environment of every test: the settings, and one throw-away database server for a whole run.

This module is loaded before Django's settings, and the server starts with the first test that asks for a database.
DATABASE_URL, when set, names a server to use instead.
"""

import atexit
import os
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import django
import pytest
from hypothesis import settings

from motcua.gateways.embedded_postgres import THROW_AWAY, EmbeddedPostgres
from motcua.kernel.call_stack import in_one_piece

if TYPE_CHECKING:
    from django.test import Client
    from pytest_django import DjangoDbBlocker

    from motcua.accounts.models import User

# The first process of a run names the folder; the workers of pytest-xdist inherit it, and so share the server.
FOLDER_VARIABLE = "MOTCUA_TEST_FOLDER"
IS_FIRST_PROCESS = FOLDER_VARIABLE not in os.environ
if IS_FIRST_PROCESS:
    os.environ[FOLDER_VARIABLE] = tempfile.mkdtemp(prefix="motcua-test-")
    Path(os.environ[FOLDER_VARIABLE]).chmod(0o711)  # the server's account passes through when the tests run as root
    atexit.register(shutil.rmtree, os.environ[FOLDER_VARIABLE], ignore_errors=True)
FOLDER = Path(os.environ[FOLDER_VARIABLE])
SERVER = EmbeddedPostgres(FOLDER / "postgres", tuning=THROW_AWAY)
# Not the bare address: commands under test shall take the server for an operator's own, and leave it running.
ADDRESS = f"{SERVER.url()}&application_name=tests"
USES_EMBEDDED_SERVER = os.environ.get("DATABASE_URL") in {None, "", ADDRESS}

os.environ.update(
    MOTCUA_DATA=str(FOLDER),
    SECRET_KEY="only-for-tests",
    FAST_PASSWORDS="true",
    CONTACT_CODE_CHANNELS="SMS,EMAIL",
    QUERY_GUARD="true",
    STATICFILES_STORAGE="django.contrib.staticfiles.storage.StaticFilesStorage",
    DJANGO_SETTINGS_MODULE="motcua.config.settings",
)
if USES_EMBEDDED_SERVER:
    os.environ["DATABASE_URL"] = ADDRESS
for name in ("files", "static", "assets", "log"):
    (FOLDER / name).mkdir(exist_ok=True)
django.setup()

# A busy machine is no fault of the code under test: examples may take their time.
# The gate draws the same examples for the same test, so that one commit is green or red for everyone (ADR 0034);
# HYPOTHESIS_PROFILE=explore draws new ones, many more of them.
settings.register_profile("motcua", deadline=None, derandomize=True)
settings.register_profile("explore", deadline=None, max_examples=500, print_blob=True)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "motcua"))


# With `--maxschedchunk` of the test commands: every chunk that goes to a worker at first holds one long test.
CHUNK = 20


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Spread the long tests over the beginning, so that no worker is left with one when the others are done."""
    long = [item for item in items if item.get_closest_marker("long")]
    for place, item in enumerate(long):
        items.remove(item)
        items.insert(place * CHUNK, item)


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_protocol(item: pytest.Item, nextitem: pytest.Item | None) -> object:
    """Run the test as pytest would, with room for its calls, as the site gives it to each request."""
    runner = item.config.pluginmanager.get_plugin("runner")
    assert runner is not None
    return in_one_piece(runner.pytest_runtest_protocol, item, nextitem)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix: None,
    request: pytest.FixtureRequest,
    django_db_blocker: "DjangoDbBlocker",
) -> None:
    """Start the server, or join it, just before the first database is made; every one of them copies the template."""
    if not USES_EMBEDDED_SERVER:
        return
    SERVER.start()
    from django.db import connection  # noqa: PLC0415  # the settings are ready only now

    from tests.template_database import template_database  # noqa: PLC0415

    with django_db_blocker.unblock():
        template = template_database(FOLDER, Path(str(request.config.cache.mkdir("schema"))))
    # Nothing is left to migrate, and Django would take three seconds to see it.
    connection.settings_dict["TEST"] |= {"TEMPLATE": template, "MIGRATE": False}


def pytest_unconfigure(config: pytest.Config) -> None:
    """Leave the server; the first process goes last, ends what a killed worker left, and removes the folder."""
    SERVER.stop()
    if IS_FIRST_PROCESS:
        if USES_EMBEDDED_SERVER:
            SERVER.stop_if_unused()
        os.environ.pop(FOLDER_VARIABLE, None)
        shutil.rmtree(FOLDER, ignore_errors=True)


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: "DjangoDbBlocker") -> None:
    """Let the tests empty the record between two runs on real transactions; nothing else may truncate it."""
    from django.db import connection  # noqa: PLC0415  # the settings are ready only now

    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute("ALTER TABLE kernel_eventrecord DISABLE TRIGGER eventrecord_no_truncate")
        cursor.execute("ALTER TABLE kernel_dailydigest DISABLE TRIGGER dailydigest_no_truncate")


@pytest.fixture
def sign_in(client: "Client") -> "Callable[[User], Client]":
    """Sign a user in on the test client, past the second factor."""

    def signed_in(user: "User") -> "Client":
        client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
        session = client.session
        session["has_second_factor"] = True
        session.save()
        return client

    return signed_in
