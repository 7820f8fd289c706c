"""Levels of online service on screen: on a day, over time, to be raised, against their targets (D-01 to D-04)."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
from django.test import Client

from motcua.accounts.models import User
from motcua.catalogue.models import Procedure, ServiceLevel, ServiceTarget
from motcua.catalogue.queries.service_levels import PAGE_SIZE
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
RISING = f"{HOME}nen-nang/"
TYPED = {"level": "PARTIAL", "valid_from": "01/01/2026", "unit": "", "ground": "Quyết định 5/QĐ-UBND"}
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
    office, client = make_office(), at_work(place.keeper)
    page, unit = f"{HOME}{office.offering.procedure.code}/", office.offering.competent_unit
    assert client.post(page, TYPED | {"unit": unit.code, "needs_presence": "yes"}).status_code == 302
    assert (ServiceLevel.objects.get().unit, ServiceLevel.objects.get().needs_presence) == (unit, True)
    assert unit.name in at_work(place.head).get(page).content.decode()


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"level": "LEGACY_4"}, "Ngày này chỉ dùng các mức: Cung cấp thông tin, Trực tuyến một phần"),
        ({"unit": "khong-co"}, 'href="#id_unit"'),
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
    client = at_work(place.keeper)
    assert "nay đọc là: Trực tuyến một phần" in client.get(f"{HOME}{procedure.code}/").content.decode()
    assert 'data-label="Mức độ">Trực tuyến một phần' in client.get(HOME).content.decode()
    assert 'data-label="Mức độ">Mức độ 3' in client.get(HOME, {"ngay": "23/06/2022"}).content.decode()


def test_what_a_level_claims_in_vain_and_what_nobody_looked_at(place: ReviewingProvince, at_work: AtWork) -> None:
    office, client = make_office(), at_work(place.keeper)
    procedure, unit = office.offering.procedure, office.offering.competent_unit
    level_of(procedure, "FULL")
    ServiceLevel.objects.create(
        procedure=procedure,
        unit=unit,
        level="FULL",
        valid_from=LONG_AGO,
        ground="Quyết định 2",
        pays_online=False,
        result_from_afar=False,
        needs_presence=True,
    )

    told = client.get(f"{HOME}{procedure.code}/").content.decode()

    assert "chưa có cách nộp trực tuyến" not in told
    for sentence in ("nhưng nơi này chưa có", "đòi hỏi trả kết quả", "không phải đến trực tiếp."):
        assert told.count(sentence) == 1
    assert "nộp phí, lệ phí trực tuyến; trả kết quả trực tuyến hoặc qua bưu chính; không phải đến" in told
    assert unit.name in told


def test_an_old_level_is_never_told_to_rise_to_a_name_that_has_ended(place: ReviewingProvince, at_work: AtWork) -> None:
    office = make_office()
    level_of(office.offering.procedure, "LEGACY_3", date(2020, 1, 1))
    Dossier.objects.filter(pk=make_dossier(office=office).pk).update(filing_channel="ONLINE")

    told = at_work(place.keeper).get(RISING).content.decode()

    assert 'data-label="Nâng lên">Trực tuyến toàn trình' in told
    assert "Mức độ 4" not in told


def test_the_list_is_narrowed_and_turned(place: ReviewingProvince, at_work: AtWork) -> None:
    office, client = make_office(), at_work(place.keeper)
    here, unit = office.offering.procedure, office.offering.competent_unit
    level_of(here, "LEGACY_3", date(2020, 1, 1))
    ServiceLevel.objects.create(procedure=here, unit=unit, level="FULL", valid_from=LONG_AGO, ground="Quyết định 2")
    others = [make_procedure() for _ in range(PAGE_SIZE)]
    level_of(others[0], "FULL")

    def listed(**asked: str) -> str:
        return client.get(HOME, asked).content.decode()

    assert f"{PAGE_SIZE + 1} thủ tục có hiệu lực" in listed()
    assert 'href="?trang=2"' in listed()
    partial = listed(mucdo="PARTIAL")
    assert "1 thủ tục có hiệu lực" in partial
    assert f"{HOME}{here.code}/" in partial
    at_the_unit = listed(donvi=unit.code)
    assert "1 thủ tục có hiệu lực" in at_the_unit
    assert 'data-label="Mức độ">Trực tuyến toàn trình' in at_the_unit
    assert f"{HOME}{here.code}/" not in listed(mucdo="FULL")
    assert f"{HOME}{others[0].code}/" in listed(mucdo="FULL")
    assert f"{PAGE_SIZE - 1} thủ tục có hiệu lực" in listed(mucdo="NONE")
    assert "0 thủ tục có hiệu lực" in listed(mucdo="PROACTIVE_1", ngay="01/08/2026")
    assert f"{HOME}{here.code}/" in listed(linhvuc=here.sector.code)


@pytest.mark.parametrize("asked", [{"mucdo": "LEGACY_1"}, {"mucdo": "khong-co"}, {"donvi": "khong-co"}])
def test_a_list_that_cannot_be_asked_for(asked: dict[str, str], place: ReviewingProvince, at_work: AtWork) -> None:
    assert at_work(place.keeper).get(HOME, asked).status_code == 422
    assert at_work(place.keeper).get(RISING, {"donvi": "khong-co"}).status_code == 422


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


def test_the_thirty_per_cent(place: ReviewingProvince, at_work: AtWork) -> None:
    office, client = make_office(), at_work(place.keeper)
    procedure = office.offering.procedure
    level_of(procedure, "PARTIAL")
    first, second = make_dossier(office=office), make_dossier(office=office)
    Dossier.objects.filter(pk=first.pk).update(filing_channel="ONLINE")
    Dossier.objects.filter(pk=second.pk).update(filing_channel="DIRECT")

    assert filed_counts(since=MONDAY - timedelta(days=1)) == (FiledCount(procedure.pk, 1, 2),)
    assert "1/2 (50%)" in client.get(RISING).content.decode()
    assert "1/2 (50%)" in client.get(RISING, {"donvi": office.offering.receiving_unit.code}).content.decode()
    elsewhere = make_office()
    assert "1/2" not in client.get(RISING, {"donvi": elsewhere.offering.receiving_unit.code}).content.decode()

    Dossier.objects.filter(pk=first.pk).update(filing_channel="DIRECT")
    assert "Chưa có thủ tục nào đến mức cần nâng" in client.get(RISING).content.decode()


def test_a_target_is_judged_by_the_end_of_its_year(place: ReviewingProvince, at_work: AtWork) -> None:
    office, client = make_office(), at_work(place.keeper)
    level_of(office.offering.procedure, "PARTIAL")
    now, before = make_dossier(office=office), make_dossier(office=office)
    Dossier.objects.filter(pk=now.pk).update(filing_channel="ONLINE")
    Dossier.objects.filter(pk=before.pk).update(
        filing_channel="DIRECT", submitted_at=datetime(2025, 12, 31, 23, 59, tzinfo=MONDAY.tzinfo)
    )
    ServiceLevel.objects.update(valid_until=date(2026, 1, 1))
    level_of(office.offering.procedure, "FULL", date(2026, 1, 1))
    for year in ("2025", "2026", "2027"):
        for metric in ("ONLINE_DOSSIERS", "FULL_SERVICES"):
            assert client.post(TARGETS, TARGET | {"year": year, "metric": metric}).status_code == 302

    told = client.get(TARGETS).content.decode()

    assert [told.count(outcome) for outcome in ("Không đạt", "Đang đạt", "Chưa đến năm")] == [2, 2, 2]
    client.post(TARGETS, TARGET | {"year": "2025", "percent": "0"})
    lines = client.get(f"{TARGETS}tep/").content.decode("utf-8-sig").splitlines()
    assert lines[0].startswith("Năm,Chỉ tiêu,Mục tiêu (%),Kết quả (%)")
    assert lines[5:] == [
        "2025,Thủ tục trực tuyến toàn trình,50,0,0,1,31/12/2025,Không đạt,Kế hoạch của tỉnh",
        "2025,Hồ sơ nộp trực tuyến,0,0,0,1,31/12/2025,Đạt,Kế hoạch của tỉnh",
    ]


def test_a_target_without_anything_to_count(place: ReviewingProvince, at_work: AtWork) -> None:
    client = at_work(place.keeper)
    client.post(TARGETS, TARGET)
    assert "Chưa có số liệu" in client.get(TARGETS).content.decode()
    assert client.post(TARGETS, TARGET | {"percent": "101"}).status_code == 422
    assert ServiceTarget.objects.get().percent == 50


def test_as_many_queries_for_many_as_for_one(place: ReviewingProvince, at_work: AtWork) -> None:
    client, procedure = at_work(place.keeper), make_procedure()
    level_of(procedure, "PARTIAL")
    addresses = [HOME, TARGETS, RISING, f"{HOME}{procedure.code}/"]
    ServiceTarget.objects.create(year=2026, metric="FULL_SERVICES", percent=80, source="Kế hoạch")
    few = [queries_of(client, address) for address in addresses]
    for number in range(29):
        level_of(make_procedure(), "PARTIAL")
        ServiceTarget.objects.create(year=1990 + number, metric="FULL_SERVICES", percent=80, source="Kế hoạch")
    assert [queries_of(client, address) for address in addresses] == few
