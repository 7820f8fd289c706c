"""The pages everybody may read, and a signed-in citizen's own."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from motcua.accounts.models import User
from motcua.rules.permissions import Role
from motcua.rules.transitions import Status
from tests.make import make_dossier, make_offering, make_officer, make_procedure, make_unit

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "name", ["home", "search", "sectors", "desks", "guide", "accessibility", "privacy", "look-up", "my-dossiers"]
)
def test_everybody_may_read(client: Client, name: str) -> None:
    make_offering()

    page = client.get(reverse(f"portal:{name}"))

    assert page.status_code == 200
    assert page.content.decode().count("<h1") == 1


def test_a_procedure_says_what_to_bring_and_the_earliest_day(client: Client) -> None:
    offering = make_offering(procedure=make_procedure(title="Đăng ký khai sinh"))
    url = reverse("portal:procedure", args=[offering.procedure.code])

    page = client.get(url).content.decode()

    assert all(said in page for said in ("Đăng ký khai sinh", "Tờ khai theo mẫu", "123/2015/NĐ-CP", "L-06"))
    assert client.get(reverse("portal:procedure", args=["9.999999"])).status_code == 404


def test_the_search_finds_by_words_and_helps_when_it_does_not(client: Client) -> None:
    make_offering(procedure=make_procedure(title="Đăng ký khai sinh"))

    for words in ("khai sinh", "KHAI SINH đăng ký", "khong co gi het"):
        assert client.get(reverse("portal:search"), {"q": words}).status_code == 200
        assert client.get(reverse("portal:suggest"), {"q": words}).status_code == 200


def test_a_sector_lists_its_procedures(client: Client) -> None:
    offering = make_offering()

    assert offering.procedure.title in client.get(reverse("portal:sector", args=["ho-tich"])).content.decode()
    assert client.get(reverse("portal:sector", args=["khong-co"])).status_code == 404
    assert client.get(reverse("portal:life-event", args=["khong-co"])).status_code == 404


@pytest.mark.parametrize("status", [Status.ACCEPTED, Status.RETURNED])
def test_a_citizen_follows_their_own_dossier(sign_in: Callable[[User], Client], status: Status) -> None:
    dossier = make_dossier(status=status)
    assert dossier.owner is not None
    client = sign_in(dossier.owner)

    assert dossier.public_code in client.get(reverse("portal:my-dossiers")).content.decode()
    page = client.get(reverse("portal:dossier", args=[dossier.public_code])).content.decode()
    assert "Hồ sơ đã được tiếp nhận" in page
    form = client.get(reverse("portal:issued-form", args=[dossier.public_code, 0]))
    assert form.status_code == 404
    result = client.get(reverse("portal:result", args=[dossier.public_code]))
    assert result.status_code == (200 if status is Status.RETURNED else 404)
    result.close()


def test_after_signing_in_officials_work_and_citizens_see_their_dossiers(sign_in: Callable[[User], Client]) -> None:
    officer = make_officer(Role.RECEPTION_OFFICER, make_unit())
    owner = make_dossier().owner
    assert owner is not None

    assert sign_in(officer).get(reverse("home-after-sign-in")).headers["Location"] == "/xu-ly/"
    assert sign_in(owner).get(reverse("home-after-sign-in")).headers["Location"] == reverse("portal:my-dossiers")


def test_an_unknown_address_is_answered_in_words(client: Client) -> None:
    page = client.get("/khong-co-trang-nay/")

    assert page.status_code == 404
    assert "Không tìm thấy trang" in page.content.decode()
