"""Giving the result out on the spot by a program (B step 5)."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from time_machine import travel

from motcua.dossiers.models import Dossier, PaperReturn, Result
from motcua.rules.permissions import Role
from motcua.rules.transitions import Status
from tests.api.conftest import machine, told
from tests.documents.make_files import pdf_bytes
from tests.dossiers.test_paper_mode import NEXT_DAY, down
from tests.make import MONDAY, Office, make_dossier, make_office, make_officer, settling_at_once

pytestmark = pytest.mark.django_db


def given(office: Office, **changes: str) -> dict[str, object]:
    said = {
        "title": "Trích lục khai sinh",
        "number": "15/TLKS",
        "signer": office.signer.username,
        "received_by": "Vàng Thị Mỷ",
        **changes,
    }
    return {**said, "file": SimpleUploadedFile("trich-luc.pdf", pdf_bytes())}


def path_of(office: Office) -> tuple[Dossier, str]:
    dossier = make_dossier(status=Status.ACCEPTED, office=office)
    return dossier, f"/work/dossiers/{dossier.code}"


def test_who_signs_is_listed_and_the_result_given_out() -> None:
    office = settling_at_once(make_office())
    dossier, path = path_of(office)
    desk = machine(office.reception)

    signers = told(desk.get(f"{path}/signers"))
    moved = told(desk.upload(f"{path}/result-at-once", given(office), Idempotency_Key="1"))
    again = told(desk.upload(f"{path}/result-at-once", given(office), Idempotency_Key="1"))

    assert signers == {"items": [{"username": office.signer.username, "name": office.signer.display_name}]}
    assert (moved["status"], moved["national_status"], moved["holder_unit"]) == ("IMMEDIATE_DONE", 10, None)
    assert again == moved
    assert Result.objects.get(dossier=dossier).number == "15/TLKS"


@pytest.mark.parametrize("who", ["officer", "khong.co"])
def test_whoever_does_not_sign_there_is_refused(who: str) -> None:
    office = settling_at_once(make_office())
    _, path = path_of(office)
    name = getattr(office, who).username if who == "officer" else who

    said = told(machine(office.reception).upload(f"{path}/result-at-once", given(office, signer=name)), 422)

    assert said["code"] == "not_a_signer_there"


def test_a_limit_of_days_is_refused_with_a_code() -> None:
    office = make_office()
    _, path = path_of(office)

    said = told(machine(office.reception).upload(f"{path}/result-at-once", given(office)), 409)

    assert said["code"] == "not_settled_at_once"


def test_one_given_out_on_paper_keeps_its_moment() -> None:
    office = settling_at_once(make_office())
    dossier, path = path_of(office)
    head = make_officer(Role.HEAD_OF_ONE_STOP, office.offering.receiving_unit)
    down(office, head, began_at=MONDAY - timedelta(hours=1), ended_at=None, at=MONDAY)
    assert dossier.accepted_at is not None
    before = (dossier.accepted_at - timedelta(minutes=1)).isoformat()

    desk = machine(office.reception)
    with travel(NEXT_DAY, tick=False):
        early = told(desk.upload(f"{path}/result-at-once", given(office, given_at=before)), 422)
        moved = told(desk.upload(f"{path}/result-at-once", given(office, given_at=dossier.accepted_at.isoformat())))

    assert (early["code"], early["fault"]) == ("entry_refused", "BEFORE_THE_RESULT")
    assert moved["status"] == "IMMEDIATE_DONE"
    assert PaperReturn.objects.get().given_at == dossier.accepted_at
