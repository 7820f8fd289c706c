"""A file handed over with a form that is refused for something else: it is not asked for again."""

import re
from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from motcua.accounts.models import User
from motcua.documents.models import StoredFile
from motcua.dossiers.models import Dossier, Result
from motcua.rules.permissions import Role
from motcua.rules.transitions import Status
from tests.documents.make_files import pdf_bytes
from tests.make import Office, make_dossier, make_officer
from tests.workspace.test_counter import form_of, typed

pytestmark = pytest.mark.django_db

AtWork = Callable[[User], Client]


def scan(*, name: str = "to-khai.pdf", content: bytes | None = None) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, pdf_bytes() if content is None else content, content_type="application/pdf")


def token_in(said: str, field: str) -> str:
    found = re.search(rf'name="{field}-kept"\s+value="([^"]+)"', said)
    assert found
    return found.group(1)


def test_scans_stay_when_a_word_is_missing_at_the_counter(office: Office, at_work: AtWork) -> None:
    browser, address = at_work(office.reception), form_of(office.offering)

    refused = browser.post(address, typed(full_name="", file_1=scan()))
    said = refused.content.decode()
    accepted = browser.post(address, {**typed(), "file_1-kept": token_in(said, "file_1")})

    paper = Dossier.objects.get().papers.get(position=1)
    assert refused.status_code == 422
    assert "Đã giữ tệp “to-khai.pdf”" in said
    assert accepted.status_code == 302
    assert paper.file
    assert paper.file.original_name == "to-khai.pdf"


def test_a_good_scan_stays_when_the_one_beside_it_is_bad(office: Office, at_work: AtWork) -> None:
    answer = at_work(office.reception).post(
        form_of(office.offering), typed(file_1=scan(), file_2=scan(name="la.pdf", content=b"MZ program"))
    )

    said = answer.content.decode()
    assert answer.status_code == 422
    assert "Không nhận được tệp “la.pdf”" in said
    assert "Đã giữ tệp “to-khai.pdf”" in said


def test_a_draft_result_stays_and_a_newer_one_takes_its_place(office: Office, at_work: AtWork) -> None:
    dossier = make_dossier(status=Status.IN_PROGRESS, office=office)
    address = f"/xu-ly/ho-so/{dossier.public_code}/trinh-ky/"
    words = {"version": str(dossier.version), "opinion": "Đủ điều kiện", "title": "Giấy khai sinh"}
    browser = at_work(office.officer)

    said = browser.post(address, {**words, "title": "", "file": scan(name="cu.pdf")}).content.decode()
    browser.post(address, {**words, "file-kept": token_in(said, "file"), "file": scan(name="moi.pdf")})

    file = Result.objects.get(dossier=dossier).file
    assert file
    assert file.original_name == "moi.pdf"


@pytest.mark.parametrize("token", ["", "1", "1:a:b", "\x00"])
def test_a_made_up_token_stands_for_no_file(office: Office, at_work: AtWork, token: str) -> None:
    answer = at_work(office.reception).post(form_of(office.offering), {**typed(), "file_1-kept": token})

    assert answer.status_code == 302
    assert Dossier.objects.get().papers.get(position=1).file is None


def test_a_token_serves_nobody_but_the_officer_it_was_made_for(office: Office, at_work: AtWork) -> None:
    address = form_of(office.offering)
    colleague = make_officer(Role.RECEPTION_OFFICER, office.offering.receiving_unit)

    said = at_work(office.reception).post(address, typed(full_name="", file_1=scan())).content.decode()
    at_work(colleague).post(address, {**typed(), "file_1-kept": token_in(said, "file_1")})

    assert StoredFile.objects.exists()
    assert Dossier.objects.get().papers.get(position=1).file is None
