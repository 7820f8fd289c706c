from datetime import timedelta

import pytest
import time_machine
from django.test import Client

from motcua.dossiers.models import Dossier
from motcua.rules.transitions import Status
from tests.make import MONDAY, make_dossier
from tests.portal.conftest import Guest, last_code
from tests.ways import ASKED_FOR, BY_LAW

pytestmark = pytest.mark.django_db

SENTENCES = {
    Status.SUBMITTED: "sẽ trả lời chậm nhất",
    Status.INTAKE_SUPPLEMENT: "hồ sơ chờ bạn bổ sung giấy tờ",
    Status.NOT_ACCEPTED: "đã từ chối tiếp nhận hồ sơ",
    Status.ACCEPTED: "tiếp theo chuyển cho nơi giải quyết",
    Status.TRANSFERRED: "tiếp theo phân công người thẩm tra",
    Status.IN_PROGRESS: "đang thẩm tra hồ sơ",
    Status.SUPPLEMENT: "được tính lại từ đầu khi bạn bổ sung đủ",
    Status.CONSULTING: "đang lấy ý kiến đơn vị liên quan từ 13:00 thứ Hai, 02/03/2026",
    Status.FINANCIAL: "hồ sơ chờ bạn thực hiện nghĩa vụ tài chính",
    Status.PENDING_SIGN: "xem và ký hồ sơ",
    Status.SIGNED: "đóng dấu, phát hành kết quả",
    Status.DONE: "mời bạn đến",
    Status.REFUSED: "cơ quan từ chối giải quyết, nêu rõ lý do; mời bạn đến",
    Status.CORRECTING: "đang đính chính",
    Status.RETURNED: "Kết quả đã được trả lúc",
    Status.IMMEDIATE_DONE: "Kết quả đã được trả ngay tại",
    Status.WITHDRAWN: "Hồ sơ đã được rút lúc",
    Status.STOPPED: "đã dừng giải quyết hồ sơ",
    Status.CLOSED_UNANSWERED: "đã đóng lúc",
}
WRITTEN_BY_OFFICIALS = [
    ASKED_FOR,
    BY_LAW.reason,
    BY_LAW.basis,
    "Sai năm sinh",
    "150.000",
    "12/TB",
    "quy hoạch",
    "12/GKS",
]
HANDED_IN = [status for status in Status if status is not Status.DRAFT]


def look_up(client: Client, code: str, pin: str) -> str:
    return client.post("/tra-cuu/", {"code": code, "pin": pin}, follow=True).content.decode()


def wrong_pin(dossier: Dossier) -> str:
    return f"{(int(dossier.lookup_pin) + 1) % 10_000:04}"


def test_code_and_pin_show_who_holds_the_dossier_since_when_and_what_comes_next(client: Client) -> None:
    dossier = make_dossier(status=Status.IN_PROGRESS)

    page = look_up(client, dossier.public_code, dossier.lookup_pin)

    assert dossier.due_at
    holder = dossier.competent_unit.authority_name
    assert f"{holder} đang thẩm tra hồ sơ từ 12:00 thứ Hai, 02/03/2026, tiếp theo trình lãnh đạo ký" in page
    assert "hẹn trả kết quả 17:00 thứ Hai, 09/03/2026; bạn chưa phải làm gì" in page
    assert "Cách tính từng ngày" in page


def test_the_reference_still_works_after_acceptance_in_any_spelling(client: Client) -> None:
    dossier = make_dossier(status=Status.ACCEPTED)

    page = look_up(client, dossier.reference.lower().replace("-", " "), f" {dossier.lookup_pin} ")

    assert dossier.public_code in page


def test_neither_code_nor_pin_stand_in_an_address_that_shows_them_to_others(client: Client) -> None:
    dossier = make_dossier()

    answer = client.post("/tra-cuu/", {"code": dossier.public_code, "pin": dossier.lookup_pin})

    assert answer.headers["Location"] == f"/tra-cuu/{dossier.public_code}/"
    assert Client().get(answer.headers["Location"]).headers["Location"] == "/tra-cuu/"


@pytest.mark.parametrize("status", HANDED_IN)
def test_the_status_page_names_nobody(client: Client, status: Status) -> None:
    dossier = make_dossier(status=status)

    page = look_up(client, dossier.public_code, dossier.lookup_pin)

    assert dossier.public_code in page
    applicant = dossier.applicant
    people = [applicant.full_name, applicant.citizen_id, applicant.phone, applicant.email, "Vàng A Páo"]
    people += [step.assignee.display_name for step in dossier.steps.all() if step.assignee]
    assert [said for said in people if said in page] == []


@pytest.mark.parametrize("status", HANDED_IN)
def test_the_status_page_says_where_the_dossier_stands_and_no_word_about_its_contents(
    client: Client, status: Status
) -> None:
    dossier = make_dossier(status=status)

    page = look_up(client, dossier.public_code, dossier.lookup_pin)

    assert SENTENCES[status] in page
    assert [words for words in WRITTEN_BY_OFFICIALS if words in page] == []


