from datetime import date, timedelta
from itertools import pairwise

import pytest

from motcua.rules.regimes import (
    REGIMES,
    ClockStart,
    CodeOrder,
    Regime,
    RegimeUnknown,
    regime_on,
    regime_rules_on,
)


@pytest.mark.parametrize(
    ("on", "regime"),
    [
        pytest.param(date(2015, 5, 15), Regime.R2015, id="Decision 09/2015 begins"),
        pytest.param(date(2018, 6, 20), Regime.R2015, id="the day before Decree 61/2018"),
        pytest.param(date(2018, 6, 21), Regime.R2018, id="Decree 61/2018 begins"),
        pytest.param(date(2021, 3, 1), Regime.R2018, id="the dossier of the timeline"),
        pytest.param(date(2021, 12, 6), Regime.R2021, id="Decree 107/2021 begins"),
        pytest.param(date(2025, 6, 30), Regime.R2021, id="the last day of three tiers"),
        pytest.param(date(2025, 7, 1), Regime.R2025, id="Decree 118/2025 begins"),
        pytest.param(date(2026, 8, 4), Regime.R2025, id="the day before Decree 309/2026"),
        pytest.param(date(2026, 8, 5), Regime.R2026, id="Decree 309/2026 begins"),
    ],
)
def test_the_regime_is_the_one_in_force_that_day(on: date, regime: Regime) -> None:
    assert regime_on(on) is regime


def test_no_regime_is_known_before_2015() -> None:
    with pytest.raises(RegimeUnknown, match="2015-05-14") as refused:
        regime_on(date(2015, 5, 14))

    assert refused.value.on == date(2015, 5, 14)


def test_each_regime_stands_once_in_the_order_of_its_beginning() -> None:
    assert [rules.regime for rules in REGIMES] == list(Regime)
    assert all(later.valid_from - earlier.valid_from > timedelta() for earlier, later in pairwise(REGIMES))


def test_the_province_comes_first_in_codes_from_2025() -> None:
    assert regime_rules_on(date(2025, 6, 30)).code_order is CodeOrder.QCVN_102
    assert regime_rules_on(date(2025, 7, 1)).code_order is CodeOrder.QD_20


def test_the_competent_agency_starts_the_clock_from_2026() -> None:
    assert regime_rules_on(date(2026, 8, 4)).clock_start is ClockStart.RECEIVING_AGENCY
    assert regime_rules_on(date(2026, 8, 10)).clock_start is ClockStart.COMPETENT_AGENCY
