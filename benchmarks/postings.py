"""How long the overview of postings takes: 45 communes and 20 departments, 1,800 procedures, five years of boards.

Run: python -m benchmarks postings. Every desk confirms its whole board twice a year, and the new texts of each month
alone. The query functions are measured whole, with what they read: every desk as a process asks first, remembering
nothing, as it is asked again, and after the word of one desk; one desk; and, in the same run, a plain count of all
lines ever confirmed: the ratio says what the answer costs beside reading the table once.
"""

import random
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING

from benchmarks.installation import installed, machine
from benchmarks.latencies import Latencies, timed

if TYPE_CHECKING:
    from motcua.accounts.models import User
    from motcua.catalogue.models import ProcedureVersion
    from motcua.organisations.models import Unit
    from motcua.posting.models import PostingConfirmation

COMMUNES, DEPARTMENTS = 45, 20
OF_COMMUNES, OF_DEPARTMENTS = 400, 1_400
VERSIONS = 3
ROUNDS = 15
GOAL_MS = 300.0
FIRST_DAY, TODAY = date(2021, 11, 1), date(2026, 11, 30)
MONTHS = 60


def main() -> None:
    """Print the latencies of the query functions and their ratio to a count of the lines."""
    with installed(is_durable=True):
        from django.db import connection  # noqa: PLC0415  # Django is loaded by `installed`
        from django.test.utils import CaptureQueriesContext  # noqa: PLC0415

        from motcua.organisations.models import Unit  # noqa: PLC0415
        from motcua.posting.models import PostingConfirmation, PostingLine  # noqa: PLC0415
        from motcua.posting.queries.board import board_lines  # noqa: PLC0415
        from motcua.posting.queries.desks import forget  # noqa: PLC0415
        from motcua.posting.queries.overview import overview  # noqa: PLC0415

        desk = _fill()
        unit = Unit.objects.get(code=desk)
        print(machine())
        print(
            f"{COMMUNES} communes, {DEPARTMENTS} departments, {OF_COMMUNES + OF_DEPARTMENTS:,} procedures, "
            f"{PostingConfirmation.objects.count():,} confirmations with {PostingLine.objects.count():,} lines"
        )
        found = overview(TODAY)
        print(f"{found.total:,} postings at {len(found.places)} desks, {found.right:,} right")
        said = PostingConfirmation.objects.filter(unit=unit).latest("pk")
        nothing: Callable[[], object] = lambda: None  # noqa: E731  # one of three
        asked: dict[str, tuple[Callable[[], object], Callable[[], object]]] = {
            "every desk, first": (forget, lambda: overview(TODAY)),
            "every desk, again": (nothing, lambda: overview(TODAY)),
            "after a word of one": (lambda: _say_again(said), lambda: overview(TODAY)),
            "one desk": (nothing, lambda: board_lines(unit, TODAY)),
        }
        counted = Latencies.of([timed(PostingLine.objects.count) for _ in range(ROUNDS)])
        print(f"{'count of the lines':22} {counted}")
        for name, (before, ask) in asked.items():
            ours = Latencies.of([(before(), timed(ask))[1] for _ in range(ROUNDS if before is not forget else 5)])
            before()
            with CaptureQueriesContext(connection) as queries:
                ask()
            slowest = max(float(query["time"]) for query in queries.captured_queries) * 1000
            verdict = "" if ours.p50 <= GOAL_MS else f"   over the goal of {GOAL_MS:.0f} ms"
            print(
                f"{name:22} {ours}   ratio p50 {ours.p50 / counted.p50:.1f}   {len(queries)} queries, "
                f"the slowest {slowest:.0f} ms{verdict}"
            )


def _say_again(said: "PostingConfirmation") -> None:
    """Write another confirmation like `said`, as its desk would today."""
    from motcua.posting.models import PostingConfirmation, PostingLine  # noqa: PLC0415  # as above

    row = PostingConfirmation.objects.create(
        unit_id=said.unit_id,
        act=said.act,
        kind=said.kind,
        on=TODAY,
        confirmed_by_id=said.confirmed_by_id,
        confirmed_at=datetime.combine(TODAY, time(9), UTC),
    )
    lines = said.lines.values_list("procedure", "version")
    PostingLine.objects.bulk_create(PostingLine(confirmation=row, procedure_id=p, version_id=v) for p, v in lines)


