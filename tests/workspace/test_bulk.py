"""Acts on many dossiers as officials meet them: tick, look at the preview, order, watch, undo."""

import re
import uuid
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from motcua.accounts.models import User
from motcua.dossiers.commands import process
from motcua.dossiers.commands.bulk import do_next
from motcua.dossiers.models import BulkItem, BulkJob, Dossier, Step
from motcua.rules.bulk import ItemOutcome
from motcua.rules.permissions import Role
from motcua.rules.transitions import Status
from tests.make import Office, make_branched_office, make_dossier, make_office, make_officer
from tests.workspace.conftest import NOW
from tests.workspace.test_ended_session import sign_in_again

pytestmark = pytest.mark.django_db

AtWork = Callable[[User], Client]
PREVIEW, ORDER = "/xu-ly/hang-loat/xem-truoc/", "/xu-ly/hang-loat/yeu-cau/ASSIGN/"


@pytest.fixture
def colleague(office: Office) -> User:
    return make_officer(Role.PROCESSING_OFFICER, office.offering.competent_unit, full_name="Cà Văn Thay")


def hidden(said: str, name: str) -> str:
    found = re.search(rf'name="{name}"[^>]*value="([^"]*)"', said)
    assert found
    return found.group(1)


def previewed(client: Client, typed: dict[str, object]) -> dict[str, str]:
    """Send what was ticked and return what the preview's form carries."""
    said = client.post(PREVIEW, typed).content.decode()
    return {"key": hidden(said, "key"), "sealed": hidden(said, "sealed")}


def test_all_that_an_absent_officer_holds_is_given_to_a_colleague(
    office: Office, colleague: User, at_work: AtWork
) -> None:
    for _ in range(3):
        make_dossier(office=office, status=Status.IN_PROGRESS)
    dispatcher = at_work(office.dispatcher)
    query = f"ngan=noi-khac&canbo={office.officer.username}"

    form = previewed(dispatcher, {"act": "ASSIGN", "every": "1", "query": query})
    answer = dispatcher.post(ORDER, {**form, "to": colleague.username, "text": "Nghỉ phép"})
    job = BulkJob.objects.get()
    while not do_next(job=job, at=NOW):
        continue
    said = dispatcher.get(answer.headers["Location"]).content.decode()

    assert answer.headers["Location"] == f"/xu-ly/hang-loat/{job.key}/"
    assert set(Dossier.objects.values_list("assignee", flat=True)) == {colleague.pk}
    assert "Giao cho Cà Văn Thay" in said
    assert said.count("đã làm") == 4
    assert 'hx-trigger="every 2s"' not in said


def test_a_preview_says_how_many_can_and_why_the_others_can_not(
    office: Office, colleague: User, at_work: AtWork
) -> None:
    can = [make_dossier(office=office, status=Status.IN_PROGRESS) for _ in range(2)]
    over = make_dossier(office=office, status=Status.RETURNED)
    dispatcher = at_work(office.dispatcher)
    codes = [dossier.public_code for dossier in (*can, over)]

    answer = dispatcher.post(PREVIEW, {"act": "ASSIGN", "code": codes})
    again = dispatcher.post(
        ORDER,
        {**previewed(dispatcher, {"act": "ASSIGN", "code": codes}), "to": office.officer.username, "preview": "1"},
    )

    assert answer.status_code == again.status_code == 200
    assert [(len(group.dossiers), group.why) for group in answer.context["groups"]] == [
        (1, "đang ở bước không làm được việc này")
    ]
    assert "Làm 2 hồ sơ" in answer.content.decode()
    assert {group.why: len(group.dossiers) for group in again.context["groups"]} == {
        "việc này đang giao cho chính cán bộ được chọn": 2,
        "đang ở bước không làm được việc này": 1,
    }
    assert not BulkJob.objects.exists()


