"""Look a petition up by its code and PIN, without an account; guessing is slowed down as for dossiers."""

import hmac
from datetime import datetime

from motcua.dossiers.commands.callers import caller_digest
from motcua.dossiers.commands.look_up import LookupLocked, LookupRefused, refuse_if_locked, remember_failure
from motcua.petitions.models import Petition

__all__ = ["LookupLocked", "LookupRefused", "look_up_petition"]


def look_up_petition(*, code: str, pin: str, at: datetime, client: str = "") -> Petition:
    """Return the received petition of that code and PIN; raises `LookupRefused` or `LookupLocked`.

    Whether it was the code or the PIN is not told. `client` is the network address asked from.
    """
    clean, place = "".join(code.split()).upper()[:64], caller_digest(client)
    refuse_if_locked(clean, place, at)
    petition = Petition.objects.received().select_related("unit").filter(code=clean).first()
    if petition is None or not hmac.compare_digest(petition.pin.encode(), pin.strip().encode()):
        remember_failure(clean, place, at)
        raise LookupRefused
    return petition
