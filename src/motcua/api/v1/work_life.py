"""What happened to a dossier beside its steps, as an official reads it: with who acted, and what inspections ask about.

People are named as they are shown; an act of the system has an empty name.
"""

from ninja import Router

from motcua.accounts.models import User
from motcua.api.auth import AskedByOfficer, OfficerToken
from motcua.api.shapes import DerivedDayShape, Moment, Shape
from motcua.api.v1.life_shapes import (
    AdviceShape,
    AskedForShape,
    CorrectionShape,
    EndedShape,
    ExtensionShape,
    ObligationBase,
    RatingShape,
    RequestShape,
)
from motcua.dossiers.models import (
    Consultation,
    Correction,
    Ending,
    Extension,
    FinancialObligation,
    Guidance,
    IrregularAct,
    SupplementRequest,
    Verification,
)
from motcua.dossiers.queries.life import Life, PromiseLine, life_of
from motcua.rules.irregularities import Irregularity

router = Router(tags=["Work"], auth=OfficerToken())


class WorkRequestShape(RequestShape):
    """A request for papers, and who made it; `is_exception` marks a second one, for which the agency head answers."""

    requested_by: str
    is_exception: bool


class WorkAdviceShape(AdviceShape):
    """What the desk told the applicant, and who did."""

    given_by: str


class VerificationShape(Shape):
    """The minutes of a check on the spot."""

    began_at: Moment
    place: str
    participants: str
    findings: str
    has_file: bool
    recorded_by: str
    recorded_at: Moment


class ConsultationShape(Shape):
    """A unit's opinion that was asked for; `closed_at` is null while it is awaited, `answer` empty without one."""

    unit: str
    question: str
    asked_by: str
    asked_at: Moment
    due_at: Moment
    answer: str
    has_file: bool
    answered_by: str
    closed_at: Moment | None


class WorkObligationShape(ObligationBase):
    """What is to be paid, and who said so."""

    asked_by: str


class WorkCorrectionShape(CorrectionShape):
    """A wrong result put right, and by whom."""

    reported_by: str
    corrected_by: str
    wrong_number: str


class WorkExtensionShape(ExtensionShape):
    """The new date, and who gave it."""

    extended_by: str


class WorkEndedShape(EndedShape):
    """Why the dossier ended without a decision, and who decided that."""

    ended_by: str


class FormerPromiseShape(Shape):
    """A promise that was replaced: why it had been given, in the caller's language, and how it was counted."""

    due_at: Moment
    cause: str
    replaced_at: Moment
    derivation: tuple[DerivedDayShape, ...]


class IrregularActShape(Shape):
    """An act that came too late, or that the rules allow only as an exception."""

    kind: Irregularity
    at: Moment
    by: str
    reason: str


class WorkLifeShape(Shape):
    """All of it, each kind the oldest first. `cause` is why the present promise was given, empty before acceptance.

    `irregularities` is empty for who does not watch over the unit.
    """

    cause: str
    former_promises: tuple[FormerPromiseShape, ...]
    requests: tuple[WorkRequestShape, ...]
    advice: tuple[WorkAdviceShape, ...]
    verifications: tuple[VerificationShape, ...]
    consultations: tuple[ConsultationShape, ...]
    obligations: tuple[WorkObligationShape, ...]
    extension: WorkExtensionShape | None
    ending: WorkEndedShape | None
    corrections: tuple[WorkCorrectionShape, ...]
    irregularities: tuple[IrregularActShape, ...]
    rating: RatingShape | None


@router.get("/{code}/life", response=WorkLifeShape)
def read_life(request: AskedByOfficer, code: str) -> WorkLifeShape:
    """Return what happened to a dossier beside its steps: papers and opinions asked, money, new dates, ends."""
    officer = request.auth
    return work_life_shape(life_of(officer.dossier(code), officer.grants, at=officer.at))