def test_only_what_can_be_done_is_ordered_and_a_second_press_orders_nothing(
    office: Office, colleague: User, at_work: AtWork
) -> None:
    can = make_dossier(office=office, status=Status.IN_PROGRESS)
    over = make_dossier(office=office, status=Status.RETURNED)
    dispatcher = at_work(office.dispatcher)
    form = previewed(dispatcher, {"act": "ASSIGN", "code": [can.public_code, over.public_code]})

    answers = [dispatcher.post(ORDER, {**form, "to": colleague.username}) for _ in range(2)]

    assert {answer.status_code for answer in answers} == {302}
    assert answers[0].headers["Location"] == answers[1].headers["Location"]
    assert [item.dossier_id for item in BulkItem.objects.all()] == [can.pk]


@pytest.mark.parametrize(
    "typed",
    [{"act": "ASSIGN"}, {"act": "SIGN", "code": ["x"]}, {"code": ["x"]}, {"act": "TRANSFER", "code": ["x"]}],
    ids=["nothing ticked", "no such act", "no act", "an act of others"],
)
def test_a_choice_that_is_none_leads_back_to_the_list(
    typed: dict[str, object], office: Office, at_work: AtWork
) -> None:
    answer = at_work(office.dispatcher).post(PREVIEW, {"query": "ngan=qua-han", **typed})

    assert answer.headers["Location"] == "/xu-ly/?ngan=qua-han"


def test_dossiers_that_were_not_in_the_preview_can_not_be_slipped_in(
    office: Office, colleague: User, at_work: AtWork
) -> None:
    dispatcher = at_work(office.dispatcher)
    forged = {"key": str(uuid.uuid4()), "sealed": "WzFd:1:x", "to": colleague.username}

    assert dispatcher.post(ORDER, forged).status_code == 302
    assert dispatcher.post("/xu-ly/hang-loat/yeu-cau/SIGN/", forged).status_code == 302
    assert not BulkJob.objects.exists()


def test_nobody_chosen_or_nothing_left_is_said_on_the_preview(office: Office, colleague: User, at_work: AtWork) -> None:
    dossier = make_dossier(office=office, status=Status.IN_PROGRESS)
    dispatcher = at_work(office.dispatcher)
    form = previewed(dispatcher, {"act": "ASSIGN", "code": [dossier.public_code]})

    nobody = dispatcher.post(ORDER, form)
    nothing = dispatcher.post(ORDER, {**form, "to": office.officer.username})

    assert (nobody.status_code, nothing.status_code) == (422, 422)
    assert "Không có hồ sơ nào làm được việc này." in nothing.content.decode()


def test_a_reason_to_follow_that_is_too_long_is_said_by_its_field_and_kept(office: Office, at_work: AtWork) -> None:
    dossier = make_dossier(office=office, status=Status.IN_PROGRESS)
    officer, words = at_work(office.officer), "Việc khó" * 26
    form = previewed(officer, {"act": "FOLLOW", "code": dossier.public_code})

    answer = officer.post(ORDER.replace("ASSIGN", "FOLLOW"), {**form, "text": words})

    said = answer.content.decode()
    assert answer.status_code == 422
    assert "ô này nhận nhiều nhất 200 ký tự" in said
    assert words in said
    assert not BulkJob.objects.exists()


def test_a_job_is_undone_in_time_and_stopped_later(office: Office, at_work: AtWork) -> None:
    dossiers = [make_dossier(office=office, status=Status.ACCEPTED) for _ in range(2)]
    desk = at_work(office.reception)
    codes = [dossier.public_code for dossier in dossiers]
    urls = []
    for _ in range(2):
        form = previewed(desk, {"act": "TRANSFER", "code": codes})
        urls.append(desk.post("/xu-ly/hang-loat/yeu-cau/TRANSFER/", form).headers["Location"])
    before = desk.get(urls[0]).content.decode()

    undone = desk.post(f"{urls[0]}dung/", follow=True).content.decode()
    do_next(job=BulkJob.objects.order_by("pk")[1], at=NOW)
    stopped = desk.post(f"{urls[1]}dung/", follow=True).content.decode()

    assert "Hoàn tác" in before
    assert 'hx-trigger="every 2s"' in before
    assert "Đã hoàn tác: chưa hồ sơ nào bị thay đổi." in undone
    assert "Đã dừng. 1 hồ sơ đã làm trước đó vẫn giữ kết quả." in stopped
    assert BulkItem.objects.filter(outcome=ItemOutcome.CANCELLED).count() == 3
    assert "Đã dừng." in desk.get("/xu-ly/hang-loat/").content.decode()


