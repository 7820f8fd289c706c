"""How many acts of officials a second: acceptance and the six transitions of a dossier, beside the raw-SQL floor.

A client is a process of its own with its own connection and its own office; it waits for nobody but the database. Both
ways write the same rows (checked before measuring) with fsync on; every figure is the median of the rounds, with the
lowest and the highest.
"""

import gc
import multiprocessing
import os
import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from multiprocessing.queues import SimpleQueue
from multiprocessing.synchronize import Barrier
from typing import Any

import psycopg
from django.db import connection, connections
from django.test.utils import CaptureQueriesContext

from benchmarks import data
from benchmarks.floor import Pattern, RawLife
from benchmarks.latencies import Latencies, timed
from motcua.accounts.models import User
from motcua.documents.models import StoredFile
from motcua.dossiers.commands import intake, process, return_result
from motcua.dossiers.models import Dossier
from tests.make import CHECKS, Office, make_file

ACTS = ("accept", "transfer", "assign", "propose", "sign", "issue", "hand over")
TABLES = (
    "dossiers_dossier",
    "dossiers_paper",
    "dossiers_step",
    "dossiers_result",
    "documents_issueddocument",
    "kernel_eventrecord",
    "kernel_sequence",
    "notifications_message",
    "procrastinate_jobs",
)

COLLECTOR_THRESHOLDS = (10_000, 20, 100)  # those of config/wsgi.py

Act = Callable[[], object]
Way = Callable[["Cast", Office, Dossier], list[Act]]


@dataclass(frozen=True, slots=True)
class Scale:
    """How much to measure: dossiers already in the database, clients, lives of all clients together, rounds."""

    background: int
    clients: tuple[int, ...]
    lives: int
    rounds: int


FULL = Scale(background=100_000, clients=(1, 8, 16), lives=160, rounds=3)
QUICK = Scale(background=300, clients=(2,), lives=4, rounds=1)


@dataclass(frozen=True, slots=True)
class Cast:
    """What every life needs."""

    offices: Sequence[Office]
    citizen: User
    paper: StoredFile
    pattern: Pattern


@dataclass(frozen=True, slots=True)
class Run:
    """What one client measured: when it began and ended, its processor time, and how long each act took."""

    began: float
    ended: float
    cpu_seconds: float
    seconds: dict[str, list[float]]


def main(*, quick: bool, offices: Sequence[Office]) -> None:
    """Measure and print."""
    scale = QUICK if quick else FULL
    data.top_up(offices, scale.background)
    cast = prepare(offices)
    print_statements(cast)
    print(f"{data.dossier_count():,} dossiers in the database; {scale.lives} lives a round, {scale.rounds} rounds")
    for clients in scale.clients:
        floors, runs = [], []
        for _ in range(scale.rounds):
            floors.append(measure(raw_acts, cast, clients, scale.lives))
            runs.append(measure(command_acts, cast, clients, scale.lives))
        print_pair(clients, floors, runs)


def prepare(offices: Sequence[Office]) -> Cast:
    """Let one dossier live through the commands, for the floor to write the same; check that it does."""
    citizen, paper, office = data.make_citizen(), make_file(), offices[0]
    model, twin = (data.apply(office, citizen, paper, at=data.NOW) for _ in range(2))
    first = _row_counts()
    for act in _command_acts(office, model, paper):
        act()
    lived = _row_counts()
    model = Dossier.objects.select_related("receiving_unit", "competent_unit", "result").get(pk=model.pk)
    cast = Cast(offices=offices, citizen=citizen, paper=paper, pattern=Pattern.of(model))
    for act in raw_acts(cast, office, twin):
        act()
    by_commands, by_floor = _gain(first, lived), _gain(lived, _row_counts())
    assert by_commands == by_floor, f"the floor writes other rows: {by_floor}, not {by_commands}"
    return cast


def command_acts(cast: Cast, office: Office, dossier: Dossier) -> list[Act]:
    """Return the acts of one life, through the commands."""
    return _command_acts(office, dossier, cast.paper)


def raw_acts(cast: Cast, office: Office, dossier: Dossier) -> list[Act]:
    """Return the acts of one life, in plain SQL."""
    return [*RawLife(_raw_connection(os.getpid()), office, dossier, cast.pattern).acts()]


