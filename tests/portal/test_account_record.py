"""Every act on an account through its pages leaves exactly one event, and no personal data."""

import re
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.db import DatabaseError
from django.test import Client
from pytest_django import Settings
from zeal import zeal_ignore

from motcua.accounts.models import User
from motcua.kernel import events
from motcua.kernel.models import EventRecord
from tests.make import make_user

pytestmark = pytest.mark.django_db

OLD, NEW = "dung-mat-khau", "rung-ban-mua-xuan"  # of nobody
TOTP = "/tai-khoan/2fa/totp/"


@pytest.fixture(autouse=True)
def _letters(settings: Settings) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"


@pytest.fixture
def user(client: Client) -> User:
    """Somebody with a confirmed address who has signed in, and given the password again, a moment ago."""
    user = make_user(username="ban")
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    client.post("/tai-khoan/login/", {"login": "ban", "password": OLD})
    client.post("/tai-khoan/reauthenticate/", {"password": OLD})
    return user


def told(user: User) -> list[str]:
    return list(EventRecord.objects.filter(subject=user.record_subject).order_by("seq").values_list("kind", flat=True))


def last_of(user: User) -> EventRecord:
    return EventRecord.objects.filter(subject=user.record_subject).latest("seq")


def code_in(letter: Any) -> str:
    found = re.search(r": (\S{6,})", str(letter.body))
    assert found
    return found.group(1)


def set_second_factor(client: Client) -> None:
    page = client.get(f"{TOTP}activate/").content.decode()
    secret = client.session["mfa.totp.secret"]
    assert secret in page
    code = format_hotp_value(hotp_value(secret, next(yield_hotp_counters_from_time())))
    client.post(f"{TOTP}activate/", {"code": code})


def test_signing_up_and_confirming_the_address_are_two_acts(client: Client, mailoutbox: list[Any]) -> None:
    said = {"email": "ban@example.com", "username": "lo.thi.ban", "password1": NEW, "password2": NEW}

    client.post("/tai-khoan/signup/", said)
    user = User.objects.get()
    opened = told(user)
    with zeal_ignore():  # allauth asks for the same address three times
        client.post("/tai-khoan/confirm-email/", {"code": code_in(mailoutbox[-1])})

    assert opened == ["AccountOpened"]
    assert told(user) == ["AccountOpened", "EmailConfirmed"]
    assert EventRecord.objects.earliest("pk").actor_id == user.pk
    said_in_record = str(list(EventRecord.objects.values_list("subject", "payload")))
    assert not [word for word in ("ban@example.com", "lo.thi.ban", NEW) if word in said_in_record]


def test_a_refused_sign_up_leaves_nothing(client: Client) -> None:
    client.post("/tai-khoan/signup/", {"email": "x", "username": "ban", "password1": NEW, "password2": NEW})

    assert not EventRecord.objects.exists()


def test_changing_the_password_is_one_act_of_its_owner(client: Client, user: User) -> None:
    client.post("/tai-khoan/password/change/", {"oldpassword": OLD, "password1": NEW, "password2": NEW})

    user.refresh_from_db()
    assert user.check_password(NEW)
    assert told(user) == ["PasswordChanged"]
    assert last_of(user).actor_id == user.pk
    assert client.get("/ho-so-cua-toi/").status_code == 200  # still signed in


def test_a_password_set_through_a_link_is_an_act_of_nobody(client: Client, mailoutbox: list[Any]) -> None:
    user = make_user()
    client.post("/tai-khoan/password/reset/", {"email": user.email})
    link = re.search(r"http://testserver(/\S+)", str(mailoutbox[-1].body))
    assert link
    form = client.get(link.group(1)).headers["Location"]

    client.post(form, {"password1": NEW, "password2": NEW})

    user.refresh_from_db()
    assert user.check_password(NEW)
    assert told(user) == ["PasswordChanged"]
    assert last_of(user).actor_id is None


def test_each_change_of_an_address_is_one_act(client: Client, user: User, mailoutbox: list[Any]) -> None:
    with zeal_ignore():
        client.post("/tai-khoan/email/", {"action_add": "", "email": "moi@example.com"})
        added = told(user)
        client.post("/tai-khoan/confirm-email/", {"code": code_in(mailoutbox[-1])})
        client.post("/tai-khoan/email/", {"action_primary": "", "email": "moi@example.com"})
        client.post("/tai-khoan/email/", {"action_remove": "", "email": "ban@example.com"})

    assert added == []  # only a code was sent
    assert told(user) == ["EmailConfirmed", "PrimaryEmailChosen", "EmailRemoved"]
    assert [address.email for address in EmailAddress.objects.filter(user=user)] == ["moi@example.com"]
    assert "example.com" not in str(list(EventRecord.objects.values_list("payload", flat=True)))


def test_each_change_of_the_second_factor_is_one_act(client: Client, user: User) -> None:
    set_second_factor(client)
    client.post("/tai-khoan/2fa/recovery-codes/generate/")
    client.post(f"{TOTP}deactivate/")

    assert told(user) == ["SecondFactorSet", "RecoveryCodesMade", "SecondFactorRemoved"]
    assert not Authenticator.objects.exists()


def test_a_wrong_code_of_the_second_factor_leaves_nothing(client: Client, user: User) -> None:
    client.get(f"{TOTP}activate/")
    client.post(f"{TOTP}activate/", {"code": "000000"})

    assert told(user) == []


def test_an_act_that_cannot_be_recorded_is_not_done(
    client: Client, user: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_second_factor(client)

    def full(*_: object, **__: object) -> None:
        raise DatabaseError

    monkeypatch.setattr(events, "record", full)
    with pytest.raises(DatabaseError):
        client.post(f"{TOTP}deactivate/")

    assert Authenticator.objects.filter(user=user, type="totp").exists()
