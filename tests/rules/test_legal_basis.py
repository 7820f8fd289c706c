"""What is wrong with the bases of a document (J-07)."""

from datetime import date

import pytest

from motcua.rules.legal_basis import Basis, Flaw, Severity, findings, severity_of
from motcua.rules.legal_effect import EffectStatus

S = EffectStatus
BEGINS, LATER = date(2026, 7, 1), date(2026, 7, 2)


@pytest.mark.parametrize(
    ("basis", "flaw", "severity"),
    [
        (Basis("a", S.IN_FORCE), None, None),
        (Basis("a", S.EXPIRED_ALL), Flaw.ENDED, Severity.ERROR),
        (Basis("a", S.REPEALED), Flaw.ENDED, Severity.ERROR),
        (Basis("a", S.EXPIRED_PART), Flaw.PARTLY_ENDED, Severity.WARNING),
        (Basis("a", S.SUSPENDED_ALL), Flaw.SUSPENDED, Severity.WARNING),
        (Basis("a", S.SUSPENDED_PART), Flaw.SUSPENDED, Severity.WARNING),
        (Basis("a", S.UNKNOWN), Flaw.EFFECT_UNKNOWN, Severity.WARNING),
        (Basis("a", S.NOT_YET, BEGINS), None, None),
        (Basis("a", S.NOT_YET, LATER), Flaw.TAKES_EFFECT_LATER, Severity.ERROR),
        (Basis("a", S.NOT_YET), Flaw.TAKES_EFFECT_LATER, Severity.ERROR),
        (Basis("a", None), Flaw.NOT_IN_THE_REGISTER, Severity.WARNING),
        (Basis("a", None, has_number_and_date=False), Flaw.NUMBER_OR_DATE_MISSING, Severity.WARNING),
    ],
)
def test_each_basis_is_weighed_on_the_day_of_signing(
    basis: Basis, flaw: Flaw | None, severity: Severity | None
) -> None:
    found = findings([basis], takes_effect_on=BEGINS)

    assert [(one.flaw, one.severity) for one in found] == ([(flaw, severity)] if flaw else [])


def test_a_basis_not_yet_in_force_needs_a_later_day_of_effect() -> None:
    assert [one.flaw for one in findings([Basis("a", S.NOT_YET, BEGINS)], takes_effect_on=None)] == [
        Flaw.TAKES_EFFECT_LATER
    ]


@pytest.mark.parametrize(
    ("status", "severity"),
    [(S.EXPIRED_ALL, Severity.ERROR), (S.REPEALED, Severity.ERROR), (S.EXPIRED_PART, Severity.WARNING)],
)
def test_what_has_ended_is_worse_than_what_has_ended_in_part(status: EffectStatus, severity: Severity) -> None:
    assert severity_of(status) is severity


@pytest.mark.parametrize("status", [S.IN_FORCE, S.UNKNOWN, S.NOT_YET, S.SUSPENDED_ALL])
def test_what_holds_or_may_hold_needs_no_review(status: EffectStatus) -> None:
    assert severity_of(status) is None
