import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from motcua.accounts.models import User
from motcua.petitions.commands.afterwards import reopen_petition
from motcua.petitions.commands.answering import ask_opinion, draft_answer, give_answer_back
from motcua.petitions.commands.publishing import publish_answer
from motcua.petitions.commands.send import send_petition
from motcua.petitions.commands.sorting import join_petition
from motcua.petitions.models import Petition, PublishedAnswer
from motcua.rules.permissions import Role
from motcua.rules.petitions import Finding, PetitionStage, Sorting
from tests.make import MONDAY, make_offering, make_officer, make_procedure, make_unit, make_user
from tests.petitions.making import (
    PUBLIC,
    SAID,
    Staff,
    approved,
    make_in,
    make_petition,
    make_staff,
    make_written,
    published,
    sending,
)

pytestmark = pytest.mark.django_db
AtWork = Callable[[User], Client]


@pytest.fixture
def staff() -> Staff:
    return make_staff()


def go(client: Client, petition: Petition, act: str, **typed: object) -> str:
    """Do an act through its page, with what the page hides, and return what the page of the petition says then."""
    page = client.get(f"/xu-ly/phan-anh/{petition.code}/viec/{act}/").content.decode()
    typed = {**dict(re.findall(r'type="hidden" name="(draft)" value="(\d+)"', page)), **typed}
    answer = client.post(f"/xu-ly/phan-anh/{petition.code}/viec/{act}/", typed, follow=True)
    assert answer.status_code == 200, answer.content.decode()
    return answer.content.decode()


def test_a_petition_lives_from_receipt_to_publication(at_work: AtWork, staff: Staff) -> None:
    petition = make_petition(staff)
    sorter, officer, leader = (at_work(one) for one in (staff.sorter, staff.officer, staff.leader))

    assert "còn" in sorter.get("/xu-ly/phan-anh/").content.decode()
    assert "Đã phân loại." in go(sorter, petition, "phan-loai", sorting="CONDUCT")
    assert "Đã giao." in go(sorter, petition, "giao", to=staff.officer.username)
    go(officer, petition, "soan-tra-loi", finding="FOUNDED", text="Xin lỗi bà Lò Thị Ban.")
    go(leader, petition, "tra-lai-du-thao", remark="Bỏ tên")
    go(officer, petition, "soan-tra-loi", finding="FOUNDED", text="Xin lỗi bà.")
    assert "Xin lỗi bà." in leader.get(f"/xu-ly/phan-anh/{petition.code}/viec/duyet-tra-loi/").content.decode()
    assert "Đã trả lời người gửi." in go(leader, petition, "duyet-tra-loi")
    go(sorter, petition, "cong-khai", title=PUBLIC.title, question=PUBLIC.question, answer=PUBLIC.answer, is_read="on")

    petition.refresh_from_db()
    assert petition.stage is PetitionStage.ANSWERED
    assert PublishedAnswer.objects.public().count() == 1
    assert "Gỡ câu trả lời công khai" in sorter.get(f"/xu-ly/phan-anh/{petition.code}/").content.decode()
    go(sorter, petition, "go-xuong")
    assert not PublishedAnswer.objects.public().exists()


def test_publishing_is_refused_while_a_planted_datum_stands_in_it_and_what_was_typed_stays(
    at_work: AtWork, staff: Staff
) -> None:
    petition = make_in(PetitionStage.ANSWERED, staff)
    typed = {"title": "Trả chậm", "question": "Bà Lò Thị Ban, 0912 345 678", "answer": "Đã nhắc nhở.", "is_read": "on"}

    answer = at_work(staff.sorter).post(f"/xu-ly/phan-anh/{petition.code}/viec/cong-khai/", typed)

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "số điện thoại “0912 345 678”" in page
    assert "tên “Lò Thị Ban”" in page
    assert "Đã nhắc nhở." in page
    assert not PublishedAnswer.objects.exists()


