"""Citizens find a linked group, file one application for all of it without any script, and see every leg."""

from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from motcua.dossiers.commands import process, request_supplement
from motcua.dossiers.commands.linked_draft import GroupNotOffered
from motcua.dossiers.commands.return_result import hand_over
from motcua.dossiers.commands.submit import submit
from motcua.dossiers.models import Dossier, LinkedApplication
from motcua.rules.transitions import Status
from tests.linked import HOUR, Linked, follow, leg_dossier, make_accepted, make_group, make_linked_draft, settle
from tests.make import MONDAY, make_user
from tests.portal.conftest import WHO, Guest, upload

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]
TUESDAY = MONDAY + timedelta(days=1)


class LinkedGuest(Guest):
    """A guest who files for a whole group."""

    def __init__(self, linked: Linked) -> None:
        super().__init__(linked.lead.offering)
        self.start_address = f"/lien-thong/{linked.group.code}/nop/"

    def fill_in(self, dossier: Dossier) -> None:
        """Answer the questions of every leg and give every paper that everybody needs, once."""
        self.post(dossier, "nguoi-nop/", {**WHO})
        self.post(dossier, "to-khai/", {"ten_con": "Vàng A Páo", "leg2_ten_con": "Vàng A Páo"})
        for position in (1, 2001):
            self.post(dossier, f"giay-to/{position}/", {f"paper-{position}-file": upload()})
        self.post(dossier, "nhan-ket-qua/", {"channel": "AT_THE_DESK"})


def await_papers(linked: Linked, application: LinkedApplication) -> Dossier:
    """Have the agency of leg 2 ask for papers."""
    office, dossier = linked.offices[1], leg_dossier(application, 2)
    process.assign(dossier=dossier, officer=office.dispatcher, giving=process.Giving(office.officer), at=TUESDAY)
    asking = request_supplement.Asking({1: "Mờ"}, "Mờ")
    request_supplement.request_supplement(dossier=dossier, officer=office.officer, asking=asking, at=TUESDAY)
    follow(dossier, TUESDAY)
    return dossier


@pytest.fixture
def linked() -> Linked:
    return make_group()


def test_a_group_is_found_by_search_and_from_each_of_its_procedures(linked: Linked, client: Client) -> None:
    address = f"/lien-thong/{linked.group.code}/"

    pages = ["/tim/?q=khai+sinh+the", *(f"/thu-tuc/{one.offering.procedure.code}/" for one in linked.offices)]

    for page in pages:
        assert address in client.get(page).content.decode(), page
    assert address not in client.get("/tim/?q=dat+dai").content.decode()


def test_the_page_of_a_group_says_who_does_what_by_when(linked: Linked, client: Client) -> None:
    desk = linked.lead.offering.receiving_unit

    page = client.get(f"/lien-thong/{linked.group.code}/?noi={desk.code}").content.decode()

    assert linked.group.name in page
    for office in linked.offices:
        assert office.offering.competent_unit.authority_name in page
    assert "17:00 thứ Năm, 12/03/2026" in page
    assert "Bớt được 2 giấy" in page
    assert client.get("/lien-thong/khong-co/").status_code == 404
    assert client.get("/lien-thong/khong-co/nop/").status_code == 404


def test_a_guest_files_one_application_for_all_legs_without_any_script(linked: Linked) -> None:
    guest = LinkedGuest(linked)

    dossier = guest.file()

    page = guest.get(dossier, "da-nop/").content.decode()
    assert dossier.stage is Status.SUBMITTED
    assert dossier.reference in page
    assert linked.group.name in page
    assert LinkedApplication.objects.count() == Dossier.objects.count() == 1
    guest.post(dossier, "nop/")
    assert Dossier.objects.count() == 1, "handing in twice is one"


def test_the_questions_stand_by_leg_and_what_is_missing_is_named(linked: Linked) -> None:
    guest = LinkedGuest(linked)
    dossier = guest.start()

    page = guest.get(dossier, "to-khai/").content.decode()
    names = [one.offering.procedure.title for one in linked.offices]
    assert all(f'<h2 lang="vi">{name}</h2>' in page for name in names[:2])
    assert f'<h2 lang="vi">{names[2]}</h2>' not in page, "its question is answered by the lead's"
    papers = guest.get(dossier, "giay-to/").content.decode()
    assert papers.count('class="paper-box"') == 4
    assert "Còn thiếu 2 mục" in guest.get(dossier).content.decode()
    kept = guest.post(dossier, "luu/to-khai/", {"leg2_ten_con": "Páo"})
    assert kept.status_code == 200
    assert f"Tờ khai: {names[1]}" in guest.get(dossier, "kiem-tra/").content.decode()


