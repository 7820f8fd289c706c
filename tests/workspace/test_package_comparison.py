"""The page of a package shows the comparison that is kept: it reads a few rows, never the whole set-up."""

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client
from pytest_django.fixtures import DjangoAssertNumQueries

from motcua.accounts.models import User
from motcua.legislation.models import LegalDocument
from motcua.organisations.commands.set_office_hours import set_office_hours
from motcua.organisations.models import Unit
from motcua.province_setup import preview as previewing
from motcua.province_setup.comparing import MOST_DIFFERENCES, setup_event_names
from motcua.province_setup.models import ComparedItem, PackageComparison
from motcua.rules.permissions import Role
from tests.legislation.law import make_document
from tests.make import LONG_AGO, MONDAY, make_dossier, make_officer, make_procedure, make_unit

pytestmark = pytest.mark.django_db
AtWork = Callable[[User], Client]
HOME = "/xu-ly/goi-cau-hinh/"
STALE = "Từ lần so sánh này, cấu hình ở đây đã có thay đổi."


@pytest.fixture
def client(at_work: AtWork) -> Client:
    province = make_unit(name="Tỉnh Điện Biên", kind="PROVINCE", level="PROVINCE")
    return at_work(make_officer(Role.ADMINISTRATOR, province))


def made(client: Client) -> str:
    return client.post(f"{HOME}lap/").headers["Location"]


def test_the_page_reads_nothing_of_the_set_up(
    client: Client, monkeypatch: pytest.MonkeyPatch, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for _number in range(60):
        make_unit()
    page = made(client)
    Unit.objects.update(address="Bản Phủ")
    client.post(f"{page}so-sanh/")

    def fail(*_args: object) -> None:
        pytest.fail("the page read the whole set-up")

    monkeypatch.setattr(previewing, "items_here", fail)
    monkeypatch.setattr("motcua.province_setup.commands.packages.read_archive", fail)
    with django_assert_max_num_queries(16):
        first = client.get(f"{page}?phan=units").content.decode()
    second = client.get(f"{page}?phan=units&trang=2").content.decode()

    assert first.count("lấy theo gói") == 50
    assert second.count("lấy theo gói") == Unit.objects.count() - 50
    assert "trang=2" in first


def test_a_package_that_was_not_compared_offers_to(client: Client) -> None:
    page = made(client)
    PackageComparison.objects.all().delete()

    before = client.get(page).content.decode()
    answer = client.post(f"{page}so-sanh/", follow=True).content.decode()
    client.post(f"{page}so-sanh/")

    assert "Gói này chưa được so sánh với cấu hình ở đây." in before
    assert "Không có khác biệt nào để áp dụng." not in before
    assert "Đã so sánh gói với cấu hình hiện tại." in answer
    assert "Không có khác biệt nào để áp dụng." in answer
    assert PackageComparison.objects.count() == 1


def test_the_page_says_when_the_set_up_changed_since(client: Client) -> None:
    page = made(client)
    make_dossier()
    quiet = client.get(page).content.decode()
    set_office_hours(unit=None, spans="07:00-11:00", valid_from=LONG_AGO, actor=None, at=MONDAY)

    loud = client.get(page).content.decode()
    client.post(f"{page}so-sanh/")
    again = client.get(page).content.decode()

    assert STALE not in quiet
    assert STALE in loud
    assert STALE not in again
    assert "Chỉ có ở đây" in again


def test_every_app_of_the_set_up_is_listened_to() -> None:
    assert {"OfficeHoursSet", "ProcedurePublished", "RoleGranted", "FeedbackAddressTold", "LifeEventWritten"} <= (
        setup_event_names()
    )
    assert not {"DossierSubmitted", "PasswordChanged", "PackageMade"} & setup_event_names()


def test_a_document_is_taken_from_the_package_by_choice(client: Client) -> None:
    make_procedure()
    decree = make_document("123/2015/NĐ-CP")
    LegalDocument.objects.update(title="Tên theo gói", is_stub=False)
    page = made(client)
    LegalDocument.objects.update(title="Tên ở đây", effective_from=date(2016, 1, 1))
    client.post(f"{page}so-sanh/")

    said = client.get(f"{page}?phan=legal-documents").content.decode()
    unchosen = client.post(f"{page}ap-dung/", {"phan": ["legal-documents"]}, follow=True).content.decode()
    kept = LegalDocument.objects.get().title
    choice = {"phan": ["legal-documents"], "lay-theo-goi": [f"legal-documents/{decree.code}"]}
    chosen = client.post(f"{page}ap-dung/", choice, follow=True).content.decode()

    assert "Văn bản có thông tin khác với bản ghi ở đây" in said
    assert "Tên ở đây" in said
    assert f'value="legal-documents/{decree.code}"' in said
    assert "Không có gì để thay đổi." in unchosen
    assert kept == "Tên ở đây"
    assert "Đã áp dụng 1 mục của gói." in chosen
    after = LegalDocument.objects.get()
    assert after.title == "Tên theo gói"
    assert "Văn bản có thông tin khác" not in client.get(f"{page}?phan=legal-documents").content.decode()


def test_long_values_are_cut_where_they_are_kept(client: Client) -> None:
    unit = make_unit(name="Xã " + "A" * 200)
    page = made(client)
    Unit.objects.filter(pk=unit.pk).update(name="Xã " + "B" * 230, short_name="C")
    client.post(f"{page}so-sanh/")

    (item,) = ComparedItem.objects.filter(kind="units")

    assert {len(one["ours"]) for one in item.differences} == {200, 1}
    assert (item.more, item.state, item.choice) == (0, "CHANGED", "")
    assert len(item.differences) <= MOST_DIFFERENCES
