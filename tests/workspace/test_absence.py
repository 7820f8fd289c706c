"""Arranging one's own absence on the screen."""

from collections.abc import Callable

import pytest
from django.test import Client

from motcua.accounts.models import Delegation, User
from motcua.rules.permissions import Role
from motcua.rules.transitions import Status
from tests.make import Office, make_dossier, make_office, make_officer

pytestmark = pytest.mark.django_db

AtWork = Callable[[User], Client]


def typed(deputy: User, **more: str) -> dict[str, str]:
    days = {"valid_from": "02/03/2026", "last_day": "06/03/2026", "reason": "Nghỉ phép năm"}
    return {"deputy": deputy.username, **days, **more}


def test_an_official_lets_a_colleague_stand_in_and_comes_back(office: Office, at_work: AtWork) -> None:
    deputy = make_officer(Role.SIGNER, office.offering.competent_unit, full_name="Cà Thị Thay")
    officer = at_work(office.officer)

    officer.post("/xu-ly/vang-mat/", typed(deputy))
    shown = officer.get("/xu-ly/vang-mat/").content.decode()
    at_the_deputys = at_work(deputy).get("/xu-ly/vang-mat/").content.decode()
    given = Delegation.objects.get()
    at_work(office.officer).post(f"/xu-ly/vang-mat/{given.pk}/ket-thuc/")

    assert "Cà Thị Thay làm thay" in shown
    assert f"Bạn đang làm thay {office.officer.display_name}" in at_the_deputys
    given.refresh_from_db()
    assert given.valid_until == given.valid_from


def test_bad_days_are_told_and_what_was_typed_stays(office: Office, at_work: AtWork) -> None:
    deputy = make_officer(Role.SIGNER, office.offering.competent_unit)

    answer = at_work(office.officer).post("/xu-ly/vang-mat/", typed(deputy, last_day="01/03/2026"))

    assert answer.status_code == 422
    assert "Những ngày vắng phải từ hôm nay trở đi" in answer.content.decode()
    assert "Nghỉ phép năm" in answer.content.decode()
    assert not Delegation.objects.exists()


def test_nobody_ends_the_absence_of_another(office: Office, at_work: AtWork) -> None:
    deputy = make_officer(Role.SIGNER, office.offering.competent_unit)
    at_work(office.officer).post("/xu-ly/vang-mat/", typed(deputy))
    given = Delegation.objects.get()

    answer = at_work(make_office().officer).post(f"/xu-ly/vang-mat/{given.pk}/ket-thuc/")

    assert answer.status_code == 404
    assert Delegation.objects.get().valid_until == given.valid_until


def test_a_dispatcher_finds_all_that_an_absent_officer_holds(office: Office, at_work: AtWork) -> None:
    dossier = make_dossier(office=office, status=Status.IN_PROGRESS)
    dispatcher = at_work(office.dispatcher)

    loads = dispatcher.get("/xu-ly/vang-mat/").context["loads"]
    held = dispatcher.get(loads[0][1])

    assert [(load.username, load.open_count) for load, _ in loads] == [(office.officer.username, 1)]
    assert [row.code for row in held.context["rows"]] == [dossier.public_code]
    assert at_work(office.officer).get("/xu-ly/vang-mat/").context["loads"] == []
