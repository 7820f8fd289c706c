"""Keep on record what the rules allow only as an exception, or what came too late."""

from datetime import datetime

from motcua.accounts.models import User
from motcua.dossiers.models import Dossier, IrregularAct
from motcua.rules.irregularities import Irregularity


def note_irregularity(
    dossier: Dossier, kind: Irregularity, *, by: User | None, at: datetime, reason: str = ""
) -> IrregularAct:
    """Write the irregularity down beside the act; part of the act's own transaction and event."""
    return IrregularAct.objects.create(dossier=dossier, kind=kind.value, by=by, at=at, reason=reason)
