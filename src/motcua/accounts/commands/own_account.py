"""What people do to their own account: open it, change its password, its addresses and its second factor.

The pages of these acts are django-allauth's. Where it lets us write, the command writes; where it writes itself,
`recorded` surrounds the act and tells from what changed what was done.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.db import transaction

from motcua.accounts.events import (
    AccountOpened,
    EmailConfirmed,
    EmailRemoved,
    PasswordChanged,
    PrimaryEmailChosen,
    RecoveryCodesMade,
    SecondFactorRemoved,
    SecondFactorSet,
)
from motcua.accounts.models import User
from motcua.kernel import events


@transaction.atomic
def open_own_account(*, user: User, at: datetime) -> User:
    """Save the new `user`, who opens the account for themselves."""
    user.save(force_insert=True)
    events.record(AccountOpened(subject=user.record_subject), actor=user, at=at)
    return user


@transaction.atomic
def change_password(*, user: User, password: str, by: User | None, at: datetime) -> None:
    """Give `user` a new password, as typed; `by` is None when it is set through a link."""
    User.objects.select_for_update(of=("self",)).get(pk=user.pk)
    user.set_password(password)
    user.save(update_fields=["password"])
    events.record(PasswordChanged(subject=user.record_subject), actor=by, at=at)


@contextmanager
def recorded(user: User, *, by: User | None, at: datetime) -> Iterator[None]:
    """Record, in one transaction, what the block does to the addresses and the second factor of `user`: one event."""
    with transaction.atomic():
        User.objects.select_for_update(of=("self",)).get(pk=user.pk)
        before = _holdings(user)
        yield
        event = _what_was_done(user.record_subject, before, _holdings(user))
        if event is not None:
            events.record(event, actor=by, at=at)


@dataclass(frozen=True, slots=True)
class _Holdings:
    """What an account holds, by number; 0 where there is none."""

    addresses: frozenset[int]
    confirmed: frozenset[int]
    primary: int
    totp: int
    recovery_codes: int


def _holdings(user: User) -> _Holdings:
    addresses = list(EmailAddress.objects.filter(user=user))
    factors = {factor.type: factor.pk for factor in Authenticator.objects.filter(user=user)}
    return _Holdings(
        addresses=frozenset(address.pk for address in addresses),
        confirmed=frozenset(address.pk for address in addresses if address.verified),
        primary=next((address.pk for address in addresses if address.primary), 0),
        totp=factors.get(Authenticator.Type.TOTP, 0),
        recovery_codes=factors.get(Authenticator.Type.RECOVERY_CODES, 0),
    )


def _what_was_done(subject: str, before: _Holdings, after: _Holdings) -> events.Event | None:
    """Return the act that leads from `before` to `after`; None when nothing of weight changed.

    An act takes more with it: setting the first factor makes recovery codes, confirming the first address makes it the
    primary one. So the order matters.
    """
    happened: list[tuple[bool, type[events.Event]]] = [
        (after.totp not in {0, before.totp}, SecondFactorSet),
        (after.totp != before.totp, SecondFactorRemoved),
        (after.recovery_codes != before.recovery_codes, RecoveryCodesMade),
        (not after.confirmed <= before.confirmed, EmailConfirmed),
        (not before.addresses <= after.addresses, EmailRemoved),
        (after.primary != before.primary, PrimaryEmailChosen),
    ]
    return next((kind(subject=subject) for is_so, kind in happened if is_so), None)
