"""The forms of both generations, as the circulars number them."""

import pytest

from motcua.rules.papers import PaperKind
from motcua.rules.prescribed_forms import AnyPaper, Generation, OfficePaper, PaperSize, form_of, generation_of
from motcua.rules.regimes import Regime

OLD, NEW = (Regime.R2018, Regime.R2021), (Regime.R2025, Regime.R2026)
TT_2018, TT_2025 = "Thông tư số 01/2018/TT-VPCP", "Thông tư số 03/2025/TT-VPCP"
EVERY: tuple[AnyPaper, ...] = (*PaperKind, *OfficePaper)
NUMBERS = [
    (PaperKind.RECEIPT, "01", "01"),
    (PaperKind.SUPPLEMENT_REQUEST, "02", "02"),
    (PaperKind.REFUSAL, "03", "03"),
    (PaperKind.APOLOGY, "04", "04"),
    (PaperKind.STOP_NOTICE, "", "05"),
    (OfficePaper.CONTROL_SHEET, "05", "06"),
    (OfficePaper.REGISTER, "06", "07"),
    (OfficePaper.HANDOVER_LIST, "", ""),
    (OfficePaper.PAPER_KIT, "", ""),
]


@pytest.mark.parametrize(("kind", "old", "new"), NUMBERS, ids=[f"B-30 {row[0]}" for row in NUMBERS])
def test_each_form_has_the_number_and_the_notation_of_its_regime(kind: AnyPaper, old: str, new: str) -> None:
    for regimes, number, notation in ((OLD, old, TT_2018), (NEW, new, TT_2025)):
        for regime in regimes:
            form = form_of(kind, regime)

            assert (form.kind, form.number, form.notation) == (kind, number, notation if number else "")


@pytest.mark.parametrize("regime", Regime)
def test_every_form_exists_in_every_regime(regime: Regime) -> None:
    assert {form_of(kind, regime).kind for kind in EVERY} == set(EVERY)


@pytest.mark.parametrize("regime", Regime)
def test_all_but_register_and_list_are_a5(regime: Regime) -> None:
    own: dict[AnyPaper, PaperSize] = {
        OfficePaper.REGISTER: PaperSize.A4_LANDSCAPE,
        OfficePaper.HANDOVER_LIST: PaperSize.A4,
        OfficePaper.PAPER_KIT: PaperSize.A4,
    }

    assert {kind: form_of(kind, regime).size for kind in EVERY} == {kind: own.get(kind, PaperSize.A5) for kind in EVERY}


def test_the_apology_of_2025_asks_for_an_extension() -> None:
    assert form_of(PaperKind.APOLOGY, Regime.R2021).title == ("PHIẾU XIN LỖI", "VÀ HẸN LẠI NGÀY TRẢ KẾT QUẢ")
    assert "GIA HẠN" in form_of(PaperKind.APOLOGY, Regime.R2026).title[1]


def test_the_generation_follows_the_regime() -> None:
    assert [generation_of(regime) for regime in Regime] == [
        Generation.OF_2015,
        Generation.OF_2018,
        Generation.OF_2018,
        Generation.OF_2025,
        Generation.OF_2025,
    ]


def test_what_follows_a_number_is_that_of_printed_forms() -> None:
    assert form_of(PaperKind.SUPPLEMENT_REQUEST, Regime.R2021).mark == "HDHS"
    assert form_of(PaperKind.APOLOGY, Regime.R2021).mark == "PXL"
