"""A session that ends, or a token that is lost, in the middle of an officer's form: the words come back."""

from collections.abc import Callable

import pytest
from django.test import Client

from motcua.accounts.models import User
from motcua.dossiers.models import Dossier
from motcua.rules.transitions import Status
from tests.make import Office, make_dossier, make_office

pytestmark = pytest.mark.django_db

AtWork = Callable[[User], Client]
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def sign_in_again(browser: Client, officer: User) -> None:
    browser.force_login(officer, backend=BACKEND)
    session = browser.session
    session["has_second_factor"] = True
    session.save()


def test_what_an_officer_was_sending_waits_until_they_have_signed_in(office: Office, now: object) -> None:
    dossier = make_dossier(office=office)
    address = f"/xu-ly/ho-so/{dossier.public_code}/tiep-nhan/"
    browser = Client()

    sent = browser.post(address, {"version": "0", "state_1": "WRONG", "note_1": "Thiếu chữ ký của cha"})
    sign_in_again(browser, office.reception)
    back = browser.get(address).content.decode()

    assert sent.status_code == 302
    assert Dossier.objects.get(pk=dossier.pk).status == Status.SUBMITTED
    assert 'value="Thiếu chữ ký của cha"' in back
    assert 'value="WRONG"' in back
    assert "CHƯA được gửi" in back


def test_the_dossiers_own_version_counts_when_the_words_come_back(office: Office, now: object) -> None:
    dossier = make_dossier(office=office)
    address = f"/xu-ly/ho-so/{dossier.public_code}/tu-choi/"
    browser = Client()

    browser.post(address, {"version": "98765", "reason": "Không thuộc địa bàn"})
    sign_in_again(browser, office.reception)
    back = browser.get(address).content.decode()

    assert "Không thuộc địa bàn" in back
    assert "98765" not in back


def test_nobody_else_reads_what_was_typed(office: Office, now: object) -> None:
    dossier = make_dossier(office=office)
    address = f"/xu-ly/ho-so/{dossier.public_code}/tu-choi/"
    browser = Client()

    browser.post(address, {"version": "1", "reason": "Không thuộc địa bàn"})
    sign_in_again(browser, make_office().reception)

    assert "Không thuộc địa bàn" not in browser.get(address).content.decode()


def test_a_lost_token_at_the_counter_gives_the_words_back(office: Office, at_work: AtWork) -> None:
    offering = office.offering
    codes = (offering.receiving_unit.code, offering.procedure.code, offering.competent_unit.code)
    address = f"/xu-ly/tiep-nhan-truc-tiep/{'/'.join(codes)}/"
    browser = at_work(office.reception)
    browser.handler.enforce_csrf_checks = True

    refused = browser.post(address, {"full_name": "Giàng A Páo", "originals_1": "2"})
    back = browser.get(address).content.decode()

    assert refused.status_code == 403
    assert address in refused.content.decode()
    assert 'value="Giàng A Páo"' in back


def test_an_address_that_only_acts_leads_to_its_list(office: Office, at_work: AtWork) -> None:
    answer = at_work(office.reception).get("/xu-ly/quan-tri/thu-hoi/1/")

    assert answer.status_code == 302
    assert answer.headers["Location"] == "/xu-ly/quan-tri/"
