"""What looking at an act on many dossiers asks of the database: as much for one dossier, or one unit, as for many."""

import uuid
from collections.abc import Callable, Sequence
from datetime import timedelta
from functools import partial

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from motcua.accounts.facts import grants_of
from motcua.accounts.models import Grant, User
from motcua.dossiers.commands.bulk import BulkOrder, Chosen, do_next, order_bulk
from motcua.dossiers.models import BulkJob, Dossier
from motcua.dossiers.queries.assignment import officers_of, officers_of_each
from motcua.dossiers.queries.bulk import Asked, Preview, preview, progress
from motcua.dossiers.queries.bulk_back import preview_back
from motcua.rules.bulk import BulkAct
from motcua.rules.permissions import Role
from motcua.rules.transitions import Status
from tests.make import MONDAY, Office, make_branched_office, make_dossier, make_office, make_officer

pytestmark = pytest.mark.django_db

NOW = MONDAY + timedelta(hours=9)


@pytest.fixture
def office() -> Office:
    return make_office()


@pytest.fixture
def held(office: Office) -> list[Dossier]:
    return [make_dossier(office=office, status=Status.IN_PROGRESS) for _ in range(30)]


@pytest.fixture
def colleague(office: Office) -> User:
    return make_officer(Role.PROCESSING_OFFICER, office.offering.competent_unit)


def queries_of(ask: Callable[[], object]) -> int:
    with CaptureQueriesContext(connection) as queries:
        ask()
    return len(queries)


def looked_at(dossiers: Sequence[Dossier], asked: Asked, by: User) -> Preview:
    found = Dossier.objects.filter(pk__in=[dossier.pk for dossier in dossiers]).for_page().order_by("pk")
    return preview(found, asked, by, grants_of(by, NOW.date()), at=NOW)


def done(dossiers: Sequence[Dossier], act: BulkAct, by: User, to: User | None = None) -> BulkJob:
    chosen = [Chosen(one.pk, Dossier.objects.get(pk=one.pk).version) for one in dossiers]
    job = order_bulk(order=BulkOrder(uuid.uuid4(), act, chosen, to), officer=by, at=NOW)
    while not do_next(job=job, at=NOW):
        continue
    return BulkJob.objects.select_related("to", "takes_back").get(pk=job.pk)


@pytest.mark.parametrize("act", [BulkAct.ASSIGN, BulkAct.MEMO, BulkAct.REMIND])
def test_a_preview_costs_as_much_for_one_dossier_as_for_thirty(
    act: BulkAct, office: Office, held: list[Dossier], colleague: User
) -> None:
    asked = Asked(act, colleague if act is BulkAct.ASSIGN else None)

    one, thirty = (queries_of(partial(looked_at, some, asked, office.dispatcher)) for some in (held[:1], held))

    assert len(looked_at(held, asked, office.dispatcher).can) == 30
    assert one == thirty


def test_progress_and_taking_back_cost_as_much_for_one_dossier_as_for_thirty(
    office: Office, held: list[Dossier], colleague: User
) -> None:
    dispatcher, grants = office.dispatcher, grants_of(office.dispatcher, NOW.date())
    for act, to in ((BulkAct.ASSIGN, colleague), (BulkAct.FOLLOW, None)):
        jobs = [done(some, act, dispatcher, to) for some in (held[:1], held[1:])]
        backs = [preview_back(job, dispatcher, grants, at=NOW) for job in jobs]

        read = [queries_of(partial(progress, job, dispatcher, grants, at=NOW)) for job in jobs]
        back = [queries_of(partial(preview_back, job, dispatcher, grants, at=NOW)) for job in jobs]

        assert [len(one.can) for one in backs] == [1, 29]
        assert read[0] == read[1]
        assert back[0] == back[1]


@pytest.mark.parametrize("act", [BulkAct.ASSIGN, BulkAct.ASSIGN_LEG])
def test_a_preview_costs_as_much_for_one_unit_as_for_three(act: BulkAct) -> None:
    offices = [make_branched_office() for _ in range(3)]
    head = make_officer(Role.DISPATCHER, offices[0].offering.competent_unit)
    for office in offices[1:]:
        agency = office.offering.competent_unit
        Grant.objects.create(user=head, unit=agency, role=Role.DISPATCHER.value, valid_from=MONDAY.date())
    dossiers = [make_dossier(office=office, status=Status.IN_PROGRESS) for office in offices]

    one, three = (queries_of(partial(looked_at, some, Asked(act), head)) for some in (dossiers[:1], dossiers))

    names = {load.username for load in looked_at(dossiers, Asked(act), head).officers}
    assert names == {office.officer.username for office in offices}
    assert one == three


def test_officers_are_offered_only_of_units_whose_dossiers_can_be_given() -> None:
    here, there = make_office(), make_office()
    Grant.objects.create(
        user=here.dispatcher, unit=there.offering.competent_unit, role="DISPATCHER", valid_from=MONDAY.date()
    )
    open_one = make_dossier(office=here, status=Status.IN_PROGRESS)
    over = make_dossier(office=there, status=Status.RETURNED)

    seen = looked_at([open_one, over], Asked(BulkAct.ASSIGN), here.dispatcher)

    assert [load.username for load in seen.officers] == [here.officer.username]


def test_officers_of_several_units_are_those_of_each(office: Office, colleague: User) -> None:
    elsewhere = make_office()
    units = [one.offering.competent_unit for one in (office, elsewhere)]
    Grant.objects.create(user=colleague, unit=units[1], role="PROCESSING_OFFICER", valid_from=MONDAY.date())
    Grant.objects.filter(user=office.officer).update(valid_until=MONDAY.date())
    make_dossier(office=elsewhere, status=Status.IN_PROGRESS)

    each = officers_of_each([unit.pk for unit in units], on=MONDAY.date())

    assert [[load.username for load in each[unit.pk]] for unit in units] == [
        [colleague.username],
        [colleague.username, elsewhere.officer.username],
    ]
    assert each == {unit.pk: officers_of(unit.pk, on=MONDAY.date()) for unit in units}
