"""A survey from its plan to its results: drawn, asked, answered by nobody we could name, closed (E-10, E-11)."""

import uuid
from dataclasses import replace
from fractions import Fraction

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from motcua.kernel.models import EventRecord
from motcua.rules.permissions import Role
from motcua.rules.transitions import Status
from motcua.surveys.commands.carry_out import (
    CodeSpent,
    CodeUnknown,
    NobodyToAsk,
    NothingAnswered,
    NothingAsked,
    SurveyActNotOpen,
    answer_survey,
    close_survey,
    open_survey,
)
from motcua.surveys.commands.prepare import (
    MayNotKeepSurveys,
    SurveyMoved,
    TooFewAlike,
    begin_survey,
    change_survey,
)
from motcua.surveys.facts import seed_digest
from motcua.surveys.models import SheetMark, Survey, SurveyInvitation
from motcua.surveys.queries.results import NotClosed, results, slips
from tests.make import make_dossier, make_officer
from tests.surveys.making import (
    LATER,
    PLAN,
    QUESTIONS,
    answered,
    came_back,
    codes,
    make_field,
    make_survey,
    opened,
)

pytestmark = pytest.mark.django_db


def kinds(survey: Survey) -> list[str]:
    found = EventRecord.objects.filter(subject=f"survey:{survey.key}").order_by("seq")
    return list(found.values_list("kind", flat=True))


def test_a_second_click_prepares_nothing_more_and_the_seed_is_promised_from_the_beginning() -> None:
    field, key = make_field(each=0), uuid.uuid4()

    first, second = make_survey(field, key=key), make_survey(field, key=key)

    assert (first, kinds(first)) == (second, ["SurveyBegun"])
    payload = EventRecord.objects.get(subject=f"survey:{key}").payload
    assert payload["seed_digest"] == seed_digest(first)
    assert first.seed not in str(payload)


def test_only_who_controls_procedures_at_the_province_keeps_surveys() -> None:
    field = make_field(each=0)
    survey = make_survey(field)
    stranger = make_officer(Role.PROCEDURE_CONTROL_OFFICER, field.offices[0].offering.competent_unit)

    with pytest.raises(MayNotKeepSurveys):
        begin_survey(key=uuid.uuid4(), unit=field.province, plan=PLAN, questions=QUESTIONS, actor=stranger, at=LATER)
    with pytest.raises(MayNotKeepSurveys):
        change_survey(survey=survey, plan=PLAN, questions=(), seen=1, actor=stranger, at=LATER)
    with pytest.raises(MayNotKeepSurveys):
        open_survey(survey=survey, actor=stranger, at=LATER)


def test_a_survey_is_written_anew_before_it_opens_and_the_same_again_does_nothing() -> None:
    field = make_field(each=0)
    survey = make_survey(field)
    plan = replace(PLAN, title="Khảo sát năm")

    changed = change_survey(survey=survey, plan=plan, questions=QUESTIONS[:1], seen=1, actor=field.keeper, at=LATER)
    again = change_survey(survey=survey, plan=plan, questions=QUESTIONS[:1], seen=2, actor=field.keeper, at=LATER)

    assert (again.title, again.version, again.questions.count()) == ("Khảo sát năm", 2, 1)
    assert kinds(changed) == ["SurveyBegun", "SurveyChanged"]
    with pytest.raises(SurveyMoved):
        change_survey(survey=survey, plan=plan, questions=QUESTIONS, seen=1, actor=field.keeper, at=LATER)
    with pytest.raises(TooFewAlike):
        few = replace(plan, dossier_count=4)
        change_survey(survey=survey, plan=few, questions=QUESTIONS, seen=2, actor=field.keeper, at=LATER)


def test_opening_draws_from_the_groups_that_are_large_enough_and_weighs_what_is_drawn() -> None:
    field = make_field(offices=2, each=6)
    small = make_field(offices=1, each=4)

    survey = opened(field)

    assert (survey.state, survey.frame_count, survey.left_out_count) == ("OPEN", 16, 4)
    invited = survey.invitations.all()
    assert {one.unit_id for one in invited} == {office.offering.competent_unit.pk for office in field.offices}
    assert [Fraction(one.weight_numerator, one.weight_denominator) for one in invited] == [Fraction(6, 5)] * 10
    assert not invited.filter(unit=small.offices[0].offering.competent_unit).exists()
    with pytest.raises(SurveyActNotOpen):
        open_survey(survey=survey, actor=field.keeper, at=LATER)


def test_results_of_another_time_and_dossiers_under_way_are_not_drawn() -> None:
    field = make_field(each=5)
    (office,) = field.offices
    came_back(make_dossier(status=Status.RETURNED, office=office), LATER)
    make_dossier(status=Status.IN_PROGRESS, office=office)

    survey = opened(field)

    assert (survey.frame_count, survey.invitations.count()) == (5, 5)


def test_a_survey_without_a_question_or_without_anybody_is_not_opened() -> None:
    field = make_field(each=3)
    bare = begin_survey(key=uuid.uuid4(), unit=field.province, plan=PLAN, questions=(), actor=field.keeper, at=LATER)

    with pytest.raises(NothingAsked):
        open_survey(survey=bare, actor=field.keeper, at=LATER)
    with pytest.raises(NobodyToAsk):
        opened(field)
    assert not SurveyInvitation.objects.exists()


