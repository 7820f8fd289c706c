"""Filters over grants and tokens."""

from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import models

if TYPE_CHECKING:
    from motcua.accounts.models import ApiToken, Grant  # named in the type parameters below


class GrantQuerySet(models.QuerySet["Grant"]):
    """Chainable filters over grants."""

    def on(self, day: date) -> "GrantQuerySet":
        """Keep the grants in force on `day`."""
        return self.filter(models.Q(valid_until=None) | models.Q(valid_until__gt=day), valid_from__lte=day)

    def not_ended(self, day: date) -> "GrantQuerySet":
        """Keep the grants in force on `day` or later; not those revoked before they began."""
        still_holds = models.Q(valid_until__gt=day) & models.Q(valid_until__gt=models.F("valid_from"))
        return self.filter(models.Q(valid_until=None) | still_holds)


class ApiTokenQuerySet(models.QuerySet["ApiToken"]):
    """Chainable filters over tokens."""

    def usable(self, at: datetime) -> "ApiTokenQuerySet":
        """Keep the tokens neither expired nor revoked at `at`."""
        return self.filter(expires_at__gt=at, revoked_at=None, user__is_active=True)
