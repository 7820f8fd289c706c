"""Each act through its page: the way it goes, and the ways it is refused."""

from collections.abc import Callable

import pytest
from django.test import Client

from motcua.accounts.models import User
from motcua.documents.models import IssuedDocument
from motcua.dossiers.models import Dossier
from motcua.rules.transitions import Status
from tests.make import Office, make_dossier

pytestmark = pytest.mark.django_db

AtWork = Callable[[User], Client]


def act(dossier: Dossier, name: str) -> str:
    return f"/xu-ly/ho-so/{dossier.public_code}/{name}/"


def accepting(version: int) -> dict[str, str]:
    return {
        "version": str(version),
        "state_1": "PRESENT",
        "originals_1": "1",
        "copies_1": "0",
        "note_1": "",
        "state_2": "NOT_NEEDED",
        "originals_2": "",
        "copies_2": "",
        "note_2": "",
    }


def test_a_reception_officer_accepts_and_reads_code_due_date_and_form_01(office: Office, at_work: AtWork) -> None:
    dossier = make_dossier(office=office)
    desk = at_work(office.reception)

    form = desk.get(act(dossier, "tiep-nhan"))
    assert "Tờ khai theo mẫu" in form.content.decode()
    answer = desk.post(act(dossier, "tiep-nhan"), accepting(dossier.version), follow=True)

    dossier.refresh_from_db()
    said = answer.content.decode()
    assert dossier.status == Status.ACCEPTED
    assert dossier.code is not None
    assert dossier.code in said
    assert "17:00 thứ Hai, 09/03/2026" in said
    assert f"/giay/{IssuedDocument.objects.get(subject=dossier.reference).pk}/" in said
