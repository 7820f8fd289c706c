from datetime import timedelta

import pytest
from django.test import Client

from motcua.accounts.models import User
from motcua.documents.models import IssuedDocument
from motcua.dossiers.commands import intake
from motcua.dossiers.models import Dossier
from motcua.rules.papers import DeclineGround
from motcua.rules.transitions import Status
from tests.make import MONDAY, PDF, Office, make_dossier, make_draft, make_office, make_user
from tests.portal.conftest import Guest, upload

pytestmark = pytest.mark.django_db

LATER = MONDAY + timedelta(hours=3)


@pytest.fixture
def citizen(client: Client) -> User:
    user = make_user(full_name="Lò Thị Ban")
    client.force_login(user)
    return user


def page_of(client: Client, dossier: Dossier, page: str = "") -> str:
    return client.get(f"/ho-so/{dossier.public_code}/{page}", follow=True).content.decode()


def ask_for_more(dossier: Dossier, office: Office) -> Dossier:
    asking = intake.Asking({1: "Ảnh mờ, chụp lại"}, "Không đọc được")
    return intake.request_intake_supplement(dossier=dossier, officer=office.reception, asking=asking, at=LATER)


def test_my_dossiers_are_drafts_and_what_i_filed(client: Client, citizen: User) -> None:
    draft, filed, other = make_draft(owner=citizen), make_dossier(owner=citizen), make_dossier()

    html = client.get("/ho-so-cua-toi/").content.decode()

    assert f"/ho-so/{draft.reference}/" in html
    assert f"/ho-so/{filed.public_code}/" in html
    assert other.public_code not in html


def test_an_empty_list_says_where_to_begin(client: Client, citizen: User) -> None:
    assert "Chưa có hồ sơ nào" in client.get("/ho-so-cua-toi/").content.decode()


def test_news_are_counted_until_the_dossier_is_opened(client: Client, citizen: User) -> None:
    dossier = make_dossier(status=Status.ACCEPTED, owner=citizen)
    before = client.get("/ho-so-cua-toi/").content.decode()

    opened = page_of(client, dossier)
    after = client.get("/ho-so-cua-toi/").content.decode()

    assert "2 tin mới" in before
    assert opened.count(">Mới<") == 2
    assert "tin mới" not in after
    assert ">Mới<" not in page_of(client, dossier)


def test_a_dossier_shows_its_applicant_everything(client: Client, citizen: User) -> None:
    dossier = make_dossier(status=Status.ACCEPTED, owner=citizen)

    html = page_of(client, dossier)

    for words in (dossier.lookup_pin, "011199000123", "Vàng A Páo", "to-khai.pdf", "Đã tiếp nhận", "Rút hồ sơ"):
        assert words in html


def test_the_forms_of_the_desk_open_as_pdf_for_their_applicant_alone(client: Client, citizen: User) -> None:
    mine, other = make_dossier(status=Status.ACCEPTED, owner=citizen), make_dossier(status=Status.ACCEPTED)
    form, foreign = (IssuedDocument.objects.get(subject=dossier.reference) for dossier in (mine, other))

    opened = client.get(f"/ho-so/{mine.public_code}/giay/{form.pk}/")
    smuggled = client.get(f"/ho-so/{mine.public_code}/giay/{foreign.pk}/")

    assert opened.headers["Content-Type"] == "application/pdf"
    assert opened.content.startswith(b"%PDF-")
    assert smuggled.status_code == 404


def test_the_result_can_be_downloaded_once_it_is_issued(client: Client, citizen: User) -> None:
    dossier = make_dossier(status=Status.DONE, owner=citizen)

    answer = client.get(f"/ho-so/{dossier.public_code}/ket-qua/")

    assert b"".join(answer.streaming_content).startswith(PDF)  # type: ignore[attr-defined]  # a file
    assert "attachment" in answer.headers["Content-Disposition"]
    assert "Tải kết quả" in page_of(client, dossier)


def test_there_is_no_result_before_it_is_issued(client: Client, citizen: User) -> None:
    dossier = make_dossier(status=Status.SIGNED, owner=citizen)

    assert client.get(f"/ho-so/{dossier.public_code}/ket-qua/").status_code == 404
    assert "Tải kết quả" not in page_of(client, dossier)


