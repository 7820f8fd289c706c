"""Configuration packages on screen: made and sent, received, looked at, applied."""

import hashlib
from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext
from pytest_django.fixtures import DjangoAssertNumQueries

from motcua.accounts.models import User
from motcua.catalogue.commands.declare_none import declare_none
from motcua.catalogue.models import ProcedureVersion
from motcua.kernel.models import EventRecord
from motcua.organisations.models import Unit
from motcua.province_setup.contents import made_package
from motcua.province_setup.models import AcceptedKey, ConfigurationPackage, PackageApplication
from motcua.rules.permissions import Role
from motcua.rules.procedure_parts import Part
from tests.linked import make_group
from tests.make import MONDAY, Office, make_officer, make_procedure, make_unit
from tests.province_setup.province import elsewhere

pytestmark = pytest.mark.django_db
AtWork = Callable[[User], Client]
HOME = "/xu-ly/goi-cau-hinh/"


@pytest.fixture
def admin() -> User:
    return make_officer(Role.ADMINISTRATOR, make_unit(name="Tỉnh Điện Biên", kind="PROVINCE", level="PROVINCE"))


def uploaded(content: bytes) -> dict[str, SimpleUploadedFile]:
    return {"file": SimpleUploadedFile("goi.zip", content, content_type="application/zip")}


def made_elsewhere(folder: Path) -> bytes:
    """A package with one unit, signed by a key that nobody here knows."""
    with elsewhere(), override_settings(DATA_DIR=folder):
        make_unit(name="Xã Nà Tấu")
        return made_package().content


def test_a_package_is_made_sent_changed_against_and_applied(admin: User, at_work: AtWork) -> None:
    unit = make_unit(name="Xã Mường Nhà")
    client = at_work(admin)

    made = client.post(f"{HOME}lap/")
    page = made.headers["Location"]
    again = client.post(f"{HOME}lap/", follow=True)
    said = client.get(page).content.decode()
    sent = client.get(f"{page}tai/")
    content = b"".join(sent.streaming_content)  # type: ignore[attr-defined]  # a file is streamed

    assert again.redirect_chain == [(page, 302)]
    assert "Gói này là cấu hình hiện tại." in again.content.decode()
    assert "Không có khác biệt nào để áp dụng." in said
    assert sent.headers["Content-Disposition"].startswith("attachment; filename=")
    assert hashlib.sha256(content).hexdigest() == ConfigurationPackage.objects.get().sha256

    Unit.objects.filter(pk=unit.pk).update(name="Xã Mường Lói")
    client.post(f"{page}so-sanh/")
    said = client.get(f"{page}?phan=units").content.decode()
    assert "Xã Mường Lói" in said
    assert "Xã Mường Nhà" in said
    assert "lấy theo gói" in said
    answer = client.post(f"{page}ap-dung/", {"phan": ["units"]}, follow=True)

    assert "Đã áp dụng 1 mục của gói." in answer.content.decode()
    unit.refresh_from_db()
    assert unit.name == "Xã Mường Nhà"
    assert "Các lần đã áp dụng ở đây" in answer.content.decode()


