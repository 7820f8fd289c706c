"""Who is calling: bearer tokens, and what their owners may reach.

A token stands for the password and the second factor together: it is made on the server for one person, shown once,
good for 90 days, and only its SHA-256 is kept. What its owner is entrusted with is read anew for each request.
"""

from dataclasses import dataclass
from datetime import date, datetime

from django.http import Http404, HttpRequest
from django.utils import timezone
from ninja.security import HttpBearer

from motcua.accounts.commands.tokens import digest_of
from motcua.accounts.facts import grants_of
from motcua.accounts.models import ApiToken, User
from motcua.dossiers.models import Dossier
from motcua.dossiers.querysets import DossierQuerySet
from motcua.rules.permissions import RoleGrant


class NoRoleToday(Exception):
    """The caller holds no role on the day of the request."""


_OF_AN_ACT = ("reference", "linked_application", "leg_number")
"""All that a command asks of the dossier it is given: it loads the rest itself, under its lock."""


@dataclass(frozen=True, slots=True)
class Caller:
    """The owner of the token, and the moment of the request."""

    user: User
    at: datetime

    @property
    def today(self) -> date:
        """The day of the request at Hà Nội."""
        return timezone.localdate(self.at)

    def own_dossier(self, code: str) -> Dossier:
        """Return the caller's own dossier of that public code; anybody else's is not found."""
        dossier = Dossier.objects.owned_by(self.user.pk).with_public_code(code).for_page().first()
        if dossier is None:
            raise Http404
        return dossier


@dataclass(frozen=True, slots=True)
class Officer(Caller):
    """An official, with what they are entrusted with today."""

    grants: tuple[RoleGrant, ...]

    def dossier(self, code: str) -> Dossier:
        """Return the dossier of that public code, loaded for a page; one the official may not see is not found."""
        return _only(self._seen(code).for_page())

    def dossier_seen(self, code: str) -> Dossier:
        """Return the same with nothing but what an act asks of it."""
        return _only(self._seen(code).only(*_OF_AN_ACT))

    def dossier_once_theirs(self, code: str) -> Dossier:
        """Return a dossier to act on, with nothing but what an act asks: one the official may see, or once held.

        The act itself refuses what is no longer theirs, and tells who was quicker.
        """
        asked = Dossier.objects.with_public_code(code)
        reachable = asked.reachable_by(self.grants, actor_id=self.user.pk, on=self.today)
        return _only(reachable.only(*_OF_AN_ACT))

    def visible(self) -> DossierQuerySet:
        """Return the dossiers the official may see."""
        return Dossier.objects.visible_to(self.grants, actor_id=self.user.pk, on=self.today)

    def _seen(self, code: str) -> DossierQuerySet:
        # The code first: what may be seen is then asked of one row.
        asked = Dossier.objects.with_public_code(code)
        return asked.visible_to(self.grants, actor_id=self.user.pk, on=self.today)


class Asked(HttpRequest):
    """A request whose token was good."""

    auth: Caller


class AskedByOfficer(HttpRequest):
    """A request of an official."""

    auth: Officer


class BearerToken(HttpBearer):
    """A token of any account: `Authorization: Bearer mc_…`."""

    openapi_description = "A token made by `motcua token USERNAME`; good for 90 days."

    def authenticate(self, request: HttpRequest, token: str) -> Caller | None:  # noqa: ARG002 - Ninja gives it
        """Return the caller; None for a token that is unknown, expired or revoked."""
        at = timezone.now()
        found = ApiToken.objects.usable(at).select_related("user").filter(digest=digest_of(token)).first()
        return Caller(user=found.user, at=at) if found else None


class OfficerToken(BearerToken):
    """A token of an official who holds a role today."""

    def authenticate(self, request: HttpRequest, token: str) -> Officer | None:
        """Return the official; raises `NoRoleToday`."""
        caller = super().authenticate(request, token)
        if caller is None:
            return None
        grants = grants_of(caller.user, caller.today)
        if not grants:
            raise NoRoleToday
        return Officer(user=caller.user, at=caller.at, grants=grants)


def _only(dossiers: DossierQuerySet) -> Dossier:
    found = dossiers.first()
    if found is None:
        raise Http404
    return found
