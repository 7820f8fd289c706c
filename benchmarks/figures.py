"""How fast reports are over five years of ten million dossiers, what following figures costs an act, and counting in.

The sums are written as the job would leave them, a procedure of a unit having about one and a third dossiers on a
working day; FIGURE_YEARS makes them fewer. What an act costs is measured on whole lives, with the marks and without, in
turn; counting in and the recount on the dossiers those lives left.
"""

import os
import statistics
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING, Any

from benchmarks.installation import installed, machine
from benchmarks.latencies import timed

if TYPE_CHECKING:
    from tests.make import Office

YEARS = int(os.environ.get("FIGURE_YEARS", "5"))
LIVES = int(os.environ.get("FIGURE_LIVES", "40"))
UNITS, PROCEDURES, ROUNDS = 60, 100, 5
FIRST = date(2021, 1, 1)
_ONE_AND_A_THIRD = "CASE WHEN (unit.id + procedure.id + day::int) % 3 = 0 THEN 2 ELSE 1 END"
_DAYS = f"""
INSERT INTO reporting_tally (span, since, unit_id, procedure_id, accepted_online, accepted_direct, accepted_postal,
    result_early, result_on_time, result_late, ended_early, ended_on_time, ended_late, extended_early,
    extended_on_time, due, waiting, overdue)
SELECT 'DAY', %(first)s::date + day::int, unit.id, procedure.id, came, 0, 0, came, 0, 0, 0, 0, 0, 0, 0, came,
    day::int %% 2, 0
FROM generate_series(0, %(days)s) day, unnest(%(units)s::bigint[]) unit(id),
    unnest(%(procedures)s::bigint[]) procedure(id),
    LATERAL (SELECT {_ONE_AND_A_THIRD.replace("%", "%%")} AS came) AS counted
WHERE extract(isodow FROM %(first)s::date + day::int) < 6
"""
_SUMMED = """
INSERT INTO reporting_tally (span, since, unit_id, procedure_id, accepted_online, accepted_direct, accepted_postal,
    result_early, result_on_time, result_late, ended_early, ended_on_time, ended_late, extended_early,
    extended_on_time, due, waiting, overdue)
SELECT %(span)s::text, date_trunc(%(span)s::text, since)::date, unit_id, procedure_id, sum(accepted_online), 0, 0,
    sum(result_early), 0, 0, 0, 0, 0, 0, 0, sum(due), sum(waiting), 0
FROM reporting_tally WHERE span = 'DAY' GROUP BY 2, 3, 4
"""


def main() -> None:
    """Measure and print."""
    with installed(is_durable=True):
        print(machine())
        data = import_module("benchmarks.data")
        offices = data.make_offices(UNITS)
        _cost_of_acts(offices[:2])
        _count_in()
        _write_sums(offices)
        _reports(offices)


def _cost_of_acts(offices: Sequence["Office"]) -> None:
    """Whole lives by the commands, with the marks and without in turn, so that both meet the same machine."""
    make = import_module("tests.make")
    done = import_module("motcua.rules.transitions").Status.RETURNED
    rates: dict[bool, list[float]] = {True: [], False: []}
    for number in range(2 * ROUNDS + 2):
        is_marked = number % 2 == 0
        _set_marks("ENABLE" if is_marked else "DISABLE")

        def live() -> None:
            for _ in range(LIVES):
                make.make_dossier(office=offices[0], status=done)

        seconds = timed(live)
        if number > 1:
            rates[is_marked].append(seconds / LIVES)
    _set_marks("ENABLE")
    marked, plain = (statistics.median(rates[one]) for one in (True, False))
    print(f"a life of a dossier by commands: {plain * 1000:.1f} ms without marks, {marked * 1000:.1f} ms with")
    print(f"  marks cost {100 * (marked / plain - 1):+.1f} % (goal: below 15 %)")


