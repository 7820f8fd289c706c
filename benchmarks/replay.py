"""A year of the province replayed: 100,000 dossiers from November 2025 to October 2026, across the change of regime.

The lives are lived by the rules (benchmarks/replayed.py), written in bulk over the demonstration's real units and
procedures, and reported by the same query as any report. Every line of every month, a unit and a sector, is held
against counts by plain SQL: the identities of C-30 and R-11, what is carried from month to month, the year as a whole.
It fails when one does not hold.
"""

import os
import random
import uuid
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Any

from benchmarks.installation import installed, machine
from benchmarks.latencies import timed
from benchmarks.replayed import Ground, Replayed
from motcua.rules.identifiers import dossier_code
from motcua.rules.regimes import Regime, regime_on
from motcua.rules.settlement import (
    NOTHING,
    Period,
    ReportedTotals,
    Settlement,
    broken_identities,
)
from motcua.rules.transitions import SUPPLEMENTING
from motcua.rules.working_time import HANOI, in_hanoi, working_calendar

if TYPE_CHECKING:
    from motcua.demo.commands.lives import Office
    from motcua.dossiers.queries.settlement import ReportLine
    from motcua.organisations.models import Unit

COUNT = int(os.environ.get("REPLAYED", "100000"))
SINCE, UNTIL = datetime(2025, 11, 1, tzinfo=HANOI), datetime(2026, 11, 1, tzinfo=HANOI)
ELSEWHERE = 0.15
_STEM = {"return_channel": "AT_THE_DESK", "lookup_pin": "0000", "version": 1, "holder_role": "", "derivation": "{}"}
# Of each line: accepted and ended within the period, under way at its end; the thirteen columns are not asked for.
_COUNTED = """
SELECT competent_unit_id, procedure.sector_id,
    count(*) FILTER (WHERE accepted_at >= %(since)s),
    count(*) FILTER (WHERE accepted_at < %(since)s),
    count(*) FILTER (WHERE coalesce(finished_at, closed_at) < %(until)s),
    count(*) FILTER (WHERE coalesce(finished_at, closed_at) IS NULL OR coalesce(finished_at, closed_at) >= %(until)s)
FROM dossiers_dossier dossier
JOIN catalogue_procedureversion version ON version.id = dossier.procedure_version_id
JOIN catalogue_procedure procedure ON procedure.id = version.procedure_id
WHERE accepted_at < %(until)s
    AND (coalesce(finished_at, closed_at) IS NULL OR coalesce(finished_at, closed_at) >= %(since)s)
GROUP BY 1, 2
"""
_BY_REGIME = """
SELECT regime, counted_because LIKE '%%AGENCY', count(*),
    min(accepted_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date, max(accepted_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date
FROM dossiers_dossier WHERE accepted_at IS NOT NULL GROUP BY 1, 2 ORDER BY 1, 2
"""


class IdentityBroken(Exception):
    """A line of a report does not agree with the counts, or with the month before."""


@dataclass(frozen=True, slots=True)
class Place:
    """An offering with what its rows need."""

    version_id: int
    workflow_id: int
    competent_unit_id: int
    desk_id: int
    desk_elsewhere_id: int
    identifier: str


def main() -> None:
    """Replay, report and check; prints how many lines were held against the counts."""
    with installed(is_durable=False):
        print(machine())
        places = _places()
        lives: list[tuple[Place, Replayed]] = []
        print(f"{COUNT:,} lives by the rules: {timed(lambda: lives.extend(_live(places))):.1f} s")
        print(f"written: {timed(lambda: _write(lives)):.1f} s; {sum(life.acts for _, life in lives):,} acts")
        months = [Period(*edges) for edges in _months()]
        tables: list[dict[ReportLine, Settlement]] = []
        query = import_module("motcua.dossiers.queries.settlement").settlement_by_line
        dossiers = import_module("motcua.dossiers.models").Dossier.objects.all()
        seconds = timed(lambda: tables.extend(query([*months, Period(SINCE, UNTIL)], dossiers)))
        print(f"thirteen reports: {seconds:.1f} s")
        _check(months, tables[:-1])
        _check_year(tables)
        _check_regimes()


