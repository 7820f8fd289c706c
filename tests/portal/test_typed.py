"""What an applicant types: checked, kept through every refusal, and stored in one spelling."""

import html
import json
import unicodedata

import pytest
from allauth.account.models import EmailAddress
from django.http import HttpResponse
from django.test import Client

from motcua.dossiers.models import Dossier
from tests.make import make_draft, make_offering, make_procedure
from tests.portal.conftest import WHO, Guest

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        ("full_name", "", "Hãy điền mục này"),
        ("citizen_id", "12345", "Số định danh có 12 chữ số"),
        ("phone", "12", "Số điện thoại có 10 chữ số"),
        ("email", "khong-phai-thu", "thư điện tử"),
    ],
)
def test_a_mistake_is_explained_and_nothing_typed_is_lost(guest: Guest, field: str, typed: str, sentence: str) -> None:
    dossier = guest.start()

    answer = guest.post(dossier, "nguoi-nop/", {**WHO, field: typed})
    page = answer.content.decode()

    assert answer.status_code == 422
    assert sentence in page
    kept = WHO["address"] if field != "address" else WHO["full_name"]
    assert kept in page
    assert f'href="#id_{field}"' in page


def test_numbers_are_stored_in_one_spelling(guest: Guest) -> None:
    dossier = guest.start()

    guest.post(dossier, "nguoi-nop/", {**WHO, "phone": "+84 900.000.777", "citizen_id": "0111 9000 0077"})

    dossier.refresh_from_db()
    assert (dossier.applicant.phone, dossier.applicant.citizen_id) == ("0900000777", "011190000077")


def test_what_is_typed_is_kept_before_it_is_complete(guest: Guest) -> None:
    dossier = guest.start()

    answer = guest.post(dossier, "luu/nguoi-nop/", {"full_name": "Lò Thị Ban"})
    guest.post(dossier, "luu/to-khai/", {"ten_con": "Páo"})

    dossier.refresh_from_db()
    assert answer.status_code == 200
    assert "thứ" in json.loads(answer.content)["kept_at"]
    assert dossier.applicant.full_name == "Lò Thị Ban"
    assert dossier.applicant.declaration == {"ten_con": "Páo"}
    assert guest.post(dossier, "luu/khong-co/").status_code == 404


def unfinished_in(answer: HttpResponse) -> list[str]:
    """Return the fields that an automatic saving left as they were."""
    fields: list[str] = json.loads(answer.content)["unfinished"]
    return fields


def test_what_is_half_typed_leaves_what_was_kept_before(guest: Guest) -> None:
    dossier = guest.start()
    guest.post(dossier, "luu/nguoi-nop/", {**WHO})

    half: dict[str, object] = {
        **WHO,
        "full_name": "Lò Thị Bản",
        "phone": "0900 000",
        "email": "ban@exam",
        "citizen_id": "0111",
    }
    answer = guest.post(dossier, "luu/nguoi-nop/", half)

    dossier.refresh_from_db()
    kept = dossier.applicant
    assert unfinished_in(answer) == ["citizen_id", "phone", "email"]
    assert (kept.full_name, kept.phone, kept.email) == ("Lò Thị Bản", "0900000777", "ban@example.com")
    assert kept.citizen_id == "011190000077"


def test_what_is_emptied_is_emptied_and_what_is_not_sent_stays(guest: Guest) -> None:
    dossier = guest.start()
    guest.post(dossier, "luu/nguoi-nop/", {**WHO})

    answer = guest.post(dossier, "luu/nguoi-nop/", {"phone": " ", "email": ""})

    dossier.refresh_from_db()
    kept = dossier.applicant
    assert unfinished_in(answer) == []
    assert (kept.phone, kept.email, kept.full_name) == ("", "", "Lò Thị Ban")


def test_a_half_typed_answer_leaves_the_one_before() -> None:
    questions: list[dict[str, object]] = [
        {"key": "ten_con", "label": "Tên con", "kind": "text"},
        {"key": "ngay_sinh", "label": "Ngày sinh", "kind": "date"},
    ]
    guest = Guest(make_offering(procedure=make_procedure(declaration=questions)))
    dossier = guest.start()
    guest.post(dossier, "luu/to-khai/", {"ten_con": "Páo", "ngay_sinh": "01/02/2026"})

    answer = guest.post(dossier, "luu/to-khai/", {"ten_con": "Pa", "ngay_sinh": "01/0"})

    dossier.refresh_from_db()
    assert unfinished_in(answer) == ["ngay_sinh"]
    assert dossier.applicant.declaration == {"ten_con": "Pa", "ngay_sinh": "01/02/2026"}


