"""Ask another unit for its opinion while the clock runs; its answer, or its silence (B step 11)."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db import IntegrityError, transaction
from django.utils import timezone

from motcua.accounts.models import User
from motcua.documents.models import StoredFile
from motcua.dossiers.commands.custody import calendar_of
from motcua.dossiers.commands.guard import StaleDossier, advance, begin
from motcua.dossiers.events import ConsultationAnswered, ConsultationGivenUp, ConsultationRequested
from motcua.dossiers.models import Consultation, Dossier
from motcua.kernel import events
from motcua.organisations.models import Unit
from motcua.rules.deadlines import due_at
from motcua.rules.permissions import NotPermitted
from motcua.rules.time_limits import LimitUnit, TimeLimit
from motcua.rules.transitions import Action, Status, TransitionRefused

__all__ = [
    "NotPermitted",
    "StaleDossier",
    "TransitionRefused",
    "answer_consultation",
    "consult",
    "go_on_unanswered",
]


class ConsultedAlready(Exception):
    """The unit's opinion is awaited already, or it is the agency itself."""


class StillInTime(Exception):
    """The unit may still answer, until `due_at`."""

    def __init__(self, due_at: datetime) -> None:
        super().__init__(str(due_at))
        self.due_at = due_at


@dataclass(frozen=True, slots=True)
class Question:
    """Whom to ask, what, and how many working days they have."""

    unit: Unit
    text: str
    days: int


@transaction.atomic
def consult(
    *, dossier: Dossier, officer: User, question: Question, at: datetime, seen_version: int | None = None
) -> Dossier:
    """Ask a unit for its opinion within its term; the promise to the applicant stays where it is.

    Raises `ConsultedAlready`, `StaleDossier`, `NotPermitted`, `TransitionRefused`.
    """
    dossier, status = begin(dossier=dossier, action=Action.CONSULT, officer=officer, at=at, seen_version=seen_version)
    if question.unit.pk == dossier.competent_unit_id:
        raise ConsultedAlready
    term = TimeLimit(Decimal(question.days), LimitUnit.WORKING_DAY)
    due = due_at(timezone.localtime(at), term, calendar_of(question.unit, at))
    try:
        with transaction.atomic():
            Consultation.objects.create(
                dossier=dossier, unit=question.unit, question=question.text, asked_by=officer, asked_at=at, due_at=due
            )
    except IntegrityError:
        raise ConsultedAlready from None
    dossier.status = status
    advance(dossier, ["status"])
    event = ConsultationRequested(subject=dossier.reference, unit=question.unit.code, due_at=due)
    events.record(event, actor=officer, at=at)
    return dossier


@dataclass(frozen=True, slots=True)
class Opinion:
    """What the unit that was asked answers; `file` is its letter, None when there is none."""

    text: str
    file: StoredFile | None = None


@transaction.atomic
def answer_consultation(
    *,
    consultation: Consultation,
    officer: User,
    opinion: Opinion,
    at: datetime,
    seen_version: int | None = None,
) -> Dossier:
    """Answer for a unit that was asked; the dossier goes on once no other answer is awaited.

    Raises `StaleDossier`, `NotPermitted`, `TransitionRefused`.
    """
    action = Action.ANSWER_CONSULTATION
    dossier, status = begin(
        dossier=consultation.dossier, action=action, officer=officer, at=at, seen_version=seen_version
    )
    asked = dossier.consultations.select_related("unit").get(pk=consultation.pk)
    if asked.closed_at is not None:
        raise TransitionRefused(dossier.stage, action)
    asked.answer, asked.file, asked.answered_by, asked.closed_at = opinion.text, opinion.file, officer, at
    asked.save(update_fields=["answer", "file", "answered_by", "closed_at"])
    _go_on(dossier, status)
    events.record(ConsultationAnswered(subject=dossier.reference, unit=asked.unit.code), actor=officer, at=at)
    return dossier


@transaction.atomic
def go_on_unanswered(
    *, dossier: Dossier, officer: User, note: str, at: datetime, seen_version: int | None = None
) -> Dossier:
    """Go on without the answers whose term is over, and answer for it with the `note`.

    Raises `StillInTime` while a unit may still answer, `StaleDossier`, `NotPermitted`, `TransitionRefused`.
    """
    action = Action.GO_ON_UNANSWERED
    dossier, status = begin(dossier=dossier, action=action, officer=officer, at=at, seen_version=seen_version)
    awaited = list(dossier.consultations.filter(closed_at=None).select_related("unit").order_by("-due_at"))
    if awaited and at <= awaited[0].due_at:
        raise StillInTime(awaited[0].due_at)
    dossier.consultations.filter(closed_at=None).update(closed_at=at)
    dossier.steps.filter(finished_at=None, leg="").update(note=note)
    _go_on(dossier, status)
    units = tuple(sorted(asked.unit.code for asked in awaited))
    events.record(ConsultationGivenUp(subject=dossier.reference, units=units), actor=officer, at=at)
    return dossier


def _go_on(dossier: Dossier, status: Status) -> None:
    is_awaited = dossier.consultations.filter(closed_at=None).exists()
    dossier.status = Status.CONSULTING if is_awaited else status
    advance(dossier, ["status"])