def test_an_answer_counts_once_and_leads_back_to_nobody() -> None:
    field = make_field()
    survey = opened(field)
    code = codes(survey)[0]

    answer_survey(code=f" {code[:4].upper()}-{code[4:]} ", marks={1: 5, 2: 4, 9: 3}, at=LATER)

    sheet = survey.sheets.get()
    assert sorted(sheet.marks.values_list("question__position", "mark")) == [(1, 5), (2, 4)]
    kept = {name for name in vars(sheet) if not name.startswith("_")}
    assert kept == {"id", "survey_id", "unit_id", "weight_numerator", "weight_denominator", "is_paper"}
    told = EventRecord.objects.filter(kind="SurveyAnswered").get()
    assert (told.actor_id, told.payload) == (None, {"is_paper": False})
    with pytest.raises(CodeSpent):
        answer_survey(code=code, marks={1: 1}, at=LATER)
    assert survey.sheets.count() == 1


@pytest.mark.parametrize("marks", [{}, {1: 0}, {1: 6}, {7: 3}])
def test_nothing_and_what_is_no_mark_is_no_answer(marks: dict[int, int]) -> None:
    survey = opened(make_field())

    with pytest.raises(NothingAnswered):
        answer_survey(code=codes(survey)[0], marks=marks, at=LATER)
    assert not survey.invitations.filter(is_spent=True).exists()


def test_an_unknown_code_opens_nothing() -> None:
    opened(make_field())

    with pytest.raises(CodeUnknown):
        answer_survey(code="aaaaaaaaaaaa", marks={1: 3}, at=LATER)


def test_who_keeps_the_survey_types_paper_slips_and_nobody_else() -> None:
    field = make_field()
    survey = opened(field)
    first, second = codes(survey)[:2]

    answer_survey(code=first, marks={1: 2}, at=LATER, typed_by=field.keeper)

    assert survey.sheets.get().is_paper
    with pytest.raises(MayNotKeepSurveys):
        answer_survey(code=second, marks={1: 2}, at=LATER, typed_by=field.offices[0].reception)


def test_closing_forgets_who_was_asked_and_keeps_how_many() -> None:
    field = make_field(offices=2, each=6)
    survey = opened(field)
    answered(survey, [5] * 6)
    before = set(survey.sheets.values_list("pk", flat=True))

    closed = close_survey(survey=survey, actor=field.keeper, at=LATER)

    assert not survey.invitations.exists()
    assert not before & set(survey.sheets.values_list("pk", flat=True))
    assert (survey.sheets.count(), SheetMark.objects.count()) == (6, 18)
    found = results(closed)
    assert (found.invited, found.answered, found.rate) == (10, 6, Fraction(6, 10))
    with pytest.raises(CodeUnknown):
        answer_survey(code="a" * 12, marks={1: 3}, at=LATER)
    with pytest.raises(SurveyActNotOpen):
        close_survey(survey=survey, actor=field.keeper, at=LATER)
    assert EventRecord.objects.get(kind="SurveyClosed").payload == {
        "invited": 10,
        "answered": 6,
        "seed": survey.seed,
    }


def test_results_are_shares_of_fours_and_fives_with_factors_as_means() -> None:
    field = make_field(each=10)
    survey = opened(field, dossier_count=10)
    for place, code in enumerate(codes(survey)):
        answer_survey(code=code, marks={1: 5 if place < 8 else 2, 2: 4, 3: 5 if place < 5 else 3}, at=LATER)
    with pytest.raises(NotClosed):
        results(survey)

    found = results(close_survey(survey=survey, actor=field.keeper, at=LATER))

    access, officials = found.factors
    assert (access.name, access.index, officials.name, officials.index) == (
        "Tiếp cận dịch vụ",
        Fraction(80),
        "Công chức",
        Fraction(75),
    )
    assert [figure.index for figure in officials.questions] == [100, 50]
    assert found.total == Fraction(155, 2)
    (unit,) = found.units
    assert (unit.name, unit.found.count, unit.found.may_be_compared) == (
        field.offices[0].offering.competent_unit.name,
        10,
        False,
    )
    assert round(float(unit.index), 2) == 76.67


def test_a_unit_with_few_answers_is_not_shown() -> None:
    field = make_field(offices=2, each=6)
    survey = opened(field)
    answered(survey, [5])

    found = results(close_survey(survey=survey, actor=field.keeper, at=LATER))

    assert (found.units, found.hidden_units) == ((), 1)


def test_the_sample_can_be_drawn_again_with_the_seed_that_is_told_at_the_end() -> None:
    field = make_field(offices=3, each=8)
    survey = opened(field, unit_count=2)
    drawn = set(survey.invitations.values_list("dossier", flat=True))
    Survey.objects.filter(pk=survey.pk).update(state="DRAFT", opened_at=None, frame_count=None, left_out_count=None)
    survey.invitations.all().delete()

    again = open_survey(survey=survey, actor=field.keeper, at=LATER)

    assert set(again.invitations.values_list("dossier", flat=True)) == drawn


def test_people_who_cannot_be_written_to_are_asked_on_slips() -> None:
    field = make_field()
    survey = opened(field)
    assert slips(make_survey(field)) == []

    people = {one.way for one in survey.invitations.all()}

    assert people <= {"MESSAGE", "SLIP"}
    assert len(slips(survey)) == survey.invitations.filter(way="SLIP").count()


def test_results_cost_as_many_queries_for_one_unit_as_for_three() -> None:
    counts = []
    for offices in (1, 3):
        field = make_field(offices=offices)
        survey = opened(field)
        answered(survey, [4] * 5 * offices)
        closed = close_survey(survey=survey, actor=field.keeper, at=LATER)
        with CaptureQueriesContext(connection) as caught:
            results(closed)
        counts.append(len(caught))

    assert counts[0] == counts[1] <= 5
