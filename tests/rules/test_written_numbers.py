"""Numbers and amounts as people write them."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.rules.written_numbers import NumberUnclear, amount_said, as_said, number_said


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("15", "15"),
        (" 1500 ", "1500"),
        ("1,5", "1.5"),
        ("1.5", "1.5"),
        ("1,50", "1.5"),
        ("0.125", "0.125"),
        ("0,125", "0.125"),
        ("1500.125", "1500.125"),
        ("12,3450", "12.345"),
        (",5", "0.5"),
        ("5.", "5"),
        ("-5", "-5"),
        ("1.500.000", "1500000"),
        ("1,500,000", "1500000"),
        ("1 500", "1500"),
        ("1\u00a0500,25", "1500.25"),
        ("1.500,25", "1500.25"),
        ("1,500.250", "1500.25"),
    ],
)
def test_a_number_is_read_as_it_is_meant(text: str, number: str) -> None:
    assert number_said(text) == Decimal(number)


@pytest.mark.parametrize("text", ["", "hai", "1.2.3", "1.500.000.5", "1,50,000", "1e3", "5-", ".", "1 50", "1.500 000"])
def test_what_is_no_number_is_none(text: str) -> None:
    assert number_said(text) is None


@pytest.mark.parametrize(
    ("text", "whole", "part"), [("1.500", "1500", "1.5"), ("1,500", "1500", "1.5"), ("-12.345", "-12345", "-12.345")]
)
def test_what_reads_as_two_numbers_is_read_as_neither(text: str, whole: str, part: str) -> None:
    with pytest.raises(NumberUnclear) as unclear:
        number_said(text)

    assert (unclear.value.whole, unclear.value.part) == (Decimal(whole), Decimal(part))


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("500000", 500_000),
        ("500.000", 500_000),
        ("500,000", 500_000),
        ("1 500 000", 1_500_000),
        ("1,500,000", 1_500_000),
        ("0", 0),
        ("500,5", None),
        ("500.50", None),
        ("1.500,000", None),
        ("1.500.00", None),
        ("5 tỷ", None),
        ("", None),
    ],
)
def test_an_amount_has_no_decimals(text: str, amount: int | None) -> None:
    assert amount_said(text) == amount


@given(st.decimals(-(10**9), 10**9, places=4))
def test_what_is_written_reads_back(number: Decimal) -> None:
    assert number_said(as_said(number)) == number
