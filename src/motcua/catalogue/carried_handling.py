"""Internal processes, desks and linked groups as a configuration package carries them: plain values, named by codes."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from motcua.catalogue.models import GroupLeg, LinkedGroup, Offering, Workflow, WorkflowStep


@dataclass(frozen=True, slots=True)
class CarriedStep:
    """One step; `unit` is the code of another agency that does it, empty where it is done at `place`."""

    code: str
    name: str
    kind: str
    role: str
    place: str
    hours: Decimal
    next_codes: tuple[str, ...]
    next_labels: tuple[str, ...]
    branching: str
    output: str
    unit: str


@dataclass(frozen=True, slots=True)
class CarriedProcess:
    """An approved internal process; `unit` is empty where it holds for every agency (B-29)."""

    procedure: str
    number: int
    unit: str
    decision_no: str
    valid_from: date
    valid_until: date | None
    submitted_at: datetime | None
    approved_at: datetime
    steps: tuple[CarriedStep, ...]


@dataclass(frozen=True, slots=True)
class CarriedDesk:
    """Who receives and who decides, by the codes of the units, for a period."""

    receiving: str
    competent: str
    valid_from: date
    valid_until: date | None


@dataclass(frozen=True, slots=True)
class CarriedOffers:
    """Where one procedure is and was offered."""

    procedure: str
    desks: tuple[CarriedDesk, ...]


@dataclass(frozen=True, slots=True)
class CarriedLeg:
    """One leg; what it shares is written as `GroupLeg` keeps it."""

    number: int
    procedure: str
    needs: tuple[int, ...]
    shared_answers: Mapping[str, str]
    shared_papers: Mapping[str, int]
    result_papers: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class CarriedGroup:
    """A linked group in one period (B-21)."""

    code: str
    valid_from: date
    valid_until: date | None
    name: str
    summary: str
    keywords: tuple[str, ...]
    life_events: tuple[str, ...]
    returns_together: bool
    waits_days: int | None
    withdrawal_ends: str
    source: str
    content_hash: str
    legs: tuple[CarriedLeg, ...]


def carried_processes() -> list[CarriedProcess]:
    """Return the approved processes by procedure and number."""
    rows = Workflow.objects.filter(approved_at__isnull=False).select_related("procedure", "unit")
    found = rows.prefetch_related("steps__unit").order_by("procedure__code", "number")
    return [_process(row) for row in found]


def _process(row: Workflow) -> CarriedProcess:
    assert row.approved_at is not None
    return CarriedProcess(
        procedure=row.procedure.code,
        number=row.number,
        unit=row.unit.code if row.unit else "",
        decision_no=row.decision_no,
        valid_from=row.valid_from,
        valid_until=row.valid_until,
        submitted_at=row.submitted_at,
        approved_at=row.approved_at,
        steps=tuple(_step(step) for step in sorted(row.steps.all(), key=lambda step: step.position)),
    )


def _step(row: WorkflowStep) -> CarriedStep:
    return CarriedStep(
        code=row.code,
        name=row.name,
        kind=row.kind,
        role=row.role,
        place=row.place,
        hours=row.hours,
        next_codes=tuple(row.next_codes),
        next_labels=tuple(row.next_labels),
        branching=row.branching,
        output=row.output,
        unit=row.unit.code if row.unit else "",
    )


def carried_offers() -> list[CarriedOffers]:
    """Return the desks of every procedure that has any, by its code."""
    desks: dict[str, list[CarriedDesk]] = {}
    for row in Offering.objects.select_related("procedure", "receiving_unit", "competent_unit"):
        desk = CarriedDesk(row.receiving_unit.code, row.competent_unit.code, row.valid_from, row.valid_until)
        desks.setdefault(row.procedure.code, []).append(desk)
    return [
        CarriedOffers(code, tuple(sorted(desks[code], key=lambda one: (one.receiving, one.competent, one.valid_from))))
        for code in sorted(desks)
    ]


def carried_groups() -> list[CarriedGroup]:
    """Return the linked groups by code and first day."""
    rows = LinkedGroup.objects.prefetch_related("legs__procedure").order_by("code", "valid_from")
    return [_group(row) for row in rows]


def _group(row: LinkedGroup) -> CarriedGroup:
    return CarriedGroup(
        code=row.code,
        valid_from=row.valid_from,
        valid_until=row.valid_until,
        name=row.name,
        summary=row.summary,
        keywords=tuple(row.keywords),
        life_events=tuple(row.life_events),
        returns_together=row.returns_together,
        waits_days=row.waits_days,
        withdrawal_ends=row.withdrawal_ends,
        source=row.source,
        content_hash=row.content_hash,
        legs=tuple(_leg(leg) for leg in sorted(row.legs.all(), key=lambda leg: leg.number)),
    )


def _leg(row: GroupLeg) -> CarriedLeg:
    return CarriedLeg(
        number=row.number,
        procedure=row.procedure.code,
        needs=tuple(row.needs),
        shared_answers=dict(sorted(row.shared_answers.items())),
        shared_papers=dict(sorted(row.shared_papers.items())),
        result_papers=dict(sorted(row.result_papers.items())),
    )