def _set_marks(how: str) -> None:
    triggers = {
        "dossiers_dossier": ("reporting_dossier_added", "reporting_dossier_changed"),
        "dossiers_supplementrequest": ("reporting_supplement",),
        "dossiers_formerpromise": ("reporting_former_promise",),
    }
    with import_module("django.db").connection.cursor() as cursor:
        for table, names in triggers.items():
            for name in names:
                cursor.execute(f"ALTER TABLE {table} {how} TRIGGER {name}")


def _count_in() -> None:
    counting = import_module("motcua.reporting.commands.count_in")
    counting.mark_all()
    count = import_module("motcua.dossiers.models").Dossier.objects.filter(accepted_at__isnull=False).count()

    def count_all() -> None:
        while counting.count_in_next():
            continue

    seconds = timed(count_all)
    print(f"counting in: {count:,} dossiers, {count / seconds:,.0f} a second")
    rules = import_module("motcua.rules.settlement")
    period = rules.Period(import_module("tests.make").MONDAY, import_module("tests.make").MONDAY + timedelta(days=30))
    query = import_module("motcua.dossiers.queries.settlement").settlement_by_line
    every = import_module("motcua.dossiers.models").Dossier.objects.all()
    seconds = timed(lambda: query([period], every))
    print(f"recount from the dossiers: {seconds * 1000:.0f} ms for {count:,}, {count / seconds:,.0f} a second")


def _write_sums(offices: Sequence["Office"]) -> None:
    make = import_module("tests.make")
    procedures = [make.make_procedure(title=f"Thủ tục {number}").pk for number in range(PROCEDURES)]
    units = [office.offering.competent_unit_id for office in offices]
    given = {"first": FIRST, "days": YEARS * 365, "units": units, "procedures": procedures}
    tally = import_module("motcua.reporting.models").Tally

    def write() -> None:
        tally.objects.all().delete()
        with import_module("django.db").connection.cursor() as cursor:
            cursor.execute(_DAYS, given)
            for span in ("MONTH", "YEAR"):
                cursor.execute(_SUMMED, {"span": span})
            cursor.execute("VACUUM ANALYZE reporting_tally")

    seconds = timed(write)
    models = import_module("django.db.models")
    rows = tally.objects.count()
    dossiers = tally.objects.filter(span="YEAR").aggregate(count=models.Sum("accepted_online"))["count"]
    print(f"{dossiers:,} dossiers over {YEARS} years in {rows:,} sums, written in {seconds:.0f} s")


def _reports(offices: Sequence["Office"]) -> None:
    sums = import_module("motcua.reporting.queries.sums")
    table = import_module("motcua.reporting.queries.settlement_table").settlement_table
    periods = import_module("motcua.rules.periods")
    last = FIRST.year + YEARS - 1
    whole_time = periods.ReportPeriod(periods.PeriodKind.YEAR, last, 1, FIRST, date(last, 12, 31))
    asked = {
        "month": periods.report_period(periods.PeriodKind.MONTH, last, 12),
        "quarter": periods.report_period(periods.PeriodKind.QUARTER, last, 3),
        "year": periods.report_period(periods.PeriodKind.YEAR, last),
        "all years": whole_time,
    }
    one = frozenset({offices[0].offering.competent_unit_id})
    for name, period in asked.items():
        for units, of in ((one, "one unit"), (None, "all units")):
            for by in sums.GroupBy:
                wanted = sums.Wanted(by, units)
                seconds = _times(partial(table, period, wanted))
                print(f"{name}, {of}, by {by.value.lower()}: {_spread(seconds)}")


def _times(act: Callable[[], Any]) -> list[float]:
    act()
    return [timed(act) for _ in range(ROUNDS)]


def _spread(seconds: Sequence[float]) -> str:
    return f"median {statistics.median(seconds) * 1000:.0f} ms, slowest {max(seconds) * 1000:.0f} ms"


if __name__ == "__main__":
    main()