def _fill() -> str:
    """Write the rows and return the code of the desk of a commune."""
    from django.db import connection  # noqa: PLC0415  # Django is loaded by `installed`

    from motcua.catalogue.models import Offering, Procedure, ProcedureVersion  # noqa: PLC0415
    from motcua.rules.vietnamese import search_key, sort_key  # noqa: PLC0415
    from tests.make import make_procedure, make_unit, make_user  # noqa: PLC0415

    pick = random.Random(20261130)
    sector, officer = make_procedure().sector, make_user()
    Procedure.objects.update(withdrawn_on=FIRST_DAY)
    titles = [f"Thủ tục thứ {number}" for number in range(OF_COMMUNES + OF_DEPARTMENTS)]
    procedures = Procedure.objects.bulk_create(
        Procedure(
            code=f"2.{number:06}", title=title, sector=sector, sort_key=sort_key(title), search_key=search_key(title)
        )
        for number, title in enumerate(titles)
    )
    begins = {one.pk: sorted(pick.sample(range(30, 1_850), VERSIONS - 1)) for one in procedures}
    versions = ProcedureVersion.objects.bulk_create(
        (
            ProcedureVersion(
                procedure=one,
                number=number + 1,
                valid_from=FIRST_DAY + timedelta(days=since),
                valid_until=FIRST_DAY + timedelta(days=until) if until else None,
                published_at=datetime.combine(FIRST_DAY + timedelta(days=since), time(8), UTC),
                title=one.title,
                level="COMMUNE",
            )
            for one in procedures
            for number, (since, until) in enumerate(zip([0, *begins[one.pk]], [*begins[one.pk], None], strict=True))
        ),
        batch_size=1000,
    )
    texts: dict[int, list[ProcedureVersion]] = {}
    for version in versions:
        texts.setdefault(version.procedure_id, []).append(version)
    of_communes, of_departments = procedures[:OF_COMMUNES], procedures[OF_COMMUNES:]
    each = OF_DEPARTMENTS // DEPARTMENTS
    boards = {make_unit(): of_communes for _ in range(COMMUNES)}
    boards |= {make_unit(): of_departments[each * n : each * (n + 1)] for n in range(DEPARTMENTS)}
    Offering.objects.bulk_create(
        Offering(procedure=one, competent_unit=unit, receiving_unit=unit, valid_from=since, valid_until=until)
        for unit, board in boards.items()
        for one in board
        for since, until in _periods(pick)
    )

    for unit, board in boards.items():
        _confirm(unit, [texts[one.pk] for one in board], officer, pick)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    return next(iter(boards)).code


def _confirm(unit: "Unit", board: "list[list[ProcedureVersion]]", officer: "User", pick: random.Random) -> None:
    """Confirm the board of a desk month by month: twice a year all of it, else what is new, of ten texts nine."""
    from motcua.posting.models import PostingConfirmation, PostingLine  # noqa: PLC0415  # as above

    slow = pick.randrange(1, 12)
    for month in range(MONTHS):
        on = FIRST_DAY + timedelta(days=30 * month + slow)
        holding = [next(one for one in reversed(texts) if one.valid_from <= on) for texts in board]
        news = [one for one in holding if one.valid_from > on - timedelta(days=30)]
        lines = holding if month % 6 == 0 else pick.sample(news, len(news) * 9 // 10)
        if not lines:
            continue
        row = PostingConfirmation.objects.create(
            unit=unit,
            act="PUT_UP",
            kind="BOARD",
            on=on,
            shows_feedback=True,
            confirmed_by=officer,
            confirmed_at=datetime.combine(on, time(9), UTC),
        )
        PostingLine.objects.bulk_create(
            PostingLine(confirmation=row, procedure_id=one.procedure_id, version=one) for one in lines
        )


def _periods(pick: random.Random) -> list[tuple[date, date | None]]:
    """Return when a desk receives a procedure: of ten, one is decided by another unit from a day on."""
    if pick.randrange(10):
        return [(FIRST_DAY, None)]
    moved = FIRST_DAY + timedelta(days=pick.randrange(100, 1_800))
    return [(FIRST_DAY, moved), (moved, None)]


if __name__ == "__main__":
    main()
