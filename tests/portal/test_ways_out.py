"""What a guest is told and asked where text messages, or any messages, cannot leave the installation."""

from datetime import datetime

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from motcua.accounts.models import User
from motcua.catalogue.models import Offering
from motcua.dossiers.models import Dossier
from motcua.rules.permissions import Role
from motcua.rules.transitions import Status
from tests.make import make_officer, make_user
from tests.portal.conftest import WHO, Guest, last_code

pytestmark = pytest.mark.django_db


def start_address(offering: Offering) -> str:
    return f"/thu-tuc/{offering.procedure.code}/nop/"


def test_without_text_messages_a_guest_hands_in_by_mail_alone(guest: Guest, now: datetime, settings: Settings) -> None:
    settings.CONTACT_CODE_CHANNELS = ["EMAIL"]
    dossier = guest.start()
    guest.fill_in(dossier)

    page = guest.get(dossier, "lien-he/").content.decode()
    guest.post(dossier, "lien-he/thu-dien-tu/gui/")
    guest.post(dossier, "lien-he/thu-dien-tu/xac-nhan/", {"thu-dien-tu-code": last_code()})
    guest.post(dossier, "nop/")

    dossier.refresh_from_db()
    assert "Bạn chỉ cần xác nhận thư điện tử" in page
    assert "lien-he/dien-thoai/" not in page
    assert dossier.status == Status.SUBMITTED


def test_without_text_messages_a_guest_must_give_an_address(guest: Guest, now: datetime, settings: Settings) -> None:
    settings.CONTACT_CODE_CHANNELS = ["EMAIL"]
    dossier = guest.start()

    refused = guest.post(dossier, "nguoi-nop/", {**WHO, "email": ""})
    contact = guest.get(dossier, "lien-he/").content.decode()

    assert refused.status_code == 422
    assert "Ghi thư điện tử ở phần Người nộp" in contact


def test_a_code_cannot_be_asked_over_a_way_that_is_not_there(guest: Guest, now: datetime, settings: Settings) -> None:
    dossier = guest.start()
    guest.fill_in(dossier)
    settings.CONTACT_CODE_CHANNELS = ["EMAIL"]

    guest.post(dossier, "lien-he/dien-thoai/gui/")

    assert "Cổng chưa gửi được mã theo cách này" in guest.get(dossier, "lien-he/").content.decode()


@pytest.mark.parametrize(("channels", "is_said"), [(["EMAIL"], True), (["SMS", "EMAIL"], False)])
def test_the_desk_sees_a_phone_that_nobody_confirmed(
    guest: Guest, now: datetime, settings: Settings, client: Client, channels: list[str], *, is_said: bool
) -> None:
    settings.CONTACT_CODE_CHANNELS = channels
    dossier = guest.start()
    guest.fill_in(dossier)
    for slug in ["thu-dien-tu"] if is_said else ["dien-thoai", "thu-dien-tu"]:
        guest.post(dossier, f"lien-he/{slug}/gui/")
        guest.post(dossier, f"lien-he/{slug}/xac-nhan/", {f"{slug}-code": last_code()})
    guest.post(dossier, "nop/")
    enter(client, make_officer(Role.RECEPTION_OFFICER, dossier.receiving_unit))

    page = client.get(reverse("workspace:dossier", args=[dossier.reference])).content.decode()

    assert "0900000777" in page
    assert ("0900000777 (chưa xác nhận)" in page) is is_said


def test_where_nothing_goes_out_the_start_page_says_so_and_begins_nothing(
    client: Client, offering: Offering, now: datetime, settings: Settings
) -> None:
    form = Guest(offering).start_form()
    settings.CONTACT_CODE_CHANNELS = []

    page = client.get(start_address(offering)).content.decode()
    sent = client.post(start_address(offering), form)

    assert "Muốn nộp ở đây, hãy đăng nhập" in page
    assert f"/tai-khoan/login/?next={start_address(offering)}" in page
    assert 'name="place"' not in page
    assert "Muốn nộp ở đây, hãy đăng nhập" in sent.content.decode()
    assert not Dossier.objects.exists()


def test_a_draft_begun_before_says_what_helps(guest: Guest, now: datetime, settings: Settings) -> None:
    dossier = guest.start()
    guest.fill_in(dossier)
    settings.CONTACT_CODE_CHANNELS = []

    page = guest.get(dossier, "lien-he/").content.decode()

    assert "Hãy đăng nhập rồi nộp lại" in page
    assert "Tiếp tục</a>" not in page


def test_who_is_signed_in_files_all_the_same(offering: Offering, now: datetime, settings: Settings) -> None:
    settings.CONTACT_CODE_CHANNELS = []
    citizen = Guest(offering)
    citizen.browser.force_login(make_user())

    dossier = citizen.start()
    citizen.fill_in(dossier)
    citizen.post(dossier, "nop/")

    dossier.refresh_from_db()
    assert dossier.status == Status.SUBMITTED


def enter(client: Client, officer: User) -> None:
    client.force_login(officer, backend="allauth.account.auth_backends.AuthenticationBackend")
    session = client.session
    session["has_second_factor"] = True
    session.save()
