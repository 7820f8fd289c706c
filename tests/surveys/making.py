"""A province with dossiers that came back, and a survey among those who had filed them."""

import uuid
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime, timedelta

from motcua.accounts.models import User
from motcua.dossiers.models import Dossier
from motcua.organisations.models import Unit
from motcua.rules.permissions import Role
from motcua.rules.surveys import SurveyState
from motcua.rules.transitions import Status
from motcua.surveys.commands.carry_out import answer_survey, open_survey
from motcua.surveys.commands.prepare import Plan, Question, begin_survey
from motcua.surveys.facts import code_for, hash_of
from motcua.surveys.models import Survey, SurveyInvitation, SurveyQuestion
from tests.legislation.law import make_province
from tests.make import MONDAY, Office, make_dossier, make_office, make_officer

LATER = MONDAY + timedelta(days=60)
PLAN = Plan(
    title="Mức độ hài lòng quý I năm 2026",
    returned_from=date(2026, 1, 1),
    returned_until=date(2026, 4, 1),
    unit_count=3,
    group_count=2,
    dossier_count=5,
    closes_on=date(2026, 6, 30),
)
QUESTIONS = (
    Question("Tiếp cận dịch vụ", "Bạn tìm thông tin về thủ tục có dễ không?"),
    Question("Công chức", "Người tiếp nhận có lịch sự không?"),
    Question("Công chức", "Người tiếp nhận có hướng dẫn rõ không?"),
)


@dataclass(frozen=True)
class Field:
    """A province, who keeps its surveys, and the offices whose dossiers came back."""

    province: Unit
    keeper: User
    offices: tuple[Office, ...]


def make_field(*, offices: int = 1, each: int = 6) -> Field:
    province = Unit.objects.filter(kind="PROVINCE").first() or make_province()
    made = tuple(make_office() for _place in range(offices))
    for office in made:
        for _number in range(each):
            came_back(make_dossier(status=Status.RETURNED, office=office), MONDAY)
    return Field(province, make_officer(Role.PROCEDURE_CONTROL_OFFICER, province), made)


def came_back(dossier: Dossier, at: datetime) -> Dossier:
    Dossier.objects.filter(pk=dossier.pk).update(closed_at=at)
    return dossier


def make_survey(field: Field, *, key: uuid.UUID | None = None, **changed: object) -> Survey:
    plan = replace(PLAN, **changed)  # type: ignore[arg-type]  # columns of every type
    return begin_survey(
        key=key or uuid.uuid4(), unit=field.province, plan=plan, questions=QUESTIONS, actor=field.keeper, at=LATER
    )


def opened(field: Field, *, key: uuid.UUID | None = None, **changed: object) -> Survey:
    return open_survey(survey=make_survey(field, key=key, **changed), actor=field.keeper, at=LATER)


def codes(survey: Survey) -> list[str]:
    return [code_for(survey, one.dossier_id) for one in survey.invitations.order_by("pk")]


def answered(survey: Survey, marks: list[int]) -> None:
    """Have as many people answer as there are marks, each with one mark for everything."""
    for code, mark in zip(codes(survey), marks, strict=False):
        answer_survey(code=code, marks={1: mark, 2: mark, 3: mark}, at=LATER)


def make_survey_in(state: SurveyState, unit: Unit, keeper: User, *, key: uuid.UUID | None = None) -> Survey:
    """A survey of any unit in `state`, with one question and a closed one's figures, without drawing anybody."""
    is_drawn = state is not SurveyState.DRAFT
    survey = Survey.objects.create(
        key=key or uuid.uuid4(),
        unit=unit,
        seed="0" * 64,
        state=state.value,
        frame_count=5 if is_drawn else None,
        left_out_count=0 if is_drawn else None,
        opened_at=MONDAY if is_drawn else None,
        closed_at=MONDAY if state is SurveyState.CLOSED else None,
        begun_by=keeper,
        begun_at=MONDAY,
        **asdict(PLAN),
    )
    question = SurveyQuestion.objects.create(survey=survey, position=1, factor="Công chức", text="Có lịch sự không?")
    if state is SurveyState.CLOSED:
        for kind, category in (("UNIT", unit.name), ("OUTCOME", "LATE"), ("WAY", "MESSAGE")):
            survey.turnouts.create(kind=kind, category=category, asked=8, answered=6)
        for mark in (5, 4, 4, 2, 5, 3):
            sheet = survey.sheets.create(unit=unit, weight_numerator=3, weight_denominator=2)
            sheet.marks.create(question=question, mark=mark)
    return survey


def invite(survey: Survey, dossier: Dossier, code: str) -> SurveyInvitation:
    """Have `survey` ask about `dossier` under `code`."""
    return SurveyInvitation.objects.create(
        survey=survey,
        dossier=dossier,
        unit=dossier.competent_unit,
        group="Hộ tịch",
        outcome="EARLY",
        weight_numerator=1,
        weight_denominator=1,
        way=SurveyInvitation.Way.SLIP,
        code_hash=hash_of(code),
    )