def _places() -> list[Place]:
    """Every procedure of the demonstration, a commune's at each of the 45 communes and wards."""
    import_module("motcua.demo.commands.load_demo").load_demo(at=SINCE)
    offices: list[Office] = import_module("motcua.demo.commands.simulate").staffed_offices(SINCE)
    of_procedure = {office.offering.procedure_id: office.offering for office in offices}
    places = []
    for offering in of_procedure.values():
        version = offering.procedure.versions.on(SINCE.date()).get()
        workflow = offering.procedure.workflows.latest("number")
        own = [(offering.competent_unit, offering.receiving_unit)]
        pairs = _desks() if offering.competent_unit.level == "COMMUNE" else own
        for agency, desk in pairs:
            elsewhere = next(other.pk for _, other in _desks() if other.pk != desk.pk)
            places.append(Place(version.pk, workflow.pk, agency.pk, desk.pk, elsewhere, _identifier(agency)))
    return places


@cache
def _desks() -> list[tuple["Unit", "Unit"]]:
    """Each commune's body with its desk, where people hand in."""
    units = import_module("motcua.organisations.models").Unit.objects.on(SINCE.date()).select_related("parent")
    desks = [unit for unit in units.order_by("pk") if unit.parent and unit.parent.level == "COMMUNE"]
    return [(desk.parent, desk) for desk in desks]


@cache
def _identifier(agency: "Unit") -> str:
    identifier: str = import_module("motcua.organisations.facts").agency_identifier(agency, SINCE.date())
    return identifier


def _live(places: Sequence[Place]) -> Iterator[tuple[Place, Replayed]]:
    limits = import_module("motcua.dossiers.facts").limit_for
    versions = import_module("motcua.catalogue.models").ProcedureVersion.objects.prefetch_related("channels")
    known = versions.in_bulk({place.version_id for place in places})
    chance, calendar = random.Random(20251101), working_calendar()
    seconds = (UNTIL - SINCE).total_seconds()
    for _ in range(COUNT):
        place = chance.choice(places)
        day = SINCE + timedelta(seconds=chance.uniform(-20 * 86400, seconds))
        limit = limits(known[place.version_id], "ONLINE")
        ground = Ground(limit, chance.random() < ELSEWHERE, calendar, UNTIL)
        yield place, Replayed(ground, chance, day.replace(hour=chance.randrange(7, 20), microsecond=0)).live()


def _write(lives: Sequence[tuple[Place, Replayed]]) -> None:
    data = import_module("benchmarks.data")
    user = import_module("motcua.accounts.models").User.objects.order_by("pk").first()
    paper = import_module("motcua.documents.models").IssuedDocument.objects.create(
        subject="replay", kind="SUPPLEMENT_REQUEST", number="replay", data={}, issued_at=SINCE, issued_by=user
    )
    data.copy_rows("dossiers_dossier", _dossier_rows(lives))
    data.copy_rows("dossiers_formerpromise", _former_rows(lives))
    asked = {"reason": "", "basis": "", "after_acceptance": True, "requested_by_id": user.pk, "document_id": paper.pk}
    owed = {"basis": "", "notice_no": "1", "amount_vnd": 1, "asked_by_id": user.pk, "proof": ""}
    data.copy_rows("dossiers_supplementrequest", _wait_rows(lives, asked, ("requested_at", "completed_at")))
    data.copy_rows("dossiers_financialobligation", _wait_rows(lives, owed, ("asked_at", "settled_at")))
    with import_module("django.db").connection.cursor() as cursor:
        cursor.execute("ANALYZE dossiers_dossier, dossiers_formerpromise, dossiers_supplementrequest")


def _dossier_rows(lives: Sequence[tuple[Place, Replayed]]) -> Iterator[dict[str, Any]]:
    numbers = defaultdict[tuple[str, object], int](int)
    for pk, (place, life) in enumerate(lives, start=1):
        code = None
        if life.accepted_at and life.regime:
            on = in_hanoi(life.accepted_at).date()
            numbers[place.identifier, on] += 1
            code = dossier_code(life.regime, place.identifier, on, numbers[place.identifier, on])
        yield _STEM | {
            "id": pk,
            "reference": f"R-{pk:012}",
            "code": code,
            "draft_key": uuid.UUID(int=pk),
            "status": life.status.value,
            "regime": life.regime or "",
            "procedure_version_id": place.version_id,
            "workflow_id": place.workflow_id,
            "receiving_unit_id": place.desk_elsewhere_id if life.ground.is_elsewhere else place.desk_id,
            "competent_unit_id": place.competent_unit_id,
            "filing_channel": ("ONLINE", "ONLINE", "DIRECT", "POSTAL")[pk % 4],
            "created_at": life.submitted_at or life.now,
            "submitted_at": life.submitted_at,
            "accepted_at": life.accepted_at,
            "due_at": life.due_at,
            "due_is_provisional": False,
            "promise_cause": life.cause.value,
            "counted_from": life.facts.counted_from if life.facts else None,
            "counted_because": life.facts.beginning.value if life.facts else "ACCEPTED",
            "finished_at": life.finished_at,
            "closed_at": life.closed_at,
        }