def test_what_no_machine_finds_the_publisher_vouches_for(at_work: AtWork, staff: Staff) -> None:
    petition = make_in(PetitionStage.ANSWERED, staff)
    typed = {"title": PUBLIC.title, "question": PUBLIC.question, "answer": PUBLIC.answer}

    answer = at_work(staff.sorter).post(f"/xu-ly/phan-anh/{petition.code}/viec/cong-khai/", typed)

    assert answer.status_code == 422
    assert "Hãy đọc lại toàn văn rồi đánh dấu" in answer.content.decode()
    assert not PublishedAnswer.objects.exists()


def test_a_complaint_is_routed_away_with_a_reason(at_work: AtWork, staff: Staff) -> None:
    petition, sorter = make_petition(staff), at_work(staff.sorter)

    empty = sorter.post(f"/xu-ly/phan-anh/{petition.code}/viec/phan-loai/", {"sorting": "COMPLAINT"})
    page = go(sorter, petition, "phan-loai", sorting="COMPLAINT", reason="Đơn khiếu nại quyết định số 5")

    assert empty.status_code == 422
    assert "Hãy ghi lý do trả lại" in empty.content.decode()
    assert "Luật Khiếu nại" in page


def test_asked_and_completed_at_the_desk(at_work: AtWork, staff: Staff) -> None:
    petition = make_written(staff)

    go(at_work(staff.sorter), petition, "yeu-cau-bo-sung", question="Ở quầy nào?")
    page = go(at_work(staff.desk), petition, "ghi-bo-sung", reply="Quầy 2")

    assert "Quầy 2" in page


def test_the_suggestion_says_why_and_moves_nothing_by_itself(at_work: AtWork, staff: Staff) -> None:
    department = make_unit(name="Sở Xây dựng", kind="DEPARTMENT", level="PROVINCE")
    procedure = make_procedure(title="Cấp giấy phép xây dựng nhà ở riêng lẻ")
    make_offering(procedure=procedure, commune=department, desk=department)
    petition = make_petition(staff, text="Tôi xin cấp giấy phép xây dựng mà hai tháng chưa có.")
    sorter = at_work(staff.sorter)

    page = sorter.get(f"/xu-ly/phan-anh/{petition.code}/").content.decode()

    assert "Cấp giấy phép xây dựng nhà ở riêng lẻ" in page
    assert f"?toi={department.code}" in page
    petition.refresh_from_db()
    assert petition.unit == staff.unit
    asked = sorter.get(f"/xu-ly/phan-anh/{petition.code}/viec/chuyen/?toi={department.code}").content.decode()
    assert re.search(rf'value="{re.escape(department.code)}"\s+selected', asked)
    sorter.post(f"/xu-ly/phan-anh/{petition.code}/viec/chuyen/", {"unit": department.code, "reason": "Xây dựng"})
    petition.refresh_from_db()
    assert petition.unit == department


def test_a_joint_answer(at_work: AtWork, staff: Staff) -> None:
    other, petition = make_staff(), make_in(PetitionStage.HANDLING, staff)
    officer = at_work(staff.officer)

    go(officer, petition, "lay-y-kien", unit=other.unit.code, question="Có thu phí không?")
    waiting = officer.post(
        f"/xu-ly/phan-anh/{petition.code}/viec/soan-tra-loi/", {"finding": "FOUNDED", "text": "Không thu."}
    )
    page = go(at_work(other.officer), petition, "cho-y-kien", unit=other.unit.code, text="Không thu phí")

    assert f"Còn chờ ý kiến của: {other.unit.name}" in waiting.content.decode()
    assert "Không thu phí" in page


