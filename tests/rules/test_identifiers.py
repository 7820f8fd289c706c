"""Codes of agencies, procedures and dossiers, and public references."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.rules.identifiers import (
    REFERENCE_SPACE,
    IdentifierUnclear,
    ProcedureCodeUnclear,
    ReferenceUnclear,
    bare_procedure_code,
    dossier_code,
    is_procedure_code,
    parse_petition_code,
    parse_reference,
    petition_code,
    reference_code,
    to_new_order,
    to_old_order,
)
from motcua.rules.regimes import Regime


def groups(width: int) -> st.SearchStrategy[str]:
    return st.text("0123456789ABCXYZ", min_size=width, max_size=width).filter(lambda group: set(group) != {"0"})


@st.composite
def agencies(draw: st.DrawFn) -> str:
    province = draw(st.sampled_from("GH")) + draw(st.text("0123456789", min_size=2, max_size=2))
    below = [draw(groups(width)) for width in (2, 2, 3)[: draw(st.integers(0, 3))]]
    return ".".join([province, *below])


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("000.00.00.H18", "H18"),
        ("000.00.31.H18", "H18.31"),
        ("000.03.12.H18", "H18.12.03"),
        ("005.03.12.H18", "H18.12.03.005"),
    ],
)
def test_identifiers_convert_both_ways(old: str, new: str) -> None:
    assert to_new_order(old) == new
    assert to_old_order(new) == old


@given(agencies())
def test_there_and_back_is_the_same(agency: str) -> None:
    assert to_new_order(to_old_order(agency)) == agency


@pytest.mark.parametrize(
    "text",
    ["", "H18", "00.00.31.H18", "000.00.31.18H", "000.05.00.H18", "000.00.31.H18.", "000.00.3!.H18", "000.00.00.000"],
)
def test_what_is_no_old_identifier_is_refused(text: str) -> None:
    with pytest.raises(IdentifierUnclear) as refusal:
        to_new_order(text)

    assert refusal.value.text == text


@pytest.mark.parametrize(
    "text", ["", "18", "H18.", "H18.1", "H18.00", "H18.311", "H18.12.03.0055", "h18.31", "H18.12.03.005.1"]
)
def test_what_the_old_order_has_no_room_for_is_refused(text: str) -> None:
    with pytest.raises(IdentifierUnclear):
        to_old_order(text)


@pytest.mark.parametrize(
    ("regime", "agency", "on", "code"),
    [
        pytest.param(Regime.R2018, "000.00.31.H18", date(2021, 3, 26), "000.00.31.H18-210326-0012", id="TT 01/2018"),
        pytest.param(Regime.R2018, "H18.31", date(2021, 3, 26), "000.00.31.H18-210326-0012", id="known in new order"),
        pytest.param(Regime.R2025, "H18.31", date(2025, 7, 15), "H18.31-250715-0012", id="118/2025"),
        pytest.param(Regime.R2025, "000.00.31.H18", date(2025, 7, 15), "H18.31-250715-0012", id="known in old order"),
        pytest.param(Regime.R2026, "H18", date(2026, 8, 5), "H18-260805-0012", id="the province itself"),
    ],
)
def test_a_dossier_code_has_the_order_of_its_regime(regime: Regime, agency: str, on: date, code: str) -> None:
    assert dossier_code(regime, agency, on, 12) == code


DAYS = st.dates(date(2015, 5, 15), date(2099, 12, 31))
DOSSIERS = st.tuples(agencies(), DAYS, st.integers(1, 99_999))


@given(st.sampled_from(Regime), DOSSIERS, DOSSIERS)
def test_two_dossiers_never_share_a_code(
    regime: Regime, one: tuple[str, date, int], other: tuple[str, date, int]
) -> None:
    assert (dossier_code(regime, *one) == dossier_code(regime, *other)) == (one == other)


@given(st.sampled_from(Regime), agencies(), DAYS, st.integers(1, 99_999))
def test_a_code_gives_back_agency_day_and_number(regime: Regime, agency: str, on: date, number: int) -> None:
    written, day, sequence = dossier_code(regime, agency, on, number).split("-")

    assert (to_new_order(written) if regime < Regime.R2025 else written) == agency
    assert (f"20{day}", int(sequence)) == (f"{on:%Y%m%d}", number)


def test_the_ten_thousandth_dossier_of_a_day_still_has_a_code() -> None:
    assert dossier_code(Regime.R2025, "H18", date(2026, 1, 5), 10_000) == "H18-260105-10000"


def test_a_number_before_the_first_is_refused() -> None:
    with pytest.raises(ValueError, match="0"):
        dossier_code(Regime.R2025, "H18", date(2026, 1, 5), 0)


@pytest.mark.parametrize("agency", ["GSO-11-03127", "H18.0", "x"])
def test_a_dossier_needs_a_real_agency(agency: str) -> None:
    with pytest.raises(IdentifierUnclear):
        dossier_code(Regime.R2025, agency, date(2026, 1, 5), 1)


@pytest.mark.parametrize(
    ("written", "bare"),
    [
        ("1.001193", "1.001193"),
        ("1.001193.000.00.00.H18", "1.001193"),
        ("1.013978.H41", "1.013978"),
        ("1.000358.01", "1.000358.01"),
        (" 2.000635 ", "2.000635"),
    ],
)
def test_a_procedure_code_is_told_without_its_agency(written: str, bare: str) -> None:
    assert bare_procedure_code(written) == bare
    assert is_procedure_code(written.strip())


@pytest.mark.parametrize("text", ["", "0.001193", "1.00119", "1.0011934", "1001193", "1.001193.000.00.H18", "1,001193"])
def test_what_is_no_procedure_code_is_refused(text: str) -> None:
    assert not is_procedure_code(text)
    with pytest.raises(ProcedureCodeUnclear):
        bare_procedure_code(text)


@given(st.integers(0, REFERENCE_SPACE - 1))
def test_a_reference_read_back_is_the_same(number: int) -> None:
    reference = reference_code(number)

    assert parse_reference(reference) == reference
    assert parse_reference(reference.lower().replace("-", " ")) == reference
    assert parse_reference(reference.removeprefix("T-").replace("-", "")) == reference


@given(st.integers(0, REFERENCE_SPACE - 1), st.integers(0, 11), st.integers(1, 9))
def test_one_wrong_digit_is_found(number: int, place: int, shift: int) -> None:
    digits = list(reference_code(number).removeprefix("T-").replace("-", ""))
    digits[place] = str((int(digits[place]) + shift) % 10)

    with pytest.raises(ReferenceUnclear):
        parse_reference("".join(digits))


@given(st.integers(0, REFERENCE_SPACE - 1), st.integers(0, 10))
def test_two_swapped_digits_are_found(number: int, place: int) -> None:
    digits = list(reference_code(number).removeprefix("T-").replace("-", ""))
    swapped = [*digits[:place], digits[place + 1], digits[place], *digits[place + 2 :]]

    if swapped != digits:
        with pytest.raises(ReferenceUnclear):
            parse_reference("".join(swapped))


@pytest.mark.parametrize("text", ["", "T-", "T-1234", "X-0000-0000-0000", "T-0000-0000-000٠"])
def test_what_is_no_reference_is_refused(text: str) -> None:
    with pytest.raises(ReferenceUnclear):
        parse_reference(text)


@pytest.mark.parametrize("number", [-1, REFERENCE_SPACE])
def test_a_reference_is_made_of_a_number_in_its_space(number: int) -> None:
    with pytest.raises(ValueError, match=str(number)):
        reference_code(number)


@given(st.integers(0, REFERENCE_SPACE - 1), st.sampled_from(["-", " ", ".", ""]))
def test_the_code_of_a_petition_is_read_in_any_spelling(number: int, gap: str) -> None:
    code = petition_code(number)

    assert code.startswith("P-")
    assert parse_petition_code(code.lower().replace("-", gap)) == code


def test_the_code_of_a_dossier_is_no_petitions() -> None:
    with pytest.raises(ReferenceUnclear):
        parse_petition_code(reference_code(1))
