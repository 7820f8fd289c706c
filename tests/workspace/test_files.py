"""Papers, forms and results as files: who gets them, and in what box."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.http import HttpResponse
from django.test import Client

from motcua.accounts.models import User
from motcua.documents.models import IssuedDocument
from motcua.documents.storage import keep
from motcua.dossiers.commands import process
from motcua.rules.transitions import Status
from tests.make import MONDAY, PDF, Office, make_dossier, make_file, make_office

pytestmark = pytest.mark.django_db

AtWork = Callable[[User], Client]


def body(answer: object) -> bytes:
    content = getattr(answer, "streaming_content", None)
    if content is not None:
        return b"".join(content)
    assert isinstance(answer, HttpResponse)
    return answer.content


def test_a_paper_is_shown_as_what_it_is_and_boxed_in(office: Office, at_work: AtWork) -> None:
    dossier = make_dossier(office=office)

    answer = at_work(office.reception).get(f"/xu-ly/ho-so/{dossier.public_code}/tep/1/")

    assert body(answer) == PDF
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Security-Policy"].startswith("sandbox; default-src 'none'")
    assert answer.headers["Content-Disposition"] == "inline; filename*=UTF-8''to-khai.pdf"
    assert answer.headers["Cache-Control"] == "private, no-store"


def test_a_name_cannot_break_out_of_its_header(office: Office, at_work: AtWork) -> None:
    dossier = make_dossier(office=office)
    name = 'tờ "khai"\r\nSet-Cookie: x=1/../a.pdf'
    file = keep(PDF + b"%other", media_type="application/pdf", name=name, by=None, at=MONDAY)
    dossier.papers.filter(position=1).update(file=file)

    answer = at_work(office.reception).get(f"/xu-ly/ho-so/{dossier.public_code}/tep/1/")

    disposition = answer.headers["Content-Disposition"]
    assert disposition.isascii()
    assert not set('"\r\n/') & set(disposition.removeprefix("inline; filename*=UTF-8"))
    assert "Set-Cookie" not in answer.headers
    body(answer)


def test_form_01_is_a_pdf(office: Office, at_work: AtWork) -> None:
    dossier = make_dossier(status=Status.ACCEPTED, office=office)
    form = IssuedDocument.objects.get(subject=dossier.reference)

    answer = at_work(office.reception).get(f"/xu-ly/ho-so/{dossier.public_code}/giay/{form.pk}/")

    assert answer.headers["Content-Type"] == "application/pdf"
    assert body(answer).startswith(b"%PDF-")


def test_a_form_about_another_dossier_is_not_found(office: Office, at_work: AtWork) -> None:
    dossier = make_dossier(status=Status.ACCEPTED, office=office)
    other = make_dossier(status=Status.ACCEPTED, office=make_office())
    form = IssuedDocument.objects.get(subject=other.reference)

    answer = at_work(office.reception).get(f"/xu-ly/ho-so/{dossier.public_code}/giay/{form.pk}/")

    assert answer.status_code == 404


def test_the_result_opens_once_there_is_a_file(office: Office, at_work: AtWork) -> None:
    before = make_dossier(status=Status.SIGNED, office=office)
    after = make_dossier(status=Status.DONE, office=office)

    assert at_work(office.clerk).get(f"/xu-ly/ho-so/{before.public_code}/ket-qua/").status_code == 404
    answer = at_work(office.reception).get(f"/xu-ly/ho-so/{after.public_code}/ket-qua/")
    assert body(answer) == PDF + b"%result"


def test_the_file_that_was_signed_stays_beside_the_stamped_one(office: Office, at_work: AtWork) -> None:
    dossier = make_dossier(status=Status.IN_PROGRESS, office=office)
    at, drafted = MONDAY + timedelta(hours=8), make_file(content=PDF + b"%draft")
    proposal = process.Proposal(opinion="Đủ", title="Giấy khai sinh", file=drafted)
    stamped = process.Numbering("12/GKS", make_file(content=PDF + b"%stamped"))
    process.propose(dossier=dossier, officer=office.officer, proposal=proposal, at=at)
    process.sign(dossier=dossier, officer=office.signer, note="", at=at)
    process.issue(dossier=dossier, officer=office.clerk, numbering=stamped, at=at)
    client, page = at_work(office.reception), f"/xu-ly/ho-so/{dossier.public_code}/"

    said = client.get(page).content.decode()

    assert f'href="{page}ket-qua/"' in said
    assert f'href="{page}ket-qua/ban-ky/"' in said
    assert body(client.get(f"{page}ket-qua/")) == PDF + b"%stamped"
    assert body(client.get(f"{page}ket-qua/ban-ky/")) == PDF + b"%draft"


@pytest.mark.parametrize("path", ["tep/1", "tep/2", "tep/99", "ket-qua", "ket-qua/ban-ky", "da-tiep-nhan"])
def test_what_is_not_there_and_what_is_a_strangers_read_the_same(path: str, office: Office, at_work: AtWork) -> None:
    dossier = make_dossier(office=office)
    stranger = make_office()

    strangers = at_work(stranger.reception).get(f"/xu-ly/ho-so/{dossier.public_code}/{path}/")
    missing = at_work(stranger.reception).get(f"/xu-ly/ho-so/T-0000-0000-0000/{path}/")

    assert (strangers.status_code, missing.status_code) == (404, 404)
