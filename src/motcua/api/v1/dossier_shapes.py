"""A dossier as an official reads it."""

from datetime import date, timedelta
from typing import Any, Self

from motcua.api.shapes import DerivedDayShape, Moment, Position, Shape, Standing
from motcua.api.v1.linked_shapes import LinkedShape
from motcua.api.v1.own_shapes import FileShape, FormShape, PersonShape, file_of
from motcua.dossiers.models import Dossier, FilingChannel, ReturnChannel
from motcua.dossiers.queries.course import LegLine
from motcua.dossiers.queries.derivation import derivation_of
from motcua.dossiers.queries.dossier_page import DossierPage, PaperLine
from motcua.dossiers.queries.linked import LinkedView
from motcua.dossiers.queries.time_left import Remaining
from motcua.rules.deadlines import Urgency
from motcua.rules.papers import CheckState
from motcua.rules.transitions import Action

_MINUTE = timedelta(minutes=1)


class RemainingShape(Shape):
    """How much working time is left, in minutes; negative when overdue."""

    working_minutes: int
    urgency: Urgency

    @classmethod
    def of(cls, remaining: Remaining | None) -> Self | None:
        """Return it of what a query says; None while no clock runs."""
        if remaining is None:
            return None
        return cls(working_minutes=remaining.time // _MINUTE, urgency=remaining.urgency)


class UnitRef(Shape):
    """A unit by code and name."""

    code: str
    name: str


class AnswerShape(Shape):
    """One answer of the declaration, with the question as it was asked."""

    label: str
    text: str


class PaperShape(Shape):
    """One paper of the closed list: what the law asks, what was handed in, what the desk found.

    `absence_reason` is why the applicant has none, when the desk asked for it.
    """

    position: Position
    name: str
    case: str
    is_required: bool
    originals_wanted: int
    copies_wanted: int
    form_no: str
    file: FileShape | None
    state: CheckState
    originals_count: int
    copies_count: int
    note: str
    absence_reason: str


class StepShape(Shape):
    """One run of a step of the internal process; `took_longer` than its own working time."""

    name: str
    unit: str
    who: str
    started_at: Moment
    due_at: Moment
    finished_at: Moment | None
    note: str
    took_longer: bool


class HistoryShape(Shape):
    """One event of the record; `who` is empty for the applicant and the system."""

    kind: str
    who: str
    at: Moment
    payload: dict[str, Any]


class LegShape(Shape):
    """A step of a parallel leg, named by its first step: who does it and until when; null while under way.

    `who` finished it, `assignee` is the user name of the officer to whom it was given, null for nobody in particular.
    `is_own` tells that the caller may finish it now, `is_to_give` that they may give it to an officer of the unit;
    `ways` are the words to choose by when finishing it.
    """

    leg: str
    name: str
    unit: str
    who: str
    assignee: str | None
    started_at: Moment
    due_at: Moment
    finished_at: Moment | None
    is_own: bool
    is_to_give: bool
    note: str
    ways: tuple[str, ...]


class ResultDraftShape(Shape):
    """The result: drafted, then signed, then numbered."""

    title: str
    number: str
    issued_on: date | None
    signed_by: str | None
    signed_at: Moment | None
    received_by: str
    has_file: bool
    has_signed_file: bool


class DossierShape(Standing):
    """Everything an official sees of one dossier; `actions` are the acts open to them now.

    `legs` are the parallel steps beside the leading way; `ways` the words to choose by, for acts that leave a choice.
    `withdrawal_reason` is what the applicant told the desk when they took the dossier back there, empty otherwise.
    """

    public_code: str
    reference: str
    version: int
    procedure_code: str
    procedure_title: str
    receiving_unit: UnitRef
    competent_unit: UnitRef
    holder_unit: UnitRef | None
    holder_role: str | None
    assignee: str | None
    filing_channel: FilingChannel
    return_channel: ReturnChannel
    postal_address: str
    created_at: Moment
    submitted_at: Moment | None
    accepted_at: Moment | None
    due_at: Moment | None
    due_is_provisional: bool
    derivation: tuple[DerivedDayShape, ...]
    action_due_at: Moment | None
    remaining: RemainingShape | None
    finished_at: Moment | None
    closed_at: Moment | None
    applicant: PersonShape
    answers: tuple[AnswerShape, ...]
    papers: tuple[PaperShape, ...]
    steps: tuple[StepShape, ...]
    legs: tuple[LegShape, ...]
    history: tuple[HistoryShape, ...]
    forms: tuple[FormShape, ...]
    result: ResultDraftShape | None
    withdrawal_reason: str
    actions: tuple[Action, ...]
    ways: dict[Action, tuple[str, ...]]
    linked: LinkedShape | None


def dossier_shape(page: DossierPage, whole: LinkedView | None) -> DossierShape:
    """Return the page of a dossier as it goes out; `whole` is the linked application it is a leg of."""
    dossier = page.dossier
    return DossierShape(
        public_code=dossier.public_code,
        reference=dossier.reference,
        version=page.version,
        status=page.status,
        procedure_code=page.procedure_code,
        procedure_title=page.procedure_title,
        receiving_unit=UnitRef.model_validate(dossier.receiving_unit),
        competent_unit=UnitRef.model_validate(dossier.competent_unit),
        holder_unit=UnitRef.model_validate(dossier.holder_unit) if dossier.holder_unit else None,
        holder_role=dossier.holder_role or None,
        assignee=dossier.assignee.username if dossier.assignee else None,
        filing_channel=FilingChannel(dossier.filing_channel),
        return_channel=ReturnChannel(dossier.return_channel),
        postal_address=dossier.applicant.postal_address,
        created_at=dossier.created_at,
        submitted_at=dossier.submitted_at,
        accepted_at=dossier.accepted_at,
        due_at=dossier.due_at,
        due_is_provisional=dossier.due_is_provisional,
        derivation=_derivation(dossier),
        action_due_at=dossier.action_due_at,
        remaining=RemainingShape.of(page.remaining),
        finished_at=dossier.finished_at,
        closed_at=dossier.closed_at,
        applicant=PersonShape.model_validate(dossier.applicant),
        answers=tuple(AnswerShape.model_validate(answer) for answer in page.answers),
        papers=tuple(_paper(line) for line in page.papers),
        steps=tuple(StepShape.model_validate(step) for step in page.steps),
        legs=tuple(_leg(line) for line in page.course.legs),
        history=tuple(HistoryShape.model_validate(line) for line in page.history),
        forms=tuple(
            FormShape(ordinal=ordinal, kind=form.kind, number=form.number, issued_at=form.issued_at)
            for ordinal, form in enumerate(page.forms, start=1)
        ),
        result=_result(page),
        withdrawal_reason=page.withdrawal_reason,
        actions=page.actions,
        ways={action: words for action in page.actions if (words := page.course.ways_of(action))},
        linked=LinkedShape.model_validate(whole) if whole else None,
    )


def _derivation(dossier: Dossier) -> tuple[DerivedDayShape, ...]:
    return tuple(DerivedDayShape.model_validate(day) for day in derivation_of(dossier))


def _paper(line: PaperLine) -> PaperShape:
    return PaperShape(
        position=line.position,
        name=line.name,
        case=line.case,
        is_required=line.is_required,
        originals_wanted=line.originals_wanted,
        copies_wanted=line.copies_wanted,
        form_no=line.form_no,
        file=file_of(line),
        state=line.state,
        originals_count=line.originals_count,
        copies_count=line.copies_count,
        note=line.note,
        absence_reason=line.absence_reason,
    )


def _leg(line: LegLine) -> LegShape:
    return LegShape(
        leg=line.leg,
        name=line.name,
        unit=line.unit,
        who=line.who,
        assignee=line.assignee or None,
        started_at=line.started_at,
        due_at=line.due_at,
        finished_at=line.finished_at,
        is_own=line.is_own,
        is_to_give=line.is_to_give,
        note=line.note,
        ways=line.ways,
    )


def _result(page: DossierPage) -> ResultDraftShape | None:
    if page.result is None:
        return None
    return ResultDraftShape(
        title=page.result.title,
        number=page.result.number,
        issued_on=page.result.issued_on,
        signed_by=page.result.signed_by.display_name if page.result.signed_by else None,
        signed_at=page.result.signed_at,
        received_by=page.result.received_by,
        has_file=page.result.file_id is not None,
        has_signed_file=page.result.signed_file_id is not None,
    )