def test_what_was_typed_after_the_session_ended_comes_back_after_signing_in(client: Client) -> None:
    dossier = make_draft()
    assert dossier.owner
    EmailAddress.objects.create(user=dossier.owner, email=dossier.owner.email, verified=True, primary=True)
    address = f"/ho-so/{dossier.reference}/nguoi-nop/"

    refused = client.post(address, {**WHO, "full_name": "Tên Vừa Gõ"})
    assert refused.status_code == 404
    assert f"?next={address}" in refused.content.decode()
    client.post(f"/tai-khoan/login/?next={address}", {"login": dossier.owner.username, "password": "dung-mat-khau"})
    page = client.get(address).content.decode()

    assert 'value="Tên Vừa Gõ"' in page


def test_a_lost_token_is_explained_and_nothing_is_lost(guest: Guest) -> None:
    dossier = guest.start()
    guest.fill_in(dossier)
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = guest.browser.cookies
    address = f"/ho-so/{dossier.reference}/nguoi-nop/"

    refused = strict.post(address, {**WHO, "full_name": "Tên Vừa Gõ"})
    saved = Dossier.objects.get(pk=dossier.pk)
    back = strict.get(address).content.decode()
    again = strict.get(address).content.decode()

    assert refused.status_code == 403
    assert f'<a class="button" href="{address}">' in refused.content.decode()
    assert saved.applicant.full_name == "Lò Thị Ban"
    assert 'value="Tên Vừa Gõ"' in back
    assert "CHƯA được gửi" in back
    assert 'value="Lò Thị Ban"' in again


def test_a_form_from_another_site_starts_no_session() -> None:
    answer = Client(enforce_csrf_checks=True).post("/ho-so/T-0000-0000-0000/nguoi-nop/", {**WHO})

    assert answer.status_code == 403
    assert "sessionid" not in answer.cookies
    assert "Quay lại trang trước" in answer.content.decode()


def test_a_password_that_was_refused_is_kept_nowhere(client: Client) -> None:
    session = client.session
    session["began"] = True
    session.save()
    client.cookies["sessionid"] = session.session_key or ""
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = client.cookies

    strict.post("/tai-khoan/login/", {"login": "ban", "password": "dung-mat-khau"})

    kept = str(dict(strict.session))
    assert "dung-mat-khau" not in kept


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        (unicodedata.normalize("NFD", "Nguyễn Thị Ỷ Đặng"), "Nguyễn Thị Ỷ Đặng"),
        ("  Lò\tThị \u00a0 Ban ", "Lò Thị Ban"),
        ("Lò\u202e Thị\u200b Ban\ufeff", "Lò Thị Ban"),
        ("H'Hen Niê", "H'Hen Niê"),
        ("<b>Lò</b> & Con", "<b>Lò</b> & Con"),
    ],
)
def test_a_name_is_stored_composed_and_shown_as_written(guest: Guest, typed: str, stored: str) -> None:
    dossier = guest.start()

    guest.post(dossier, "nguoi-nop/", {**WHO, "full_name": typed})

    dossier.refresh_from_db()
    assert dossier.applicant.full_name == stored
    assert html.escape(stored) in guest.get(dossier, "kiem-tra/").content.decode()


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("full_name", "Lò\x00Thị", "có ký tự không đọc được"),
        ("full_name", "12345", "Họ tên phải có chữ"),
        ("address", "a" * 1_000_000, "Viết gọn lại: ô này nhận nhiều nhất 300 ký tự"),
        ("phone", "0912", "10 chữ số"),
        ("email", "ban@ex ample.com", "chưa đúng"),
    ],
)
def test_what_cannot_be_stored_is_said_in_vietnamese(guest: Guest, field: str, value: str, sentence: str) -> None:
    dossier = guest.start()

    answer = guest.post(dossier, "nguoi-nop/", {**WHO, field: value})

    assert answer.status_code == 422
    assert sentence in answer.content.decode()
