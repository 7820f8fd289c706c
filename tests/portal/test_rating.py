"""An applicant says, once, how their dossier was handled."""

import pytest
from django.test import Client

from motcua.accounts.models import User
from motcua.dossiers.models import Dossier, Rating
from motcua.rules.transitions import Status
from tests.make import make_dossier, make_user
from tests.portal.conftest import last_code

pytestmark = pytest.mark.django_db


@pytest.fixture
def citizen(client: Client) -> User:
    user = make_user(full_name="Lò Thị Ban")
    client.force_login(user)
    return user


def page_of(client: Client, dossier: Dossier, page: str = "") -> str:
    return client.get(f"/ho-so/{dossier.public_code}/{page}", follow=True).content.decode()


def test_a_returned_dossier_is_rated_from_its_page(client: Client, citizen: User) -> None:
    dossier = make_dossier(status=Status.RETURNED, owner=citizen)
    address = f"/ho-so/{dossier.public_code}/danh-gia/"

    before, asked = page_of(client, dossier), page_of(client, dossier, "danh-gia/")
    sent = client.post(address, {"score": "4", "comment": "  Nhanh, dễ hiểu. "})
    thanked, after = page_of(client, dossier, "danh-gia/"), page_of(client, dossier)

    assert address in before
    for words in ("Rất hài lòng", "Hài lòng", "Bình thường", "Không hài lòng", "Rất không hài lòng", "Đừng ghi tên"):
        assert words in asked
    assert 'maxlength="500"' in asked
    assert (sent.status_code, sent.headers["Location"]) == (302, address)
    for words in ("Cảm ơn bạn đã đánh giá", "4/5: Hài lòng", "Nhanh, dễ hiểu."):
        assert words in thanked
    assert "4/5: Hài lòng" in after
    assert f'href="{address}"' not in after
    assert Rating.objects.get(dossier=dossier).comment == "Nhanh, dễ hiểu."


def test_a_double_click_and_a_second_thought_change_nothing(client: Client, citizen: User) -> None:
    dossier = make_dossier(status=Status.RETURNED, owner=citizen)
    address = f"/ho-so/{dossier.public_code}/danh-gia/"

    client.post(address, {"score": "5"})
    again = client.post(address, {"score": "1", "comment": "Đổi ý"})

    assert again.status_code == 200
    assert "5/5: Rất hài lòng" in again.content.decode()
    assert Rating.objects.get().score == 5


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({}, "Hãy chọn một mức."),
        ({"score": "6"}, "Hãy chọn một trong năm mức."),
        ({"score": "3", "comment": "a" * 501}, "Hãy viết ngắn lại."),
    ],
    ids=["nothing chosen", "out of range", "too long"],
)
def test_what_is_wrong_with_a_rating_is_said_and_what_was_typed_stays(
    client: Client, citizen: User, fields: dict[str, str], words: str
) -> None:
    dossier = make_dossier(status=Status.RETURNED, owner=citizen)

    answer = client.post(f"/ho-so/{dossier.public_code}/danh-gia/", fields)

    html = answer.content.decode()
    assert answer.status_code == 422
    assert words in html
    assert fields.get("comment", "") in html
    assert not Rating.objects.exists()


def test_nothing_is_rated_before_the_result_is_returned(client: Client, citizen: User) -> None:
    dossier = make_dossier(status=Status.DONE, owner=citizen)
    address = f"/ho-so/{dossier.public_code}/danh-gia/"

    asked, tried = client.get(address), client.post(address, {"score": "5"})

    assert asked.headers["Location"] == tried.headers["Location"] == f"/ho-so/{dossier.public_code}/"
    assert "danh-gia" not in page_of(client, dossier)
    assert not Rating.objects.exists()


def test_code_and_pin_lead_to_the_rating_for_who_proves_to_be_the_applicant(client: Client) -> None:
    dossier = make_dossier(status=Status.RETURNED)
    code = dossier.public_code

    looked_up = client.post("/tra-cuu/", {"code": code, "pin": dossier.lookup_pin}, follow=True).content.decode()
    closed = client.post(f"/ho-so/{code}/danh-gia/", {"score": "1"})
    sent = client.post(f"/tra-cuu/{code}/gui-ma/", {"qua": "dien-thoai"})
    opened = client.post(sent.headers["Location"], {"code": last_code()}, follow=True).content.decode()
    client.post(f"/ho-so/{code}/danh-gia/", {"score": "4"})

    assert "Tôi là người nộp: mở hồ sơ, đánh giá việc giải quyết" in looked_up
    assert closed.status_code == 404
    assert f"/ho-so/{code}/danh-gia/" in opened
    assert Rating.objects.get(dossier=dossier).score == 4
