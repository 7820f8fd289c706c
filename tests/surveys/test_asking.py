"""Those who were drawn are written to, and their code opens their sheet."""

import pytest

from motcua.dossiers.models import Applicant, Dossier
from motcua.notifications.models import Message
from motcua.surveys.commands.carry_out import answer_survey
from motcua.surveys.models import SurveyInvitation
from motcua.surveys.queries.results import slips
from tests.surveys.making import LATER, codes, make_field, opened

pytestmark = pytest.mark.django_db


def test_everybody_who_can_be_written_to_has_a_message_with_a_code_that_works() -> None:
    survey = opened(make_field())

    told = Message.objects.filter(subject__contains="khảo sát")

    asked = survey.invitations.filter(way=SurveyInvitation.Way.MESSAGE)
    assert set(told.values_list("dossier", flat=True)) == set(asked.values_list("dossier", flat=True))
    assert asked.count() == 5
    for code in codes(survey):
        assert any(f"/khao-sat/phieu/{code}/" in message.body for message in told)
        answer_survey(code=code, marks={1: 4}, at=LATER)


def test_a_text_message_holds_the_whole_address() -> None:
    Applicant.objects.update(email="")
    opened(make_field())

    texts = Message.objects.filter(channel=Message.Channel.SMS, body__contains="khao sat")

    assert texts
    assert all(len(text.body) <= 160 and text.body.endswith("/") for text in texts)


def test_whoever_cannot_be_written_to_gets_no_message() -> None:
    field = make_field()
    Applicant.objects.update(email="", phone="0215 3825 999")
    Dossier.objects.update(owner=None)
    survey = opened(field)

    assert [one.way for one in slips(survey)] == [SurveyInvitation.Way.SLIP] * 5
    assert not Message.objects.filter(subject__contains="khảo sát").exists()
