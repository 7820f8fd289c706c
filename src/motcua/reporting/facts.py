"""What a dossier counts as, as commands and queries both need it."""

from motcua.dossiers.queries.counted import CountedRow
from motcua.reporting.models import DossierTally
from motcua.rules.settlement_figures import figures_of


def as_tally(row: CountedRow) -> DossierTally:
    """Return what a dossier counts as, not saved."""
    changes = list(figures_of(row.dossier, row.way).changes())
    return DossierTally(
        dossier_id=row.dossier_id,
        unit_id=row.unit_id,
        procedure_id=row.procedure_id,
        days=[change.on for change in changes],
        measures=[change.measure.value for change in changes],
        counts=[change.count for change in changes],
    )
