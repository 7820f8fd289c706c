"""What a desk can take at its counter."""

from dataclasses import dataclass
from datetime import date

from motcua.catalogue.models import Offering, ProcedureVersion
from motcua.catalogue.search import find_procedures
from motcua.organisations.models import Unit

AT_MOST = 100


@dataclass(frozen=True, slots=True)
class CounterChoice:
    """One procedure at one desk, with the unit that decides; codes name the address of its form."""

    desk_code: str
    procedure_code: str
    title: str
    competent_code: str
    competent: str


def offered_at(desk: Unit, *, on: date, text: str = "") -> tuple[CounterChoice, ...]:
    """Return up to 100 procedures `desk` receives on `on`: those `text` finds, the best first, or all by title."""
    offerings = Offering.objects.on(on).received_by(desk).select_related("procedure", "competent_unit")
    if not text.strip():
        rows = list(offerings.order_by("procedure__sort_key", "procedure__code", "competent_unit__code")[:AT_MOST])
    else:
        order = {hit.code: place for place, hit in enumerate(find_procedures(text, on=on, unit=desk))}
        rows = sorted(offerings.filter(procedure__code__in=order), key=lambda row: order[row.procedure.code])
    return tuple(
        CounterChoice(
            desk_code=desk.code,
            procedure_code=row.procedure.code,
            title=row.procedure.title,
            competent_code=row.competent_unit.code,
            competent=row.competent_unit.authority_name,
        )
        for row in rows
    )


def version_asked(offering: Offering, on: date) -> ProcedureVersion | None:
    """Return what the procedure of `offering` asks on `on`, with its papers loaded; None when it is not in force."""
    versions = ProcedureVersion.objects.on(on).filter(procedure=offering.procedure_id)
    return versions.prefetch_related("papers").first()
