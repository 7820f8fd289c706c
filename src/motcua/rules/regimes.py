"""Which text governs the one-stop shop on which day, and what it sets for time limits and codes.

Source: docs/law/regimes.md. A dossier is handled under the regime in force on the day of its acceptance.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Regime(StrEnum):
    """A state of the law; the value is what a dossier stores."""

    R2015 = "R2015"
    R2018 = "R2018"
    R2021 = "R2021"
    R2025 = "R2025"
    R2026 = "R2026"


class CodeOrder(StrEnum):
    """The order of levels in an agency identifier: QCVN 102 writes the province last, Decision 20/2020 first."""

    QCVN_102 = "QCVN_102"
    QD_20 = "QD_20"


class ClockStart(StrEnum):
    """Whose receipt starts the clock of a dossier taken in outside its own territory."""

    RECEIVING_AGENCY = "RECEIVING_AGENCY"
    COMPETENT_AGENCY = "COMPETENT_AGENCY"


@dataclass(frozen=True, slots=True)
class RegimeRules:
    """What a regime sets.

    `silent_applicant_days` is how many days an applicant has to answer a request for a supplement before the dossier
    may be closed; None where the regime sets no such term.
    """

    regime: Regime
    valid_from: date
    source: str
    code_order: CodeOrder
    clock_start: ClockStart
    silent_applicant_days: int | None


class RegimeUnknown(Exception):
    """No regime that motcua knows was in force on `on`."""

    def __init__(self, on: date) -> None:
        super().__init__(f"no one-stop regime is known for {on.isoformat()}")
        self.on = on


REGIMES: tuple[RegimeRules, ...] = (
    RegimeRules(
        Regime.R2015,
        date(2015, 5, 15),
        "Quyết định 09/2015/QĐ-TTg",
        CodeOrder.QCVN_102,
        ClockStart.RECEIVING_AGENCY,
        None,
    ),
    RegimeRules(
        Regime.R2018,
        date(2018, 6, 21),
        "Nghị định 61/2018/NĐ-CP",
        CodeOrder.QCVN_102,
        ClockStart.RECEIVING_AGENCY,
        None,
    ),
    RegimeRules(
        Regime.R2021,
        date(2021, 12, 6),
        "Nghị định 61/2018/NĐ-CP, sửa đổi bởi Nghị định 107/2021/NĐ-CP",
        CodeOrder.QCVN_102,
        ClockStart.RECEIVING_AGENCY,
        None,
    ),
    RegimeRules(
        Regime.R2025,
        date(2025, 7, 1),
        "Nghị định 118/2025/NĐ-CP",
        CodeOrder.QD_20,
        ClockStart.RECEIVING_AGENCY,
        15,
    ),
    RegimeRules(
        Regime.R2026,
        date(2026, 8, 5),
        "Nghị định 118/2025/NĐ-CP, sửa đổi bởi Nghị định 367/2025/NĐ-CP và Nghị định 309/2026/NĐ-CP",
        CodeOrder.QD_20,
        ClockStart.COMPETENT_AGENCY,
        15,
    ),
)


def regime_rules_on(on: date) -> RegimeRules:
    """Return what governs on the day `on`; raises `RegimeUnknown` before the first regime."""
    for rules in reversed(REGIMES):
        if on >= rules.valid_from:
            return rules
    raise RegimeUnknown(on)


def regime_on(on: date) -> Regime:
    """Return the regime in force on the day `on`; raises `RegimeUnknown` before the first one."""
    return regime_rules_on(on).regime
