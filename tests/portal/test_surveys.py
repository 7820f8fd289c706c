"""Surveys on the portal: the sheet of whoever was drawn, and the results for everybody (E-10, E-11)."""

import uuid

import pytest
from django.test import Client

from motcua.surveys.commands.carry_out import close_survey
from motcua.surveys.models import Survey
from tests.surveys.making import LATER, Field, answered, codes, make_field, opened

pytestmark = pytest.mark.django_db


@pytest.fixture
def field() -> Field:
    return make_field(each=6)


def closed(field: Field) -> Survey:
    survey = opened(field)
    answered(survey, [5, 4, 4, 2, 5])
    return close_survey(survey=survey, actor=field.keeper, at=LATER)


def test_whoever_was_drawn_answers_once_without_signing_in(client: Client, field: Field) -> None:
    survey = opened(field)
    address = f"/khao-sat/phieu/{codes(survey)[0]}/"
    page = client.get(address)
    assert "Người tiếp nhận có lịch sự không?" in page.content.decode()
    assert page.headers["Cache-Control"].startswith("max-age=0")

    first = client.post(address, {"q1": "5", "q3": "2"})
    second = client.post(address, {"q1": "1"})

    assert [answer.status_code for answer in (first, second)] == [200, 200]
    assert "Cảm ơn bạn." in second.content.decode()
    sheet = survey.sheets.get()
    assert sorted(sheet.marks.values_list("question__position", "mark")) == [(1, 5), (3, 2)]
    assert "Cảm ơn bạn." in client.get(address).content.decode()


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [({}, "Hãy trả lời ít nhất một câu."), ({"q1": "9", "q2": "4"}, "Hãy chọn một trong năm mức, hoặc bỏ trống.")],
)
def test_an_empty_or_strange_sheet_says_what_to_repair_and_spends_nothing(
    typed: dict[str, str], sentence: str, client: Client, field: Field
) -> None:
    survey = opened(field)

    answer = client.post(f"/khao-sat/phieu/{codes(survey)[0]}/", {"x": "1", **typed})

    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert not survey.sheets.exists()


def test_a_code_that_opens_nothing_gets_the_same_page_whatever_is_wrong(client: Client, field: Field) -> None:
    survey = opened(field)
    code = codes(survey)[0]
    close_survey(survey=survey, actor=field.keeper, at=LATER)

    unknown, over = client.get("/khao-sat/phieu/aaaaaaaaaaaa/"), client.post(f"/khao-sat/phieu/{code}/", {"q1": "5"})

    assert (unknown.status_code, over.status_code) == (404, 404)
    assert "Không mở được phiếu khảo sát" in over.content.decode()


def test_everybody_reads_the_results_of_a_survey_that_is_over_and_of_no_other(client: Client, field: Field) -> None:
    running, over = opened(field), closed(field)

    listed = client.get("/khao-sat/").content.decode()
    shown = client.get(f"/khao-sat/ket-qua/{over.key}/").content.decode()

    assert (str(over.key) in listed, str(running.key) in listed) == (True, False)
    assert "80,00%" in shown
    assert "5 trong 5 người được hỏi (100,00%)" in shown
    assert over.seed in shown
    assert client.get(f"/khao-sat/ket-qua/{running.key}/").status_code == 404
    assert client.get(f"/khao-sat/ket-qua/{uuid.uuid4()}/").status_code == 404


def test_no_page_of_a_survey_names_a_dossier(client: Client, field: Field) -> None:
    over = closed(field)
    pages = client.get("/khao-sat/").content + client.get(f"/khao-sat/ket-qua/{over.key}/").content

    for office in field.offices:
        for version in office.offering.procedure.versions.all():
            for dossier in version.dossiers.select_related("applicant"):
                assert dossier.public_code.encode() not in pages
                assert dossier.applicant.full_name.encode() not in pages
