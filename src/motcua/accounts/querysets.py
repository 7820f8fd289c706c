"""Filters over grants and tokens."""

from datetime import date, datetime
from typing import TYPE_CHECKING

from django.apps import apps
from django.db import models

from motcua.rules.permissions import NEVER_DELEGATED

if TYPE_CHECKING:
    from motcua.accounts.models import ApiToken, Delegation, Grant  # named in the type parameters below


class GrantQuerySet(models.QuerySet["Grant"]):
    """Chainable filters over grants."""

    def on(self, day: date) -> "GrantQuerySet":
        """Keep the grants in force on `day`."""
        return self.filter(models.Q(valid_until=None) | models.Q(valid_until__gt=day), valid_from__lte=day)

    def acted_in_by(self, user_id: int, day: date) -> "GrantQuerySet":
        """Keep the grants in force on `day` that somebody holds, or acts in for a colleague who is absent that day."""
        absent = apps.get_model("accounts", "Delegation").objects.on(day).filter(deputy=user_id).values("absent")
        lent = models.Q(user__in=absent) & ~models.Q(role__in=sorted(NEVER_DELEGATED))
        return self.on(day).filter(models.Q(user=user_id) | lent).order_by("pk")

    def not_ended(self, day: date) -> "GrantQuerySet":
        """Keep the grants in force on `day` or later; not those revoked before they began."""
        still_holds = models.Q(valid_until__gt=day) & models.Q(valid_until__gt=models.F("valid_from"))
        return self.filter(models.Q(valid_until=None) | still_holds)


class DelegationQuerySet(models.QuerySet["Delegation"]):
    """Chainable filters over delegations."""

    def on(self, day: date) -> "DelegationQuerySet":
        """Keep those in force on `day`."""
        return self.filter(valid_from__lte=day, valid_until__gt=day)

    def not_ended(self, day: date) -> "DelegationQuerySet":
        """Keep those in force on `day` or later."""
        return self.filter(models.Q(valid_until__gt=day) & models.Q(valid_until__gt=models.F("valid_from")))


class ApiTokenQuerySet(models.QuerySet["ApiToken"]):
    """Chainable filters over tokens."""

    def usable(self, at: datetime) -> "ApiTokenQuerySet":
        """Keep the tokens neither expired nor revoked at `at`."""
        return self.filter(expires_at__gt=at, revoked_at=None, user__is_active=True)