def test_a_package_of_a_strange_key_waits_until_its_fingerprint_was_compared(
    admin: User, at_work: AtWork, tmp_path: Path
) -> None:
    content = made_elsewhere(tmp_path)
    client = at_work(admin)

    page = client.post(f"{HOME}nhan/", uploaded(content)).headers["Location"]
    said = client.get(page).content.decode()
    early = client.post(f"{page}ap-dung/", {"phan": ["units"]})
    wrong = client.post(f"{page}khoa/", {"fingerprint": "12" * 32})

    assert "Chưa ai ở đây tin khóa đã ký gói này." in said
    assert "Khác biệt so với cấu hình ở đây" not in said
    assert early.status_code == 409
    assert wrong.status_code == 422
    assert "12" * 32 in wrong.content.decode()
    assert not AcceptedKey.objects.exists()

    fingerprint = ConfigurationPackage.objects.get().fingerprint
    for _time in range(2):
        client.post(f"{page}khoa/", {"fingerprint": fingerprint.upper()})
    client.post(f"{page}ap-dung/", {"phan": ["units"]})
    client.post(f"{page}ap-dung/", {"phan": ["units"]})

    assert Unit.objects.filter(name="Xã Nà Tấu").exists()
    assert PackageApplication.objects.count() == 1
    kinds = EventRecord.objects.filter(actor_id=admin.pk).values_list("kind", flat=True)
    assert sorted(kinds) == ["KeyAccepted", "OfficesBroughtIn", "PackageApplied", "PackageReceived"]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "Tệp này rỗng. Hãy chọn tệp gói cấu hình."),
        (b"%PDF-1.4", "Tệp này không phải là gói cấu hình, hoặc đã hỏng."),
    ],
)
def test_a_file_that_is_no_package_is_refused_in_words(
    content: bytes, sentence: str, admin: User, at_work: AtWork
) -> None:
    answer = at_work(admin).post(f"{HOME}nhan/", uploaded(content))

    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert not ConfigurationPackage.objects.exists()


def test_a_changed_package_is_refused_with_the_place(admin: User, at_work: AtWork, tmp_path: Path) -> None:
    content = made_elsewhere(tmp_path)

    answer = at_work(admin).post(f"{HOME}nhan/", uploaded(content.replace(b"COMMUNE", b"VILLAGE")))

    assert answer.status_code == 422
    # The ZIP's own checksum sees it before ours.
    assert "Tệp này không phải là gói cấu hình, hoặc đã hỏng." in answer.content.decode()


def test_nothing_chosen_is_said(admin: User, at_work: AtWork) -> None:
    client = at_work(admin)
    page = client.post(f"{HOME}lap/").headers["Location"]

    answer = client.post(f"{page}ap-dung/", {"phan": ["khong-co"]})

    assert answer.status_code == 409
    assert "Hãy chọn ít nhất một phần để áp dụng." in answer.content.decode()


def test_a_kind_that_lacks_another_is_said(admin: User, at_work: AtWork) -> None:
    with elsewhere():
        procedure = make_procedure()
        content = made_package().content
    client = at_work(admin)
    page = client.post(f"{HOME}nhan/", uploaded(content)).headers["Location"]

    answer = client.post(f"{page}ap-dung/", {"phan": ["processes"]})

    assert answer.status_code == 409
    assert f"phần này cần mục {procedure.code} mà ở đây chưa có" in answer.content.decode()


def test_a_clash_can_be_published_anew_from_today(admin: User, at_work: AtWork) -> None:
    procedure = make_procedure(title="Đăng ký kết hôn")
    client = at_work(admin)
    page = client.post(f"{HOME}lap/").headers["Location"]
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE catalogue_procedureversion DISABLE TRIGGER version_frozen_once_published")
        cursor.execute("UPDATE catalogue_procedureversion SET title = 'Đăng ký hôn nhân', content_hash = 'x'")
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE catalogue_procedureversion ENABLE TRIGGER version_frozen_once_published")

    client.post(f"{page}so-sanh/")
    said = client.get(f"{page}?phan=procedures").content.decode()
    client.post(f"{page}ap-dung/", {"phan": ["procedures"], "cong-bo-lai": [procedure.code]})

    assert "Mâu thuẫn, để nguyên" in said
    assert "Thủ tục có nội dung khác với bản đã công bố ở đây" in said
    titles = ProcedureVersion.objects.order_by("number").values_list("title", flat=True)
    assert list(titles) == ["Đăng ký hôn nhân", "Đăng ký kết hôn"]


def test_an_administrator_below_and_others_meet_a_closed_door(admin: User, office: Office, at_work: AtWork) -> None:
    page = at_work(admin).post(f"{HOME}lap/").headers["Location"]
    below = at_work(make_officer(Role.ADMINISTRATOR, office.offering.competent_unit))

    for address in (HOME, f"{HOME}nhan/", page, f"{page}tai/"):
        assert below.get(address).status_code == 403
    for address in (f"{HOME}lap/", f"{HOME}nhan/", f"{page}khoa/", f"{page}so-sanh/", f"{page}ap-dung/"):
        assert below.post(address).status_code == 403
    assert ConfigurationPackage.objects.count() == 1


