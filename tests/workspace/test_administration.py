"""Giving and ending roles; an administrator never meets a dossier."""

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client

from motcua.accounts.models import Grant, User
from motcua.rules.permissions import Role
from motcua.rules.transitions import Status
from tests.make import Office, make_dossier, make_office, make_officer, make_unit, make_user

pytestmark = pytest.mark.django_db

AtWork = Callable[[User], Client]
PAGE = "/xu-ly/quan-tri/"


@pytest.fixture
def admin(office: Office) -> User:
    return make_officer(Role.ADMINISTRATOR, office.offering.competent_unit)


def asked(user: User, office: Office, **changes: str) -> dict[str, str]:
    return {
        "username": user.username,
        "unit": office.offering.receiving_unit.code,
        "role": "RECEPTION_OFFICER",
        "valid_from": "02/03/2026",
        "last_day": "",
        **changes,
    }


def test_an_administrator_lands_on_the_roles_of_their_units(office: Office, admin: User, at_work: AtWork) -> None:
    elsewhere = make_office()
    client = at_work(admin)

    home = client.get("/xu-ly/")
    said = client.get(PAGE).content.decode()

    assert home.headers["Location"] == PAGE
    assert office.reception.username in said
    assert elsewhere.reception.username not in said


def test_an_administrator_gives_a_role_in_a_unit_below_for_a_period(
    office: Office, admin: User, at_work: AtWork
) -> None:
    newcomer = make_user()

    answer = at_work(admin).post(PAGE, asked(newcomer, office, last_day="31/12/2026"))

    assert answer.status_code == 302
    grant = Grant.objects.get(user=newcomer)
    assert (grant.unit, grant.valid_from, grant.valid_until) == (
        office.offering.receiving_unit,
        date(2026, 3, 2),
        date(2027, 1, 1),
    )


def test_nobody_entrusts_themselves(office: Office, admin: User, at_work: AtWork) -> None:
    answer = at_work(admin).post(PAGE, asked(admin, office))

    assert answer.status_code == 422
    assert "không giao vai trò cho chính mình" in answer.content.decode()
    assert Grant.objects.filter(user=admin).count() == 1


def test_a_unit_elsewhere_is_not_offered(office: Office, admin: User, at_work: AtWork) -> None:
    answer = at_work(admin).post(PAGE, asked(make_user(), office, unit=make_unit().code))

    assert answer.status_code == 422


def test_a_role_ends_after_it_starts_and_goes_to_somebody_known(office: Office, admin: User, at_work: AtWork) -> None:
    client, person = at_work(admin), make_user()

    backwards = client.post(PAGE, asked(person, office, last_day="28/02/2026")).content.decode()
    nobody = client.post(PAGE, asked(person, office, username="khong.co")).content.decode()

    assert "Ngày kết thúc phải sau ngày bắt đầu" in backwards
    assert "Không có tài khoản đang hoạt động" in nobody


def test_a_revoked_role_is_gone_the_same_day(office: Office, admin: User, at_work: AtWork) -> None:
    grant = Grant.objects.get(user=office.reception)

    answer = at_work(admin).post(f"{PAGE}thu-hoi/{grant.pk}/")

    assert answer.status_code == 302
    assert at_work(office.reception).get("/xu-ly/").status_code == 403


def test_a_role_taken_back_can_be_given_again_the_same_day(office: Office, admin: User, at_work: AtWork) -> None:
    newcomer, client = make_user(), at_work(admin)
    client.post(PAGE, asked(newcomer, office))
    client.post(f"{PAGE}thu-hoi/{Grant.objects.get(user=newcomer).pk}/")

    client.post(PAGE, asked(newcomer, office))

    assert at_work(newcomer).get("/xu-ly/").status_code == 200


def test_a_role_that_ended_is_not_given_again_for_the_days_gone_by(
    office: Office, admin: User, at_work: AtWork
) -> None:
    former, client = make_user(), at_work(admin)
    Grant.objects.create(
        user=former,
        unit=office.offering.receiving_unit,
        role="RECEPTION_OFFICER",
        valid_from=date(2026, 1, 5),
        valid_until=date(2026, 2, 2),
    )

    answer = client.post(PAGE, asked(former, office, valid_from="05/01/2026"))

    assert answer.status_code == 422
    assert "Những ngày đã qua giữ nguyên" in answer.content.decode()
    assert Grant.objects.get(user=former).valid_until == date(2026, 2, 2)


@pytest.mark.parametrize("last_day", ["", "31/12/2026"])
@pytest.mark.parametrize("first_day", ["02/03/2026", "09/03/2026"])
def test_a_role_given_by_mistake_is_gone_as_soon_as_it_is_revoked(
    first_day: str, last_day: str, office: Office, admin: User, at_work: AtWork
) -> None:
    newcomer = make_user()
    client = at_work(admin)
    client.post(PAGE, asked(newcomer, office, valid_from=first_day, last_day=last_day))
    grant = Grant.objects.get(user=newcomer)

    listed = client.get(PAGE).content.decode()
    client.post(f"{PAGE}thu-hoi/{grant.pk}/")

    assert f"{PAGE}thu-hoi/{grant.pk}/" in listed
    assert at_work(newcomer).get("/xu-ly/").status_code == 403
    assert not Grant.objects.on(grant.valid_from).filter(user=newcomer).exists()
    assert newcomer.username not in client.get(PAGE).content.decode()


def test_a_role_elsewhere_cannot_be_revoked(admin: User, at_work: AtWork) -> None:
    grant = Grant.objects.get(user=make_office().reception)

    assert at_work(admin).post(f"{PAGE}thu-hoi/{grant.pk}/").status_code == 404


def test_an_administrator_cannot_revoke_their_own_role(admin: User, at_work: AtWork) -> None:
    grant = Grant.objects.get(user=admin)

    said = at_work(admin).post(f"{PAGE}thu-hoi/{grant.pk}/", follow=True).content.decode()

    assert "không giao vai trò cho chính mình" in said
    assert Grant.objects.get(pk=grant.pk).valid_until is None


def test_an_administrator_reads_no_dossier(office: Office, admin: User, at_work: AtWork) -> None:
    dossier = make_dossier(status=Status.ACCEPTED, office=office)

    assert at_work(admin).get(f"/xu-ly/ho-so/{dossier.public_code}/").status_code == 404


def test_the_page_is_for_administrators(office: Office, at_work: AtWork) -> None:
    assert at_work(office.reception).get(PAGE).status_code == 403
