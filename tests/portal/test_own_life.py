"""The own page of a dossier in every turn its life may take."""

from datetime import datetime, timedelta

import pytest
import time_machine
from django.conf import settings
from django.test import Client

from motcua.accounts.models import User
from motcua.catalogue.models import SectorClock
from motcua.dossiers.commands import extend, financial, note
from motcua.dossiers.commands.request_supplement import Asking, request_supplement
from motcua.dossiers.models import Dossier
from motcua.rules.transitions import Action, Status, open_actions
from tests.architecture.speech import speech_of, vietnamese_of_ours
from tests.make import HANOI, LONG_AGO, MONDAY, PDF, Office, make_dossier, make_office, make_user
from tests.portal.conftest import upload

pytestmark = pytest.mark.django_db


def on(day: int, hour: int = 9) -> datetime:
    return datetime(2026, 3, day, hour, tzinfo=HANOI)


@pytest.fixture
def citizen(client: Client) -> User:
    user = make_user(full_name="Lò Thị Ban")
    client.force_login(user)
    return user


def page_of(client: Client, dossier: Dossier, page: str = "", *, at: datetime = MONDAY + timedelta(days=2)) -> str:
    with time_machine.travel(at, tick=False):
        return client.get(f"/ho-so/{dossier.public_code}/{page}", follow=True).content.decode()


def waiting(office: Office, owner: User) -> Dossier:
    """Accepted on Monday 2 March, due on the 9th; asked for a better copy on the 4th at nine."""
    dossier = make_dossier(status=Status.IN_PROGRESS, office=office, owner=owner)
    asking = Asking({1: "Chụp lại cho rõ"}, "Ảnh mờ")
    return request_supplement(dossier=dossier, officer=office.officer, asking=asking, at=on(4))


def resumes(office: Office) -> None:
    SectorClock.objects.create(
        sector=office.offering.procedure.sector, supplement="RESUME", source="luật của ngành", valid_from=LONG_AGO
    )


def test_papers_asked_for_after_acceptance_say_what_the_clock_does(client: Client, citizen: User) -> None:
    dossier = waiting(make_office(), citizen)

    for html in (page_of(client, dossier, at=on(5)), page_of(client, dossier, "bo-sung/", at=on(5))):
        for words in (
            "Ảnh mờ",
            "Chụp lại cho rõ",
            "được tính lại từ đầu",
            "17:00 thứ Năm, 12/03/2026",
            "07:30 thứ Sáu, 20/03/2026. Từ lúc đó, nếu chưa nhận đủ giấy tờ, cơ quan được đóng hồ sơ.",
        ):
            assert words in html
    assert "đã quá" in page_of(client, dossier, at=on(20))


def test_where_the_sectors_law_resumes_the_limit_the_page_says_so(client: Client, citizen: User) -> None:
    office = make_office()
    resumes(office)
    dossier = waiting(office, citizen)

    html = page_of(client, dossier, at=on(6))

    assert "được tính tiếp" in html
    assert "tính lại từ đầu" not in html
    assert "17:00 thứ Tư, 11/03/2026" in html


@pytest.mark.parametrize(
    ("is_resumed", "words"),
    [
        (False, "được tính lại từ đầu; hẹn trả kết quả 17:00 thứ Sáu, 13/03/2026"),
        (True, "được tính tiếp, trừ thời gian chờ; hẹn trả kết quả 17:00 thứ Tư, 11/03/2026"),
    ],
    ids=["restart", "resume"],
)
def test_an_answer_after_acceptance_promises_the_new_day_and_no_eight_hours(
    client: Client, citizen: User, is_resumed: bool, words: str
) -> None:
    office = make_office()
    if is_resumed:
        resumes(office)
    dossier = waiting(office, citizen)

    with time_machine.travel(on(6), tick=False):
        client.post(f"/ho-so/{dossier.reference}/giay-to/1/", {"paper-1-file": upload()})
        said = client.post(f"/ho-so/{dossier.reference}/bo-sung/", follow=True).content.decode()

    assert words in said
    assert "8 giờ làm việc" not in said
    assert "Đã bổ sung giấy tờ" in said


def test_money_owed_says_what_how_much_by_which_notice_and_where_to_bring_the_proof(
    client: Client, citizen: User
) -> None:
    office = make_office()
    dossier = make_dossier(status=Status.FINANCIAL, office=office, owner=citizen)

    html = page_of(client, dossier)
    financial.settle_financial(dossier=dossier, officer=office.reception, proof="Biên lai 7", at=on(5))
    after = page_of(client, dossier, at=on(5))

    for words in (
        "150.000 đồng",
        "12/TB",
        "Điều 21 Luật Phí và lệ phí",
        "Mang chứng từ đến",
        "không tính vào thời hạn",
    ):
        assert words in html
    assert "Bổ sung giấy tờ" not in html
    assert "Đã thực hiện nghĩa vụ tài chính" in after
    assert "Biên lai 7" in after


