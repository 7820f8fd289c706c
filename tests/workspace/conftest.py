"""An office and its people, signed in at the moment the dossiers were made."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

import pytest
import time_machine
from django.test import Client

from motcua.accounts.models import User
from tests.make import MONDAY, Office, make_office

NOW = MONDAY + timedelta(hours=9)


@pytest.fixture
def office() -> Office:
    return make_office()


@pytest.fixture
def now() -> Iterator[datetime]:
    """Stop the clock of the faces a working day after `MONDAY`."""
    with time_machine.travel(NOW, tick=False):
        yield NOW


@pytest.fixture
def at_work(now: datetime) -> Callable[[User], Client]:
    """Sign a user in on a client of their own, past the second factor."""

    def signed_in(user: User) -> Client:
        client = Client()
        client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
        session = client.session
        session["has_second_factor"] = True
        session.save()
        return client

    return signed_in
