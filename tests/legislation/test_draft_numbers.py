"""The number that a signed draft gets, and who issues it (J-01, J-03)."""

from datetime import date, timedelta

import pytest

from motcua.legislation.commands import draft_acts
from motcua.rules.drafting import DraftKind
from motcua.rules.permissions import Role
from tests.legislation.drafts import make_signed, make_submitted, province, signature
from tests.legislation.law import TODAY, make_document
from tests.make import MONDAY, make_officer

pytestmark = pytest.mark.django_db
RULES = DraftKind.COMMITTEE_DECISION


@pytest.mark.parametrize(("number", "kind"), [("60/KH-UBND", DraftKind.PLAN), ("12/2026/QĐ-UBND", RULES)])
def test_the_province_gives_a_number_once_a_year(number: str, kind: DraftKind) -> None:
    """J-03: another day of the year makes no other document."""
    unit = province()
    make_document(number, is_own=True, issuer=unit.authority_name, issued_on=date(2026, 1, 15))
    draft, chairman = make_submitted(kind=kind), make_officer(Role.SIGNER, unit)
    told = signature(number, TODAY, TODAY + timedelta(days=10))

    with pytest.raises(draft_acts.AlreadyEntered):
        draft_acts.sign_draft(draft=draft, signature=told, actor=chairman, at=MONDAY)


def test_a_number_begins_anew_with_the_year() -> None:
    make_document("60/KH-UBND", is_own=True, issuer=province().authority_name, issued_on=date(2025, 3, 2))

    assert make_signed("60/KH-UBND").document.code == "60-kh-ubnd-2026-03-02"  # type: ignore[union-attr]  # signed


def test_a_decision_of_the_chairman_is_the_chairman_s_in_the_register() -> None:
    """J-01."""
    effective = TODAY + timedelta(days=10)
    signed = make_signed("12/2026/QĐ-CTUBND", effective, kind=DraftKind.CHAIRMAN_DECISION, issuer_mark="CTUBND")

    assert signed.document is not None
    assert signed.document.issuer == f"Chủ tịch {province().authority_name}"
