import re
from datetime import datetime, timedelta

import pytest
import time_machine
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from motcua.notifications.models import PetitionMessage
from motcua.petitions.commands.afterwards import ask_whether_settled
from motcua.petitions.models import Petition
from motcua.rules.petitions import PetitionStage, Sorting
from tests.make import MONDAY, make_unit, make_user
from tests.petitions.making import PUBLIC, SAID, Staff, answered, make_in, make_petition, make_staff, published, sort

pytestmark = pytest.mark.django_db
WHO = {"full_name": "Lò Thị Ban", "phone": "0912 345 678", "email": "", "address": "Bản Phủ, xã Thanh Nưa"}
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@pytest.fixture
def staff() -> Staff:
    return make_staff()


def form_of(client: Client, staff: Staff, **typed: object) -> dict[str, object]:
    page = client.get("/phan-anh/gui/").content.decode()
    key = re.search(r'name="key" value="([^"]+)"', page)
    assert key
    return {"key": key.group(1), "topic": "PETITION", "text": SAID, "unit": staff.unit.code, **WHO, **typed}


def last_code() -> str:
    body = PetitionMessage.objects.latest("pk").body
    found = re.search(r"\b(\d{6})\b", body)
    assert found
    return found.group(1)


def known(client: Client, petition: Petition) -> Client:
    client.post("/phan-anh/tra-cuu/", {"code": petition.code, "pin": petition.pin})
    return client


def test_a_guest_sends_confirms_and_gets_code_and_pin(client: Client, staff: Staff, now: datetime) -> None:
    answer = client.post("/phan-anh/gui/", form_of(client, staff), follow=True)
    petition = Petition.objects.get()
    assert answer.redirect_chain[-1][0] == f"/phan-anh/{petition.code}/xac-nhan/"

    client.post(f"/phan-anh/{petition.code}/gui-ma/")
    answer = client.post(f"/phan-anh/{petition.code}/xac-nhan/", {"code": last_code()}, follow=True)

    page = answer.content.decode()
    assert petition.code in page
    assert petition.pin in page
    assert "17:00 thứ Hai, 23/03/2026" in page
    petition.refresh_from_db()
    assert petition.stage is PetitionStage.RECEIVED


def test_whoever_is_signed_in_needs_no_code(client: Client, staff: Staff, now: datetime) -> None:
    client.force_login(make_user(full_name="Vàng Thị Mỷ"), backend=BACKEND)

    answer = client.post("/phan-anh/gui/", form_of(client, staff), follow=True)

    petition = Petition.objects.get()
    assert answer.redirect_chain[-1][0] == f"/phan-anh/{petition.code}/da-gui/"
    assert petition.code in client.get("/phan-anh/").content.decode()
    assert SAID in client.get(f"/phan-anh/{petition.code}/").content.decode()


def test_an_account_that_sent_a_lot_is_told_and_keeps_what_it_typed(
    client: Client, staff: Staff, now: datetime
) -> None:
    owner = make_user()
    for _ in range(3):
        make_petition(staff, owner=owner)
    client.force_login(owner, backend=BACKEND)

    answer = client.post("/phan-anh/gui/", form_of(client, staff, email="ban@example.com"))

    assert answer.status_code == 422
    assert "đã gửi nhiều phản ánh" in answer.content.decode()
    assert SAID in answer.content.decode()


def test_pressing_twice_sends_one(client: Client, staff: Staff, now: datetime) -> None:
    form = form_of(client, staff)

    client.post("/phan-anh/gui/", form)
    client.post("/phan-anh/gui/", form)

    assert Petition.objects.count() == 1


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"text": ""}, "Hãy viết nội dung."),
        ({"phone": ""}, "Hãy ghi số điện thoại hoặc thư điện tử để nhận trả lời."),
        ({"latitude": "21,386"}, "Hãy ghi cả vĩ độ và kinh độ, hoặc bỏ trống cả hai."),
        ({"latitude": "191", "longitude": "103"}, "Hãy ghi một số từ -90 đến 90."),
        ({"phone": "12"}, "Số điện thoại có 10 chữ số"),
    ],
)
def test_a_mistake_is_said_at_the_field_and_what_was_typed_stays(
    client: Client, staff: Staff, typed: dict[str, str], sentence: str
) -> None:
    answer = client.post("/phan-anh/gui/", form_of(client, staff, place="Chợ Nậm Pồ", **typed))

    page = answer.content.decode()
    assert answer.status_code == 422
    assert sentence in page
    assert "Chợ Nậm Pồ" in page
    assert not Petition.objects.exists()