def test_duplicates_are_shown_joined_and_handed_to_the_leader(at_work: AtWork, staff: Staff) -> None:
    first, second, third = (make_petition(staff) for _ in range(3))
    sorter = at_work(staff.sorter)
    assert f"Gộp vào {first.code}" in sorter.get(f"/xu-ly/phan-anh/{third.code}/").content.decode()

    go(sorter, third, "gop", into=first.code)
    go(sorter, second, "gop", into=first.code.lower())
    wrong = sorter.post(f"/xu-ly/phan-anh/{first.code}/viec/gop/", {"into": "P-1"})
    page = sorter.get(f"/xu-ly/phan-anh/{first.code}/").content.decode()

    assert wrong.status_code == 422
    assert "Việc này đã được phản ánh 3 lần" in page
    assert first.code in sorter.get("/xu-ly/phan-anh/?loc=lap-lai").content.decode()
    taken = go(at_work(staff.leader), first, "lanh-dao-xu-ly", direction="Kiểm tra quầy 2")
    assert "Kiểm tra quầy 2" in taken


def test_written_down_at_the_desk_it_gives_a_receipt_with_code_and_pin(at_work: AtWork, staff: Staff) -> None:
    desk = at_work(staff.desk)
    page = desk.get("/xu-ly/phan-anh/ghi/").content.decode()
    key = re.search(r'name="key" value="([^"]+)"', page)
    assert key
    form = {"key": key.group(1), "channel": "PHONE", "unit": staff.unit.code, "text": SAID, "full_name": "Lò Thị Ban"}

    nameless = desk.post("/xu-ly/phan-anh/ghi/", form)
    shown = desk.post("/xu-ly/phan-anh/ghi/", {**form, "phone": "0912345678"}, follow=True).content.decode()
    desk.post("/xu-ly/phan-anh/ghi/", {**form, "phone": "0912345678"})

    assert "Hãy ghi số điện thoại, thư điện tử hoặc nơi cư trú" in nameless.content.decode()
    petition = Petition.objects.get()
    assert petition.code in shown
    assert petition.pin in shown
    assert at_work(staff.officer).get(f"/xu-ly/phan-anh/{petition.code}/phieu/").status_code == 403


def test_an_act_that_is_not_open_or_not_theirs_is_refused_in_words(at_work: AtWork, staff: Staff) -> None:
    petition = make_petition(staff)

    early = at_work(staff.leader).get(f"/xu-ly/phan-anh/{petition.code}/viec/duyet-tra-loi/")
    not_theirs = at_work(staff.officer).get(f"/xu-ly/phan-anh/{petition.code}/viec/phan-loai/")
    unknown = at_work(staff.sorter).get(f"/xu-ly/phan-anh/{petition.code}/viec/khac/")

    assert early.status_code == 409
    assert "đang ở tình trạng khác" in early.content.decode()
    assert (not_theirs.status_code, unknown.status_code) == (403, 404)


def test_another_unit_finds_nothing_and_the_province_reads_all(at_work: AtWork, staff: Staff) -> None:
    petition = make_petition(staff)
    province = make_unit(kind="PROVINCE", level="PROVINCE")
    control = make_officer(Role.PROCEDURE_CONTROL_OFFICER, province)

    assert at_work(make_staff().sorter).get(f"/xu-ly/phan-anh/{petition.code}/").status_code == 404
    assert at_work(control).get(f"/xu-ly/phan-anh/{petition.code}/").status_code == 200
    assert at_work(make_officer(Role.RECORDS_CLERK, staff.unit)).get("/xu-ly/phan-anh/").status_code == 403


def test_a_question_of_law_is_sorted_as_one(at_work: AtWork, staff: Staff) -> None:
    petition = send_petition(sending=sending(staff.unit, is_question=True), owner=make_user(), at=MONDAY)

    page = at_work(staff.sorter).get(f"/xu-ly/phan-anh/{petition.code}/viec/phan-loai/").content.decode()

    assert re.search(rf'value="{Sorting.QUESTION}"[^>]*checked', page)


def test_the_list_costs_the_same_for_one_and_for_thirty(at_work: AtWork, staff: Staff) -> None:
    client = at_work(staff.sorter)

    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client.get("/xu-ly/phan-anh/?loc=tat-ca").status_code == 200
        return len(queries)

    make_petition(staff)
    client.get("/xu-ly/phan-anh/")
    one = cost()
    for number in range(30):
        make_petition(staff, at=MONDAY + timedelta(minutes=number))

    assert cost() == one


