"""How long a page of the catalogue takes as of a past day, among 5,000 procedures with five versions each.

Run: python -m benchmarks catalogue_on_a_day. Filtered by sector, level and unit, with and without words, first and last
page; and, in the same run, a plain look-up of fifty rows by their keys: the ratio says what the day costs.
"""

import random
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

from benchmarks.installation import installed, machine
from benchmarks.latencies import Latencies, timed

CATALOGUE = 5_000
VERSIONS = 5
SECTORS = 60
DESKS = 45
OFFERED_AT_EACH = 400
ROUNDS = 60
FIRST_DAY = date(2020, 1, 1)
WORDS = [
    "cấp",
    "giấy",
    "phép",
    "đăng",
    "ký",
    "khai",
    "sinh",
    "kết",
    "hôn",
    "xây",
    "dựng",
    "nhà",
    "đất",
    "kinh",
    "doanh",
    "môi",
    "trường",
    "giáo",
    "dục",
    "y",
    "tế",
    "lao",
    "động",
]
STEP = "Người yêu cầu nộp hồ sơ tại bộ phận một cửa, công chức kiểm tra và ghi giấy tiếp nhận. " * 12


def main() -> None:
    """Print the latencies of the query function and the ratio to a look-up by key."""
    with installed(is_durable=True):
        from motcua.catalogue.models import ProcedureVersion  # noqa: PLC0415  # Django is loaded by `installed`
        from motcua.catalogue.queries.day import Narrowing, catalogue_on  # noqa: PLC0415

        desk = _fill()
        print(machine())
        print(f"{CATALOGUE} procedures, {CATALOGUE * VERSIONS} versions, {DESKS} desks, {ROUNDS} rounds")
        pick = random.Random(1)
        days = [FIRST_DAY + timedelta(days=pick.randrange(1, 2400)) for _ in range(ROUNDS)]
        asked: dict[str, Callable[[date], object]] = {
            "everything, first page": catalogue_on,
            "everything, last page": lambda day: catalogue_on(day, number=10**6),
            "sector": lambda day: catalogue_on(day, Narrowing(sector="s-7")),
            "unit": lambda day: catalogue_on(day, Narrowing(unit=desk)),
            "sector and unit": lambda day: catalogue_on(day, Narrowing(sector="s-7", unit=desk)),
            "sector, level and unit": lambda day: catalogue_on(day, Narrowing("s-7", "COMMUNE", desk)),
            "unit and words": lambda day: catalogue_on(day, Narrowing(unit=desk, text="giấy phép")),
            "words": lambda day: catalogue_on(day, Narrowing(text="khai sinh")),
        }
        keys = list(ProcedureVersion.objects.order_by("pk").values_list("pk", flat=True)[:50])

        def plain(_day: date) -> object:
            return list(ProcedureVersion.objects.filter(pk__in=keys).values_list("number", "title", "level"))

        by_key = Latencies.of([timed(lambda day=day: plain(day)) for day in days])  # type: ignore[misc]  # day is bound
        print(f"{'fifty rows by key':26} {by_key}")
        for name, ask in asked.items():
            ours = Latencies.of([timed(lambda day=day, ask=ask: ask(day)) for day in days])  # type: ignore[misc]  # bound
            print(f"{name:26} {ours}   ratio p50 {ours.p50 / by_key.p50:.1f}, p95 {ours.p95 / by_key.p95:.1f}")


def _fill() -> str:
    """Write the rows and return the code of a desk."""
    from django.db import connection  # noqa: PLC0415  # Django is loaded by `installed`

    from motcua.catalogue.models import Offering, Procedure, ProcedureVersion, Sector  # noqa: PLC0415
    from motcua.rules.vietnamese import search_key, sort_key  # noqa: PLC0415
    from tests.make import make_unit  # noqa: PLC0415

    pick = random.Random(20261130)
    sectors = Sector.objects.bulk_create(
        Sector(code=f"s-{n}", name=f"Lĩnh vực {n}", search_key=f"linh vuc {n}", sort_key=f"{n:04}")
        for n in range(SECTORS)
    )
    titles = [" ".join(pick.choices(WORDS, k=pick.randint(6, 25))) for _ in range(CATALOGUE)]
    procedures = Procedure.objects.bulk_create(
        Procedure(
            code=f"1.{n:06}",
            title=title,
            sector=pick.choice(sectors),
            sort_key=sort_key(title)[:400],
            search_key=search_key(title),
            withdrawn_on=FIRST_DAY + timedelta(days=pick.randrange(300, 2500)) if n % 10 == 0 else None,
        )
        for n, title in enumerate(titles)
    )
    ProcedureVersion.objects.bulk_create(
        (
            ProcedureVersion(
                procedure=procedure,
                number=number,
                valid_from=FIRST_DAY + timedelta(days=500 * (number - 1) + procedure.pk % 300),
                valid_until=FIRST_DAY + timedelta(days=500 * number + procedure.pk % 300)
                if number < VERSIONS
                else None,
                published_at=datetime(2020, 1, 1, tzinfo=UTC),
                title=procedure.title,
                level=pick.choice(("PROVINCE", "COMMUNE")),
                steps=[STEP],
            )
            for procedure in procedures
            for number in range(1, VERSIONS + 1)
        ),
        batch_size=1000,
    )
    desks = [make_unit() for _ in range(DESKS)]
    Offering.objects.bulk_create(
        Offering(procedure=procedure, competent_unit=desk, receiving_unit=desk, valid_from=FIRST_DAY)
        for desk in desks
        for procedure in pick.sample(procedures, OFFERED_AT_EACH)
    )
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    return desks[0].code


if __name__ == "__main__":
    main()
