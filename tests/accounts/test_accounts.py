"""Accounts, what people are entrusted with, tokens and the second factor."""

from datetime import date, timedelta

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import generate_totp_secret
from allauth.mfa.utils import is_mfa_enabled
from django.db import IntegrityError, transaction

from motcua.accounts.commands.grants import Period, end_grant, grant_role
from motcua.accounts.commands.open_account import AccountDetails, UsernameTaken, open_account
from motcua.accounts.commands.second_factor import set_second_factor
from motcua.accounts.commands.tokens import LIFETIME, digest_of, issue_token, revoke_tokens
from motcua.accounts.facts import grants_of
from motcua.accounts.models import ApiToken, Grant, User
from motcua.kernel.models import EventRecord
from motcua.rules.permissions import Role
from tests.make import MONDAY, make_officer, make_unit, make_user

pytestmark = pytest.mark.django_db
TODAY = MONDAY.date()
LAN = AccountDetails(
    username="lan", full_name="Lò Thị Lan", email="Lan@Example.com", phone="0900000001", password="mot-mat-khau-dai"
)


def test_an_opened_account_can_sign_in_and_its_address_is_confirmed() -> None:
    user = open_account(details=LAN, by=None, at=MONDAY)

    assert user.check_password("mot-mat-khau-dai")
    assert EmailAddress.objects.get(user=user).verified
    assert EventRecord.objects.get(subject=user.record_subject).kind == "AccountOpened"
    assert (user.get_full_name(), user.get_short_name(), user.display_name) == ("Lò Thị Lan", "Lan", "Lò Thị Lan")


def test_a_user_name_is_given_once() -> None:
    open_account(details=LAN, by=None, at=MONDAY)

    with pytest.raises(UsernameTaken, match="lan"):
        open_account(details=LAN, by=None, at=MONDAY)


def test_one_address_belongs_to_one_account_in_any_case() -> None:
    make_user(username="a")
    User.objects.filter(username="a").update(email="x@example.com")

    with pytest.raises(IntegrityError, match="user_one_per_email"), transaction.atomic():
        User.objects.create_user(username="b", email="X@example.com")


def test_a_role_is_granted_once_and_holds_from_its_day() -> None:
    user, unit = make_user(), make_unit()
    admin = make_officer(Role.ADMINISTRATOR, unit)
    for _ in range(2):
        grant_role(user=user, unit=unit, role=Role.SIGNER, period=Period(TODAY), by=admin, at=MONDAY)

    assert [grant.role for grant in grants_of(user, TODAY)] == [Role.SIGNER]
    assert grants_of(user, TODAY - timedelta(days=1)) == ()
    assert EventRecord.objects.filter(subject=user.record_subject, kind="RoleGranted").count() == 1


def test_an_ended_grant_is_kept_with_its_end() -> None:
    unit = make_unit()
    user, admin = make_officer(Role.SIGNER, unit), make_officer(Role.ADMINISTRATOR, unit)
    end_grant(grant=Grant.objects.get(user=user), valid_until=date(2026, 3, 9), by=admin, at=MONDAY)

    assert len(grants_of(user, date(2026, 3, 8))) == 1
    assert grants_of(user, date(2026, 3, 9)) == ()


def test_an_account_that_is_closed_has_no_rights() -> None:
    user = make_officer(Role.SIGNER, make_unit())
    user.is_active = False

    assert grants_of(user, TODAY) == ()


def test_a_grant_cannot_end_before_it_starts() -> None:
    user = make_officer(Role.SIGNER, make_unit())

    with pytest.raises(IntegrityError, match="grant_ends_no_earlier"), transaction.atomic():
        Grant.objects.filter(user=user).update(valid_until=date(2019, 1, 1))


def test_a_token_is_shown_once_and_kept_as_a_hash() -> None:
    user = make_user()

    token = issue_token(user=user, name="máy quét", at=MONDAY)

    row = ApiToken.objects.get()
    assert token not in (row.digest, row.name)
    assert row.digest == digest_of(token)
    assert row.expires_at == MONDAY + LIFETIME
    assert token not in str(list(EventRecord.objects.values_list("payload", flat=True)))


def test_all_tokens_of_a_user_are_revoked_at_once_and_once() -> None:
    user, other = make_user(), make_user()
    for person in (user, user, other):
        issue_token(user=person, name="máy quét", at=MONDAY)

    assert [revoke_tokens(user=user, at=MONDAY) for _ in range(2)] == [2, 0]
    assert [row.user for row in ApiToken.objects.usable(MONDAY)] == [other]
    assert EventRecord.objects.filter(subject=user.record_subject, kind="TokensRevoked").count() == 1


def test_a_token_past_its_end_or_revoked_is_of_no_use() -> None:
    user = make_user()
    issue_token(user=user, name="a", at=MONDAY)
    issue_token(user=user, name="b", at=MONDAY)
    ApiToken.objects.filter(name="b").update(revoked_at=MONDAY)

    assert [row.name for row in ApiToken.objects.usable(MONDAY)] == ["a"]
    assert not ApiToken.objects.usable(MONDAY + LIFETIME).exists()


def test_a_second_factor_replaces_the_one_before() -> None:
    user = make_user()
    for _ in range(2):
        set_second_factor(user=user, secret=generate_totp_secret(), at=MONDAY)

    assert is_mfa_enabled(user)
    assert Authenticator.objects.filter(user=user).count() == 1
