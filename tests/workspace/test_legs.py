"""A process that branches, through the pages of those who walk it: legs, ways to choose, the head and the draft."""

from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from motcua.accounts.models import Grant, User
from motcua.dossiers.commands import process
from motcua.dossiers.models import Step
from motcua.rules.permissions import Role
from motcua.rules.transitions import Status
from tests.documents.make_files import pdf_bytes
from tests.make import MONDAY, make_branched_office, make_dossier, make_officer
from tests.ways import Office
from tests.workspace.conftest import NOW
from tests.workspace.test_acts import act, status_of, typed
from tests.workspace.test_course import opened, post
from tests.workspace.test_lists import queries_of

pytestmark = pytest.mark.django_db

AtWork = Callable[[User], Client]
FAR, NEAR = "Phải đi thực địa", "Không phải đi"


@pytest.fixture
def office() -> Office:
    return make_branched_office()


def test_a_process_that_branches_is_walked_page_by_page(office: Office, at_work: AtWork) -> None:
    dossier = make_dossier(status=Status.IN_PROGRESS, office=office)
    expert = at_work(make_officer(Role.PROCESSING_OFFICER, office.asked))
    officer, head = at_work(office.officer), at_work(office.dispatcher)

    waiting = opened(officer, dossier)
    theirs = expert.get(act(dossier, "phoi-hop")).content.decode()
    listed = expert.get("/xu-ly/").content.decode()
    said = post(expert, dossier, "phoi-hop", opinion="Không vướng quy hoạch")
    post(officer, dossier, "phoi-hop", opinion="Kết cấu đạt")
    ready = opened(officer, dossier)
    post(officer, dossier, "chuyen-buoc", note="Đủ giấy tờ", to=office.officer.username)
    proposing = officer.get(act(dossier, "trinh-ky")).content.decode()
    post(officer, dossier, "trinh-ky", opinion="Đủ điều kiện", title="Giấy phép")

    assert "Hồ sơ đi tiếp khi các bước này đều xong" in waiting
    assert act(dossier, "chuyen-buoc") not in waiting, "no button for what would be refused"
    assert act(dossier, "chuyen-buoc") in ready
    assert "Cơ quan phối hợp có ý kiến" in theirs
    assert "Góp ý chuyên môn" not in theirs
    assert dossier.public_code in listed
    assert "Đã ghi kết quả của bước phối hợp" in said
    assert "Không vướng quy hoạch" in proposing

    post(head, dossier, "tra-lai-du-thao", reason="Ghi rõ căn cứ")
    assert status_of(dossier) == Status.IN_PROGRESS
    post(officer, dossier, "trinh-ky", opinion="Đã ghi rõ", title="Giấy phép")
    approving = post(head, dossier, "duyet-du-thao", note="Đồng ý")

    assert "Đã duyệt dự thảo" in approving
    assert set(dossier.steps.filter(finished_at=None).values_list("code", flat=True)) == {"KY"}


def test_the_letter_of_a_leg_is_kept_and_read(office: Office, at_work: AtWork) -> None:
    dossier = make_dossier(status=Status.IN_PROGRESS, office=office)
    expert = at_work(make_officer(Role.PROCESSING_OFFICER, office.asked))

    post(expert, dossier, "phoi-hop", opinion="Có văn bản", file=SimpleUploadedFile("y-kien.pdf", pdf_bytes()))
    step = Step.objects.get(code="PHOI_HOP")
    address = f"/xu-ly/ho-so/{dossier.public_code}/tep/phoi-hop/{step.pk}/"

    assert address in opened(at_work(office.officer), dossier)
    answer = at_work(office.officer).get(address)
    assert (answer.headers["Content-Type"], answer.getvalue()) == ("application/pdf", pdf_bytes())


def test_the_officer_chooses_the_way_where_the_same_act_has_several(office: Office, at_work: AtWork) -> None:
    both = make_officer(Role.PROCESSING_OFFICER, office.asked)
    both.grants.create(unit=office.offering.competent_unit, role="PROCESSING_OFFICER", valid_from="2026-01-01")
    dossier, client = make_dossier(status=Status.IN_PROGRESS, office=office), at_work(both)

    asked = client.get(act(dossier, "phoi-hop")).content.decode()
    missing = client.post(act(dossier, "phoi-hop"), typed(dossier, opinion="Xong"))
    post(client, dossier, "phoi-hop", opinion="Xong", part="1")

    assert "Bước đã làm xong" in asked
    assert missing.status_code == 422
    assert set(Step.objects.filter(finished_at=None).values_list("code", flat=True)) == {"THAM_TRA", "GOP_Y"}


