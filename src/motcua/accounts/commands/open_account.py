"""Open an account for an official."""

from dataclasses import dataclass
from datetime import datetime

from allauth.account.models import EmailAddress
from django.db import transaction

from motcua.accounts.events import AccountOpened
from motcua.accounts.models import User
from motcua.kernel import events


class UsernameTaken(Exception):
    """An account of that user name stands already."""

    def __init__(self, username: str) -> None:
        super().__init__(username)
        self.username = username


@dataclass(frozen=True, slots=True)
class AccountDetails:
    """What an account starts with; `password` is as typed."""

    username: str
    full_name: str
    email: str
    phone: str
    password: str


@transaction.atomic
def open_account(*, details: AccountDetails, by: User | None, at: datetime) -> User:
    """Make the account; the address counts as confirmed, since whoever opens the account vouches for it.

    Raises `UsernameTaken`.
    """
    if User.objects.filter(username=details.username).exists():
        raise UsernameTaken(details.username)
    user = User.objects.create_user(
        username=details.username,
        email=details.email,
        password=details.password,
        full_name=details.full_name,
        phone=details.phone,
    )
    if details.email:
        EmailAddress.objects.create(user=user, email=details.email.lower(), verified=True, primary=True)
    events.record(AccountOpened(subject=user.record_subject), actor=by, at=at)
    return user
