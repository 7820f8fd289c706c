"""The register and the hand-over lists on the screen."""

import io
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from motcua.accounts.models import User
from motcua.dossiers.models import Applicant, HandoverList, RegisterBook
from motcua.rules.permissions import Role
from motcua.rules.transitions import Status
from tests.make import MONDAY, Office, make_dossier, make_officer
from tests.workspace.test_lists import queries_of

pytestmark = pytest.mark.django_db
AtWork = Callable[[User], Client]


@pytest.fixture(autouse=True)
def _own_folder(settings: Settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


def test_the_desk_reads_its_register_and_takes_it_away(office: Office, at_work: AtWork) -> None:
    dossier = make_dossier(status=Status.ACCEPTED, office=office)
    Applicant.objects.filter(dossier=dossier).update(full_name="=1+1")
    client, desk = at_work(office.reception), office.offering.receiving_unit.code

    said = client.get("/xu-ly/so-theo-doi/").content.decode()
    pdf = client.get(f"/xu-ly/so-theo-doi/{desk}/2026/pdf/")
    table = client.get(f"/xu-ly/so-theo-doi/{desk}/2026/csv/").content.decode("utf-8-sig")
    book = openpyxl.load_workbook(io.BytesIO(client.get(f"/xu-ly/so-theo-doi/{desk}/2026/xlsx/").content)).active

    assert dossier.code is not None
    assert dossier.code in said
    assert "1 hồ sơ, đánh số liên tục từ 01." in said
    assert pdf.content.startswith(b"%PDF")
    assert f"1,{dossier.code}," in table
    assert "'=1+1" in table
    assert book is not None
    assert (book["B2"].value, book["E2"].value, book["E2"].data_type) == (dossier.code, "=1+1", "s")
    assert client.get(f"/xu-ly/so-theo-doi/{desk}/2026/doc/").status_code == 404
    assert client.get("/xu-ly/so-theo-doi/?noi=x&nam=y&sau=z").status_code == 200


def test_a_desk_without_a_dossier_has_no_register_yet(office: Office, at_work: AtWork) -> None:
    said = at_work(office.reception).get("/xu-ly/so-theo-doi/").content.decode()

    assert "Chưa có sổ nào" in said


def test_the_head_closes_the_register_of_a_year_that_is_over(office: Office, at_work: AtWork) -> None:
    make_dossier(status=Status.ACCEPTED, office=office, at=MONDAY.replace(year=2025))
    make_dossier(status=Status.ACCEPTED, office=office)
    desk = office.offering.receiving_unit
    head = at_work(make_officer(Role.HEAD_OF_ONE_STOP, desk))
    page = f"/xu-ly/so-theo-doi/?noi={desk.code}&nam="

    assert "Ký khóa sổ" not in head.get(f"{page}2026").content.decode()
    assert "Ký khóa sổ" in head.get(f"{page}2025").content.decode()
    too_early = head.post(f"/xu-ly/so-theo-doi/{desk.code}/2026/khoa-so/", follow=True).content.decode()
    refused = at_work(office.reception).post(f"/xu-ly/so-theo-doi/{desk.code}/2025/khoa-so/", follow=True)
    done = head.post(f"/xu-ly/so-theo-doi/{desk.code}/2025/khoa-so/", follow=True).content.decode()
    again = head.post(f"/xu-ly/so-theo-doi/{desk.code}/2025/khoa-so/", follow=True).content.decode()

    assert "Sổ được khóa khi hết năm" in too_early
    assert "Chỉ người đứng đầu bộ phận một cửa được khóa sổ." in refused.content.decode()
    assert "đã khóa sổ lúc" in done
    assert "Sổ này đã khóa trước đó." in again
    assert RegisterBook.objects.get(year=2025).closed_at is not None


def test_a_list_is_drawn_up_by_the_desk_and_signed_for_by_the_agency(office: Office, at_work: AtWork) -> None:
    dossier = make_dossier(status=Status.TRANSFERRED, office=office)
    giver, taker = at_work(office.reception), at_work(office.dispatcher)
    offering = office.offering
    way = f"TO_THE_AGENCY {offering.receiving_unit.code} {offering.competent_unit.code}"

    empty = giver.post("/xu-ly/ban-giao/", {"way": way})
    made = giver.post("/xu-ly/ban-giao/", {"way": way, "step": dossier.steps.get().pk}, follow=True)
    number = HandoverList.objects.get().number
    early = giver.post(f"/xu-ly/ban-giao/{number}/nhan/", follow=True)
    taken = taker.post(f"/xu-ly/ban-giao/{number}/nhan/", follow=True)
    again = taker.post(f"/xu-ly/ban-giao/{number}/nhan/", follow=True)

    assert empty.status_code == 422
    assert f"Đã lập danh sách bàn giao {number}." in made.content.decode()
    assert "Chỉ người nhận hồ sơ của bên nhận được xác nhận." in early.content.decode()
    assert "Đã xác nhận nhận đủ hồ sơ theo danh sách." in taken.content.decode()
    assert "đã được xác nhận trước đó" in again.content.decode()
    assert giver.get(f"/xu-ly/ban-giao/{number}/").content.startswith(b"%PDF")
    assert at_work(office.signer).get(f"/xu-ly/ban-giao/{number}/").status_code == 404


@pytest.mark.parametrize("url", ["/xu-ly/so-theo-doi/", "/xu-ly/ban-giao/?ngay=2026-03-02"])
def test_more_rows_ask_no_more_of_the_database(office: Office, at_work: AtWork, url: str) -> None:
    client = at_work(office.reception)
    make_dossier(status=Status.TRANSFERRED, office=office)

    for_one = queries_of(client, url)
    for _ in range(3):
        make_dossier(status=Status.TRANSFERRED, office=office)

    assert queries_of(client, url) == for_one