def test_what_was_given_out_is_taken_back_by_a_second_order(office: Office, colleague: User, at_work: AtWork) -> None:
    dossier = make_dossier(office=office, status=Status.IN_PROGRESS)
    dispatcher = at_work(office.dispatcher)
    form = previewed(dispatcher, {"act": "ASSIGN", "code": [dossier.public_code]})
    before = dispatcher.post(PREVIEW, {"act": "ASSIGN", "code": [dossier.public_code]}).content.decode()
    dispatcher.post(ORDER, {**form, "to": colleague.username})
    job = BulkJob.objects.get()
    early = dispatcher.get(f"/xu-ly/hang-loat/{job.key}/thu-lai/", follow=True).content.decode()
    while not do_next(job=job, at=NOW):
        continue

    over = dispatcher.get(f"/xu-ly/hang-loat/{job.key}/").content.decode()
    asked = dispatcher.get(f"/xu-ly/hang-loat/{job.key}/thu-lai/").content.decode()
    typed = {"key": hidden(asked, "key"), "sealed": hidden(asked, "sealed"), "text": "Giao nhầm"}
    answers = [dispatcher.post(f"/xu-ly/hang-loat/{job.key}/thu-lai/", typed) for _ in range(2)]
    back = BulkJob.objects.get(act="TAKE_BACK")
    while not do_next(job=back, at=NOW):
        continue
    after = dispatcher.get(f"/xu-ly/hang-loat/{job.key}/").content.decode()
    outcome = dispatcher.get(f"/xu-ly/hang-loat/{back.key}/").content.decode()

    assert "Làm xong vẫn thu lại được" in before
    assert f"/xu-ly/hang-loat/{job.key}/thu-lai/" not in early
    assert f"/xu-ly/hang-loat/{job.key}/thu-lai/" in over
    assert "Cà Văn Thay" in asked
    assert f"→ {office.officer.display_name}" in asked
    assert {answer.headers["Location"] for answer in answers} == {f"/xu-ly/hang-loat/{back.key}/"}
    assert Dossier.objects.get(pk=dossier.pk).assignee == office.officer
    assert f"/xu-ly/hang-loat/{job.key}/thu-lai/" not in after
    assert f"/xu-ly/hang-loat/{back.key}/" in after
    assert f"/xu-ly/hang-loat/{job.key}/" in outcome


def test_what_can_not_be_taken_back_says_so_before_and_after(office: Office, at_work: AtWork) -> None:
    dossier = make_dossier(office=office, status=Status.IN_PROGRESS)
    officer = at_work(office.officer)
    before = officer.post(PREVIEW, {"act": "MEMO", "code": [dossier.public_code]}).content.decode()
    form = {"key": hidden(before, "key"), "sealed": hidden(before, "sealed"), "text": "Đã gọi"}
    officer.post("/xu-ly/hang-loat/yeu-cau/MEMO/", form)
    job = BulkJob.objects.get()
    while not do_next(job=job, at=NOW):
        continue

    after = officer.get(f"/xu-ly/hang-loat/{job.key}/").content.decode()
    tried = officer.post(f"/xu-ly/hang-loat/{job.key}/thu-lai/", {**form}, follow=True)

    assert "Làm xong thì không thu lại được: ghi chú ở lại trong hồ sơ" in before
    assert "Làm xong thì không thu lại được: ghi chú ở lại trong hồ sơ" in after
    assert "thu-lai" not in after
    assert tried.redirect_chain == [(f"/xu-ly/hang-loat/{job.key}/", 302)]
    assert BulkJob.objects.count() == 1


