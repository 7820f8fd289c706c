"""Drafts of the province's own documents: acts, the checklist, numbers and first days (M02, J-02 to J-04)."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.rules.drafting import (
    CHECKLISTS,
    NORMATIVE,
    STATE_AFTER,
    DraftAct,
    DraftActNotOpen,
    DraftFacts,
    DraftKind,
    DraftState,
    ItemCode,
    ItemNotSettled,
    ItemState,
    NumberFault,
    check_settling,
    checklist_on,
    earliest_effect,
    lines,
    may_do,
    number_fault,
    open_items,
    state_after,
)
from motcua.rules.legal_basis import Finding, Flaw
from motcua.rules.legal_effect import Relation
from motcua.rules.permissions import Role, RoleGrant

DAY = date(2026, 3, 2)
PROVINCE = 7
PLAN = DraftFacts(
    kind=DraftKind.PLAN,
    has_text=True,
    sets_procedures=False,
    relations=frozenset({Relation.BASED_ON}),
    findings=(),
    settled={ItemCode.AUTHORITY: ItemState.DONE},
)
DECISION = replace(PLAN, kind=DraftKind.COMMITTEE_DECISION)


def codes(facts: DraftFacts) -> list[ItemCode]:
    return [line.item.code for line in lines(facts, on=DAY)]


def test_a_plan_with_text_bases_and_authority_can_be_signed() -> None:
    assert open_items(PLAN, on=DAY) == ()


@pytest.mark.parametrize(
    ("facts", "item"),
    [
        (replace(PLAN, has_text=False), ItemCode.TEXT),
        (replace(PLAN, relations=frozenset()), ItemCode.BASES),
        (replace(PLAN, findings=(Finding("61/2018/NĐ-CP", Flaw.ENDED),)), ItemCode.BASES),
        (replace(PLAN, settled={}), ItemCode.AUTHORITY),
        (replace(PLAN, settled={ItemCode.AUTHORITY: ItemState.OPEN}), ItemCode.AUTHORITY),
    ],
)
def test_what_is_open_is_named(facts: DraftFacts, item: ItemCode) -> None:
    assert open_items(facts, on=DAY) == (item,)


def test_a_normative_document_needs_more_and_one_that_sets_procedures_most() -> None:
    normative = {ItemCode.OLDER_DOCUMENTS, ItemCode.OPINIONS, ItemCode.APPRAISAL, ItemCode.POSTING}
    of_procedures = {ItemCode.IMPACT, ItemCode.PUBLICATION, ItemCode.TRANSITION}

    assert set(open_items(DECISION, on=DAY)) == normative
    assert set(open_items(replace(DECISION, sets_procedures=True), on=DAY)) == normative | of_procedures
    assert ItemCode.TRANSITION in codes(replace(PLAN, relations=frozenset({Relation.BASED_ON, Relation.REPEALS})))
    assert of_procedures.isdisjoint(codes(PLAN))


@pytest.mark.parametrize(
    ("facts", "code", "state", "note", "is_settled"),
    [
        (DECISION, ItemCode.OPINIONS, ItemState.DONE, "", True),
        (DECISION, ItemCode.OPINIONS, ItemState.NOT_NEEDED, "Văn bản mật", True),
        (DECISION, ItemCode.OPINIONS, ItemState.NOT_NEEDED, "", False),
        (DECISION, ItemCode.APPRAISAL, ItemState.NOT_NEEDED, "Gấp", False),
        (PLAN, ItemCode.APPRAISAL, ItemState.NOT_NEEDED, "Không phải văn bản quy phạm", True),
        (PLAN, ItemCode.BASES, ItemState.DONE, "", False),
        (PLAN, ItemCode.IMPACT, ItemState.DONE, "", False),
    ],
)
def test_only_what_may_be_waived_is_set_aside_and_with_a_reason(
    facts: DraftFacts, code: ItemCode, state: ItemState, note: str, is_settled: bool
) -> None:
    line = next((one for one in lines(facts, on=DAY) if one.item.code is code), None)

    if is_settled:
        check_settling(line, code, state, note)
    else:
        with pytest.raises(ItemNotSettled) as refusal:
            check_settling(line, code, state, note)
        assert refusal.value.code is code


def test_the_acts_follow_the_table_and_belong_to_their_roles() -> None:
    assert state_after(DraftState.SUBMITTED, DraftAct.SIGN) is DraftState.SIGNED
    with pytest.raises(DraftActNotOpen):
        state_after(DraftState.SIGNED, DraftAct.EDIT)
    for role, acts in (
        (Role.LEGAL_OFFICER, {DraftAct.EDIT, DraftAct.SUBMIT}),
        (Role.PROCEDURE_CONTROL_OFFICER, {DraftAct.EDIT, DraftAct.SUBMIT}),
        (Role.SIGNER, {DraftAct.GIVE_BACK, DraftAct.SIGN}),
        (Role.RECORDS_CLERK, set()),
    ):
        grant = RoleGrant(role, PROVINCE, DAY, None)
        assert {act for act in DraftAct if may_do(act, PROVINCE, [grant], on=DAY)} == acts
        assert not any(may_do(act, PROVINCE + 1, [grant], on=DAY) for act in DraftAct)
        assert not any(may_do(act, PROVINCE, [grant], on=DAY - timedelta(days=1)) for act in DraftAct)


@pytest.mark.parametrize(
    ("number", "kind", "mark", "fault"),
    [
        ("12/2026/QĐ-UBND", DraftKind.COMMITTEE_DECISION, "UBND", None),
        ("60/QĐ-UBND", DraftKind.DECISION, "", None),
        ("60/QĐ-UBND", DraftKind.COMMITTEE_DECISION, "", NumberFault.YEAR_MISSING),
        ("12/2025/QĐ-UBND", DraftKind.COMMITTEE_DECISION, "", NumberFault.YEAR_WRONG),
        ("12/KH-UBND", DraftKind.DECISION, "", NumberFault.KIND_WRONG),
        ("60/QĐ-STP", DraftKind.DECISION, "UBND", NumberFault.ISSUER_WRONG),
        ("sáu mươi", DraftKind.DECISION, "", NumberFault.UNCLEAR),
    ],
)
def test_a_number_fits_kind_year_and_issuer(number: str, kind: DraftKind, mark: str, fault: NumberFault | None) -> None:
    assert number_fault(number, kind=kind, issuer_mark=mark, signed_on=DAY) is fault


def test_a_normative_document_waits_ten_days_unless_shortened() -> None:
    for kind in DraftKind:
        waits = timedelta(days=10 if kind in NORMATIVE else 0)
        assert earliest_effect(kind, DAY, is_shortened=False) == DAY + waits
        assert earliest_effect(kind, DAY, is_shortened=True) == DAY


def test_before_the_first_checklist_its_items_hold() -> None:
    assert checklist_on(date(2020, 1, 1)) is CHECKLISTS[0]
    assert checklist_on(DAY) is CHECKLISTS[-1]


@given(
    kind=st.sampled_from(DraftKind),
    sets_procedures=st.booleans(),
    settled=st.dictionaries(st.sampled_from(ItemCode), st.sampled_from(ItemState)),
    acts=st.lists(st.sampled_from(DraftAct), max_size=8),
)
def test_no_way_leads_to_a_signature_past_an_open_compulsory_item(
    kind: DraftKind, sets_procedures: bool, settled: dict[ItemCode, ItemState], acts: list[DraftAct]
) -> None:
    facts = replace(PLAN, kind=kind, sets_procedures=sets_procedures, settled=settled)
    state = DraftState.DRAFT
    for act in acts:
        is_held = act in {DraftAct.SUBMIT, DraftAct.SIGN} and open_items(facts, on=DAY)
        if (state, act) in STATE_AFTER and not is_held:
            state = state_after(state, act)

    compulsory = {line.item.code for line in lines(facts, on=DAY) if line.is_compulsory and not line.is_automatic}
    if state is DraftState.SIGNED:
        assert all(settled.get(code, ItemState.OPEN) is not ItemState.OPEN for code in compulsory)
