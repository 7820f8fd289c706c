"""What a desk can take at its counter, and what is asked for then."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from motcua.catalogue.linked_groups import group_content, groups_at
from motcua.catalogue.models import LinkedGroup, Offering, ProcedureVersion
from motcua.catalogue.search import find_procedures
from motcua.dossiers.facts import has_known_limit
from motcua.organisations.models import Unit
from motcua.rules.linked_papers import paper_mark

AT_MOST = 100


@dataclass(frozen=True, slots=True)
class CounterChoice:
    """One procedure at one desk, with the unit that decides; codes name the address of its form."""

    desk_code: str
    procedure_code: str
    title: str
    competent_code: str
    competent: str


@dataclass(frozen=True, slots=True)
class GroupChoice:
    """One linked group at one desk, with the agency that leads; codes name the address of its form."""

    desk_code: str
    group_code: str
    name: str
    competent_code: str
    competent: str
    leg_count: int


@dataclass(frozen=True, slots=True)
class AskedPaper:
    """A paper of the closed list, under the position that it is handed in at."""

    position: int
    name: str
    case: str

    @property
    def mark(self) -> str:
        """The number that people read."""
        return paper_mark(self.position)


@dataclass(frozen=True, slots=True)
class AskedFor:
    """What is asked for one procedure: its questions, by the key they are answered under, and its papers.

    `leg` is the name of the leg of a linked group; empty for a procedure of its own.
    """

    leg: str
    questions: tuple[Mapping[str, Any], ...]
    papers: tuple[AskedPaper, ...]


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


def asked_by(version: ProcedureVersion) -> tuple[AskedFor, ...]:
    """Return what a procedure of its own asks; needs its papers loaded."""
    papers = sorted(version.papers.all(), key=lambda paper: paper.position)
    listed = tuple(AskedPaper(paper.position, paper.name, paper.case) for paper in papers if not paper.is_note)
    return (AskedFor("", tuple(version.declaration), listed),)


def groups_offered_at(desk: Unit, *, on: date, text: str = "") -> tuple[GroupChoice, ...]:
    """Return the linked groups that `desk` can take on `on`: those whose names `text` finds, or all, by name (B-21)."""
    return tuple(
        GroupChoice(
            desk_code=desk.code,
            group_code=offer.group.code,
            name=offer.group.name,
            competent_code=offer.offering.competent_unit.code,
            competent=offer.offering.competent_unit.authority_name,
            leg_count=len(offer.legs),
        )
        for offer in groups_at(desk, on, text)
        if all(has_known_limit(leg.version) for leg in offer.legs)
    )


def asked_by_group(group: LinkedGroup, on: date) -> tuple[AskedFor, ...]:
    """Return what each leg of `group` asks on `on`, each answer and paper once, in the order of the legs (B-21)."""
    return tuple(
        AskedFor(
            leg=content.version.name,
            questions=tuple({**field, "key": key} for key, field in content.questions),
            papers=tuple(AskedPaper(position, paper.name, paper.case) for position, paper in content.papers),
        )
        for content in group_content(group, on)
    )
