"""How many people ask for a procedure."""

from datetime import datetime

from motcua.catalogue.models import Procedure
from motcua.dossiers.models import Dossier


def handed_in(procedure: Procedure, *, since: datetime) -> int:
    """Return how many dossiers of `procedure`, under any of its versions, were handed in at `since` or later."""
    return Dossier.objects.filter(procedure_version__procedure=procedure, submitted_at__gte=since).count()
