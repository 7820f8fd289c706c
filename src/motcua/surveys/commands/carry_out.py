"""Carry a survey out: draw and ask, take an answer, close."""

import uuid
from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Count, Prefetch, Q

from motcua.dossiers.commands.custody import promise_of
from motcua.dossiers.models import Dossier
from motcua.kernel import events
from motcua.rules.completeness import receives_texts
from motcua.rules.deadlines import Outcome, outcome
from motcua.rules.surveys import SCALE, Drawn, Sizes, SurveyAct, SurveyState, draw, large_enough
from motcua.surveys.commands.prepare import MayNotKeepSurveys, SurveyActNotOpen, guard
from motcua.surveys.events import SurveyAnswered, SurveyClosed, SurveyOpened
from motcua.surveys.facts import code_for, frame_of, hash_of, keeps
from motcua.surveys.models import AnswerSheet, SheetMark, Survey, SurveyInvitation, SurveyTurnout

if TYPE_CHECKING:
    from motcua.accounts.models import User

__all__ = ["MayNotKeepSurveys", "SurveyActNotOpen", "answer_survey", "close_survey", "open_survey"]


class NobodyToAsk(Exception):
    """No group of the period is large enough to be drawn from."""


class NothingAsked(Exception):
    """The survey has no question."""


class CodeUnknown(Exception):
    """No invitation has this code."""


class CodeSpent(Exception):
    """Somebody answered with this code already."""


class NothingAnswered(Exception):
    """Every question was left out."""


@transaction.atomic
def open_survey(*, survey: Survey, actor: "User", at: datetime) -> Survey:
    """Draw the sample and ask everybody in it.

    Raises `MayNotKeepSurveys`, `SurveyActNotOpen`, `NobodyToAsk`, `NothingAsked`.
    """
    survey = guard(survey, SurveyAct.OPEN, actor, at)
    if not survey.questions.exists():
        raise NothingAsked
    frame = frame_of(survey)
    drawn_from, left_out = large_enough(frame)
    drawn = draw(drawn_from, Sizes(survey.unit_count, survey.group_count, survey.dossier_count), survey.seed)
    if not drawn:
        raise NobodyToAsk
    survey.state, survey.opened_at, survey.left_out_count = SurveyState.OPEN.value, at, left_out
    survey.frame_count = sum(len(group) for groups in frame.values() for group in groups.values())
    survey.version += 1
    survey.save()
    dossiers = Dossier.objects.select_related("applicant", "procedure_version").in_bulk(
        [int(one.dossier) for one in drawn]
    )
    SurveyInvitation.objects.bulk_create(
        [_invitation(survey, one, dossiers[int(one.dossier)]) for one in drawn], batch_size=1000
    )
    event = SurveyOpened(
        subject=f"survey:{survey.key}", frame=survey.frame_count, left_out=left_out, invited=len(drawn)
    )
    events.record(event, actor=actor, at=at)
    return survey


def _invitation(survey: Survey, drawn: Drawn, dossier: Dossier) -> SurveyInvitation:
    can_be_written_to = bool(dossier.owner_id or dossier.applicant.email or receives_texts(dossier.applicant.phone))
    due_at, ended_at = dossier.due_at, dossier.finished_at or dossier.closed_at
    came = outcome(ended_at, due_at, promise_of(dossier)) if due_at and ended_at else Outcome.ON_TIME
    return SurveyInvitation(
        survey=survey,
        dossier=dossier,
        unit_id=int(drawn.unit),
        group=drawn.group,
        outcome=came.value,
        weight_numerator=drawn.weight.numerator,
        weight_denominator=drawn.weight.denominator,
        way=SurveyInvitation.Way.MESSAGE if can_be_written_to else SurveyInvitation.Way.SLIP,
        code_hash=hash_of(code_for(survey, dossier.pk)),
    )


