"""Decisions that publish procedures with their deadlines, and the yearly review with what it saves (C-05 to C-16)."""

import uuid
from datetime import date
from decimal import Decimal

from django.http import Http404
from ninja import Query, Router
from pydantic import BaseModel, Field

from motcua.api.auth import AskedByOfficer, OfficerToken
from motcua.api.shapes import Shape
from motcua.catalogue.models import PublicationDecision, ReviewPlan
from motcua.catalogue.publication_pages import LineCard, decision_page, decisions
from motcua.catalogue.review_pages import Pile, ReviewLine, plan_page
from motcua.rules.publication import DecisionState, Fault, LineKind
from motcua.rules.simplification import ReviewState, Verdict

decisions_router = Router(tags=["Catalogue control"], auth=OfficerToken())
reviews_router = Router(tags=["Catalogue control"], auth=OfficerToken())


class DecisionsAsked(BaseModel):
    """Which state, null for all, and which page of 30."""

    state: DecisionState | None = None
    page: int = Field(1, ge=1, le=100_000)


class MeasuredShape(Shape):
    """A deadline beside what was done: null `due_on`: it cannot be told; null `done_on`: not done yet.

    `late_days` are calendar days too late, by today where nothing is done.
    """

    due_on: date | None
    done_on: date | None
    late_days: int


class DecisionRowShape(Shape):
    """A decision; `entry` is about the national database (C-08), null until the decision is published."""

    key: uuid.UUID
    title: str
    number: str
    issuer: str
    state: DecisionState
    norm: str
    norm_effective_on: date
    publication: MeasuredShape
    entry: MeasuredShape | None


class DecisionsShape(Shape):
    """One page of the decisions, those that wait for the publisher first."""

    items: list[DecisionRowShape]
    page: int
    has_next: bool


class DecisionLineShape(Shape):
    """What a decision does to a procedure; `holds_from` is null until it is published. `faults` keep it back."""

    code: str
    title: str
    kind: LineKind
    norm: str
    note: str
    successor_code: str
    changed: list[str]
    holds_from: date | None
    faults: list[Fault]


class DecisionShape(DecisionRowShape):
    """A decision with its lines."""

    signed_on: date | None
    lines: list[DecisionLineShape]


class PlanAsked(BaseModel):
    """Which pile of the plan, and which page of 50."""

    pile: Pile = Pile.EVERY
    page: int = Field(1, ge=1, le=100_000)


class SavingShape(Shape):
    """What a change saves a year in dong; `rate` is in per cent, null where nothing was paid before (C-16)."""

    before_vnd: int
    after_vnd: int
    saved_vnd: int
    rate: Decimal | None


class ReviewRowShape(Shape):
    """A procedure in the plan; `outcome` is null until it is proposed, `saving` until both tables are counted."""

    number: int
    procedure_code: str
    procedure_title: str
    unit: str
    starts_on: date
    ends_on: date
    state: ReviewState
    outcome: Verdict | None
    decision_no: str
    follow_up_on: date | None
    is_late: bool
    saving: SavingShape | None


class PlanShape(Shape):
    """The plan of a year: how many procedures it covers of those in force, and what its approved reviews save."""

    year: int
    decision_no: str
    issued_on: date | None
    in_force_count: int
    covered_count: int
    saved_vnd: int
    counts: dict[Pile, int]
    items: list[ReviewRowShape]
    page: int
    page_count: int


@decisions_router.get("", response=DecisionsShape)
def list_publication_decisions(request: AskedByOfficer, asked: Query[DecisionsAsked]) -> DecisionsShape:
    """List the publication decisions with their measured deadlines (C-07, C-08)."""
    found = decisions(request.auth.today, number=asked.page, state=asked.state or "")
    items = [DecisionRowShape.model_validate(row) for row in found.rows]
    return DecisionsShape(items=items, page=found.number, has_next=found.has_next)


@decisions_router.get("/{uuid:key}", response=DecisionShape)
def read_publication_decision(request: AskedByOfficer, key: uuid.UUID) -> DecisionShape:
    """Read one decision with everything it does."""
    officer = request.auth
    try:
        page = decision_page(key, officer.user, on=officer.today)
    except PublicationDecision.DoesNotExist:
        raise Http404 from None
    row = page.decision
    return DecisionShape(
        key=row.key,
        title=row.title,
        number=row.number,
        issuer=row.issuer.authority_name,
        state=page.state,
        norm=row.norm,
        norm_effective_on=row.norm_effective_on,
        publication=MeasuredShape.model_validate(page.publication),
        entry=MeasuredShape.model_validate(page.entry) if page.entry else None,
        signed_on=row.signed_on,
        lines=[_line(card) for card in page.lines],
    )


@reviews_router.get("/{int:year}", response=PlanShape)
def read_review_plan(request: AskedByOfficer, year: int, asked: Query[PlanAsked]) -> PlanShape:
    """Read the review plan of a year with its procedures (C-15)."""
    officer = request.auth
    try:
        page = plan_page(year, officer.user, pile=asked.pile, number=str(asked.page), on=officer.today)
    except ReviewPlan.DoesNotExist:
        raise Http404 from None
    return PlanShape(
        year=page.plan.year,
        decision_no=page.plan.decision_no,
        issued_on=page.plan.issued_on,
        in_force_count=page.in_force_count,
        covered_count=page.covered_count,
        saved_vnd=page.saved_vnd,
        counts=page.counts,
        items=[_review(line) for line in page.lines],
        page=page.page.number,
        page_count=page.page.paginator.num_pages,
    )


def _line(card: LineCard) -> DecisionLineShape:
    return DecisionLineShape(
        code=card.code,
        title=card.title,
        kind=card.kind,
        norm=card.norm,
        note=card.note,
        successor_code=card.successor_code,
        changed=sorted(card.changed),
        holds_from=card.holds_from,
        faults=[flaw.fault for flaw in card.flaws],
    )


def _review(line: ReviewLine) -> ReviewRowShape:
    row = line.review
    return ReviewRowShape(
        number=row.number,
        procedure_code=row.procedure.code,
        procedure_title=row.procedure.title,
        unit=row.unit.name,
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        state=row.stands,
        outcome=Verdict(row.outcome) if row.outcome else None,
        decision_no=row.decision_no,
        follow_up_on=row.follow_up_on,
        is_late=line.is_late,
        saving=SavingShape.model_validate(line.saving) if line.saving else None,
    )