def test_the_public_look_up_shows_every_leg_and_nothing_personal(linked: Linked, client: Client) -> None:
    application = settle(make_accepted(linked), 1, linked.lead, at=MONDAY + 2 * HOUR)
    lead = leg_dossier(application, 1)

    answer = client.post("/tra-cuu/", {"code": lead.code, "pin": lead.lookup_pin}, follow=True)

    page = answer.content.decode()
    assert "Đã xong 1 trên 3 việc" in page
    assert "17:00 thứ Năm, 12/03/2026" in page
    for office in linked.offices:
        assert office.offering.competent_unit.authority_name in page
    assert "Vàng Thị Mỷ" not in page


def test_a_leg_that_was_refused_or_is_not_needed_says_so(linked: Linked, client: Client) -> None:
    owner = make_user()
    application = make_accepted(linked, owner=owner)
    settle(application, 1, linked.lead, at=MONDAY + 2 * HOUR, refusal_basis="Điều 16")
    client.force_login(owner)

    page = client.get(f"/ho-so/{leg_dossier(application, 1).code}/").content.decode()

    assert page.count("Không thực hiện vì việc cần trước không có kết quả") == 2
    assert "Không việc nào được giải quyết" in page


def test_each_leg_says_what_happens_to_it_now_and_the_whole_when_it_is_over(linked: Linked, client: Client) -> None:
    owner = make_user()
    application = make_accepted(linked, owner=owner)
    lead = leg_dossier(application, 1)
    client.force_login(owner)

    waiting = client.get(f"/ho-so/{lead.code}/").content.decode()
    settle(application, 1, linked.lead, at=MONDAY + 2 * HOUR)
    for number in (2, 3):
        settle(application, number, linked.offices[number - 1], at=TUESDAY)
    ready = client.get(f"/ho-so/{lead.code}/").content.decode()
    given = hand_over(dossier=lead, officer=linked.lead.reception, received_by="Mỷ", at=TUESDAY + 5 * HOUR)
    follow(given, TUESDAY + 5 * HOUR)
    over = client.get(f"/ho-so/{lead.code}/").content.decode()

    assert "Chờ phân công tại" in waiting
    assert waiting.count("Bắt đầu ngay khi có kết quả") == 2
    assert "Đã có kết quả của tất cả các việc" in ready
    assert "Hồ sơ đã kết thúc; kết quả từng việc ghi bên dưới" in over


def test_a_promise_broken_is_said(linked: Linked, client: Client) -> None:
    owner = make_user()
    application = make_accepted(linked, owner=owner)
    client.force_login(owner)

    with time_machine.travel(MONDAY + timedelta(days=14), tick=False):
        page = client.get(f"/ho-so/{leg_dossier(application, 1).code}/").content.decode()

    assert "Hồ sơ đã quá hạn trả kết quả 17:00 thứ Năm, 12/03/2026" in page


def test_before_acceptance_the_legs_wait_for_the_desk(linked: Linked, client: Client) -> None:
    owner = make_user()
    dossier = submit(dossier=make_linked_draft(linked, owner=owner), actor=owner, at=MONDAY)
    client.force_login(owner)

    page = client.get(f"/ho-so/{dossier.reference}/").content.decode()

    assert "Chờ tiếp nhận" in page
    assert page.count("Chờ việc trước") == 2


def test_the_owner_completes_the_papers_of_a_leg(linked: Linked, client: Client) -> None:
    owner = make_user()
    application = settle(make_accepted(linked, owner=owner), 1, linked.lead, at=MONDAY + 2 * HOUR)
    dossier = await_papers(linked, application)
    client.force_login(owner)

    lead_page = client.get(f"/ho-so/{leg_dossier(application, 1).code}/").content.decode()
    leg_page = client.get(f"/ho-so/{dossier.code}/bo-sung/")

    assert f"/ho-so/{dossier.code}/bo-sung/" in lead_page
    assert "có việc đang chờ bạn" in lead_page
    assert "standing--act" in lead_page
    assert leg_page.status_code == 200


