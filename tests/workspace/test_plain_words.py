"""Plain words about a version on screen."""

from collections.abc import Callable

import pytest
from django.test import Client

from motcua.accounts.models import User
from motcua.catalogue.models import PlainSummary
from motcua.rules.permissions import Role
from tests.make import Office, make_officer

pytestmark = pytest.mark.django_db

AtWork = Callable[[User], Client]


@pytest.fixture
def address(office: Office) -> str:
    return f"/xu-ly/danh-muc/{office.offering.procedure.code}/1/loi-thuong/"


def test_words_are_written_once_however_often_the_button_is_pressed(
    office: Office, address: str, at_work: AtWork
) -> None:
    control = make_officer(Role.PROCEDURE_CONTROL_OFFICER, office.offering.competent_unit)
    client = at_work(control)

    for _ in range(2):
        assert client.post(address, {"purpose": "Để có giấy"}).headers["Location"] == address

    page = client.get(address).content.decode()
    assert PlainSummary.objects.count() == 1
    assert "Đã lưu. Người dân thấy ngay trên trang thủ tục." in page
    assert page.count("Để có giấy") == 2  # in the field and in the list of what was written
    assert f"Lần 1: {control.display_name}" in page


def test_what_is_too_long_stays_in_the_field(office: Office, address: str, at_work: AtWork) -> None:
    client = at_work(make_officer(Role.PROCEDURE_CONTROL_OFFICER, office.offering.competent_unit))

    answer = client.post(address, {"who": "a" * 401})

    assert answer.status_code == 422
    assert "a" * 401 in answer.content.decode()


def test_others_read_and_may_not_write(office: Office, address: str, at_work: AtWork) -> None:
    client = at_work(office.officer)

    assert client.get(address).status_code == 200
    assert client.post(address, {"who": "Ai cũng được"}).status_code == 403
    assert client.get(address.replace("/1/", "/9/")).status_code == 404
