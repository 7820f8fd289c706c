"""What is kept by itself while somebody types."""

import pytest
from playwright.sync_api import expect

from motcua.dossiers.models import Applicant
from motcua.rules.transitions import Status
from tests.journeys.stage import dossier_in, person
from tests.journeys.visitor import Visitor, signed_in

pytestmark = [pytest.mark.journey, pytest.mark.django_db]


def test_a_half_typed_number_waits_in_the_tab_and_the_one_before_stays(visitor: Visitor) -> None:
    dossier = dossier_in(Status.DRAFT)
    before = Applicant.objects.get(dossier=dossier).phone
    citizen = signed_in(visitor, person("congdan"))
    citizen.open(f"/ho-so/{dossier.reference}/nguoi-nop/")

    citizen.fill("Nơi cư trú", "Tổ 3, phường Điện Biên Phủ")
    citizen.fill("Số điện thoại", "0900 0")
    expect(citizen.page.locator("[data-when=partly]")).to_be_visible()

    kept = Applicant.objects.get(dossier=dossier)
    assert (kept.phone, kept.address) == (before, "Tổ 3, phường Điện Biên Phủ")
    citizen.page.on("dialog", lambda dialog: dialog.accept())
    citizen.page.reload()
    expect(citizen.page.locator("[name=phone]")).to_have_value("0900 0")

    citizen.fill("Số điện thoại", "0900 000 888")
    expect(citizen.page.locator("[data-when=office]")).to_be_visible()

    assert Applicant.objects.get(dossier=dossier).phone == "0900000888"
    assert citizen.page.evaluate("sessionStorage.length") == 0
