"""Which dossiers a visitor may open: their account's, those begun in this browser, those they have proved to be theirs.

Two degrees, both kept in the session only: *owning* opens everything; *having looked up* by code and PIN opens the
public status and nothing personal. Every other dossier is answered as if it did not exist.
"""

from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q
from django.http import Http404, HttpRequest
from django.utils import timezone

from motcua.accounts.models import User
from motcua.dossiers.models import Dossier
from motcua.dossiers.querysets import DossierQuerySet

PROVED_FOR = timedelta(hours=1)
_BEGUN = "begun_drafts"
_PROVED = "proved_dossiers"
_LOOKED_UP = "looked_up_dossiers"


def citizen(request: HttpRequest) -> User | None:
    """Return who is signed in, None for a guest."""
    return request.user if isinstance(request.user, User) else None


def dossiers_of(request: HttpRequest) -> DossierQuerySet:
    """Return what this visitor owns; of a linked application every leg."""
    keys = request.session.get(_BEGUN, [])
    mine = Q(draft_key__in=keys) | Q(reference__in=_still_proved(request, _PROVED))
    user = citizen(request)
    if user is not None:
        mine |= Q(owner=user.pk)
    begun = Dossier.objects.filter(mine, linked_application__isnull=False)
    return Dossier.objects.filter(mine | Q(linked_application__in=begun.values("linked_application")))


def dossier_for(request: HttpRequest, code: str) -> Dossier:
    """Return the dossier of that public code if this visitor owns it; otherwise the page does not exist."""
    dossier = dossiers_of(request).with_public_code(code).for_page().first()
    if dossier is None:
        raise Http404
    return dossier


def looked_up_dossier(request: HttpRequest, code: str) -> Dossier | None:
    """Return the dossier of that public code if this visitor has looked it up or owns it; else None."""
    seen = Dossier.objects.submitted().filter(reference__in=_still_proved(request, _LOOKED_UP))
    dossier = seen.with_public_code(code).for_page().first()
    return dossier or dossiers_of(request).submitted().with_public_code(code).for_page().first()


def owns(request: HttpRequest, dossier: Dossier) -> bool:
    """Tell whether this visitor owns `dossier`."""
    return dossiers_of(request).filter(pk=dossier.pk).exists()


def keep_begun(request: HttpRequest, dossier: Dossier) -> None:
    """Remember in this browser a dossier that a guest began here."""
    begun: list[str] = request.session.setdefault(_BEGUN, [])
    if str(dossier.draft_key) not in begun:
        request.session[_BEGUN] = [*begun, str(dossier.draft_key)]


def keep_proved(request: HttpRequest, dossier: Dossier) -> None:
    """Remember for an hour that this visitor proved by a one-time code that `dossier` is theirs."""
    _remember(request, _PROVED, dossier)


def keep_looked_up(request: HttpRequest, dossier: Dossier) -> None:
    """Remember for an hour that this visitor knows code and PIN of `dossier`."""
    _remember(request, _LOOKED_UP, dossier)


def forget(request: HttpRequest, dossier: Dossier) -> None:
    """Leave nothing of `dossier` in this browser: the machine may be shared."""
    begun = request.session.get(_BEGUN, [])
    request.session[_BEGUN] = [key for key in begun if key != str(dossier.draft_key)]
    for name in (_PROVED, _LOOKED_UP):
        kept = request.session.get(name, {})
        request.session[name] = {code: moment for code, moment in kept.items() if code != dossier.reference}


def has_own(request: HttpRequest) -> bool:
    """Tell whether this browser keeps anything to go back to, without asking the database."""
    return bool(request.session.get(_BEGUN)) or bool(_still_proved(request, _PROVED))


def _remember(request: HttpRequest, name: str, dossier: Dossier) -> None:
    kept: dict[str, Any] = request.session.get(name, {})
    request.session[name] = {**kept, dossier.reference: timezone.now().isoformat()}


def _still_proved(request: HttpRequest, name: str) -> list[str]:
    kept: dict[str, str] = request.session.get(name, {})
    since = timezone.now() - PROVED_FOR
    return [reference for reference, moment in kept.items() if datetime.fromisoformat(moment) > since]