def work_life_shape(life: Life) -> WorkLifeShape:
    """Return the life of a dossier as it goes out to an official."""
    return WorkLifeShape(
        cause=life.cause,
        former_promises=tuple(_promise(line) for line in life.promises),
        requests=tuple(_request(row) for row in life.requests),
        advice=tuple(_advice(row) for row in life.guidances),
        verifications=tuple(_verification(row) for row in life.verifications),
        consultations=tuple(_consultation(row) for row in life.consultations),
        obligations=tuple(_obligation(row) for row in life.obligations),
        extension=_extension(life.extension) if life.extension else None,
        ending=_ending(life.ending) if life.ending else None,
        corrections=tuple(_correction(row) for row in life.corrections),
        irregularities=tuple(_irregular(row) for row in life.irregularities),
        rating=RatingShape.model_validate(life.rating) if life.rating else None,
    )


def _name(person: User | None) -> str:
    return person.display_name if person else ""


def _promise(line: PromiseLine) -> FormerPromiseShape:
    return FormerPromiseShape(
        due_at=line.due_at,
        cause=line.cause,
        replaced_at=line.replaced_at,
        derivation=tuple(DerivedDayShape.model_validate(day) for day in line.derivation),
    )


def _request(row: SupplementRequest) -> WorkRequestShape:
    return WorkRequestShape(
        reason=row.reason,
        basis=row.basis,
        after_acceptance=row.after_acceptance,
        requested_at=row.requested_at,
        completed_at=row.completed_at,
        closable_from=row.closable_from,
        items=tuple(
            AskedForShape(position=item.paper.position, note=item.note, answer=item.as_rule().answer)
            for item in row.items.all()
        ),
        requested_by=_name(row.requested_by),
        is_exception=row.is_exception,
    )


def _advice(row: Guidance) -> WorkAdviceShape:
    return WorkAdviceShape(text=row.text, given_at=row.given_at, given_by=_name(row.given_by))


def _verification(row: Verification) -> VerificationShape:
    return VerificationShape(
        began_at=row.began_at,
        place=row.place,
        participants=row.participants,
        findings=row.findings,
        has_file=row.file_id is not None,
        recorded_by=_name(row.recorded_by),
        recorded_at=row.recorded_at,
    )


def _consultation(row: Consultation) -> ConsultationShape:
    return ConsultationShape(
        unit=row.unit.name,
        question=row.question,
        asked_by=_name(row.asked_by),
        asked_at=row.asked_at,
        due_at=row.due_at,
        answer=row.answer,
        has_file=row.file_id is not None,
        answered_by=_name(row.answered_by),
        closed_at=row.closed_at,
    )


def _obligation(row: FinancialObligation) -> WorkObligationShape:
    return WorkObligationShape(
        basis=row.basis,
        notice_no=row.notice_no,
        amount_vnd=row.amount_vnd,
        asked_at=row.asked_at,
        settled_at=row.settled_at,
        proof=row.proof,
        asked_by=_name(row.asked_by),
    )


def _extension(row: Extension) -> WorkExtensionShape:
    return WorkExtensionShape(
        reason=row.reason,
        old_due_at=row.old_due_at,
        new_due_at=row.new_due_at,
        extended_at=row.extended_at,
        extended_by=_name(row.extended_by),
    )


def _ending(row: Ending) -> WorkEndedShape:
    return WorkEndedShape(reason=row.reason, basis=row.basis, ended_by=_name(row.ended_by))


def _correction(row: Correction) -> WorkCorrectionShape:
    return WorkCorrectionShape(
        error=row.error,
        reported_at=row.reported_at,
        due_at=row.due_at,
        corrected_at=row.corrected_at,
        reported_by=_name(row.reported_by),
        corrected_by=_name(row.corrected_by),
        wrong_number=row.wrong_number,
    )


def _irregular(row: IrregularAct) -> IrregularActShape:
    return IrregularActShape(kind=Irregularity(row.kind), at=row.at, by=_name(row.by), reason=row.reason)