def test_a_change_meanwhile_is_said_before_anything_is_taken_back(
    office: Office, colleague: User, at_work: AtWork
) -> None:
    dossiers = [make_dossier(office=office, status=Status.IN_PROGRESS) for _ in range(2)]
    dispatcher = at_work(office.dispatcher)
    form = previewed(dispatcher, {"act": "ASSIGN", "code": [dossier.public_code for dossier in dossiers]})
    dispatcher.post(ORDER, {**form, "to": colleague.username})
    job = BulkJob.objects.get()
    while not do_next(job=job, at=NOW):
        continue
    where = f"/xu-ly/hang-loat/{job.key}/thu-lai/"
    asked = dispatcher.get(where).content.decode()
    typed = {"key": hidden(asked, "key"), "sealed": hidden(asked, "sealed"), "text": "Giao nhầm"}
    giving = process.Giving(office.officer)
    process.assign(dossier=dossiers[0], officer=office.dispatcher, giving=giving, at=NOW)

    answer = dispatcher.post(where, typed)
    again = dispatcher.post(where, {**typed, "sealed": hidden(answer.content.decode(), "sealed")})

    assert answer.status_code == 409
    assert "đã có việc khác xảy ra với hồ sơ sau đó" in answer.content.decode()
    assert "Giao nhầm" in answer.content.decode()
    assert again.status_code == 302
    assert BulkItem.objects.get(job__act="TAKE_BACK").dossier_id == dossiers[1].pk


def test_parallel_steps_of_many_dossiers_go_to_one_officer(at_work: AtWork) -> None:
    office = make_branched_office()
    lan = make_officer(Role.PROCESSING_OFFICER, office.offering.competent_unit, full_name="Lò Thị Lan")
    dossiers = [make_dossier(office=office, status=Status.IN_PROGRESS) for _ in range(2)]
    dispatcher = at_work(office.dispatcher)
    form = previewed(dispatcher, {"act": "ASSIGN_LEG", "code": [dossier.public_code for dossier in dossiers]})

    dispatcher.post("/xu-ly/hang-loat/yeu-cau/ASSIGN_LEG/", {**form, "to": lan.username})
    job = BulkJob.objects.get()
    while not do_next(job=job, at=NOW):
        continue

    assert {step.assignee for step in Step.objects.filter(code="GOP_Y")} == {lan}
    assert set(Dossier.objects.values_list("assignee", flat=True)) == {office.officer.pk}


def test_what_is_over_can_not_be_stopped(office: Office, at_work: AtWork) -> None:
    dossier = make_dossier(office=office, status=Status.ACCEPTED)
    desk = at_work(office.reception)
    form = previewed(desk, {"act": "TRANSFER", "code": [dossier.public_code]})
    url = desk.post("/xu-ly/hang-loat/yeu-cau/TRANSFER/", form).headers["Location"]
    job = BulkJob.objects.get()
    while not do_next(job=job, at=NOW):
        continue

    assert "không dừng được nữa" in desk.post(f"{url}dung/", follow=True).content.decode()


def test_a_job_is_shown_to_whoever_ordered_it_alone(office: Office, at_work: AtWork) -> None:
    dossier = make_dossier(office=office, status=Status.ACCEPTED)
    desk = at_work(office.reception)
    form = previewed(desk, {"act": "MEMO", "code": [dossier.public_code]})
    url = desk.post("/xu-ly/hang-loat/yeu-cau/MEMO/", {**form, "text": "Đã gọi"}).headers["Location"]

    stranger = at_work(make_office().reception)

    assert stranger.get(url).status_code == 404
    assert stranger.post(f"{url}dung/").status_code == 404
    assert "<html" not in desk.get(url, headers={"HX-Request": "true"}).content.decode()


def test_a_finished_job_is_taken_back_by_whoever_ordered_it_alone(
    office: Office, colleague: User, at_work: AtWork
) -> None:
    dossier = make_dossier(office=office, status=Status.IN_PROGRESS)
    dispatcher = at_work(office.dispatcher)
    form = previewed(dispatcher, {"act": "ASSIGN", "code": [dossier.public_code]})
    url = dispatcher.post(ORDER, {**form, "to": colleague.username}).headers["Location"]
    job = BulkJob.objects.get()
    while not do_next(job=job, at=NOW):
        continue
    said = dispatcher.get(f"{url}thu-lai/").content.decode()
    back = {name: hidden(said, name) for name in ("key", "sealed")}
    other = at_work(make_officer(Role.DISPATCHER, office.offering.competent_unit))

    assert other.get(f"{url}thu-lai/").status_code == 404
    assert other.post(f"{url}thu-lai/", back).status_code == 404
    assert BulkJob.objects.count() == 1
    assert at_work(office.dispatcher).post(f"{url}thu-lai/", back).status_code == 302
    assert BulkJob.objects.filter(takes_back=job).count() == 1