def test_the_page_costs_the_same_for_one_and_for_many_parts(at_work: AtWork, staff: Staff) -> None:
    client, petition = at_work(staff.sorter), make_in(PetitionStage.HANDLING, staff)

    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client.get(f"/xu-ly/phan-anh/{petition.code}/").status_code == 200
        return len(queries)

    def add() -> None:
        ask_opinion(petition=petition, unit=make_unit(), question="?", officer=staff.officer, at=MONDAY)
        other = make_petition(staff, text="Khác hẳn")
        Petition.objects.filter(pk=other.pk).update(phone="")
        join_petition(petition=other, into=petition, officer=staff.sorter, at=MONDAY)
        make_petition(staff)

    add()
    client.get(f"/xu-ly/phan-anh/{petition.code}/")
    one = cost()
    for _ in range(6):
        add()

    assert cost() == one


def test_the_leader_is_asked_for_another_text_where_strangers_would_read_a_name(at_work: AtWork, staff: Staff) -> None:
    first, second = make_in(PetitionStage.DRAFTED, staff), make_petition(staff)
    first.answers.update(text="Xin lỗi bà Lò Thị Ban.")
    leader, where = at_work(staff.leader), f"/xu-ly/phan-anh/{first.code}/viec/duyet-tra-loi/"
    assert "Trả lời riêng" not in leader.get(where).content.decode()
    join_petition(petition=second, into=first, officer=staff.sorter, at=MONDAY)

    naming = leader.post(where, {"for_joined": "Kính gửi bà Lò Thị Ban", "draft": first.answers.get().pk})

    assert naming.status_code == 422
    assert "Hãy viết câu trả lời riêng cho họ" in naming.content.decode()
    assert "Kính gửi bà Lò Thị Ban" in naming.content.decode()
    assert "Đã trả lời người gửi." in go(leader, first, "duyet-tra-loi", for_joined="Quầy xin lỗi.")


def test_a_draft_written_anew_since_it_was_read_is_not_approved_unread(at_work: AtWork, staff: Staff) -> None:
    petition = make_in(PetitionStage.DRAFTED, staff)
    leader, where = at_work(staff.leader), f"/xu-ly/phan-anh/{petition.code}/viec/duyet-tra-loi/"
    read = petition.answers.get().pk
    give_answer_back(petition=petition, remark="Ngắn quá", officer=staff.leader, at=MONDAY)
    draft_answer(petition=petition, text="Bản mới", finding=Finding.UNFOUNDED, officer=staff.officer, at=MONDAY)

    refused = leader.post(where, {"draft": read})

    page = refused.content.decode()
    assert refused.status_code == 422
    assert "Dự thảo đã thay đổi" in page
    assert "Bản mới" in page
    petition.refresh_from_db()
    assert petition.stage is PetitionStage.DRAFTED
    shown = re.search(r'type="hidden" name="draft" value="(\d+)"', page)
    assert shown
    leader.post(where, {"draft": shown.group(1)})
    assert Petition.objects.get().stage is PetitionStage.ANSWERED


def test_after_a_reopening_the_new_answer_is_offered_for_publication(at_work: AtWork, staff: Staff) -> None:
    petition = published(staff)
    later = MONDAY + timedelta(days=2)
    sorter, where = at_work(staff.sorter), f"/xu-ly/phan-anh/{petition.code}/viec/cong-khai/"
    assert PUBLIC.answer in sorter.get(where).content.decode()
    reopen_petition(petition=petition, reason="Vẫn chậm", officer=None, at=later)
    draft_answer(petition=petition, text="Đã đổi lịch.", finding=Finding.FOUNDED, officer=staff.officer, at=later)
    approved(petition, staff, at=later)

    page = sorter.get(where).content.decode()

    assert "Đã đổi lịch." in page
    assert PUBLIC.question in page
    assert PUBLIC.answer not in page
    publish_answer(petition=petition, text=PUBLIC, officer=staff.sorter, at=later)
    assert PublishedAnswer.objects.get().published_at == later
