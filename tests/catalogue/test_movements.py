"""The counts of the catalogue, gathered from what was published, amended, abolished and offered."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from motcua.catalogue.commands.withdraw_procedure import withdraw_procedure
from motcua.catalogue.models import Offering, Procedure, ProcedureVersion
from motcua.catalogue.queries.movements import Breakdown, MovementLine, movement_table
from motcua.rules.catalogue_counts import Movement
from tests.catalogue.test_catalogue_on_a_day import published
from tests.make import LONG_AGO, MONDAY, make_offering, make_unit

pytestmark = pytest.mark.django_db

FIRST, LAST = date(2026, 1, 1), date(2026, 9, 30)
MAY, JUNE = date(2026, 5, 4), date(2026, 6, 1)


@pytest.fixture
def catalogue() -> None:
    """One amended to another level, one abolished for another, two new, one of a draft, one to come."""
    published("1.000001", LONG_AGO, level="PROVINCE")
    published("1.000001", MAY, level="COMMUNE")
    published("1.000002", LONG_AGO)
    published("1.000003", JUNE, sector="Xây dựng")
    published("1.000004", MAY, title="Cấp lại giấy phép")
    published("1.000005", date(2026, 10, 1))
    replacing = Procedure.objects.get(code="1.000003")
    withdraw_procedure(
        procedure=Procedure.objects.get(code="1.000002"), on=JUNE, replaced_by=replacing, actor=None, at=MONDAY
    )
    ProcedureVersion.objects.create(
        procedure=replacing, number=9, valid_from=MAY, valid_until=JUNE, title="Dự thảo", level="OTHER"
    )


def lines(by: Breakdown) -> list[MovementLine]:
    return list(movement_table(FIRST, LAST, by).lines)


@pytest.mark.usefixtures("catalogue")
@pytest.mark.parametrize("by", Breakdown)
def test_everything_together_is_the_same_however_it_is_broken_down(by: Breakdown) -> None:
    table = movement_table(FIRST, LAST, by)

    assert table.total == Movement(before=2, new=2, amended=1, abolished=1, replaced=1, after=3)
    assert table.adds_up


@pytest.mark.usefixtures("catalogue")
def test_a_level_loses_what_another_wins() -> None:
    assert lines(Breakdown.LEVEL) == [
        MovementLine("Cấp tỉnh", Movement(before=1, moved_out=1)),
        MovementLine("Cấp xã", Movement(before=1, new=2, abolished=1, replaced=1, moved_in=1, after=3)),
    ]


@pytest.mark.usefixtures("catalogue")
def test_sectors_come_in_vietnamese_order() -> None:
    assert lines(Breakdown.SECTOR) == [
        MovementLine("Hộ tịch", Movement(before=2, new=1, amended=1, abolished=1, replaced=1, after=2)),
        MovementLine("Xây dựng", Movement(new=1, after=1)),
    ]


@pytest.mark.usefixtures("catalogue")
def test_a_unit_counts_what_it_decides_while_it_does() -> None:
    here, there = make_unit(name="Xã A"), make_unit(name="Xã B")
    first, third = (Procedure.objects.get(code=code) for code in ("1.000001", "1.000003"))
    for procedure, unit, valid_from, valid_until in (
        (first, here, LONG_AGO, MAY),
        (first, there, MAY, None),
        (third, there, LONG_AGO, None),
    ):
        Offering.objects.create(
            procedure=procedure,
            competent_unit=unit,
            receiving_unit=unit,
            valid_from=valid_from,
            valid_until=valid_until,
        )

    assert lines(Breakdown.UNIT) == [
        MovementLine("Xã A", Movement(before=1, moved_out=1)),
        MovementLine("Xã B", Movement(new=1, moved_in=1, after=2)),
    ]


def test_a_version_that_was_to_begin_after_the_end_was_never_in_force() -> None:
    published("1.000001", LONG_AGO)
    published("1.000001", JUNE, title="Không bao giờ")
    withdraw_procedure(procedure=Procedure.objects.get(), on=MAY, replaced_by=None, actor=None, at=MONDAY)

    assert movement_table(FIRST, LAST, Breakdown.LEVEL).total == Movement(before=1, abolished=1)


@pytest.mark.parametrize(("by", "expected"), [(Breakdown.LEVEL, 1), (Breakdown.SECTOR, 2), (Breakdown.UNIT, 2)])
@pytest.mark.parametrize("many", [1, 30])
def test_the_table_takes_two_queries_at_most(by: Breakdown, expected: int, many: int) -> None:
    for _ in range(many):
        make_offering()

    with CaptureQueriesContext(connection) as queries:
        table = movement_table(FIRST, LAST, by)

    assert (len(queries), table.total.after) == (expected, many)