def _former_rows(lives: Sequence[tuple[Place, Replayed]]) -> Iterator[dict[str, Any]]:
    for pk, (_, life) in enumerate(lives, start=1):
        for due_at, cause, replaced_at in life.former:
            row = {"dossier_id": pk, "due_at": due_at, "cause": cause.value, "derivation": "{}"}
            yield {**row, "replaced_at": replaced_at}


def _wait_rows(
    lives: Sequence[tuple[Place, Replayed]], stem: dict[str, Any], names: tuple[str, str]
) -> Iterator[dict[str, Any]]:
    is_asking = names[0] == "requested_at"
    for pk, (_, life) in enumerate(lives, start=1):
        for status, since, until in life.waits:
            if (status in SUPPLEMENTING) is is_asking:
                yield {"dossier_id": pk, **stem, names[0]: since, names[1]: until}


def _months() -> Iterator[tuple[datetime, datetime]]:
    since = SINCE
    while since < UNTIL:
        until = (since + timedelta(days=32)).replace(day=1)
        yield since, until
        since = until


def _check(months: Sequence[Period], tables: Sequence[dict["ReportLine", Settlement]]) -> None:
    before: dict[ReportLine, Settlement] = {}
    lines = 0
    for period, table in zip(months, tables, strict=True):
        counted = _counts(period)
        if counted.keys() != table.keys():
            raise IdentityBroken(period.since, counted.keys() ^ table.keys())
        for line, (totals, carried) in counted.items():
            former = before.get(line, NOTHING) if before else None
            broken = broken_identities(table[line], totals, former)
            if broken or table[line].carried_over != carried:
                raise IdentityBroken(period.since, line, broken)
            lines += 1
        before = table
        whole = sum(table.values(), NOTHING)
        print(
            f"{period.since:%m/%Y}: received {whole.received:,} (carried over {whole.carried_over:,}), settled "
            f"{whole.settled:,} (late {whole.late:,}), in progress {whole.in_progress:,} (overdue {whole.overdue:,})"
        )
    print(f"{lines:,} lines of a unit, a month and a sector: every identity holds")


def _counts(period: Period) -> dict["ReportLine", tuple[ReportedTotals, int]]:
    line = import_module("motcua.dossiers.queries.settlement").ReportLine
    with import_module("django.db").connection.cursor() as cursor:
        cursor.execute(_COUNTED, {"since": period.since, "until": period.until})
        rows = cursor.fetchall()
    return {
        line(unit, sector): (ReportedTotals(came + carried, ended, still), carried)
        for unit, sector, came, carried, ended, still in rows
    }


def _check_year(tables: Sequence[dict["ReportLine", Settlement]]) -> None:
    """The year has what its months have: what came in, what was settled, what is left."""
    *months, year = (sum(table.values(), NOTHING) for table in tables)
    came = sum(month.received - month.carried_over for month in months)
    settled = sum(month.settled for month in months)
    expected = (came + months[0].carried_over, settled, months[-1].in_progress)
    if (year.received, year.settled, year.in_progress) != expected:
        raise IdentityBroken(year, expected)
    print(f"the year: received {year.received:,}, settled {year.settled:,}, in progress {year.in_progress:,}")


def _check_regimes() -> None:
    """Each dossier is under the regime of its acceptance, and only R2026 counts from the agency's receipt (B-12)."""
    with import_module("django.db").connection.cursor() as cursor:
        cursor.execute(_BY_REGIME)
        for regime, from_agency, count, first, last in cursor.fetchall():
            is_right = regime_on(first) == regime_on(last) == regime and not (from_agency and regime == Regime.R2025)
            if not is_right:
                raise IdentityBroken(regime, from_agency, first, last)
            where = "counted from the agency's receipt" if from_agency else "counted from acceptance or restart"
            print(f"{regime}: {count:,} {where}, accepted {first} to {last}")


if __name__ == "__main__":
    main()
