"""Counting in, reading and changing at the same time: no dossier is ever counted twice or not at all."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Event

import pytest
from django.db import connections

from motcua.dossiers.models import Dossier
from motcua.reporting.commands.count_in import count_in_next
from motcua.reporting.commands.prove import prove_figures
from motcua.reporting.queries.settlement_table import settlement_table
from motcua.reporting.queries.sums import GroupBy, Wanted
from motcua.reporting.tasks import count_in
from motcua.rules.periods import PeriodKind, report_period
from motcua.rules.transitions import Status
from tests.make import MONDAY, make_dossier, make_office
from tests.reporting.recounts import assert_as_recounted

YEAR = report_period(PeriodKind.YEAR, 2026)
ROUNDS = 60


def change(dossiers: list[Dossier], units: list[int], done: Event) -> None:
    """Move the dossiers to and fro between the units, another end each time."""
    for number in range(ROUNDS):
        ended = MONDAY + timedelta(days=number)
        found = Dossier.objects.filter(pk=dossiers[number % len(dossiers)].pk)
        found.update(finished_at=ended, competent_unit=units[number % len(units)])
    done.set()
    connections.close_all()


def go_on_counting(done: Event) -> None:
    while not done.is_set():
        count_in_next(batch=1)
    connections.close_all()


def read(done: Event) -> set[int]:
    """Return every total that was seen meanwhile."""
    seen = set[int]()
    while not done.is_set():
        whole = settlement_table(YEAR, Wanted(GroupBy.UNIT)).whole.settlement
        seen |= {whole.received, whole.settled}
    connections.close_all()
    return seen


@pytest.mark.django_db(transaction=True)
def test_whoever_reads_meanwhile_sees_each_dossier_once() -> None:
    here, there, done = make_office(), make_office(), Event()
    dossiers = [make_dossier(office=here, status=Status.DONE) for _ in range(3)]
    units = [office.offering.competent_unit_id for office in (here, there)]

    with ThreadPoolExecutor() as pool:
        reading = [pool.submit(read, done) for _ in range(2)]
        for work in (pool.submit(change, dossiers, units, done), pool.submit(go_on_counting, done)):
            work.result()

    assert {count for one in reading for count in one.result()} == {3}
    assert_as_recounted([YEAR])
    count_in(timestamp=0)
    assert_as_recounted([YEAR])
    assert prove_figures(at=MONDAY + timedelta(days=90)).holds
