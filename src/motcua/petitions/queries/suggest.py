"""Which unit a petition may be about: learned from what each unit decides, shown with why, never done (E-03)."""

from dataclasses import dataclass
from datetime import date

from motcua.catalogue.models import Offering, ProcedureVersion
from motcua.organisations.models import Unit, UnitKind
from motcua.petitions.models import Petition
from motcua.petitions.queries.units import units_petitioned
from motcua.rules.petition_suggestion import Decides, suggest_units
from motcua.rules.vietnamese import search_key


@dataclass(frozen=True, slots=True)
class SuggestedUnit:
    """A unit with its reasons: the dossier is its own, the text names it, it decides procedures with such names."""

    code: str
    name: str
    decides_dossier: bool
    is_named: bool
    titles: tuple[str, ...]


def suggested_units(petition: Petition, *, on: date) -> tuple[SuggestedUnit, ...]:
    """Return up to four units the petition may be about, the likeliest first.

    Candidates are the departments, the unit that has it, the one whose dossier it names, and communes named in it.
    """
    said = f"{petition.text} {petition.place}"
    own = petition.dossier.competent_unit_id if petition.dossier else None
    units = {unit.pk: unit for unit in _candidates(petition, said, own, on)}
    offered = Offering.objects.on(on).filter(competent_unit__in=units)
    decided = set(offered.values_list("procedure", "competent_unit"))
    titles = dict(
        ProcedureVersion.objects.on(on)
        .filter(procedure__in={procedure for procedure, _ in decided})
        .values_list("procedure", "title")
    )
    catalogue = [Decides(unit, titles[procedure]) for procedure, unit in sorted(decided) if procedure in titles]
    names = {pk: unit.name for pk, unit in units.items()}
    found = {one.unit_id: one for one in suggest_units(said, catalogue, names)}
    order = [own, *(pk for pk in found if pk != own)] if own is not None else list(found)
    return tuple(
        SuggestedUnit(
            code=units[pk].code,
            name=units[pk].authority_name,
            decides_dossier=pk == own,
            is_named=pk in found and found[pk].is_named,
            titles=found[pk].titles if pk in found else (),
        )
        for pk in order
    )


def _candidates(petition: Petition, said: str, own: int | None, on: date) -> list[Unit]:
    key = f" {search_key(said)} "
    units = [
        unit
        for unit in units_petitioned(on)
        if unit.kind == UnitKind.DEPARTMENT or unit.pk in {own, petition.unit_id} or f" {unit.search_key} " in key
    ]
    known = {unit.pk for unit in units}
    missing = {pk for pk in (own, petition.unit_id) if pk is not None} - known
    return units + list(Unit.objects.filter(pk__in=missing).order_by("pk"))
