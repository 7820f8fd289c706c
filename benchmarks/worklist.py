"""How long an official waits for the worklist: 1,000, 100,000 and 1,000,000 dossiers over 45 communes, then one desk.

The query function is measured alone (page, counters and rows with their working time), then the whole page as it is
served, templates and session included. An officer has about two hundred open dossiers from 100,000 on: what is added
to make a million is over. Every plan is looked at: a sequential scan of the dossiers is printed.
"""

import statistics
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from unittest.mock import patch

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from benchmarks import data
from benchmarks.latencies import Latencies, timed
from motcua.accounts.facts import grants_of
from motcua.accounts.models import User
from motcua.dossiers.queries.worklist import Part, Shelf, worklist
from tests.make import Office

GOAL_MS, PAGE_GOAL_MS = 30.0, 100.0


@dataclass(frozen=True, slots=True)
class Scale:
    """How many dossiers in all, up to how many with those that are over, how many more at one desk, openings a page."""

    sizes: tuple[int, ...]
    with_old_ones: int
    at_one_desk: int
    openings: int


FULL = Scale(sizes=(1_000, 100_000), with_old_ones=1_000_000, at_one_desk=100_000, openings=40)
QUICK = Scale(sizes=(300,), with_old_ones=900, at_one_desk=300, openings=3)


def main(*, quick: bool, offices: Sequence[Office]) -> None:
    """Measure and print."""
    scale = QUICK if quick else FULL
    office = offices[0]
    medians = []
    for size in scale.sizes:
        data.top_up(offices, size)
        print(f"{size:,} dossiers, {len(offices)} communes")
        medians.append(_print_office(office, scale.openings))
    for size, found in zip(scale.sizes[1:], medians[1:], strict=True):
        print(f"ratio {size:,} / {scale.sizes[0]:,} dossiers, median of all pages: {found / medians[0]:.2f}")
    data.add_old_ones(scale.with_old_ones)
    print(f"{data.dossier_count():,} dossiers, {len(offices)} communes, those added over")
    _print_office(office, scale.openings)
    data.fill([office], scale.at_one_desk)
    at_the_desk = office.offering.receiving_unit.received_dossiers.count()
    print(f"{data.dossier_count():,} dossiers, of which {at_the_desk:,} at one desk")
    _print_office(office, scale.openings)


def _print_office(office: Office, openings: int) -> float:
    """Print every page of every role there and return the median of their medians, in milliseconds."""
    people = {
        "reception": office.reception,
        "dispatcher": office.dispatcher,
        "officer": office.officer,
        "signer": office.signer,
    }
    return statistics.median(
        median for role, person in people.items() for median in _print_pages(role, person, openings)
    )


def _print_pages(role: str, person: User, openings: int) -> list[float]:
    medians = []
    grants = grants_of(person, data.NOW.date())
    for shelf in (Shelf.ALL, Shelf.ELSEWHERE):
        opened = partial(worklist, person, grants, at=data.NOW, part=Part(shelf=shelf))
        page = opened()
        with CaptureQueriesContext(connection) as queries:
            opened()
        took = Latencies.of([timed(opened) for _ in range(openings)])
        slow = max(float(query["time"]) for query in queries.captured_queries) * 1000
        waiting = page.counts[shelf]
        medians.append(took.p50)
        verdict = "" if took.p50 <= GOAL_MS else f"   over the goal of {GOAL_MS:.0f} ms"
        print(
            f"  {role:<10} {shelf:<10} {waiting:>6,} waiting   {took}   {len(queries)} queries, "
            f"the slowest {slow:.0f} ms{verdict}",
            flush=True,
        )
        for query in queries.captured_queries:
            _print_scan(query["sql"])
    _print_whole_page(role, person, openings)
    return medians


def _print_whole_page(role: str, person: User, openings: int) -> None:
    """Print how long the page takes as it is served, session and templates included, at the moment of the data."""
    with patch("django.utils.timezone.now", return_value=data.NOW):
        opened = partial(signed_in(person).get, "/xu-ly/")
        assert opened().status_code == 200
        took = Latencies.of([timed(opened) for _ in range(openings)])
    verdict = "" if took.p50 <= PAGE_GOAL_MS else f"   over the goal of {PAGE_GOAL_MS:.0f} ms"
    print(f"  {role:<10} {'whole page':<10}                  {took}{verdict}", flush=True)


def signed_in(person: User) -> Client:
    """Return a browser of somebody who is past the second factor."""
    client = Client(headers={"host": "127.0.0.1"})
    client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    session = client.session
    session["has_second_factor"] = True
    session.save()
    return client


def _print_scan(sql: str) -> None:
    """Say so when a statement reads the whole table."""
    with connection.cursor() as cursor:
        cursor.execute("EXPLAIN " + sql.replace("%", "%%"), [])
        plan = [line for (line,) in cursor.fetchall()]
    scans = [line.strip() for line in plan if "Seq Scan on dossiers_dossier" in line]
    if scans:
        print(f"             reads every dossier: {scans[0]}   in {sql[:60]} ...")
