"""Surveys in the workspace: prepared, opened, slips typed, closed (E-10, E-11)."""

import uuid
from collections.abc import Callable

import pytest
import time_machine
from django.test import Client

from motcua.accounts.models import User
from motcua.dossiers.models import Applicant, Dossier
from motcua.surveys.models import Survey
from tests.surveys.making import LATER, Field, codes, make_field, make_survey, opened

pytestmark = pytest.mark.django_db

AtWork = Callable[[User], Client]
HOME = "/xu-ly/khao-sat/"
TYPED = {
    "title": "Khảo sát quý I",
    "returned_from": "01/01/2026",
    "returned_until": "01/04/2026",
    "unit_count": "3",
    "group_count": "2",
    "dossier_count": "5",
    "closes_on": "30/06/2026",
    "questions": "Công chức | Người tiếp nhận có lịch sự không?\nKết quả | Kết quả có đúng hẹn không?",
}


@pytest.fixture
def field() -> Field:
    return make_field(each=6)


def test_a_survey_goes_from_its_form_to_public_results(field: Field, at_work: AtWork) -> None:
    client, key = at_work(field.keeper), str(uuid.uuid4())
    page = f"{HOME}{key}/"

    client.post(f"{HOME}moi/", {**TYPED, "key": key})
    client.post(f"{HOME}moi/", {**TYPED, "key": key})
    survey = Survey.objects.get()
    client.post(f"{page}sua/", {**TYPED, "title": "Khảo sát quý I năm 2026", "seen": "1"})
    client.post(page, {"do": "open"})
    code = codes(survey)[0]
    slip = client.post(f"{page}phieu/", {"code": f"{code[:4]}-{code[4:]}", "q1": "4"})
    client.post(page, {"do": "close"})

    survey.refresh_from_db()
    assert (survey.title, survey.state, survey.questions.count()) == ("Khảo sát quý I năm 2026", "CLOSED", 2)
    assert (slip.status_code, survey.sheets.get().is_paper) == (302, True)
    shown = client.get(page).content.decode()
    assert f"/khao-sat/ket-qua/{key}/" in shown
    assert "1 trong 5 người được hỏi" in shown


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"returned_until": "01/01/2026"}, "Ngày này phải sau ngày bắt đầu."),
        ({"dossier_count": "4"}, "5"),
        ({"questions": "Không có gạch"}, "Dòng 1 thiếu yếu tố, gạch đứng hoặc câu hỏi."),
        ({"questions": f"A | {'b' * 301}"}, "Dòng 1 quá dài."),
        ({"questions": "A | b\n" * 61}, "Nhiều nhất 60 câu hỏi."),
    ],
)
def test_what_is_wrong_is_said_by_the_field_and_kept(
    changed: dict[str, str], sentence: str, field: Field, at_work: AtWork
) -> None:
    answer = at_work(field.keeper).post(f"{HOME}moi/", {**TYPED, **changed, "key": str(uuid.uuid4())})

    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert "Khảo sát quý I" in answer.content.decode()
    assert not Survey.objects.exists()


def test_two_who_write_at_once_hear_of_each_other(field: Field, at_work: AtWork) -> None:
    survey, client = make_survey(field), at_work(field.keeper)
    page = f"{HOME}{survey.key}/sua/"

    client.post(page, {**TYPED, "seen": "1"})
    late = client.post(page, {**TYPED, "title": "Khác", "seen": "1"})

    assert late.status_code == 422
    assert "Người khác vừa sửa cuộc khảo sát này" in late.content.decode()


def test_what_is_open_is_not_written_anew_and_not_opened_twice(field: Field, at_work: AtWork) -> None:
    survey, client = opened(field), at_work(field.keeper)
    page = f"{HOME}{survey.key}/"

    changed = client.post(f"{page}sua/", {**TYPED, "seen": "2"})
    again = client.post(page, {"do": "open"})

    assert "Khảo sát đã bắt đầu nên không sửa được nữa." in changed.content.decode()
    assert (again.status_code, "Việc này đã làm rồi." in again.content.decode()) == (409, True)


def test_where_nobody_can_be_drawn_the_page_says_so(at_work: AtWork) -> None:
    field = make_field(each=2)
    survey = make_survey(field)

    answer = at_work(field.keeper).post(f"{HOME}{survey.key}/", {"do": "open"})

    assert answer.status_code == 409
    assert "Không có nhóm nào đủ năm hồ sơ" in answer.content.decode()


def test_a_slip_of_no_survey_or_one_typed_twice_is_refused_by_its_code(field: Field, at_work: AtWork) -> None:
    survey, client = opened(field), at_work(field.keeper)
    page, code = f"{HOME}{survey.key}/phieu/", codes(survey)[0]

    unknown = client.post(page, {"code": "aaaa-aaaa-aaaa", "q1": "4"})
    client.post(page, {"code": code, "q1": "4"})
    twice = client.post(page, {"code": code, "q1": "1"})

    assert "Không có phiếu nào mang mã này trong cuộc khảo sát." in unknown.content.decode()
    assert (twice.status_code, "Phiếu này đã có trả lời." in twice.content.decode()) == (422, True)
    assert survey.sheets.count() == 1


def test_slips_are_handed_out_with_codes_and_no_names(field: Field, at_work: AtWork) -> None:
    Applicant.objects.update(email="", phone="0215 3825 999")
    Dossier.objects.update(owner=None)
    survey = opened(field)

    rows = at_work(field.keeper).get(f"{HOME}{survey.key}/phieu/csv/").content.decode()

    assert rows.count("/khao-sat/phieu/") == 5
    assert all(name not in rows for name in Applicant.objects.values_list("full_name", flat=True))


def test_a_survey_past_its_last_day_asks_to_be_closed(field: Field, at_work: AtWork) -> None:
    survey, client = opened(field), at_work(field.keeper)
    page = f"{HOME}{survey.key}/"

    with time_machine.travel(LATER, tick=False):
        before = at_work(field.keeper).get(page).content.decode()
    with time_machine.travel("2026-07-01T08:00:00+07:00", tick=False):
        after = at_work(field.keeper).get(page).content.decode()

    assert client.get(HOME).status_code == 200
    assert ("hãy kết thúc" in before, "hãy kết thúc" in after) == (False, True)