def test_the_list_of_one_s_own_has_the_whole_once(linked: Linked, client: Client) -> None:
    owner = make_user()
    settle(make_accepted(linked, owner=owner), 1, linked.lead, at=MONDAY + 2 * HOUR)
    make_linked_draft(linked, owner=owner)
    client.force_login(owner)

    page = client.get("/ho-so-cua-toi/").content.decode()

    assert page.count('class="ledger__name"') == 2
    assert page.count(linked.group.name) == 2


def test_the_list_of_one_s_own_says_where_the_whole_stands(linked: Linked, client: Client) -> None:
    owner = make_user()
    application = settle(make_accepted(linked, owner=owner), 1, linked.lead, at=MONDAY + 2 * HOUR)
    await_papers(linked, application)
    client.force_login(owner)
    client.get(f"/ho-so/{leg_dossier(application, 1).code}/")

    page = client.get("/ho-so-cua-toi/").content.decode()

    assert "Đang giải quyết" in page
    assert "Chờ bạn" in page
    assert "Có kết quả" not in page
    assert "1 tin mới" in page, "that of leg 2"


def test_the_list_of_one_s_own_asks_no_more_for_many_wholes(linked: Linked, client: Client) -> None:
    owner = make_user()
    make_accepted(linked, owner=owner)
    client.force_login(owner)
    with CaptureQueriesContext(connection) as one:
        client.get("/ho-so-cua-toi/")
    make_accepted(linked, owner=owner)

    with CaptureQueriesContext(connection) as two:
        client.get("/ho-so-cua-toi/")

    assert len(two) == len(one)


def test_a_leg_that_is_done_waits_for_the_others(linked: Linked, client: Client) -> None:
    owner = make_user()
    application = settle(make_accepted(linked, owner=owner), 1, linked.lead, at=MONDAY + 2 * HOUR)
    settle(application, 2, linked.offices[1], at=TUESDAY)
    client.force_login(owner)

    page = client.get(f"/ho-so/{leg_dossier(application, 2).code}/").content.decode()

    assert "Việc này đã xong; kết quả được trả một lần khi xong tất cả, hẹn 17:00 thứ Năm, 12/03/2026" in page
    assert "mời bạn đến" not in page


def test_a_whole_that_was_taken_back_is_not_said_to_be_refused(linked: Linked, client: Client) -> None:
    owner = make_user()
    application = make_accepted(linked, owner=owner)
    client.force_login(owner)
    address = f"/ho-so/{leg_dossier(application, 1).code}/"
    client.post(f"{address}rut/")
    follow(leg_dossier(application, 1), TUESDAY)

    pages = [client.get(one).content.decode() for one in (address, "/ho-so-cua-toi/")]

    for page in pages:
        assert "Đã rút" in page
        assert "Không được giải quyết" not in page


def test_a_group_with_a_leg_that_is_not_filed_online_is_not_offered_online(client: Client) -> None:
    linked = make_group(in_person=frozenset({3}))

    assert client.get(f"/lien-thong/{linked.group.code}/nop/").status_code == 404
    with pytest.raises(GroupNotOffered):
        make_linked_draft(linked)


def test_taking_back_the_whole_is_offered_while_a_leg_runs(linked: Linked, client: Client) -> None:
    owner = make_user()
    application = settle(make_accepted(linked, owner=owner), 1, linked.lead, at=MONDAY + 2 * HOUR)
    client.force_login(owner)
    address = f"/ho-so/{leg_dossier(application, 1).code}/rut/"

    assert client.get(address).status_code == 200
    client.post(address)

    assert leg_dossier(application, 2).stage is Status.WITHDRAWN


def test_strangers_see_nothing(linked: Linked, client: Client) -> None:
    application = settle(make_accepted(linked), 1, linked.lead, at=MONDAY + 2 * HOUR)

    for number in (1, 2):
        assert client.get(f"/ho-so/{leg_dossier(application, number).code}/").status_code == 404


def test_the_page_of_a_group_asks_as_often_for_three_desks_as_for_one(linked: Linked, client: Client) -> None:
    address = f"/lien-thong/{linked.group.code}/"
    client.get(address)
    with CaptureQueriesContext(connection) as once:
        client.get(address)

    with CaptureQueriesContext(connection) as again:
        client.get(f"{address}?noi={linked.lead.offering.receiving_unit.code}")

    assert len(once) <= 16
    assert len(again) <= len(once) + 4