def test_place_point_photo_and_dossier_come_along(
    client: Client, staff: Staff, now: datetime, tmp_path: object
) -> None:
    png = bytes.fromhex(
        "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c4944415478da63f8ffff3f0005fe02fe"
        "0def46b80000000049454e44ae426082"
    )
    photo = SimpleUploadedFile("quay.png", png, content_type="image/png")
    wrong = form_of(client, staff, latitude="21,38602", longitude="103.0168", photo=photo, text="", place="Quầy 2")
    page = client.post("/phan-anh/gui/", wrong).content.decode()
    kept = re.search(r'name="photo-kept"\s+value="([^"]+)"', page)
    assert kept, "the photo is kept while another field is mended"

    again = {**wrong, "text": SAID, "photo-kept": kept.group(1), "dossier_code": "khong-co"}
    del again["photo"]
    client.post("/phan-anh/gui/", again)

    petition = Petition.objects.get()
    assert (str(petition.latitude), str(petition.longitude), petition.place) == ("21.38602", "103.01680", "Quầy 2")
    assert petition.photo is not None
    assert (petition.dossier, petition.text) == (None, f"{SAID}\n\n(khong-co)")


def test_a_program_is_no_photo(client: Client, staff: Staff) -> None:
    photo = SimpleUploadedFile("anh.jpg", b"MZ\x90\x00", content_type="image/jpeg")

    answer = client.post("/phan-anh/gui/", form_of(client, staff, photo=photo))

    assert answer.status_code == 422
    assert "một chương trình" in answer.content.decode()


def test_where_no_code_goes_out_a_guest_is_sent_to_sign_in(client: Client, staff: Staff, settings: object) -> None:
    settings.CONTACT_CODE_CHANNELS = []  # type: ignore[attr-defined]  # the fixture is Django's settings

    page = client.get("/phan-anh/gui/").content.decode()

    assert "Hãy đăng nhập rồi gửi" in page
    assert 'name="text"' not in page


def test_a_stranger_finds_no_petition(client: Client, staff: Staff, now: datetime) -> None:
    petition = make_petition(staff)

    for page in ("", "xac-nhan/", "da-gui/", "gui-ma/", "bo-sung/", "mo-lai/", "y-kien/"):
        assert client.get(f"/phan-anh/{petition.code}/{page}").status_code == 404


def test_a_wrong_pin_shows_nothing_and_many_lock(client: Client, staff: Staff, now: datetime) -> None:
    petition = make_petition(staff)
    wrong = {"code": petition.code, "pin": f"{(int(petition.pin) + 1) % 10_000:04}"}

    answers = [client.post("/phan-anh/tra-cuu/", wrong) for _ in range(6)]

    assert [answer.status_code for answer in answers] == [422] * 5 + [429]
    assert "Không có phản ánh nào khớp" in answers[0].content.decode()


@pytest.mark.parametrize(
    ("stage", "sentence"),
    [
        (PetitionStage.RECEIVED, "đang phân loại"),
        (PetitionStage.ASKED, "cần bạn cho biết thêm"),
        (PetitionStage.HANDLING, "đang xử lý"),
        (PetitionStage.DRAFTED, "đã soạn trả lời"),
        (PetitionStage.ANSWERED, "đã trả lời"),
        (PetitionStage.RETURNED, "trả lại, kèm hướng dẫn"),
    ],
)
def test_code_and_pin_show_the_stage_and_nobodys_data(
    client: Client, staff: Staff, now: datetime, stage: PetitionStage, sentence: str
) -> None:
    petition = make_in(stage, staff)

    page = known(client, petition).get(f"/phan-anh/{petition.code}/").content.decode()

    assert sentence in page
    for secret in (petition.full_name, petition.phone, petition.email, petition.address, petition.pin, SAID):
        assert secret not in page
    assert client.get(f"/phan-anh/{petition.code}/da-gui/").status_code == 302, "the PIN is for whoever sent it"


@pytest.mark.parametrize(
    ("sorting", "where"),
    [(Sorting.COMPLAINT, "Luật Khiếu nại"), (Sorting.DENUNCIATION, "Luật Tố cáo"), (Sorting.JUDICIAL, "tòa án")],
)
def test_what_is_no_petition_comes_back_with_where_to_bring_it(
    client: Client, staff: Staff, now: datetime, sorting: Sorting, where: str
) -> None:
    petition = sort(make_petition(staff), staff, sorting)

    page = known(client, petition).get(f"/phan-anh/{petition.code}/").content.decode()

    assert where in page


def test_an_answer_that_names_somebody_is_kept_back_from_the_open_page(
    client: Client, staff: Staff, now: datetime
) -> None:
    petition = answered(make_petition(staff), staff)
    petition.answers.update(text="Kính gửi bà Lò Thị Ban")

    page = known(client, petition).get(f"/phan-anh/{petition.code}/").content.decode()

    assert "Lò Thị Ban" not in page
    assert "Nội dung cán bộ viết có thông tin cá nhân" in page
    assert "Kính gửi bà […]" in page, "only what is personal is left out"


def test_whoever_sent_it_reads_the_answer_whole(client: Client, staff: Staff, now: datetime) -> None:
    owner = make_user()
    petition = answered(make_petition(staff, owner=owner), staff)
    said = "Kính gửi bà Lò Thị Ban, số 0912 345 678, căn cước 011190000077."
    petition.answers.update(text=said)
    client.force_login(owner, backend=BACKEND)

    page = client.get(f"/phan-anh/{petition.code}/").content.decode()

    assert said in page
    assert "được che bằng" not in page


