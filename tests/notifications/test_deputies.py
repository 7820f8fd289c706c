"""Whoever stands in for an absent official is told what that official is told, while the absence lasts."""

from datetime import timedelta

import pytest

from motcua.accounts.commands.delegate import Absence, delegate
from motcua.accounts.models import User
from motcua.dossiers.commands import financial, process
from motcua.notifications.models import Notice
from motcua.rules.permissions import Role
from motcua.rules.transitions import Status
from tests.make import MONDAY, Office, make_branched_office, make_dossier, make_office, make_officer

pytestmark = pytest.mark.django_db
NOW = MONDAY + timedelta(hours=9)


@pytest.fixture
def office() -> Office:
    return make_office()


@pytest.fixture
def deputy(office: Office) -> User:
    deputy = make_officer(Role.RECORDS_CLERK, office.offering.competent_unit)
    days = Absence(MONDAY.date(), MONDAY.date() + timedelta(days=5), "Nghỉ phép")
    delegate(absent=office.officer, deputy=deputy, absence=days, at=MONDAY)
    return deputy


def told_of(kind: str) -> set[int]:
    return set(Notice.objects.filter(kind=kind).values_list("user", flat=True))


def test_the_deputy_is_told_as_long_as_the_absence_lasts(office: Office, deputy: User) -> None:
    dossier = make_dossier(status=Status.TRANSFERRED, office=office)

    giving = process.Giving(office.officer)
    process.assign(dossier=dossier, officer=office.dispatcher, giving=giving, at=NOW)
    during = told_of("DossierAssigned")
    Notice.objects.all().delete()
    process.assign(dossier=dossier, officer=office.dispatcher, giving=giving, at=NOW + timedelta(days=7))

    assert during == {office.officer.pk, deputy.pk}
    assert told_of("DossierAssigned") == {office.officer.pk}


def test_a_deputy_who_is_told_for_themselves_is_told_once() -> None:
    office = make_branched_office()
    deputy = make_officer(Role.PROCESSING_OFFICER, office.offering.competent_unit)
    days = Absence(MONDAY.date(), MONDAY.date() + timedelta(days=5), "Nghỉ phép")
    delegate(absent=office.officer, deputy=deputy, absence=days, at=MONDAY)
    dossier = make_dossier(status=Status.TRANSFERRED, office=office)

    process.assign(dossier=dossier, officer=office.dispatcher, giving=process.Giving(office.officer), at=NOW)

    begun = Notice.objects.filter(dossier=dossier, kind="LegBegun").values_list("user", flat=True)
    assert sorted(begun) == sorted([office.officer.pk, deputy.pk, office.dispatcher.pk]), "the leg is any of theirs"


def test_the_officer_is_told_that_the_money_was_paid(office: Office) -> None:
    dossier = make_dossier(status=Status.FINANCIAL, office=office)

    financial.settle_financial(dossier=dossier, officer=office.reception, proof="Biên lai 7", at=NOW)

    assert told_of("FinancialObligationSettled") == {office.officer.pk}
