"""Open an account for somebody, and give out a link to set its password."""

from dataclasses import dataclass
from datetime import datetime

from allauth.account import app_settings
from allauth.account.models import EmailAddress
from allauth.account.utils import user_pk_to_url_str
from django.db import transaction

from motcua.accounts.events import AccountOpened, PasswordLinkIssued
from motcua.accounts.models import User
from motcua.kernel import events


class UsernameTaken(Exception):
    """An account of that user name stands already."""

    def __init__(self, username: str) -> None:
        super().__init__(username)
        self.username = username


class EmailTaken(Exception):
    """An account with that e-mail address stands already."""

    def __init__(self, email: str) -> None:
        super().__init__(email)
        self.email = email


@dataclass(frozen=True, slots=True)
class AccountDetails:
    """What an account starts with; `password` is as typed, empty when it is set later through a link."""

    username: str
    full_name: str
    email: str
    phone: str
    password: str


@transaction.atomic
def open_account(*, details: AccountDetails, by: User | None, at: datetime) -> User:
    """Make the account; the address counts as confirmed, since whoever opens the account vouches for it.

    Raises `UsernameTaken`, `EmailTaken`; case makes no other name and no other address.
    """
    if User.objects.filter(username__iexact=details.username).exists():
        raise UsernameTaken(details.username)
    if details.email and _has_account(details.email):
        raise EmailTaken(details.email)
    user = User.objects.create_user(
        username=details.username,
        email=details.email,
        password=details.password or None,
        full_name=details.full_name,
        phone=details.phone,
    )
    if details.email:
        EmailAddress.objects.create(user=user, email=details.email.lower(), verified=True, primary=True)
    events.record(AccountOpened(subject=user.record_subject), actor=by, at=at)
    return user


@transaction.atomic
def issue_password_link(*, user: User, by: User | None, at: datetime) -> str:
    """Return the last part of an address by which its holder sets the password of `user`: once, within three days.

    A change of the password, a sign-in or a change of the addresses makes it worthless sooner.
    """
    user = User.objects.select_for_update(of=("self",)).get(pk=user.pk)
    key = f"{user_pk_to_url_str(user)}-{app_settings.PASSWORD_RESET_TOKEN_GENERATOR().make_token(user)}"
    events.record(PasswordLinkIssued(subject=user.record_subject), actor=by, at=at)
    return key


def _has_account(email: str) -> bool:
    return (
        User.objects.filter(email__iexact=email).exists()
        or EmailAddress.objects.filter(email__iexact=email, verified=True).exists()
    )
