"""Everything an official sees of one dossier, and which acts are open to them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q

from motcua.accounts.models import User
from motcua.documents.models import IssuedDocument
from motcua.dossiers.facts import is_phone_unconfirmed
from motcua.dossiers.leg_events import LegAssigned
from motcua.dossiers.linked_facts import asked_now, carries_the_whole
from motcua.dossiers.models import Dossier, Paper, Result, Step, Withdrawal
from motcua.dossiers.queries.course import Course, Reader, course_of
from motcua.dossiers.queries.time_left import Remaining, remaining_of_each
from motcua.kernel.models import EventRecord
from motcua.rules.declaration_answers import Asked
from motcua.rules.declarations import UNANSWERED, FieldKind
from motcua.rules.linked import LEAD
from motcua.rules.linked_papers import leg_of_key, paper_mark
from motcua.rules.papers import CheckState, PaperKind
from motcua.rules.permissions import RoleGrant
from motcua.rules.transitions import Action, Status
from motcua.rules.workflow import StepKind


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer of the declaration, with the question as it was asked, and the number of the leg it is for."""

    label: str
    text: str
    leg: int


@dataclass(frozen=True, slots=True)
class PaperLine:
    """One paper of the closed list: what the law asks, what was handed in, what the desk found."""

    position: int
    name: str
    case: str
    is_required: bool
    originals_wanted: int
    copies_wanted: int
    form_no: str
    file_id: int | None
    file_name: str
    file_type: str
    file_size: int
    state: CheckState
    originals_count: int
    copies_count: int
    note: str
    absence_reason: str

    @property
    def mark(self) -> str:
        """The number people read of it."""
        return paper_mark(self.position)

    @property
    def is_for_other_cases(self) -> bool:
        """Tell whether nothing of it came and nothing had to: a paper for other cases than this applicant's."""
        is_here = self.file_id is not None or self.originals_count or self.copies_count or self.absence_reason
        return not (self.is_required or is_here) and self.state in {CheckState.UNCHECKED, CheckState.NOT_NEEDED}


@dataclass(frozen=True, slots=True)
class StepLine:
    """One run of a step; `given_to` is whom it was assigned to, `took_longer` that it outlasted its own time (B-29).

    Handing over takes the applicant's time, so it never does.
    """

    name: str
    unit: str
    who: str
    given_to: str
    started_at: datetime
    due_at: datetime
    finished_at: datetime | None
    note: str
    took_longer: bool


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """One event of the record; `who` is empty for the applicant and the system.

    `to` is the officer to whom it gave a parallel leg, by name; empty for every other kind.
    """

    kind: str
    who: str
    at: datetime
    payload: dict[str, Any]
    to: str = ""


@dataclass(frozen=True, slots=True)
class FormLine:
    """One paper the desk issued."""

    pk: int
    kind: PaperKind
    number: str
    issued_at: datetime


@dataclass(frozen=True, slots=True)
class DossierPage:
    """One dossier for one official at the moment `at`; `version` goes back with every act.

    `procedure_name` is the short name where there is one, `procedure_title` the official one. `has_unconfirmed_phone`
    tells that a guest gave the number and confirmed no code sent to it. `withdrawal_reason`
    is what the applicant told the desk when they took the dossier back there.
    """

    at: datetime
    dossier: Dossier
    version: int
    has_unconfirmed_phone: bool
    status: Status
    procedure_code: str
    procedure_title: str
    procedure_name: str
    remaining: Remaining | None
    answers: tuple[Answer, ...]
    papers: tuple[PaperLine, ...]
    steps: tuple[StepLine, ...]
    history: tuple[HistoryLine, ...]
    forms: tuple[FormLine, ...]
    result: Result | None
    withdrawal_reason: str
    course: Course

    @property
    def actions(self) -> tuple[Action, ...]:
        """The acts open to the official now, in the order of `Action`."""
        return self.course.actions


def dossier_page(dossier: Dossier, actor: User, grants: Sequence[RoleGrant], *, at: datetime) -> DossierPage:
    """Return the page of `dossier`; the caller has taken it from `visible_to`, with `for_page()` loaded."""
    steps = _steps_of(dossier)
    return DossierPage(
        at=at,
        dossier=dossier,
        version=dossier.version,
        has_unconfirmed_phone=is_phone_unconfirmed(dossier),
        status=dossier.stage,
        procedure_code=dossier.procedure_version.procedure.code,
        procedure_title=dossier.procedure_version.title,
        procedure_name=dossier.procedure_version.name,
        remaining=remaining_of_each([dossier], at)[dossier.pk],
        answers=answers_of(dossier),
        papers=paper_lines(dossier),
        steps=tuple(_step(step, at) for step in steps),
        history=history_of(dossier.reference),
        forms=forms_of(dossier.reference),
        result=Result.objects.filter(dossier=dossier).select_related("file", "signed_file", "signed_by").first(),
        withdrawal_reason=_withdrawal_reason(dossier),
        course=course_of(dossier, steps, Reader(actor.pk, grants, at)),
    )


