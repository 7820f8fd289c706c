"""Which petitions a visitor may open: their account's, those sent in this browser, those looked up by code and PIN."""

from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q
from django.http import Http404, HttpRequest
from django.utils import timezone

from motcua.petitions.models import Petition
from motcua.portal.ownership import citizen

OPEN_FOR = timedelta(hours=1)
_SENT = "sent_petitions"
_LOOKED_UP = "looked_up_petitions"


def petition_for(request: HttpRequest, code: str) -> Petition:
    """Return the petition of that code if this visitor may open it; otherwise the page does not exist."""
    mine = Q(code__in=[*request.session.get(_SENT, []), *_still_open(request)])
    user = citizen(request)
    if user is not None:
        mine |= Q(owner=user.pk)
    related = ("unit", "joined_to__unit")
    petition = Petition.objects.filter(mine, code=code).select_related(*related).first()
    if petition is None:
        raise Http404
    return petition


def sent_here(request: HttpRequest, petition: Petition) -> bool:
    """Tell whether this browser or account sent it, and so may see its PIN."""
    user = citizen(request)
    return petition.code in request.session.get(_SENT, []) or (user is not None and petition.owner_id == user.pk)


def keep_sent(request: HttpRequest, petition: Petition) -> None:
    """Remember in this browser that a guest sent it here."""
    sent: list[str] = request.session.get(_SENT, [])
    if petition.code not in sent:
        request.session[_SENT] = [*sent, petition.code]


def keep_looked_up_petition(request: HttpRequest, petition: Petition) -> None:
    """Remember for an hour that this visitor knows code and PIN."""
    kept: dict[str, Any] = request.session.get(_LOOKED_UP, {})
    request.session[_LOOKED_UP] = {**kept, petition.code: timezone.now().isoformat()}


def _still_open(request: HttpRequest) -> list[str]:
    kept: dict[str, str] = request.session.get(_LOOKED_UP, {})
    since = timezone.now() - OPEN_FOR
    return [code for code, moment in kept.items() if datetime.fromisoformat(moment) > since]
