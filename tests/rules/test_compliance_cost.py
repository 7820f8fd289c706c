"""The table of compliance costs: worked by hand, and what must hold of any table (C-16)."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.rules.compliance_cost import (
    WORKING_HOURS_A_YEAR,
    Activity,
    CostRow,
    Saving,
    cost_a_year,
    cost_once,
    hourly_income,
    saving,
    total_a_year,
    total_once,
)

hours = st.decimals(0, 500, places=2)
money = st.integers(0, 50_000_000)
incomes = st.integers(0, 500_000)


@st.composite
def cost_rows(draw: st.DrawFn) -> CostRow:
    return CostRow(
        activity=draw(st.sampled_from(Activity)),
        hours=draw(hours),
        service_vnd=draw(money),
        fee_vnd=draw(money),
        times=draw(st.decimals(0, 365, places=2)),
        subjects=draw(st.integers(0, 100_000)),
    )


tables = st.lists(cost_rows(), max_size=12)


def row(
    hours: str = "0", service: int = 0, fee: int = 0, times: str = "1", subjects: int = 1, of: Activity = Activity.OTHER
) -> CostRow:
    return CostRow(of, Decimal(hours), service, fee, Decimal(times), subjects)


BUILDING_PERMIT = [
    row("2", 0, 0, "1", 300, Activity.PREPARE),
    row("4.5", 3_000_000, 0, "1", 300, Activity.PREPARE),
    row("1.5", 0, 0, "1", 300, Activity.SUBMIT),
    row("0.25", 0, 75_000, "1", 300, Activity.PAY),
    row("1", 0, 0, "0.5", 300, Activity.INSPECTION),
    row("1.5", 0, 0, "1", 300, Activity.RECEIVE),
]


def test_a_year_of_work_has_2112_hours() -> None:
    assert WORKING_HOURS_A_YEAR == 2112


@pytest.mark.parametrize(
    ("yearly", "an_hour"),
    [
        pytest.param(105_600_000, 50_000, id="even"),
        pytest.param(0, 0, id="nothing"),
        pytest.param(1055, 0, id="just under half a dong"),
        pytest.param(1056, 1, id="half a dong goes up"),
    ],
)
def test_the_income_of_an_hour(yearly: int, an_hour: int) -> None:
    assert hourly_income(yearly) == an_hour


def test_a_province_may_divide_by_other_hours() -> None:
    assert hourly_income(104_000_000, 2080) == 50_000


@pytest.mark.parametrize(
    ("one", "once", "a_year"),
    [
        pytest.param(row("2", subjects=300), 100_000, 30_000_000, id="own work"),
        pytest.param(row("4.5", 3_000_000, subjects=300), 3_225_000, 967_500_000, id="an adviser is paid"),
        pytest.param(row("0.25", 0, 75_000, subjects=300), 87_500, 26_250_000, id="a fee is paid"),
        pytest.param(row("1", times="0.5", subjects=300), 50_000, 7_500_000, id="every second year"),
        pytest.param(row("0.01", times="0.01"), 500, 5, id="small"),
        pytest.param(row(fee=1, times="0.5"), 1, 1, id="half a dong a year goes up"),
        pytest.param(row(fee=1, times="0.49"), 1, 0, id="less than half goes down"),
        pytest.param(row("2", 5, 5, subjects=0), 100_010, 0, id="nobody"),
    ],
)
def test_what_a_row_costs(one: CostRow, once: int, a_year: int) -> None:
    assert cost_once(one, 50_000) == once
    assert cost_a_year(one, 50_000) == a_year


def test_half_a_dong_of_work_goes_up() -> None:
    assert cost_once(row("0.5"), 1) == 1
    assert cost_once(row("0.49"), 1) == 0


def test_a_building_permit_worked_by_hand() -> None:
    assert total_once(BUILDING_PERMIT, 50_000) == 100_000 + 3_225_000 + 75_000 + 87_500 + 50_000 + 75_000
    assert total_a_year(BUILDING_PERMIT, 50_000) == 1_076_250_000


def test_the_saving_of_not_needing_an_adviser() -> None:
    after = [replace(one, service_vnd=0) for one in BUILDING_PERMIT]

    found = saving(total_a_year(BUILDING_PERMIT, 50_000), total_a_year(after, 50_000))

    assert found == Saving(1_076_250_000, 176_250_000, 900_000_000, Decimal("83.62"))


@pytest.mark.parametrize(
    ("before", "after", "rate"),
    [
        pytest.param(0, 0, None, id="nothing was paid"),
        pytest.param(0, 5, None, id="nothing was paid, now something is"),
        pytest.param(100, 0, Decimal("100.00"), id="abolished"),
        pytest.param(100, 150, Decimal("-50.00"), id="dearer"),
        pytest.param(20_000, 19_999, Decimal("0.01"), id="half a hundredth goes up"),
        pytest.param(20_001, 20_000, Decimal("0.00"), id="less goes down"),
    ],
)
def test_the_rate_of_a_saving(before: int, after: int, rate: Decimal | None) -> None:
    assert saving(before, after).rate == rate
    assert saving(before, after).saved_vnd == before - after


@given(tables, tables, incomes)
def test_tables_add_up(one: list[CostRow], other: list[CostRow], income: int) -> None:
    assert total_a_year([*one, *other], income) == total_a_year(one, income) + total_a_year(other, income)


@given(cost_rows(), incomes, hours, money, money)
def test_nothing_more_to_do_ever_makes_it_cheaper(
    one: CostRow, income: int, more: Decimal, service: int, fee: int
) -> None:
    dearer = replace(one, hours=one.hours + more, service_vnd=one.service_vnd + service, fee_vnd=one.fee_vnd + fee)

    assert cost_once(dearer, income) >= cost_once(one, income) >= 0
    assert cost_a_year(dearer, income) >= cost_a_year(one, income) >= 0
    assert cost_a_year(replace(one, subjects=one.subjects + 1), income) >= cost_a_year(one, income)
    assert cost_a_year(one, income + 1) >= cost_a_year(one, income)


@given(tables, incomes)
def test_the_same_table_saves_nothing(table: list[CostRow], income: int) -> None:
    total = total_a_year(table, income)

    found = saving(total, total_a_year(list(reversed(table)), income))

    assert found.saved_vnd == 0
    assert found.rate in {None, Decimal(0)}


@given(st.integers(0, 10**13), st.integers(0, 10**13))
def test_a_saving_is_never_above_all_of_it(before: int, after: int) -> None:
    found = saving(before, after)

    assert found.before_vnd - found.saved_vnd == found.after_vnd
    assert found.rate is None or found.rate <= 100