def test_a_preview_costs_as_many_queries_for_one_dossier_as_for_ten(office: Office, at_work: AtWork) -> None:
    codes = [make_dossier(office=office, status=Status.IN_PROGRESS).public_code for _ in range(10)]
    dispatcher = at_work(office.dispatcher)
    counted = []
    for some in (codes[:1], codes):
        with CaptureQueriesContext(connection) as captured:
            assert dispatcher.post(PREVIEW, {"act": "ASSIGN", "code": some}).status_code == 200
        counted.append(len(captured))

    assert counted[0] == counted[1]
    assert counted[0] < 12


def test_a_long_list_is_cut_and_says_so(office: Office, at_work: AtWork, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in ("motcua.workspace.views.bulk", "motcua.dossiers.queries.bulk"):
        monkeypatch.setattr(f"{module}.MOST_AT_ONCE", 2)
    for hours in range(3):
        make_dossier(office=office, at=NOW - timedelta(hours=hours + 1))

    answer = at_work(office.reception).post(PREVIEW, {"act": "FOLLOW", "every": "1"})

    assert len(answer.context["preview"].can) == 2
    assert "chỉ lấy 2 hồ sơ gấp nhất" in answer.content.decode()


def test_what_can_no_longer_be_done_is_said_before_anything_is_ordered(
    office: Office, colleague: User, at_work: AtWork
) -> None:
    dossiers = [make_dossier(office=office, status=Status.IN_PROGRESS) for _ in range(2)]
    dispatcher = at_work(office.dispatcher)
    form = previewed(dispatcher, {"act": "ASSIGN", "code": [dossier.public_code for dossier in dossiers]})
    Dossier.objects.filter(pk=dossiers[1].pk).update(status=Status.RETURNED)

    again = dispatcher.post(ORDER, {**form, "to": colleague.username, "text": "Nghỉ phép"})
    said = again.content.decode()
    none_yet = not BulkJob.objects.exists()
    kept = {"key": hidden(said, "key"), "sealed": hidden(said, "sealed")}
    ordered = dispatcher.post(ORDER, {**kept, "to": colleague.username})

    assert (again.status_code, ordered.status_code) == (409, 302)
    assert none_yet
    assert "1 hồ sơ không còn làm được như lúc bạn xem trước" in said
    assert "Nghỉ phép" in said
    assert [item.dossier_id for item in BulkItem.objects.all()] == [dossiers[0].pk]


def test_an_order_typed_when_the_session_had_ended_waits_on_the_preview(office: Office, at_work: AtWork) -> None:
    dossier = make_dossier(office=office)
    url = "/xu-ly/hang-loat/yeu-cau/MEMO/"
    desk = at_work(office.reception)
    form = previewed(desk, {"act": "MEMO", "code": [dossier.public_code, "\0"]})
    browser = Client()
    browser.post(url, {**form, "text": "Đã gọi\r\nhai lần"})
    sign_in_again(browser, office.reception)

    back = browser.get(url)
    kept = {name: hidden(back.content.decode(), name) for name in ("key", "sealed")}

    assert back.context["form"]["text"].value() == "Đã gọi\r\nhai lần"
    assert desk.get(url).headers["Location"] == "/xu-ly/"
    assert browser.post(url, {**kept, "text": "Đã gọi"}).status_code == 302
    assert kept["key"] == form["key"]


def test_a_job_names_no_applicant_whom_its_reader_may_not_see_any_more(office: Office, at_work: AtWork) -> None:
    dossier = make_dossier(office=office)
    desk = at_work(office.reception)
    form = previewed(desk, {"act": "MEMO", "code": [dossier.public_code]})
    url = desk.post("/xu-ly/hang-loat/yeu-cau/MEMO/", {**form, "text": "Đã gọi"}).headers["Location"]
    before = desk.get(url).content.decode()
    Dossier.objects.filter(pk=dossier.pk).update(receiving_unit=make_office().offering.receiving_unit)

    after = desk.get(url).content.decode()

    assert "Vàng Thị Mỷ" in before
    assert "Vàng Thị Mỷ" not in after
    assert dossier.public_code in after