def test_withdrawing_asks_once_and_then_it_is_over(client: Client, citizen: User) -> None:
    dossier = make_dossier(owner=citizen)
    address = f"/ho-so/{dossier.public_code}/rut/"

    asked = client.get(address).content.decode()
    done = client.post(address, follow=True).content.decode()

    dossier.refresh_from_db()
    assert "Rút hồ sơ này?" in asked
    assert "Đã rút hồ sơ" in done
    assert dossier.stage is Status.WITHDRAWN


def test_what_is_signed_cannot_be_withdrawn(client: Client, citizen: User) -> None:
    dossier = make_dossier(status=Status.SIGNED, owner=citizen)
    address = f"/ho-so/{dossier.public_code}/rut/"

    asked, tried = client.get(address), client.post(address, follow=True)

    assert asked.headers["Location"] == f"/ho-so/{dossier.public_code}/"
    assert "không rút được nữa" in tried.content.decode()


def test_a_supplement_shows_exactly_what_was_asked_and_takes_only_that(client: Client, citizen: User) -> None:
    office = make_office()
    dossier = ask_for_more(make_dossier(office=office, owner=citizen), office)

    html = page_of(client, dossier, "bo-sung/")
    other = client.post(f"/ho-so/{dossier.reference}/giay-to/2/", {"paper-2-file": upload()})
    asked = client.post(f"/ho-so/{dossier.reference}/giay-to/1/", {"paper-1-file": upload(name="ro-hon.pdf")})
    done = client.post(f"/ho-so/{dossier.reference}/bo-sung/", follow=True).content.decode()

    dossier.refresh_from_db()
    assert "Không đọc được" in html
    assert "Ảnh mờ, chụp lại" in html
    assert "Giấy ủy quyền" not in html
    assert other.status_code == 404
    assert asked.headers["Location"] == f"/ho-so/{dossier.reference}/bo-sung/#giay-to-1"
    assert "Đã gửi bổ sung" in done
    assert dossier.stage is Status.SUBMITTED


def test_a_bad_file_in_a_supplement_is_refused_there(client: Client, citizen: User) -> None:
    office = make_office()
    dossier = ask_for_more(make_dossier(office=office, owner=citizen), office)

    answer = client.post(f"/ho-so/{dossier.reference}/giay-to/1/", {"paper-1-file": upload(b"MZ chuong trinh")})

    assert answer.status_code == 422
    assert "Bên trong tệp này là một chương trình" in answer.content.decode()


def test_a_supplement_sent_twice_is_one(client: Client, citizen: User) -> None:
    office = make_office()
    dossier = ask_for_more(make_dossier(office=office, owner=citizen), office)

    client.post(f"/ho-so/{dossier.reference}/giay-to/1/", {"paper-1-file": upload(name="ro-hon.pdf")})
    client.post(f"/ho-so/{dossier.reference}/bo-sung/")
    again = client.post(f"/ho-so/{dossier.reference}/bo-sung/")

    assert again.status_code == 302
    assert dossier.supplement_requests.count() == 1


def test_a_supplement_without_a_new_file_is_not_sent(client: Client, citizen: User) -> None:
    office = make_office()
    dossier = ask_for_more(make_dossier(office=office, owner=citizen), office)

    said = client.post(f"/ho-so/{dossier.reference}/bo-sung/", follow=True).content.decode()

    dossier.refresh_from_db()
    assert "còn giấy tờ được yêu cầu mà bạn chưa gửi tệp mới" in said
    assert "Chưa bổ sung" in said
    assert dossier.stage is Status.INTAKE_SUPPLEMENT