def answers_of(dossier: Dossier) -> tuple[Answer, ...]:
    """Return the declaration as question and answer, in the order of the form."""
    given = dossier.applicant.declaration
    return tuple(
        Answer(label=_label(one), text=_text(one, str(given.get(one.key, ""))), leg=leg_of_key(one.key))
        for one in asked_now(dossier, given)
        if one.field.kind not in UNANSWERED and one.field.kind != FieldKind.GROUP
    )


def _label(one: Asked) -> str:
    """Return a question as it is read beside its answer; in a repeated group with the number of the row."""
    return f"{one.field.label} ({one.row})" if one.row else one.field.label


def _text(one: Asked, said: str) -> str:
    return "; ".join(said.split("\n")) if one.field.kind == FieldKind.CHOICES else said


def paper_lines(dossier: Dossier) -> tuple[PaperLine, ...]:
    """Return the papers as lines to show."""
    return tuple(_paper(paper) for paper in papers_of(dossier))


def papers_of(dossier: Dossier) -> list[Paper]:
    """Return the papers of the closed list, in its order."""
    return list(dossier.papers.select_related("required_paper", "file").order_by("position"))


def history_of(reference: str) -> tuple[HistoryLine, ...]:
    """Return the record of one dossier, the newest first, drafts' saves left out."""
    found = EventRecord.objects.filter(subject=reference).exclude(kind="DraftChanged").select_related("actor")
    rows = list(found.order_by("-seq"))
    names = _names([row.payload["officer"] for row in rows if row.kind == LegAssigned.__name__])
    return tuple(
        HistoryLine(
            kind=row.kind,
            who=row.actor.display_name if isinstance(row.actor, User) else "",
            at=row.at,
            payload=row.payload,
            to=names.get(row.payload["officer"], row.payload["officer"]) if row.kind == LegAssigned.__name__ else "",
        )
        for row in rows
    )


def _names(usernames: Sequence[str]) -> dict[str, str]:
    """Return people's names by user name; asks nothing where there is nobody to ask about."""
    if not usernames:
        return {}
    return {user.username: user.display_name for user in User.objects.filter(username__in=usernames)}


def forms_of(reference: str) -> tuple[FormLine, ...]:
    """Return the forms issued about one dossier, the oldest first."""
    return tuple(
        FormLine(pk=row.pk, kind=PaperKind(row.kind), number=row.data["number"], issued_at=row.issued_at)
        for row in IssuedDocument.objects.filter(subject=reference).order_by("issued_at", "pk")
    )


def _withdrawal_reason(dossier: Dossier) -> str:
    """Return why it was taken back; a leg of a linked application was, unless told else, with the whole (B-22)."""
    leads = carries_the_whole(dossier)
    if dossier.stage is not Status.WITHDRAWN and not leads:
        return ""
    told = Q(dossier=dossier)
    if dossier.linked_application_id is not None and not leads:
        told |= Q(dossier__linked_application=dossier.linked_application_id, dossier__leg_number=LEAD)
    reasons = dict(Withdrawal.objects.filter(told).values_list("dossier_id", "reason"))
    return reasons.get(dossier.pk) or next(iter(reasons.values()), "")


def _steps_of(dossier: Dossier) -> list[Step]:
    steps = dossier.steps.select_related("unit", "assignee", "finished_by")
    return list(steps.order_by("started_at", "pk"))


def _step(step: Step, at: datetime) -> StepLine:
    who = step.finished_by or step.assignee
    return StepLine(
        name=step.name,
        unit=step.unit.name,
        who=who.display_name if who else "",
        given_to=step.assignee.display_name if step.assignee else "",
        started_at=step.started_at,
        due_at=step.due_at,
        finished_at=step.finished_at,
        note=step.note,
        took_longer=step.kind != StepKind.RETURN and (step.finished_at or at) > step.due_at,
    )


def _paper(paper: Paper) -> PaperLine:
    wanted = paper.required_paper
    return PaperLine(
        position=paper.position,
        name=wanted.name,
        case=wanted.case,
        is_required=wanted.is_required,
        originals_wanted=wanted.originals,
        copies_wanted=wanted.copies,
        form_no=wanted.form_no,
        file_id=paper.file_id,
        file_name=paper.file.original_name if paper.file else "",
        file_type=paper.file.media_type if paper.file else "",
        file_size=paper.file.size if paper.file else 0,
        state=CheckState(paper.state),
        originals_count=paper.originals_count,
        copies_count=paper.copies_count,
        note=paper.note,
        absence_reason=paper.absence_reason,
    )