def test_a_new_date_stands_with_its_reason_and_the_day_before_it(client: Client, citizen: User) -> None:
    office = make_office()
    dossier = make_dossier(status=Status.IN_PROGRESS, office=office, owner=citizen)
    apology = extend.Apology("Chờ trích lục", on(16).date())
    extend.extend(dossier=dossier, officer=office.signer, apology=apology, at=on(6))

    html = page_of(client, dossier, at=on(6))

    for words in (
        "Cơ quan xin lỗi và hẹn lại",
        "Chờ trích lục",
        "Ngày hẹn đã đổi",
        "<s>17:00 thứ Hai, 09/03/2026</s>",
        "đổi lúc 09:00 thứ Sáu, 06/03/2026 vì: Xin lỗi và hẹn lại",
        "17:00 thứ Hai, 16/03/2026",
        "Phiếu xin lỗi và hẹn lại ngày trả kết quả",
    ):
        assert words in html


def test_a_refusal_is_downloaded_as_one_from_the_day_it_is_issued(client: Client, citizen: User) -> None:
    dossier = make_dossier(status=Status.REFUSED, owner=citizen)

    html = page_of(client, dossier)
    answer = client.get(f"/ho-so/{dossier.public_code}/ket-qua/")

    for words in ("Tải văn bản từ chối", "Cơ quan từ chối giải quyết", "Điều 12 Luật Hộ tịch", "quyền khiếu nại"):
        assert words in html
    assert "Tải kết quả" not in html
    assert b"".join(answer.streaming_content).startswith(PDF)  # type: ignore[attr-defined]  # a file


@pytest.mark.parametrize(
    ("status", "words"),
    [
        (Status.NOT_ACCEPTED, ["Vì sao không tiếp nhận", "Điều 5 Luật Hộ tịch", "Phải làm thủ tục khác"]),
        (Status.STOPPED, ["Vì sao hồ sơ kết thúc", "khoản 2 Điều 12 Luật Hộ tịch", "Toà án đang giải quyết"]),
        (Status.CLOSED_UNANSWERED, ["Vì sao hồ sơ kết thúc", "khoản 2 Điều 12 Luật Hộ tịch"]),
        (Status.CORRECTING, ["Kết quả đang được đính chính", "Sai năm sinh", "không thu khoản nào"]),
        (Status.CONSULTING, ["đang lấy ý kiến đơn vị liên quan từ 13:00 thứ Hai, 02/03/2026"]),
        (Status.WITHDRAWN, ["Hồ sơ đã được rút"]),
    ],
)
def test_every_turn_is_told_with_its_ground(client: Client, citizen: User, status: Status, words: list[str]) -> None:
    html = page_of(client, make_dossier(status=status, owner=citizen))

    assert [said for said in words if said not in html] == []


@pytest.mark.parametrize("status", [Status.FINANCIAL, Status.SUPPLEMENT, Status.SIGNED, Status.REFUSED])
def test_only_what_is_open_is_offered(client: Client, citizen: User, status: Status) -> None:
    dossier = make_dossier(status=status, owner=citizen)

    html = page_of(client, dossier)

    assert (f"/ho-so/{dossier.public_code}/rut/" in html) is (Action.WITHDRAW in open_actions(status))
    assert (f"/ho-so/{dossier.public_code}/bo-sung/" in html) is (status is Status.SUPPLEMENT)


def test_what_the_desk_advised_stands_on_the_page(client: Client, citizen: User) -> None:
    office = make_office()
    dossier = make_dossier(office=office, owner=citizen)
    note.guide(dossier=dossier, officer=office.reception, text="Mang thêm bản chính", at=on(3))

    html = page_of(client, dossier)

    assert "Nơi tiếp nhận hướng dẫn" in html
    assert "Mang thêm bản chính" in html


@pytest.mark.parametrize("page", ["", "bo-sung/"])
def test_a_life_is_told_in_english_to_who_reads_english(client: Client, citizen: User, page: str) -> None:
    office = make_office()
    dossier = make_dossier(status=Status.FINANCIAL, office=office, owner=citizen)
    financial.settle_financial(dossier=dossier, officer=office.reception, proof="Biên lai 7", at=on(3))
    asking = Asking({1: "Chụp lại cho rõ"}, "Ảnh mờ")
    request_supplement(dossier=dossier, officer=office.officer, asking=asking, at=on(4))
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"

    answer = client.get(f"/ho-so/{dossier.public_code}/{page}")

    speech = speech_of(answer)
    assert speech is not None
    assert vietnamese_of_ours(speech.said) == []
    assert any("starts anew" in words for words in speech.said)
