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
    """An account was made for a user by an administrator."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SecondFactorSet(Event):
    """A user got a new second factor."""