def test_an_ordinary_answer_is_read_whole_by_code_and_pin(client: Client, staff: Staff, now: datetime) -> None:
    petition = answered(make_petition(staff), staff)
    staff.unit.phone, staff.unit.email = "0215 3800 000", "motcua@dienbien.example"
    staff.unit.save()
    said = (
        "Thủ tục 1.004227.000.00.00.H18: từ 02/03/2026 - 05/03/2026 đã trả, lệ phí 450.000.000. "
        "Hỏi 02153800000 hoặc motcua@dienbien.example."
    )
    petition.answers.update(text=said)

    assert said in known(client, petition).get(f"/phan-anh/{petition.code}/").content.decode()


def test_a_question_that_names_somebody_is_kept_back_and_can_still_be_answered(
    client: Client, staff: Staff, now: datetime
) -> None:
    petition = make_in(PetitionStage.ASKED, staff)
    petition.questions.update(question="Bà Lò Thị Ban gặp ai?")

    page = known(client, petition).get(f"/phan-anh/{petition.code}/").content.decode()

    assert "Lò Thị Ban" not in page
    assert "Gửi bổ sung" in page


def test_the_sender_adds_what_was_asked(client: Client, staff: Staff, now: datetime) -> None:
    petition = make_in(PetitionStage.ASKED, staff)
    known(client, petition)

    empty = client.post(f"/phan-anh/{petition.code}/bo-sung/", {"more": " "})
    client.post(f"/phan-anh/{petition.code}/bo-sung/", {"more": "Quầy số 2"})

    assert empty.status_code == 422
    petition.refresh_from_db()
    assert petition.stage is PetitionStage.RECEIVED
    late = client.post(f"/phan-anh/{petition.code}/bo-sung/", {"more": "Quầy số 3"}, follow=True)
    assert "đang ở tình trạng khác" in late.content.decode()


def test_four_weeks_later_the_sender_says_no_and_has_it_opened_again(client: Client, staff: Staff) -> None:
    petition = answered(make_petition(staff), staff)
    later = MONDAY + timedelta(days=28)
    assert ask_whether_settled(later) == 1
    assert "đã ổn thỏa chưa" in PetitionMessage.objects.latest("pk").body or PetitionMessage.objects.filter(
        subject__contains="đã ổn thỏa chưa"
    )

    with time_machine.travel(later, tick=False):
        known(client, petition)
        client.post(f"/phan-anh/{petition.code}/y-kien/", {"is_settled": "no", "note": "Vẫn chậm"})
        client.post(f"/phan-anh/{petition.code}/mo-lai/", {"reason": "Vẫn chậm"})

    petition.refresh_from_db()
    assert (petition.stage, petition.is_settled) == (PetitionStage.HANDLING, False)


def test_everybody_reads_and_finds_what_was_published(client: Client, staff: Staff, now: datetime) -> None:
    petition = published(staff)
    make_petition(staff)

    found = client.get("/phan-anh/?q=tra ket qua").content.decode()
    other = client.get("/phan-anh/?q=sổ đỏ").content.decode()
    questions = client.get("/phan-anh/?loai=hoi-dap").content.decode()
    page = client.get(f"/phan-anh/cong-khai/{petition.published.number}/").content.decode()

    assert PUBLIC.title in found
    assert PUBLIC.title not in other + questions
    assert PUBLIC.answer in page
    for secret in (petition.full_name, petition.phone, petition.email, petition.address, petition.code, SAID):
        assert secret not in found + page
    assert client.get("/phan-anh/cong-khai/999/").status_code == 404


def test_the_notice_of_a_unit_names_how_to_reach_it_and_by_when_it_answers(
    client: Client, staff: Staff, now: datetime
) -> None:
    staff.unit.phone, staff.unit.address = "02153800000", "Bản Mới"
    staff.unit.save()

    listed = client.get("/phan-anh/noi-nhan/").content.decode()
    posted = client.get(f"/phan-anh/noi-nhan/{staff.unit.code}/").content.decode()

    assert f"/phan-anh/noi-nhan/{staff.unit.code}/" in listed
    assert "Được trả lời trong 15 ngày làm việc." in posted
    assert "chuyển đúng nơi trong 5 ngày làm việc" in posted
    for said in ("02153800000", "Bản Mới", "Khiếu nại, tố cáo", "http://testserver/phan-anh/"):
        assert said in posted
    assert client.get("/phan-anh/noi-nhan/khong-co/").status_code == 404


def test_thirty_published_answers_cost_what_one_does(client: Client, staff: Staff, now: datetime) -> None:
    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client.get("/phan-anh/").status_code == 200
        return len(queries)

    published(staff)
    client.get("/phan-anh/")
    one = cost()
    for _ in range(29):
        published(make_staff(make_unit()))

    assert cost() == one
    assert 'rel="next"' in client.get("/phan-anh/").content.decode()
    assert settings.PROVINCE_UNIT_CODE == "H18"