def test_what_the_process_does_not_allow_is_said_in_a_sentence(office: Office, at_work: AtWork) -> None:
    dossier = make_dossier(status=Status.IN_PROGRESS, office=office)
    officer = at_work(office.officer)

    early = officer.post(act(dossier, "chuyen-buoc"), typed(dossier, note="Xong", to=office.officer.username))
    wrong = officer.post(act(dossier, "trinh-ky"), typed(dossier, opinion="Đủ", title="Giấy phép"))

    assert (early.status_code, wrong.status_code) == (422, 422)
    assert "chưa xong nên hồ sơ chưa đi tiếp được" in early.content.decode()
    assert "không đi tiếp từ bước hiện tại bằng việc này" in wrong.content.decode()


def test_a_leg_is_given_to_a_named_officer_on_the_screen(office: Office, at_work: AtWork) -> None:
    dossier = make_dossier(status=Status.IN_PROGRESS, office=office)
    lan = make_officer(Role.PROCESSING_OFFICER, office.offering.competent_unit, full_name="Lò Thị Lan")
    head = at_work(office.dispatcher)

    asked = head.get(act(dossier, "giao-phoi-hop")).content.decode()
    nobody = head.post(act(dossier, "giao-phoi-hop"), typed(dossier, note="Gấp"))
    first = typed(dossier, to=lan.username, note="Gấp")
    said = head.post(act(dossier, "giao-phoi-hop"), first, follow=True).content.decode()
    twice = head.post(act(dossier, "giao-phoi-hop"), first, follow=True).content.decode()

    assert "Góp ý chuyên môn" in asked
    assert "Cơ quan phối hợp có ý kiến" not in asked, "another unit's leg"
    assert f"{lan.display_name}: đang giữ 0 hồ sơ" in asked
    assert (nobody.status_code, "Gấp" in nobody.content.decode()) == (422, True)
    assert "Đã giao bước phối hợp." in said
    assert "Đã giao bước phối hợp." in twice
    assert "Đang giao cho <strong>Lò Thị Lan</strong>" in said
    assert "→ Lò Thị Lan" in said
    assert dossier.memos.count() == 1, "a button pressed twice does it once"


def test_what_an_officer_of_legs_has_is_found_from_the_page_of_absences(office: Office, at_work: AtWork) -> None:
    dossier = make_dossier(status=Status.IN_PROGRESS, office=office)
    lan = make_officer(Role.PROCESSING_OFFICER, office.offering.competent_unit, full_name="Lò Thị Lan")
    head = at_work(office.dispatcher)
    post(head, dossier, "giao-phoi-hop", to=lan.username)

    page = head.get("/xu-ly/vang-mat/")
    found = head.get(page.context["leg_loads"][0][1])

    assert "đang làm 1 bước phối hợp" in page.content.decode()
    assert [row.code for row in found.context["rows"]] == [dossier.public_code]


def test_the_page_of_absences_counts_as_many_legs_as_the_list_behind_it_has(office: Office, at_work: AtWork) -> None:
    lan = make_officer(Role.PROCESSING_OFFICER, office.offering.competent_unit, full_name="Lò Thị Lan")
    Grant.objects.create(user=office.dispatcher, unit=office.asked, role="DISPATCHER", valid_from=MONDAY.date())
    head = at_work(office.dispatcher)
    dossiers = [make_dossier(status=Status.IN_PROGRESS, office=office) for _ in range(2)]
    for dossier in dossiers:  # the other leg still waits for the head, so the dossier is on their own shelf, too
        post(head, dossier, "giao-phoi-hop", to=lan.username, leg="GOP_Y")

    process.assign(dossier=dossiers[0], officer=office.dispatcher, giving=process.Giving(lan), at=NOW)

    page = head.get("/xu-ly/vang-mat/")
    found = head.get(page.context["leg_loads"][0][1])

    assert "đang làm 2 bước phối hợp" in page.content.decode()
    assert {row.code for row in found.context["rows"]} == {dossier.public_code for dossier in dossiers}


def test_the_page_with_a_leg_given_out_asks_a_fixed_number_of_queries(office: Office, at_work: AtWork) -> None:
    dossier = make_dossier(status=Status.IN_PROGRESS, office=office)
    people = [make_officer(Role.PROCESSING_OFFICER, office.offering.competent_unit) for _ in range(3)]
    head, address = at_work(office.dispatcher), f"/xu-ly/ho-so/{dossier.public_code}/"
    post(head, dossier, "giao-phoi-hop", to=people[0].username)
    opened(head, dossier)

    once = queries_of(head, address)
    for person in people[1:]:
        post(head, dossier, "giao-phoi-hop", to=person.username)
    opened(head, dossier)

    assert queries_of(head, address) == once


def test_the_page_with_legs_asks_a_fixed_number_of_queries(office: Office, at_work: AtWork) -> None:
    dossier = make_dossier(status=Status.IN_PROGRESS, office=office)
    officer = at_work(office.officer)
    address = f"/xu-ly/ho-so/{dossier.public_code}/"
    opened(officer, dossier)

    with_two = queries_of(officer, address)
    post(officer, dossier, "phoi-hop", opinion="Kết cấu đạt")

    assert (with_two, queries_of(officer, address)) == (25, 25)
