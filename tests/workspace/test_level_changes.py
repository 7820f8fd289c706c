"""Levels of online service put right, ended and taken back on screen (D-01 to D-03)."""

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client

from motcua.accounts.models import User
from motcua.catalogue.models import Procedure, ServiceLevel
from motcua.kernel.models import EventRecord
from tests.catalogue.reviewing import ReviewingProvince, make_reviewing_province
from tests.make import make_procedure

pytestmark = pytest.mark.django_db

AtWork = Callable[[User], Client]
RIGHT = {"level": "PARTIAL", "valid_from": "01/07/2026", "ground": "Quyết định 2", "reason": "Ghi nhầm mức"}


@pytest.fixture
def place() -> ReviewingProvince:
    return make_reviewing_province()


@pytest.fixture
def procedure() -> Procedure:
    procedure = make_procedure()
    for level, valid_from, valid_until in (
        ("PARTIAL", date(2023, 1, 1), date(2026, 7, 1)),
        ("FULL", date(2026, 7, 1), None),
    ):
        ServiceLevel.objects.create(
            procedure=procedure, level=level, valid_from=valid_from, valid_until=valid_until, ground="Quyết định 2"
        )
    return procedure


def page_of(procedure: Procedure, act: str = "", number: int = 2) -> str:
    return f"/xu-ly/muc-do-dich-vu/{procedure.code}/" + (f"{number}/{act}/" if act else "")


def test_a_level_is_put_right(place: ReviewingProvince, procedure: Procedure, at_work: AtWork) -> None:
    client = at_work(place.keeper)
    page = page_of(procedure, "sua")
    assert page in client.get(page_of(procedure)).content.decode()
    shown = client.get(page).content.decode()
    assert 'value="01/07/2026"' in shown
    assert '<option value="FULL" selected>' in shown

    assert client.post(page, RIGHT).status_code == 302

    told = client.get(page_of(procedure)).content.decode()
    assert "Đã sửa mức độ." in told
    assert "Ghi nhầm mức" in told
    assert ServiceLevel.objects.standing().filter(level="PARTIAL").count() == 2
    assert "trước đó" in client.post(page, RIGHT, follow=True).content.decode()
    assert EventRecord.objects.filter(kind="ServiceLevelCorrected").count() == 1


def test_a_level_is_ended(place: ReviewingProvince, procedure: Procedure, at_work: AtWork) -> None:
    client, page = at_work(place.keeper), page_of(procedure, "het-ap-dung")
    early = client.post(page, {"until": "01/07/2026", "ground": "Quyết định 8"})
    assert early.status_code == 422
    assert "Ngày phải sau 01/07/2026." in early.content.decode()
    assert "Quyết định 8" in early.content.decode()
    assert client.post(page, {"until": "01/12/2026", "ground": "Quyết định 8"}).status_code == 302
    assert "Quyết định 8" in client.get(page_of(procedure)).content.decode()


def test_a_level_is_taken_back(place: ReviewingProvince, procedure: Procedure, at_work: AtWork) -> None:
    client, page = at_work(place.keeper), page_of(procedure, "thu-hoi")
    assert client.post(page, {"reason": " "}).status_code == 422
    assert client.post(page, {"reason": "Nhầm thủ tục"}).status_code == 302
    told = client.get(page_of(procedure)).content.decode()
    assert "Nhầm thủ tục" in told
    assert page not in told
    assert ServiceLevel.objects.standing().get().valid_until is None
    assert client.get(page).status_code == 302


@pytest.mark.parametrize(
    ("number", "typed", "sentence"),
    [
        (2, {"level": "PROACTIVE_1"}, "Mức này thuộc loại khác"),
        (2, {"valid_from": "01/01/2023"}, "Ngày phải sau 01/01/2023."),
        (1, {"valid_from": "01/07/2026"}, "Ngày phải trước 01/07/2026."),
        (2, {"reason": ""}, "Lý do sửa"),
    ],
)
def test_what_is_refused_by_the_field(
    number: int, typed: dict[str, str], sentence: str, place: ReviewingProvince, procedure: Procedure, at_work: AtWork
) -> None:
    answer = at_work(place.keeper).post(page_of(procedure, "sua", number), RIGHT | typed)
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert not EventRecord.objects.filter(kind="ServiceLevelCorrected").exists()


def test_between_two_others(place: ReviewingProvince, procedure: Procedure, at_work: AtWork) -> None:
    ServiceLevel.objects.filter(level="FULL").update(valid_until=date(2026, 9, 1))
    answer = at_work(place.keeper).post(page_of(procedure, "sua"), RIGHT | {"valid_from": "01/09/2026"})
    assert "Ngày phải sau 01/01/2023 và trước 01/09/2026." in answer.content.decode()


def test_others_may_not_and_what_is_none(place: ReviewingProvince, procedure: Procedure, at_work: AtWork) -> None:
    focal = at_work(place.focal)
    for act in ("sua", "het-ap-dung", "thu-hoi"):
        assert focal.post(page_of(procedure, act), RIGHT).status_code == 403
        assert page_of(procedure, act) not in focal.get(page_of(procedure)).content.decode()
        assert at_work(place.keeper).get(page_of(procedure, act, 3)).status_code == 404
    assert at_work(place.keeper).get(page_of(procedure, "sua", 0)).status_code == 404
