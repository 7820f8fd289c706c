"""Acts on a dossier that has changed meanwhile: who was quicker, what is kept, what is shown."""

from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from motcua.accounts.models import User
from motcua.dossiers.models import Dossier
from motcua.rules.permissions import Role
from motcua.rules.transitions import Status
from tests.documents.make_files import pdf_bytes
from tests.make import Office, make_dossier, make_officer
from tests.workspace.test_acts import act, checked, status_of, typed

pytestmark = pytest.mark.django_db

AtWork = Callable[[User], Client]


def test_of_two_officers_one_succeeds_and_the_other_reads_who_was_quicker(office: Office, at_work: AtWork) -> None:
    colleague = make_officer(Role.RECEPTION_OFFICER, office.offering.receiving_unit, full_name="Quàng Văn Chậm")
    dossier = make_dossier(office=office)
    refusal = {"ground": "WRONG_SUBJECT", "basis": "", "article": "Điều 3", "reason": "Chữ đã gõ công phu"}

    at_work(office.reception).post(act(dossier, "tiep-nhan"), checked(dossier))
    late = at_work(colleague).post(act(dossier, "tu-choi"), typed(dossier, **refusal))

    said = late.content.decode()
    assert late.status_code == 409
    assert office.reception.full_name in said
    assert "“Tiếp nhận hồ sơ” lúc 17:00 thứ Hai, 02/03/2026" in said
    assert "Chữ đã gõ công phu" in said
    assert status_of(dossier) == Status.ACCEPTED


def test_of_two_officers_of_one_name_the_slower_is_not_told_of_success(office: Office, at_work: AtWork) -> None:
    namesake = make_officer(
        Role.RECEPTION_OFFICER, office.offering.receiving_unit, full_name=office.reception.full_name
    )
    dossier = make_dossier(office=office)

    at_work(office.reception).post(act(dossier, "tiep-nhan"), checked(dossier))
    late = at_work(namesake).post(act(dossier, "tiep-nhan"), checked(dossier))

    assert late.status_code == 409
    assert "Việc của bạn chưa được ghi nhận" in late.content.decode()


def test_an_assignment_pressed_twice_is_done_once_and_another_choice_is_not_done(
    office: Office, at_work: AtWork
) -> None:
    first, second = (make_officer(Role.PROCESSING_OFFICER, office.offering.competent_unit) for _ in range(2))
    dossier = make_dossier(status=Status.IN_PROGRESS, office=office)
    client, address = at_work(office.dispatcher), act(dossier, "phan-cong")
    choice = typed(dossier, to=first.username, note="")

    client.post(address, choice)
    pressed_again = client.post(address, choice)
    from_the_other_tab = client.post(address, {**choice, "to": second.username})

    assert (pressed_again.status_code, from_the_other_tab.status_code) == (302, 409)
    assert "Việc của bạn chưa được ghi nhận" in from_the_other_tab.content.decode()
    dossier.refresh_from_db()
    assert dossier.assignee == first


def test_whoever_lost_sight_of_the_dossier_still_reads_who_was_quicker(office: Office, at_work: AtWork) -> None:
    colleague = make_officer(Role.RECORDS_CLERK, office.offering.competent_unit)
    dossier = make_dossier(status=Status.SIGNED, office=office)

    at_work(office.clerk).post(act(dossier, "phat-hanh"), {**typed(dossier, number="1/GKS"), "file": _stamped()})
    late = at_work(colleague).post(
        act(dossier, "phat-hanh"), {**typed(dossier, number="2/GKS gõ công phu"), "file": _stamped()}
    )

    said = late.content.decode()
    assert late.status_code == 409
    assert office.clerk.full_name in said
    assert "2/GKS gõ công phu" in said
    assert "Vàng Thị Mỷ" not in said


def _stamped() -> SimpleUploadedFile:
    return SimpleUploadedFile("ket-qua.pdf", pdf_bytes(), content_type="application/pdf")


def test_a_form_to_be_repaired_for_a_dossier_out_of_sight_gives_back_the_words_alone(
    office: Office, at_work: AtWork
) -> None:
    colleague = make_officer(Role.PROCESSING_OFFICER, office.offering.competent_unit)
    dossier = make_dossier(status=Status.PENDING_SIGN, office=office)

    late = at_work(colleague).post(act(dossier, "trinh-ky"), typed(dossier, opinion="Chữ đã gõ công phu"))

    said = late.content.decode()
    assert late.status_code == 409
    assert "Hồ sơ không còn chờ bạn xử lý" in said
    assert "Chữ đã gõ công phu" in said
    assert "011199000123" not in said
    assert "Vàng Thị Mỷ" not in said


def test_what_was_refused_as_stale_can_be_sent_again_as_it_stands(office: Office, at_work: AtWork) -> None:
    first, second = (make_officer(Role.PROCESSING_OFFICER, office.offering.competent_unit) for _ in range(2))
    colleague = make_officer(Role.DISPATCHER, office.offering.competent_unit)
    dossier = make_dossier(status=Status.IN_PROGRESS, office=office)
    late = at_work(colleague)
    choice = typed(dossier, to=second.username, note="Gấp")

    at_work(office.dispatcher).post(act(dossier, "phan-cong"), typed(dossier, to=first.username, note=""))
    refused = late.post(act(dossier, "phan-cong"), choice)
    version = Dossier.objects.values_list("version", flat=True).get(pk=dossier.pk)
    late.post(act(dossier, "phan-cong"), {**choice, "version": str(version)})

    assert refused.status_code == 409
    assert f'name="version" value="{version}"' in refused.content.decode()
    dossier.refresh_from_db()
    assert dossier.assignee == second