def test_a_wrong_pin_and_an_unknown_code_get_the_same_answer(client: Client) -> None:
    dossier = make_dossier()

    wrong = look_up(client, dossier.public_code, wrong_pin(dossier))
    unknown = look_up(client, "T-0000-0000-0000", dossier.lookup_pin)

    assert "Không có hồ sơ nào khớp cả mã và PIN này" in wrong
    assert "Không có hồ sơ nào khớp cả mã và PIN này" in unknown


def test_guessing_is_locked_and_says_until_when(client: Client) -> None:
    dossier = make_dossier()
    with time_machine.travel(MONDAY + timedelta(hours=2), tick=False):
        for _ in range(5):
            look_up(client, dossier.public_code, wrong_pin(dossier))

        answer = client.post("/tra-cuu/", {"code": dossier.public_code, "pin": dossier.lookup_pin})

    assert answer.status_code == 429
    assert "Hãy thử lại sau 10:15 thứ Hai, 02/03/2026" in answer.content.decode()


@pytest.mark.parametrize(("code", "pin"), [("", "1234"), ("T-1", ""), ("T-1", "abcd")])
def test_what_is_not_a_code_or_a_pin_is_said_at_once(client: Client, code: str, pin: str) -> None:
    answer = client.post("/tra-cuu/", {"code": code, "pin": pin})

    assert answer.status_code == 422
    assert "Cần sửa trước khi gửi" in answer.content.decode()


def test_a_draft_cannot_be_looked_up(client: Client, guest: Guest) -> None:
    dossier = guest.start()

    assert "Không có hồ sơ nào khớp" in look_up(client, dossier.reference, dossier.lookup_pin)


def test_what_was_looked_up_is_forgotten_after_an_hour(client: Client) -> None:
    dossier = make_dossier()
    with time_machine.travel(MONDAY, tick=False):
        look_up(client, dossier.public_code, dossier.lookup_pin)

    with time_machine.travel(MONDAY + timedelta(hours=1, seconds=1), tick=False):
        answer = client.get(f"/tra-cuu/{dossier.public_code}/")

    assert answer.status_code == 302


def test_looking_up_does_not_open_what_is_personal(client: Client) -> None:
    dossier = make_dossier()
    look_up(client, dossier.public_code, dossier.lookup_pin)

    assert client.get(f"/ho-so/{dossier.public_code}/").status_code == 404


def test_a_code_sent_to_the_applicant_opens_the_dossier_elsewhere(client: Client) -> None:
    dossier = make_dossier()
    code = dossier.public_code
    look_up(client, code, dossier.lookup_pin)

    offered = client.get(f"/tra-cuu/{code}/xac-nhan/").content.decode()
    sent = client.post(f"/tra-cuu/{code}/gui-ma/", {"qua": "dien-thoai"})
    right = last_code()
    wrong = client.post(sent.headers["Location"], {"code": f"{(int(right) + 1) % 10**6:06}"})
    opened = client.post(sent.headers["Location"], {"code": right})

    assert dossier.applicant.phone not in offered
    assert wrong.status_code == 422
    assert opened.headers["Location"] == f"/ho-so/{code}/"
    assert dossier.applicant.full_name in client.get(f"/ho-so/{code}/").content.decode()


def test_a_proof_needs_a_look_up_first(client: Client) -> None:
    code = make_dossier().public_code

    asked, sent = (
        client.get(f"/tra-cuu/{code}/xac-nhan/"),
        client.post(f"/tra-cuu/{code}/gui-ma/", {"qua": "dien-thoai"}),
    )

    assert asked.headers["Location"] == sent.headers["Location"] == "/tra-cuu/"


def test_who_owns_the_dossier_needs_no_proof(guest: Guest) -> None:
    dossier = guest.file()
    address = f"/tra-cuu/{dossier.public_code}/"

    page = guest.browser.get(address).content.decode()

    assert "Mở hồ sơ đầy đủ" in page
    assert guest.browser.get(f"{address}xac-nhan/").headers["Location"] == f"/ho-so/{dossier.public_code}/"


def test_the_status_is_kept_by_no_cache(client: Client) -> None:
    dossier = make_dossier()
    look_up(client, dossier.public_code, dossier.lookup_pin)

    answer = client.get(f"/tra-cuu/{dossier.public_code}/")

    assert "no-store" in answer.headers["Cache-Control"]


def test_the_qr_of_form_01_brings_the_code_along(client: Client) -> None:
    page = client.get("/tra-cuu/?ma=H18.31-260302-0012").content.decode()

    assert 'value="H18.31-260302-0012"' in page


def test_a_code_of_garbage_in_the_address_is_shown_as_text(client: Client) -> None:
    page = client.get("/tra-cuu/", {"ma": '"><script>alert(1)</script>' + "a" * 5000}).content.decode()

    assert "<script>alert" not in page
    assert 'value="&quot;&gt;&lt;script&gt;' in page
