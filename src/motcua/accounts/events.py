"""What can happen to an account."""

from dataclasses import dataclass
from datetime import date, datetime

from motcua.kernel.events import Event
from motcua.rules.permissions import Role


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleGranted(Event):
    """A user was entrusted with a role in a unit."""

    role: Role
    unit: str
    valid_from: date
    valid_until: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleRevoked(Event):
    """A grant ends on `valid_until`, exclusive."""

    role: Role
    unit: str
    valid_until: date


@dataclass(frozen=True, slots=True, kw_only=True)
class DutiesDelegated(Event):
    """A colleague acts in an absent user's roles, from a day until before another; both are named by number."""

    deputy: str
    valid_from: date
    valid_until: date


@dataclass(frozen=True, slots=True, kw_only=True)
class DelegationEnded(Event):
    """The absent user is back, or another arrangement was made: the deputy acts no more from `valid_until` on."""

    deputy: str
    valid_until: date


@dataclass(frozen=True, slots=True, kw_only=True)
class TokenIssued(Event):
    """A bearer token was made for a user."""

    name: str
    expires_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class TokensRevoked(Event):
    """The bearer tokens a user still had were revoked."""

    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountOpened(Event):
    """An account was made: by the person it is for (who is then the actor), or by an administrator."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PasswordChanged(Event):
    """A user has a new password; nobody acts when it was set through a link instead of after signing in."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PasswordLinkIssued(Event):
    """A link was made through which the password of a user can be set once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EmailConfirmed(Event):
    """A user proved an e-mail address by the code sent to it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PrimaryEmailChosen(Event):
    """A user chose another of their confirmed addresses for letters."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EmailRemoved(Event):
    """A user took an e-mail address away."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SecondFactorSet(Event):
    """A user got a new second factor, and with a first one recovery codes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SecondFactorRemoved(Event):
    """A user gave up the second factor, and with it the recovery codes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RecoveryCodesMade(Event):
    """A user got new recovery codes; the old ones are worthless."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RolesBroughtIn(Event):
    """Roles that units need came in a configuration package; the subject is `roles`.

    `package` is the SHA-256 of its manifest.
    """

    package: str
    item_count: int