def test_who_has_no_such_paper_says_why_where_not_every_case_needs_it(client: Client, citizen: User) -> None:
    office = make_office()
    dossier = make_dossier(office=office, owner=citizen)
    asking = intake.Asking({1: "Chụp lại", 2: "Nộp giấy ủy quyền"}, "Thiếu")
    intake.request_intake_supplement(dossier=dossier, officer=office.reception, asking=asking, at=LATER)
    boxes = f"/ho-so/{dossier.reference}/giay-to"

    html = page_of(client, dossier, "bo-sung/")
    needed = client.post(f"{boxes}/1/khong-co/", {"paper-1-reason": "Mất"})
    silent = client.post(f"{boxes}/2/khong-co/", {"paper-2-reason": " "})
    told = client.post(f"{boxes}/2/khong-co/", {"paper-2-reason": "Tôi tự nộp"}, follow=True).content.decode()
    client.post(f"{boxes}/1/", {"paper-1-file": upload()})
    client.post(f"/ho-so/{dossier.reference}/bo-sung/")

    assert html.count("Tôi không có giấy này") == 1
    assert (needed.status_code, silent.status_code) == (404, 422)
    assert "Hãy ghi vì sao bạn không có giấy này." in silent.content.decode()
    assert "Đã báo không có" in told
    dossier.refresh_from_db()
    assert dossier.stage is Status.SUBMITTED


def test_a_guest_completes_a_supplement_from_their_own_browser(guest: Guest) -> None:
    office = make_office(offering=guest.offering)
    dossier = guest.file()
    intake.request_intake_supplement(
        dossier=dossier, officer=office.reception, asking=intake.Asking({1: "Chụp lại"}, "Mờ"), at=dossier.created_at
    )

    guest.post(dossier, "giay-to/1/", {"paper-1-file": upload()})
    guest.post(dossier, "bo-sung/")

    dossier.refresh_from_db()
    assert dossier.stage is Status.SUBMITTED


def test_nothing_is_asked_of_who_owes_nothing(client: Client, citizen: User) -> None:
    dossier = make_dossier(owner=citizen)

    assert client.get(f"/ho-so/{dossier.public_code}/bo-sung/").headers["Location"] == f"/ho-so/{dossier.public_code}/"


def test_a_refusal_names_its_ground(client: Client, citizen: User) -> None:
    office = make_office()
    dossier = make_dossier(office=office, owner=citizen)
    refusal = intake.Refusal(DeclineGround.NOT_WITHIN_AUTHORITY, "Điều 13", "Nộp tại xã khác")
    intake.decline(dossier=dossier, officer=office.reception, refusal=refusal, at=LATER)

    html = page_of(client, dossier)

    for words in ("Không thuộc thẩm quyền giải quyết", "Điều 13", "Nộp tại xã khác", "đã từ chối tiếp nhận hồ sơ"):
        assert words in html


def test_a_shared_machine_can_be_left(guest: Guest) -> None:
    dossier = guest.file()

    guest.post(dossier, "roi-may-nay/")

    assert guest.get(dossier).status_code == 404
    assert dossier.public_code not in guest.browser.get("/ho-so-cua-toi/").content.decode()


def test_a_guest_finds_what_they_began_in_this_browser(guest: Guest) -> None:
    dossier = guest.start()

    assert f"/ho-so/{dossier.reference}/" in guest.browser.get("/ho-so-cua-toi/").content.decode()
    assert "Hồ sơ của tôi" in guest.browser.get("/").content.decode()


def test_deleting_a_draft_asks_once_and_leaves_nothing(client: Client, citizen: User) -> None:
    dossier = make_draft(owner=citizen)
    address = f"/ho-so/{dossier.reference}/xoa-ban-nhap/"

    overview = page_of(client, dossier, "")
    asked = client.get(address).content.decode()
    done = client.post(address, follow=True).content.decode()

    assert address in overview
    assert "trong 90 ngày thì tự xóa" in overview
    assert "Xóa bản nháp này?" in asked
    assert "Đã xóa bản nháp" in done
    assert not Dossier.objects.exists()
    assert client.post(address).status_code == 404


def test_a_dossier_handed_in_is_not_deleted_through_the_page_of_its_draft(client: Client, citizen: User) -> None:
    dossier = make_dossier(owner=citizen)

    answer = client.post(f"/ho-so/{dossier.reference}/xoa-ban-nhap/")

    assert answer.headers["Location"] == f"/ho-so/{dossier.public_code}/"
    assert Dossier.objects.filter(pk=dossier.pk).exists()
