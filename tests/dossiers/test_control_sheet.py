"""The control sheet: who gave a dossier to whom, and whether each was in time."""

from datetime import timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from motcua.dossiers.commands import process
from motcua.dossiers.models import Dossier
from motcua.dossiers.queries.control_sheet import control_sheet, pdf_of_control_sheet
from motcua.rules.transitions import Status
from tests.documents.test_papers import text_of
from tests.make import MONDAY, Office, make_dossier, make_office

pytestmark = pytest.mark.django_db


@pytest.fixture
def office() -> Office:
    return make_office()


def loaded(dossier: Dossier) -> Dossier:
    return Dossier.objects.for_page().get(pk=dossier.pk)


def test_every_hand_over_names_who_gave_and_who_took(office: Office) -> None:
    dossier = loaded(make_dossier(status=Status.RETURNED, office=office))

    rows = control_sheet(dossier, office.reception, at=MONDAY + timedelta(days=3))["handovers"]

    desk, agency = office.offering.receiving_unit.name, office.offering.competent_unit.authority_name
    assert [(row["giving_unit"], row["receiving_unit"]) for row in rows] == [
        (desk, agency),
        *[(agency, agency)] * 3,
        (agency, desk),
        (desk, "Người nộp hồ sơ"),
    ]
    assert [(row["giver"], row["receiver"]) for row in rows[:3]] == [
        (office.reception.display_name, office.dispatcher.display_name),
        (office.dispatcher.display_name, office.officer.display_name),
        (office.officer.display_name, office.signer.display_name),
    ]
    assert {row["result"] for row in rows} <= {"Trước hạn", "Đúng hạn", ""}
    assert rows[-1]["result"] == "Trước hạn"
    assert all(row["given_at"] <= row["received_at"] for row in rows)


def test_a_step_that_outlasted_its_own_time_is_late(office: Office) -> None:
    dossier = make_dossier(status=Status.TRANSFERRED, office=office)
    process.assign(
        dossier=dossier, officer=office.dispatcher, giving=process.Giving(office.officer), at=MONDAY + timedelta(days=2)
    )

    first, second = control_sheet(loaded(dossier), office.reception, at=MONDAY + timedelta(days=2))["handovers"]

    assert (first["result"], second["result"]) == ("Quá hạn", "")


def test_the_paper_is_that_of_the_regime_and_reads_the_same_in_english(office: Office) -> None:
    dossier = loaded(make_dossier(status=Status.IN_PROGRESS, office=office))
    old = loaded(make_dossier(status=Status.IN_PROGRESS, office=office, at=MONDAY.replace(year=2022)))

    now = text_of(pdf_of_control_sheet(dossier, office.reception, at=MONDAY + timedelta(days=1)))
    then = text_of(pdf_of_control_sheet(old, office.reception, at=MONDAY + timedelta(days=1)))

    assert "PHIẾU KIỂM SOÁT QUÁ TRÌNH GIẢI QUYẾT HỒ SƠ" in now
    assert "Mẫu số 06 Thông tư 03/2025/TT-VPCP" in now
    assert "Mẫu số 05 Thông tư 01/2018/TT-VPCP" in then
    assert dossier.code is not None
    assert dossier.code in now


def test_more_steps_ask_no_more_of_the_database(
    office: Office, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    dossier = loaded(make_dossier(status=Status.RETURNED, office=office))

    with django_assert_max_num_queries(6):
        control_sheet(dossier, office.reception, at=MONDAY + timedelta(days=3))
