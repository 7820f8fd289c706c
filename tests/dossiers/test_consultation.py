"""Asking other units: who sees what, who may answer, what silence leads to (B step 11)."""

from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from motcua.accounts.facts import grants_of
from motcua.accounts.models import User
from motcua.dossiers.commands import consult
from motcua.dossiers.models import Consultation, Dossier
from motcua.rules.permissions import NotPermitted, Role
from motcua.rules.transitions import Status
from tests.make import HANOI, Office, make_dossier, make_office, make_officer, make_unit

pytestmark = pytest.mark.django_db


def on(day: int, hour: int = 9) -> datetime:
    return datetime(2026, 3, day, hour, tzinfo=HANOI)


@pytest.fixture
def office() -> Office:
    return make_office()


def asked(office: Office, *, days: int = 2) -> Dossier:
    dossier = make_dossier(status=Status.IN_PROGRESS, office=office)
    question = consult.Question(office.asked, "Có quy hoạch nào không?", days=days)
    return consult.consult(dossier=dossier, officer=office.officer, question=question, at=on(3))


def sees(person: User, dossier: Dossier) -> bool:
    grants = grants_of(person, on(3).date())
    seen = Dossier.objects.visible_to(grants, actor_id=person.pk, on=on(3).date())
    return seen.filter(pk=dossier.pk).exists()


def test_the_clock_runs_on_and_the_unit_has_its_own_term(office: Office) -> None:
    before = make_dossier(status=Status.IN_PROGRESS, office=office).due_at

    dossier = asked(office)

    assert (dossier.status, dossier.assignee) == (Status.CONSULTING, office.officer)
    assert dossier.due_at == before
    assert timezone.localtime(Consultation.objects.get().due_at) == on(5, 17)


def test_whoever_is_asked_sees_the_dossier_while_it_waits_for_them(office: Office) -> None:
    expert = make_officer(Role.PROCESSING_OFFICER, office.asked)
    dossier = asked(office)

    before = sees(expert, dossier)
    opinion = consult.Opinion("Không vướng quy hoạch")
    back = consult.answer_consultation(
        consultation=Consultation.objects.get(), officer=expert, opinion=opinion, at=on(4)
    )

    assert (before, sees(expert, dossier)) == (True, False)
    assert back.status == Status.IN_PROGRESS
    assert Consultation.objects.get().answered_by == expert


def test_the_dossier_waits_for_the_last_of_several(office: Office) -> None:
    dossier = asked(office)
    second = make_unit()
    expert = make_officer(Role.PROCESSING_OFFICER, office.asked)
    question = consult.Question(second, "Ý kiến về môi trường?", days=2)
    consult.consult(dossier=dossier, officer=office.officer, question=question, at=on(3, 10))

    first = Consultation.objects.get(unit=office.asked)
    opinion = consult.Opinion("Đồng ý")
    waiting = consult.answer_consultation(consultation=first, officer=expert, opinion=opinion, at=on(4))

    assert waiting.status == Status.CONSULTING


@pytest.mark.parametrize("role", [Role.PROCESSING_OFFICER, Role.SIGNER])
def test_nobody_else_answers(role: Role, office: Office) -> None:
    asked(office)
    stranger = make_officer(role, make_unit())

    with pytest.raises(NotPermitted):
        consult.answer_consultation(
            consultation=Consultation.objects.get(), officer=stranger, opinion=consult.Opinion("x"), at=on(4)
        )


def test_a_unit_is_not_asked_twice_at_once_nor_the_agency_itself(office: Office) -> None:
    dossier = asked(office)
    again = consult.Question(office.asked, "Lần nữa?", days=2)
    itself = consult.Question(office.offering.competent_unit, "Mình hỏi mình?", days=2)

    for question in (again, itself):
        with pytest.raises(consult.ConsultedAlready):
            consult.consult(dossier=dossier, officer=office.officer, question=question, at=on(3))


def test_the_officer_goes_on_without_an_answer_once_the_term_is_over(office: Office) -> None:
    dossier = asked(office)
    deadline = Consultation.objects.get().due_at

    with pytest.raises(consult.StillInTime) as refused:
        consult.go_on_unanswered(dossier=dossier, officer=office.officer, note="", at=deadline)
    back = consult.go_on_unanswered(
        dossier=dossier, officer=office.officer, note="Hết hạn", at=deadline + timedelta(minutes=1)
    )

    assert refused.value.due_at == deadline
    assert back.status == Status.IN_PROGRESS
    assert Consultation.objects.get().closed_at is not None
