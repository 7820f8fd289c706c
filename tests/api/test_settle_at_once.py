"""Giving the result out on the spot by a program (B step 5)."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from motcua.dossiers.models import Dossier, Result
from motcua.rules.transitions import Status
from tests.api.conftest import machine, told
from tests.documents.make_files import pdf_bytes
from tests.make import Office, make_dossier, make_office, settling_at_once

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
