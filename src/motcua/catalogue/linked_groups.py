"""Linked groups as they can be applied for: where, by whom each leg is settled, and which a visitor may mean."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q

from motcua.catalogue.models import GroupLeg, LinkedGroup, Offering, ProcedureVersion, RequiredPaper, Workflow
from motcua.catalogue.querysets import OfferingQuerySet
from motcua.organisations.models import Unit, UnitLevel
from motcua.rules.declarations import as_stored, from_stored
from motcua.rules.linked import LEAD
from motcua.rules.linked_papers import asked_fields, asked_position, asks_paper
from motcua.rules.vietnamese import search_key


@dataclass(frozen=True, slots=True)
class LegOffer:
    """Under what a leg is settled when the whole is taken in at one desk."""

    leg: GroupLeg
    version: ProcedureVersion
    workflow: Workflow
    competent_unit: Unit


@dataclass(frozen=True, slots=True)
class GroupOffer:
    """A group at one desk: what the leading leg is filed under, and every leg in the order of its number."""

    group: LinkedGroup
    offering: Offering
    legs: tuple[LegOffer, ...]


def groups_with(procedure_id: int, on: date) -> list[LinkedGroup]:
    """Return the groups in force on `on` that the procedure belongs to, in Vietnamese order."""
    return list(LinkedGroup.objects.on(on).filter(legs__procedure=procedure_id).order_by("sort_key", "pk"))


def groups_found(text: str, on: date) -> list[LinkedGroup]:
    """Return the groups in force on `on` in whose names all the words of `text` occur, accents left aside."""
    words = set(search_key(text).split())
    groups = LinkedGroup.objects.on(on).order_by("sort_key", "pk")
    return [group for group in groups if words and words <= set(group.search_key.split())]


def groups_of_life_event(name: str, on: date) -> list[LinkedGroup]:
    """Return the groups in force on `on` that belong to one event of life."""
    return list(LinkedGroup.objects.on(on).filter(life_events__contains=[name]).order_by("sort_key", "pk"))


@dataclass(frozen=True, slots=True)
class GroupContent:
    """What is asked for a leg on its own: questions and papers, each by what it is asked under (`linked_papers`)."""

    leg: GroupLeg
    version: ProcedureVersion
    questions: tuple[tuple[str, dict[str, Any]], ...]
    papers: tuple[tuple[int, RequiredPaper], ...]


def group_content(group: LinkedGroup, on: date) -> list[GroupContent]:
    """Return what each leg asks by the versions in force on `on`, in the order of the legs; without those not."""
    legs = list(group.legs.order_by("number"))
    found = ProcedureVersion.objects.on(on).filter(procedure__in=[leg.procedure_id for leg in legs])
    rows = found.select_related("procedure").prefetch_related("papers")
    versions = {version.procedure_id: version for version in rows}
    return [_content(leg, versions[leg.procedure_id]) for leg in legs if leg.procedure_id in versions]


def _content(leg: GroupLeg, version: ProcedureVersion) -> GroupContent:
    sharing = leg.as_rule()
    papers = sorted(version.papers.all(), key=lambda paper: paper.position)
    return GroupContent(
        leg=leg,
        version=version,
        questions=tuple(
            (field.key, as_stored(field))
            for field in asked_fields(sharing, [from_stored(field) for field in version.declaration])
        ),
        papers=tuple(
            (asked_position(leg.number, paper.position), paper)
            for paper in papers
            if not paper.is_note and asks_paper(sharing, paper.position)
        ),
    )


def group_offers(group: LinkedGroup, on: date) -> list[GroupOffer]:
    """Return where the whole group can be applied for on `on`, by the Vietnamese name of the desk.

    A leg is settled by whoever decides it for that desk; a procedure that the desk does not take in is settled by the
    one provincial body that decides it (a link between levels).
    """
    legs = list(group.legs.select_related("procedure").order_by("number"))
    return _offers(group, legs, _what_there_is(legs, Offering.objects.on(on), on))


def groups_at(desk: Unit, on: date, text: str = "") -> list[GroupOffer]:
    """Return what groups `desk` takes in on `on`: all, or those in whose names all the words of `text` occur.

    In Vietnamese order; a group stands once for each unit that decides its leading leg.
    """
    groups = groups_found(text, on) if text.strip() else list(LinkedGroup.objects.on(on).order_by("sort_key", "pk"))
    rows = GroupLeg.objects.filter(group__in=groups).select_related("procedure").order_by("number")
    by_group: dict[int, list[GroupLeg]] = {group.pk: [] for group in groups}
    for leg in rows:
        by_group[leg.group_id].append(leg)
    settling_here = Q(receiving_unit=desk) | Q(receiving_unit__level=UnitLevel.PROVINCE)
    there = _what_there_is(rows, Offering.objects.on(on).filter(settling_here), on)
    every = [offer for group in groups for offer in _offers(group, by_group[group.pk], there)]
    return [offer for offer in every if offer.offering.receiving_unit_id == desk.pk]


def group_offer(group: LinkedGroup, offering: Offering, on: date) -> GroupOffer | None:
    """Return the group at the desk of `offering`, which is of the leading procedure; None where it is not whole."""
    return next((offer for offer in group_offers(group, on) if offer.offering.pk == offering.pk), None)


def _offers(group: LinkedGroup, legs: Sequence[GroupLeg], there: "_There") -> list[GroupOffer]:
    lead = next(leg for leg in legs if leg.number == LEAD)
    offers = []
    for offering in there.offerings:
        if offering.procedure_id == lead.procedure_id:
            found = [_leg_offer(leg, offering, there) for leg in legs]
            settled = tuple(leg for leg in found if leg is not None)
            if len(settled) == len(legs):
                offers.append(GroupOffer(group, offering, settled))
    return offers


@dataclass(frozen=True, slots=True)
class _There:
    """What there is of the procedures of a group: desks, versions by procedure, processes by procedure and unit."""

    offerings: Sequence[Offering]
    versions: Mapping[int, ProcedureVersion]
    processes: Mapping[tuple[int, int | None], Workflow]


def _what_there_is(legs: Iterable[GroupLeg], offered: OfferingQuerySet, on: date) -> _There:
    procedures = [leg.procedure_id for leg in legs]
    offerings = offered.filter(procedure__in=procedures)
    versions = ProcedureVersion.objects.on(on).filter(procedure__in=procedures)
    processes = Workflow.objects.on(on).filter(procedure__in=procedures)
    related = ("procedure", "competent_unit", "receiving_unit__parent")
    return _There(
        offerings=list(offerings.select_related(*related).by_receiving_unit()),
        versions={
            version.procedure_id: version
            for version in versions.select_related("procedure").prefetch_related("channels")
        },
        processes={(row.procedure_id, row.unit_id): row for row in processes},
    )


def _leg_offer(leg: GroupLeg, offering: Offering, there: _There) -> LegOffer | None:
    version = there.versions.get(leg.procedure_id)
    unit = _settled_by(leg, offering, there.offerings)
    if version is None or unit is None:
        return None
    own = there.processes.get((leg.procedure_id, unit.pk))
    process = own or there.processes.get((leg.procedure_id, None))
    return LegOffer(leg, version, process, unit) if process else None


def _settled_by(leg: GroupLeg, offering: Offering, offerings: Iterable[Offering]) -> Unit | None:
    if leg.procedure_id == offering.procedure_id:
        return offering.competent_unit
    ours = [one for one in offerings if one.procedure_id == leg.procedure_id]
    here = [one.competent_unit for one in ours if one.receiving_unit_id == offering.receiving_unit_id]
    at_the_top = [one.competent_unit for one in ours if one.receiving_unit.level == UnitLevel.PROVINCE]
    above = {unit.pk: unit for unit in at_the_top}
    if here:
        return here[0]
    return next(iter(above.values())) if len(above) == 1 else None