def measure(way: Way, cast: Cast, clients: int, lives: int) -> list[Run]:
    """Have `clients` processes live `lives` dossiers in all; the clock starts when all of them are ready."""
    connections.close_all()
    fork = multiprocessing.get_context("fork")
    ready, answers = fork.Barrier(clients), fork.SimpleQueue()
    share = -(-lives // clients)
    workers = [
        fork.Process(target=_client, args=(way, cast, number, share, ready, answers)) for number in range(clients)
    ]
    for worker in workers:
        worker.start()
    runs: list[Run] = [answers.get() for _ in workers]
    for worker in workers:
        worker.join()
    return runs


def print_statements(cast: Cast) -> None:
    """Print how many statements and commits each act takes through the commands."""
    dossier = data.apply(cast.offices[0], cast.citizen, cast.paper, at=data.NOW)
    print("statements an act, and commits:", end=" ")
    for name, act in zip(ACTS, command_acts(cast, cast.offices[0], dossier), strict=True):
        with CaptureQueriesContext(connection) as queries:
            act()
        said = [query["sql"] for query in queries.captured_queries]
        commits = said.count("COMMIT")
        print(f"{name} {len(said) - commits - said.count('BEGIN')}+{commits}", end=", " if name != ACTS[-1] else "\n")


def print_pair(clients: int, floors: list[list[Run]], commands: list[list[Run]]) -> None:
    """Print what `clients` clients did, rounds together."""
    floor, through = [rate(runs) for runs in floors], [rate(runs) for runs in commands]
    ratio = statistics.median(through) / statistics.median(floor)
    print(f"{clients:>2} clients   raw SQL  {_spread(floor)} acts/s   {_all(floors)}")
    print(f"             commands {_spread(through)} acts/s   {_all(commands)}   {ratio:.0%} of the floor")
    cpu = sum(run.cpu_seconds for runs in commands for run in runs) / sum(act_count(runs) for runs in commands)
    slowest = {name: Latencies.of(seconds_of(commands, name)) for name in ACTS}
    medians = ", ".join(f"{name} {took.p50:.1f}" for name, took in slowest.items())
    print(
        f"             commands: {cpu * 1000:.1f} ms of the client's processor an act; p50 in ms: {medians}", flush=True
    )


def act_count(runs: Sequence[Run]) -> int:
    """Return how many acts were done."""
    return sum(len(seconds) for run in runs for seconds in run.seconds.values())


def rate(runs: Sequence[Run]) -> float:
    """Return the acts a second of all clients together, from the first start to the last end."""
    return act_count(runs) / (max(run.ended for run in runs) - min(run.began for run in runs))


def seconds_of(rounds: Sequence[Sequence[Run]], name: str) -> list[float]:
    """Return how long each act of that name took, all clients and rounds together."""
    return [second for runs in rounds for run in runs for second in run.seconds[name]]


def _client(way: Way, cast: Cast, number: int, lives: int, ready: Barrier, answers: "SimpleQueue[Run]") -> None:
    office = cast.offices[number % len(cast.offices)]
    dossiers = [data.apply(office, cast.citizen, cast.paper, at=data.NOW) for _ in range(lives + 1)]
    for act in way(cast, office, dossiers.pop()):
        act()  # the statements are prepared, the modules loaded
    gc.collect()
    gc.freeze()
    gc.set_threshold(*COLLECTOR_THRESHOLDS)  # as the web server does
    seconds: dict[str, list[float]] = {name: [] for name in ACTS}
    ready.wait()
    began, spent = time.monotonic(), time.process_time()
    for dossier in dossiers:
        for name, act in zip(ACTS, way(cast, office, dossier), strict=True):
            seconds[name].append(timed(act))
    answers.put(Run(began=began, ended=time.monotonic(), cpu_seconds=time.process_time() - spent, seconds=seconds))
    connections.close_all()


def _command_acts(office: Office, dossier: Dossier, paper: StoredFile) -> list[Act]:
    proposal = process.Proposal(opinion="Đủ điều kiện", title="Giấy khai sinh", file=None)
    numbering = process.Numbering(number="12/GKS", file=paper)
    at = [data.NOW + timedelta(minutes=number) for number in range(1, len(ACTS) + 1)]
    desk, clerk = office.reception, office.clerk
    return [
        lambda: intake.accept(dossier=dossier, officer=desk, checks=CHECKS, at=at[0]),
        lambda: process.transfer(dossier=dossier, officer=desk, at=at[1]),
        lambda: process.assign(
            dossier=dossier, officer=office.dispatcher, giving=process.Giving(office.officer), at=at[2]
        ),
        lambda: process.propose(dossier=dossier, officer=office.officer, proposal=proposal, at=at[3]),
        lambda: process.sign(dossier=dossier, officer=office.signer, note="", at=at[4]),
        lambda: process.issue(dossier=dossier, officer=clerk, numbering=numbering, at=at[5]),
        lambda: return_result.hand_over(dossier=dossier, officer=desk, received_by="", at=at[6]),
    ]


@cache
def _raw_connection(_process_id: int) -> psycopg.Connection[tuple[Any, ...]]:
    """Return the plain connection of a process: one inherited from the parent is the parent's."""
    return psycopg.connect(os.environ["DATABASE_URL"], autocommit=True)


def _row_counts() -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT " + ", ".join(f"(SELECT count(*) FROM {table})" for table in TABLES))
        return list(cursor.fetchone())


def _gain(before: Sequence[int], after: Sequence[int]) -> dict[str, int]:
    return {
        table: later - earlier
        for table, earlier, later in zip(TABLES, before, after, strict=True)
        if table != "kernel_sequence"  # begun by whoever comes first
    }


def _spread(rates: Sequence[float]) -> str:
    return f"{statistics.median(rates):7.0f} ({min(rates):.0f}-{max(rates):.0f})"


def _all(rounds: Sequence[Sequence[Run]]) -> Latencies:
    return Latencies.of([second for name in ACTS for second in seconds_of(rounds, name)])
