"""One site for a whole module: made once, seen by everybody, gone at the end."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine
from django.db import transaction
from django.test import override_settings
from django.urls import clear_url_caches
from pytest_django.plugin import DjangoDbBlocker

from tests.architecture.site import URLS, Site, make_site
from tests.make import MONDAY


@pytest.fixture(scope="module")
def site(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Site]:
    """The site with the demonstration's addresses, a working day after its dossiers were made."""
    with (
        django_db_blocker.unblock(),
        time_machine.travel(MONDAY + timedelta(hours=9), tick=False),
        override_settings(ROOT_URLCONF=URLS),
        transaction.atomic(),
    ):
        clear_url_caches()
        yield make_site()
        transaction.set_rollback(True)
    clear_url_caches()