def test_who_comes_by_the_address_of_an_act_lands_on_a_page(admin: User, at_work: AtWork) -> None:
    client = at_work(admin)
    page = client.post(f"{HOME}lap/").headers["Location"]

    assert client.get(f"{HOME}lap/").headers["Location"] == HOME
    assert client.get(f"{page}khoa/").headers["Location"] == page
    assert client.get(f"{page}so-sanh/").headers["Location"] == page
    assert client.get(f"{page}ap-dung/").headers["Location"] == page
    assert client.get(f"{HOME}0123456789abcdef/").status_code == 404
    assert client.get(f"{HOME}0/").status_code == 404


def test_a_broken_key_of_ours_is_said(admin: User, at_work: AtWork, tmp_path: Path) -> None:
    client = at_work(admin)
    (tmp_path / "package-key").write_bytes(b"short")
    (tmp_path / "package-key").chmod(0o600)

    with override_settings(DATA_DIR=tmp_path):
        answer = client.post(f"{HOME}lap/")

    assert answer.headers["Location"] == HOME
    assert not ConfigurationPackage.objects.exists()


def test_the_pages_ask_no_more_for_thirty(
    admin: User, at_work: AtWork, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client = at_work(admin)
    unit = make_unit()
    make_procedure()
    page = client.post(f"{HOME}lap/").headers["Location"]
    Unit.objects.filter(pk=unit.pk).update(address="Bản Phủ")
    client.post(f"{page}so-sanh/")
    pages = [HOME, f"{page}?phan=units"]
    for address in pages:
        client.get(address)
    asked = {}
    for address in pages:
        with CaptureQueriesContext(connection) as queries:
            client.get(address)
        asked[address] = len(queries)
    for number in range(29):
        make_procedure()
        Unit.objects.filter(pk=make_unit().pk).update(address=f"Bản {number}")
        client.post(f"{HOME}lap/")
    client.post(f"{page}so-sanh/")

    assert ConfigurationPackage.objects.count() == 30
    assert asked[pages[1]] <= 16
    for address in pages:
        with django_assert_num_queries(asked[address]):
            assert client.get(address).status_code == 200


def test_a_part_said_to_be_none_elsewhere_names_nobody(admin: User, at_work: AtWork) -> None:
    with elsewhere():
        procedure = make_procedure()
        keeper = make_officer(Role.PROCEDURE_CONTROL_OFFICER, make_unit(kind="PROVINCE", level="PROVINCE"))
        declare_none(version=procedure.versions.get(), part=Part.CONDITIONS, actor=keeper, at=MONDAY)
        content = made_package().content
    client = at_work(admin)
    page = client.post(f"{HOME}nhan/", uploaded(content)).headers["Location"]
    client.post(f"{page}ap-dung/", {"phan": ["sectors", "procedures"]})

    said = client.get(f"/xu-ly/danh-muc/{procedure.code}/1/").content.decode()

    assert "kèm theo gói cấu hình" in said


def test_an_item_that_is_left_out_says_what_it_waits_for(admin: User, at_work: AtWork) -> None:
    made = make_group()
    lead = made.group.legs.get(number=1).procedure
    client = at_work(admin)
    page = client.post(f"{HOME}lap/").headers["Location"]
    made.group.legs.all().delete()
    made.group.delete()
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE catalogue_procedureversion DISABLE TRIGGER version_frozen_once_published")
        ProcedureVersion.objects.filter(procedure=lead).update(title="Tên khác", content_hash="x")
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE catalogue_procedureversion ENABLE TRIGGER version_frozen_once_published")

    client.post(f"{page}so-sanh/")
    said = client.get(f"{page}?phan=linked-groups").content.decode()

    assert "mục này dựa vào những mục sau, mà ở đây khác với trong gói" in said
    assert f"Thủ tục và các lần công bố: {lead.code}" in said
