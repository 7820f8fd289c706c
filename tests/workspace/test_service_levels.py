"""Levels of online service on screen: on a day, over time, to be raised, against their targets (D-01 to D-04)."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.test import Client

from motcua.accounts.models import User
from motcua.catalogue.models import Procedure, ServiceLevel, ServiceTarget
from motcua.dossiers.models import Dossier
from motcua.dossiers.queries.online_share import FiledCount, filed_counts
from motcua.kernel.models import EventRecord
from tests.catalogue.reviewing import ReviewingProvince, make_reviewing_province
from tests.make import LONG_AGO, MONDAY, make_dossier, make_office, make_procedure
from tests.workspace.test_review_costs import queries_of

pytestmark = pytest.mark.django_db

AtWork = Callable[[User], Client]
HOME = "/xu-ly/muc-do-dich-vu/"
TARGETS = f"{HOME}muc-tieu/"
TYPED = {"level": "PARTIAL", "valid_from": "01/01/2026", "unit_code": "", "ground": "Quyết định 5/QĐ-UBND"}
TARGET = {"year": "2026", "metric": "ONLINE_DOSSIERS", "percent": "50", "source": "Kế hoạch của tỉnh"}


@pytest.fixture
def place() -> ReviewingProvince:
    return make_reviewing_province()


def level_of(procedure: Procedure, level: str, valid_from: date = LONG_AGO) -> ServiceLevel:
    return ServiceLevel.objects.create(procedure=procedure, level=level, valid_from=valid_from, ground="Quyết định 1")


def test_a_level_is_set_once_and_seen_from_its_day_on(place: ReviewingProvince, at_work: AtWork) -> None:
    procedure, client = make_procedure(ways=("DIRECT",)), at_work(place.keeper)
    page = f"{HOME}{procedure.code}/"

    assert "Chưa ghi mức độ nào." in client.get(page).content.decode()
    assert client.post(page, TYPED).status_code == 302
    assert client.post(page, TYPED).status_code == 302

    assert EventRecord.objects.filter(kind="ServiceLevelSet").count() == 1
    told = client.get(page).content.decode()
    assert "Quyết định 5/QĐ-UBND" in told
    assert "chưa có cách nộp trực tuyến" in told
    cell = 'data-label="Mức độ">Trực tuyến một phần'
    assert cell in client.get(HOME).content.decode()
    before = client.get(HOME, {"ngay": "31/12/2025"}).content.decode()
    assert cell not in before
    assert "Chưa ghi mức độ" in before


def test_a_level_of_one_unit(place: ReviewingProvince, at_work: AtWork) -> None:
    page = f"{HOME}{make_procedure().code}/"
    at_work(place.keeper).post(page, TYPED | {"unit_code": place.department.code})
    assert ServiceLevel.objects.get().unit == place.department
    assert place.department.name in at_work(place.head).get(page).content.decode()


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"level": "LEGACY_4"}, "Ngày này chỉ dùng các mức: Cung cấp thông tin, Trực tuyến một phần"),
        ({"unit_code": "khong-co"}, "Không có cơ quan nào mang mã này."),
        ({"valid_from": "01/01/2024"}, "hãy chọn ngày sau đó"),
    ],
)
def test_what_is_refused_by_the_field(
    change: dict[str, str], sentence: str, place: ReviewingProvince, at_work: AtWork
) -> None:
    procedure = make_procedure()
    level_of(procedure, "PARTIAL", date(2025, 1, 1))
    answer = at_work(place.keeper).post(f"{HOME}{procedure.code}/", TYPED | change)
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert "Quyết định 5/QĐ-UBND" in answer.content.decode()
    assert ServiceLevel.objects.count() == 1


def test_a_level_under_an_old_name_is_marked(place: ReviewingProvince, at_work: AtWork) -> None:
    procedure = make_procedure()
    level_of(procedure, "LEGACY_3", date(2020, 1, 1))
    assert "tên mức này không còn dùng" in at_work(place.keeper).get(f"{HOME}{procedure.code}/").content.decode()


def test_full_and_proactive_stand_side_by_side(place: ReviewingProvince, at_work: AtWork) -> None:
    procedure, client = make_procedure(), at_work(place.keeper)
    level_of(procedure, "FULL", date(2026, 1, 1))
    level_of(procedure, "PROACTIVE_2", date(2026, 7, 1))
    told = client.get(HOME, {"ngay": "01/08/2026"}).content.decode()
    assert 'data-label="Mức độ">Trực tuyến toàn trình; Chủ động mức 2: chuẩn bị sẵn hồ sơ' in told
    before = client.get(HOME, {"ngay": "30/06/2026"}).content.decode()
    assert 'data-label="Mức độ">Trực tuyến toàn trình<' in before


def test_others_read_and_do_not_set(place: ReviewingProvince, at_work: AtWork) -> None:
    client, page = at_work(place.focal), f"{HOME}{make_procedure().code}/"
    for address in (HOME, TARGETS, page):
        assert client.get(address).status_code == 200
    assert "Ghi mức độ mới" not in client.get(page).content.decode()
    assert client.post(page, TYPED).status_code == 403
    assert client.post(TARGETS, TARGET).status_code == 403
    assert not ServiceLevel.objects.exists()
    assert not ServiceTarget.objects.exists()


def test_a_day_that_is_none(place: ReviewingProvince, at_work: AtWork) -> None:
    assert at_work(place.keeper).get(HOME, {"ngay": "32/01/2026"}).status_code == 422
    assert at_work(place.keeper).get(f"{HOME}9.999999/").status_code == 404


def test_the_thirty_per_cent_and_the_target(place: ReviewingProvince, at_work: AtWork) -> None:
    office, client = make_office(), at_work(place.keeper)
    procedure = office.offering.procedure
    level_of(procedure, "PARTIAL")
    first, second = make_dossier(office=office), make_dossier(office=office)
    Dossier.objects.filter(pk=first.pk).update(filing_channel="ONLINE")
    Dossier.objects.filter(pk=second.pk).update(filing_channel="DIRECT")

    assert filed_counts(since=MONDAY - timedelta(days=1)) == (FiledCount(procedure.pk, 1, 2),)
    told = client.get(HOME).content.decode()
    assert "Thủ tục nên nâng mức độ" in told
    assert "1/2 (50%)" in told
    assert client.post(TARGETS, TARGET).status_code == 302
    assert "Đã đạt" in client.get(TARGETS).content.decode()
    client.post(TARGETS, TARGET | {"percent": "51"})
    client.post(TARGETS, TARGET | {"metric": "FULL_SERVICES"})
    told = client.get(TARGETS).content.decode()
    assert "Đã đạt" not in told
    assert told.count("Chưa đạt") == 2

    Dossier.objects.filter(pk=first.pk).update(filing_channel="DIRECT")
    assert "Chưa có thủ tục nào đến mức cần nâng." in client.get(HOME).content.decode()


def test_a_target_without_anything_to_count(place: ReviewingProvince, at_work: AtWork) -> None:
    client = at_work(place.keeper)
    client.post(TARGETS, TARGET)
    assert "Chưa có số liệu" in client.get(TARGETS).content.decode()
    assert client.post(TARGETS, TARGET | {"percent": "101"}).status_code == 422
    assert ServiceTarget.objects.get().percent == 50


def test_as_many_queries_for_many_as_for_one(place: ReviewingProvince, at_work: AtWork) -> None:
    client, procedure = at_work(place.keeper), make_procedure()
    level_of(procedure, "PARTIAL")
    addresses = [HOME, TARGETS, f"{HOME}{procedure.code}/"]
    few = [queries_of(client, address) for address in addresses]
    for _ in range(29):
        level_of(make_procedure(), "PARTIAL")
    assert [queries_of(client, address) for address in addresses] == few