@transaction.atomic
def answer_survey(*, code: str, marks: Mapping[int, int], at: datetime, typed_by: "User | None" = None) -> None:
    """Take the answer of whoever has `code`: marks of the scale by the positions of the questions.

    `typed_by` is the official who types a paper slip, None where people answer themselves. The invitation is spent in
    the same transaction, and nothing says which sheet was theirs. Raises `CodeUnknown`, `CodeSpent`, `NothingAnswered`,
    `SurveyActNotOpen`, and `MayNotKeepSurveys` where an official types who does not keep this survey.
    """
    found = SurveyInvitation.objects.select_for_update(of=("self",)).select_related("survey")
    invitation = found.filter(code_hash=hash_of(code)).first()
    if invitation is None:
        raise CodeUnknown
    survey = invitation.survey
    if typed_by is not None and not keeps(typed_by, survey, at):
        raise MayNotKeepSurveys
    if survey.state != SurveyState.OPEN.value:
        raise SurveyActNotOpen(SurveyState(survey.state))
    if invitation.is_spent:
        raise CodeSpent
    questions = {row.position: row for row in survey.questions.all()}
    valid = {questions[place]: mark for place, mark in marks.items() if place in questions and mark in SCALE}
    if not valid:
        raise NothingAnswered
    invitation.is_spent = True
    invitation.save(update_fields=["is_spent"])
    sheet = AnswerSheet.objects.create(
        survey=survey,
        unit_id=invitation.unit_id,
        weight_numerator=invitation.weight_numerator,
        weight_denominator=invitation.weight_denominator,
        is_paper=typed_by is not None,
    )
    SheetMark.objects.bulk_create(SheetMark(sheet=sheet, question=row, mark=mark) for row, mark in valid.items())
    event = SurveyAnswered(subject=f"survey:{survey.key}", is_paper=typed_by is not None)
    events.record(event, actor=typed_by, at=at)


@transaction.atomic
def close_survey(*, survey: Survey, actor: "User", at: datetime) -> Survey:
    """Take no more answers; from now on everybody reads the results.

    Who was asked is forgotten but for counts, and the sheets are written anew in another order: nothing joins them.

    Raises `MayNotKeepSurveys`, `SurveyActNotOpen`.
    """
    survey = guard(survey, SurveyAct.CLOSE, actor, at)
    survey.state, survey.closed_at = SurveyState.CLOSED.value, at
    survey.version += 1
    survey.save()
    answered, invited = _shuffle(survey), _forget_whom(survey)
    event = SurveyClosed(subject=f"survey:{survey.key}", invited=invited, answered=answered, seed=survey.seed)
    events.record(event, actor=actor, at=at)
    return survey


def _forget_whom(survey: Survey) -> int:
    """Keep of the invitations how many there were, by each kind of category, and return how many in all."""
    counts = {"asked": Count("pk"), "answered": Count("pk", filter=Q(is_spent=True))}
    columns = {
        SurveyTurnout.Kind.UNIT: "unit__name",
        SurveyTurnout.Kind.OUTCOME: "outcome",
        SurveyTurnout.Kind.WAY: "way",
    }
    for kind, column in columns.items():
        rows = survey.invitations.values(column).annotate(**counts).order_by(column)
        SurveyTurnout.objects.bulk_create(
            SurveyTurnout(survey=survey, kind=kind, category=row[column], asked=row["asked"], answered=row["answered"])
            for row in rows
        )
    return survey.invitations.all().delete()[0]


def _shuffle(survey: Survey) -> int:
    """Write every sheet anew under a new random number, in the order of these, and return how many there are.

    What a database keeps of the moment at which a row was written no longer tells who answered when.
    """
    sheets = list(survey.sheets.prefetch_related(Prefetch("marks", queryset=SheetMark.objects.order_by("question"))))
    marks = {sheet.pk: list(sheet.marks.all()) for sheet in sheets}
    survey.sheets.all().delete()
    anew = sorted(((uuid.uuid4(), sheet) for sheet in sheets), key=lambda pair: pair[0])
    written = list[SheetMark]()
    for number, sheet in anew:
        old, sheet.pk = sheet.pk, number
        written += [SheetMark(sheet=sheet, question_id=one.question_id, mark=one.mark) for one in marks[old]]
    AnswerSheet.objects.bulk_create([sheet for _number, sheet in anew], batch_size=1000)
    SheetMark.objects.bulk_create(written, batch_size=5000)
    return len(anew)
