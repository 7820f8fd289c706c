"""A role that ends leaves nothing lying: what its holder had on the table waits for somebody who may act."""

from datetime import datetime, timedelta

import pytest

from motcua.accounts.facts import grants_of
from motcua.accounts.models import Grant, User
from motcua.dossiers.commands import process
from motcua.dossiers.models import Dossier
from motcua.dossiers.queries.worklist import Shelf, worklist
from motcua.rules.permissions import Role
from motcua.rules.transitions import Status
from tests.make import MONDAY, Office, make_dossier, make_office, make_officer, make_unit

pytestmark = pytest.mark.django_db
TUESDAY = MONDAY + timedelta(days=1)


@pytest.fixture
def office() -> Office:
    return make_office()


def waiting_for(person: User, *, at: datetime = TUESDAY) -> list[str]:
    found = worklist(person, grants_of(person, at.date()), at=at)
    assert found.counts[Shelf.ALL] == len(found.rows)
    return [row.reference for row in found.rows]


def end_role_of(person: User) -> None:
    Grant.objects.filter(user=person).update(valid_until=TUESDAY.date())


def give_back(dossier: Dossier, office: Office) -> Dossier:
    return process.return_for_rework(dossier=dossier, officer=office.signer, reason="Sai", at=TUESDAY)


def test_what_an_officer_whose_role_ended_has_on_the_table_waits_for_the_dispatcher(office: Office) -> None:
    colleague = make_officer(Role.PROCESSING_OFFICER, office.offering.competent_unit)
    dossier = make_dossier(status=Status.IN_PROGRESS, office=office)
    before = waiting_for(office.dispatcher, at=MONDAY + timedelta(hours=9))

    end_role_of(office.officer)

    assert before == []
    assert waiting_for(office.dispatcher) == [dossier.reference]
    assert waiting_for(colleague) == []


def test_an_account_that_is_closed_or_has_another_role_leaves_its_dossiers_to_the_dispatcher(office: Office) -> None:
    unit = office.offering.competent_unit
    dossiers = [make_dossier(status=Status.IN_PROGRESS, office=office)]
    User.objects.filter(pk=office.officer.pk).update(is_active=False)
    other = make_officer(Role.PROCESSING_OFFICER, unit)
    dossiers.append(make_dossier(status=Status.TRANSFERRED, office=office))
    process.assign(dossier=dossiers[1], officer=office.dispatcher, giving=process.Giving(other), at=TUESDAY)
    Grant.objects.filter(user=other).update(role=Role.SIGNER.value)
    Grant.objects.create(user=other, unit=make_unit(), role=Role.PROCESSING_OFFICER.value, valid_from=MONDAY.date())

    assert sorted(waiting_for(office.dispatcher)) == sorted(dossier.reference for dossier in dossiers)


def end_every(role: Role, unit_id: int) -> None:
    Grant.objects.filter(role=role.value, unit=unit_id).update(valid_until=TUESDAY.date())


def test_what_waits_for_a_role_that_nobody_holds_any_more_waits_for_the_heads_of_the_unit(office: Office) -> None:
    agency = office.offering.competent_unit_id
    to_sign = make_dossier(status=Status.PENDING_SIGN, office=office)
    to_issue = make_dossier(status=Status.SIGNED, office=office)
    to_assign = make_dossier(status=Status.TRANSFERRED, office=office)
    before = (waiting_for(office.dispatcher), waiting_for(office.signer))

    end_every(Role.RECORDS_CLERK, agency)
    without_clerk = (waiting_for(office.dispatcher), waiting_for(office.signer))
    end_every(Role.SIGNER, agency)
    without_signer = waiting_for(office.dispatcher)

    assert before == ([to_assign.reference], [to_sign.reference])
    assert sorted(without_clerk[0]) == sorted([to_assign.reference, to_issue.reference])
    assert sorted(without_clerk[1]) == sorted([to_sign.reference, to_issue.reference])
    assert sorted(without_signer) == sorted(one.reference for one in (to_assign, to_issue, to_sign))


def test_an_agency_without_a_dispatcher_and_a_desk_without_an_officer_leave_nothing_lying(office: Office) -> None:
    desk, agency = office.offering.receiving_unit, office.offering.competent_unit
    head = make_officer(Role.HEAD_OF_ONE_STOP, desk)
    submitted = make_dossier(office=office)
    to_assign = make_dossier(status=Status.TRANSFERRED, office=office)
    before = (waiting_for(head), waiting_for(office.signer))

    end_every(Role.RECEPTION_OFFICER, desk.pk)
    end_every(Role.DISPATCHER, agency.pk)

    assert before == ([], [])
    assert (waiting_for(head), waiting_for(office.signer)) == ([submitted.reference], [to_assign.reference])


def test_a_dispatcher_elsewhere_has_none_of_it(office: Office) -> None:
    make_dossier(status=Status.IN_PROGRESS, office=office)
    end_role_of(office.officer)

    assert waiting_for(make_office().dispatcher) == []


def test_rework_for_an_officer_whose_role_ended_waits_for_the_role_and_for_the_dispatcher(office: Office) -> None:
    colleague = make_officer(Role.PROCESSING_OFFICER, office.offering.competent_unit)
    dossier = make_dossier(status=Status.PENDING_SIGN, office=office)
    end_role_of(office.officer)

    returned = give_back(dossier, office)

    assert (returned.status, returned.assignee) == (Status.IN_PROGRESS, None)
    assert returned.steps.get(finished_at=None).assignee is None
    assert waiting_for(colleague) == [dossier.reference]
    assert waiting_for(office.dispatcher) == [dossier.reference]


def test_rework_goes_its_way_with_another_officer(office: Office) -> None:
    colleague = make_officer(Role.PROCESSING_OFFICER, office.offering.competent_unit)
    dossier = make_dossier(status=Status.PENDING_SIGN, office=office)
    end_role_of(office.officer)

    give_back(dossier, office)
    process.assign(dossier=dossier, officer=office.dispatcher, giving=process.Giving(colleague), at=TUESDAY)

    assert waiting_for(colleague) == [dossier.reference]
    assert waiting_for(office.dispatcher) == []


def test_rework_for_an_officer_who_is_still_there_is_theirs_alone(office: Office) -> None:
    colleague = make_officer(Role.PROCESSING_OFFICER, office.offering.competent_unit)
    dossier = make_dossier(status=Status.PENDING_SIGN, office=office)

    give_back(dossier, office)

    assert waiting_for(office.officer) == [dossier.reference]
    assert (waiting_for(colleague), waiting_for(office.dispatcher)) == ([], [])
