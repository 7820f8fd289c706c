"""Drafts of the province's own documents: acts, checklist, number and effect (M02, J-02, J-04, J-07, C-14)."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.rules.drafting import (
    AUTOMATIC,
    CHECKLISTS,
    KIND_IN_REGISTER,
    NORMATIVE,
    ROLES_FOR_ACT,
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
    may_set_aside,
    number_fault,
    open_items,
    state_after,
)
from motcua.rules.legal_basis import Finding, Flaw
from motcua.rules.legal_effect import Relation
from motcua.rules.permissions import Role, RoleGrant

DAY = date(2026, 3, 2)
PLAN, RULES = DraftKind.PLAN, DraftKind.COMMITTEE_DECISION
DONE = ItemState.DONE


def facts(kind: DraftKind = PLAN, **columns: object) -> DraftFacts:
    said: dict[str, object] = {
        "has_text": True,
        "sets_procedures": False,
        "relations": frozenset({Relation.BASED_ON}),
        "findings": (),
        "settled": {ItemCode.AUTHORITY: DONE},
    }
    return DraftFacts(kind=kind, **{**said, **columns})  # type: ignore[arg-type]  # columns of every type


def line(code: ItemCode, told: DraftFacts):  # type: ignore[no-untyped-def]  # a Line, or None
    return next((one for one in lines(told, on=DAY) if one.item.code is code), None)


@pytest.mark.parametrize("state", DraftState)
@pytest.mark.parametrize("act", DraftAct)
def test_an_act_leads_where_the_table_says_and_nowhere_else(state: DraftState, act: DraftAct) -> None:
    if (state, act) in STATE_AFTER:
        assert state_after(state, act) is STATE_AFTER[state, act]
        return
    with pytest.raises(DraftActNotOpen) as refused:
        state_after(state, act)
    assert (refused.value.state, refused.value.act) == (state, act)


def test_nothing_is_done_to_what_is_signed() -> None:
    assert not [state for state, _act in STATE_AFTER if state is DraftState.SIGNED]


@pytest.mark.parametrize("act", DraftAct)
@pytest.mark.parametrize("role", Role)
def test_an_act_is_of_its_roles_at_the_issuing_province(act: DraftAct, role: Role) -> None:
    here, elsewhere = RoleGrant(role, 1, DAY, None), RoleGrant(role, 2, DAY, None)

    assert may_do(act, 1, [here], on=DAY) is (role in ROLES_FOR_ACT[act])
    assert not may_do(act, 1, [elsewhere], on=DAY)
    assert not may_do(act, 1, [here], on=date(2026, 3, 1))


def test_who_drafts_does_not_sign() -> None:
    assert ROLES_FOR_ACT[DraftAct.EDIT].isdisjoint(ROLES_FOR_ACT[DraftAct.SIGN])


def test_a_plan_needs_a_text_sound_bases_and_authority() -> None:
    empty = facts(has_text=False, relations=frozenset(), settled={})

    assert open_items(empty, on=DAY) == (ItemCode.TEXT, ItemCode.BASES, ItemCode.AUTHORITY)
    assert open_items(facts(), on=DAY) == ()


@pytest.mark.parametrize(
    ("flaw", "blocks"), [(Flaw.ENDED, True), (Flaw.TAKES_EFFECT_LATER, True), (Flaw.SUSPENDED, False)]
)
def test_a_basis_that_has_ended_stands_in_the_way_and_a_warning_does_not(flaw: Flaw, blocks: bool) -> None:  # a table
    """J-07: at the day of signing an ended basis is an error."""
    told = facts(findings=(Finding("123/2015/NĐ-CP", flaw),))

    assert (ItemCode.BASES in open_items(told, on=DAY)) is blocks


def test_what_the_program_finds_out_is_not_ticked() -> None:
    told = facts(relations=frozenset(), settled={ItemCode.AUTHORITY: DONE, ItemCode.BASES: DONE})

    assert open_items(told, on=DAY) == (ItemCode.BASES,)
    for code in AUTOMATIC:
        with pytest.raises(ItemNotSettled):
            check_settling(line(code, told), code, DONE, "")


def test_a_document_that_sets_procedures_is_assessed_and_its_publication_prepared() -> None:
    """C-14, C-02, C-07, C-12."""
    asked = {ItemCode.IMPACT, ItemCode.PUBLICATION, ItemCode.TRANSITION}

    assert asked <= set(open_items(facts(sets_procedures=True), on=DAY))
    assert all(line(code, facts()) is None for code in asked)


@pytest.mark.parametrize("relation", [Relation.AMENDS, Relation.REPLACES, Relation.REPEALS])
def test_a_document_that_changes_an_older_one_says_what_becomes_of_what_is_under_way(relation: Relation) -> None:
    assert ItemCode.TRANSITION in open_items(facts(relations=frozenset({Relation.BASED_ON, relation})), on=DAY)


@pytest.mark.parametrize("kind", DraftKind)
def test_appraisal_opinions_and_posting_bind_normative_documents(kind: DraftKind) -> None:
    wanted = {ItemCode.OPINIONS, ItemCode.APPRAISAL, ItemCode.POSTING, ItemCode.OLDER_DOCUMENTS}

    assert (set(open_items(facts(kind), on=DAY)) == wanted) is (kind in NORMATIVE)
    assert open_items(facts(kind), on=DAY) == () or kind in NORMATIVE


def test_an_item_is_set_aside_with_a_reason_where_the_checklist_lets_it() -> None:
    rules, plan = facts(RULES, sets_procedures=True), facts(PLAN)

    check_settling(line(ItemCode.OPINIONS, rules), ItemCode.OPINIONS, ItemState.NOT_NEEDED, "Khẩn cấp")
    check_settling(line(ItemCode.APPRAISAL, plan), ItemCode.APPRAISAL, ItemState.NOT_NEEDED, "Kế hoạch")
    check_settling(line(ItemCode.IMPACT, rules), ItemCode.IMPACT, DONE, "")
    for code, note in ((ItemCode.OPINIONS, ""), (ItemCode.IMPACT, "Không"), (ItemCode.APPRAISAL, "Không")):
        with pytest.raises(ItemNotSettled) as refused:
            check_settling(line(code, rules), code, ItemState.NOT_NEEDED, note)
        assert refused.value.code is code
    with pytest.raises(ItemNotSettled):
        check_settling(line(ItemCode.IMPACT, plan), ItemCode.IMPACT, DONE, "")
    assert not may_set_aside(line(ItemCode.IMPACT, rules))


def test_what_was_set_aside_is_open_once_the_draft_becomes_one_that_it_binds() -> None:
    """A plan needs no appraisal; the decision that it turns into does."""
    aside = dict.fromkeys((ItemCode.APPRAISAL, ItemCode.POSTING, ItemCode.OPINIONS), ItemState.NOT_NEEDED)
    settled = {ItemCode.AUTHORITY: DONE, ItemCode.OLDER_DOCUMENTS: DONE, **aside}

    assert open_items(facts(PLAN, settled=settled), on=DAY) == ()
    assert open_items(facts(RULES, settled=settled), on=DAY) == (ItemCode.APPRAISAL, ItemCode.POSTING)


def test_before_the_first_checklist_its_items_hold() -> None:
    assert checklist_on(date(2000, 1, 1)) is CHECKLISTS[0]
    assert checklist_on(DAY) is CHECKLISTS[-1]


def test_a_local_normative_document_takes_effect_ten_days_after_signing() -> None:
    """J-04, Art 53; the shortened process may be immediate, and nothing looks back (Art 55)."""
    assert earliest_effect(RULES, DAY, is_shortened=False) == date(2026, 3, 12)
    assert earliest_effect(RULES, DAY, is_shortened=True) == DAY
    assert earliest_effect(PLAN, DAY, is_shortened=False) == DAY


@pytest.mark.parametrize(
    ("text", "kind", "mark", "fault"),
    [
        ("12/2026/QĐ-UBND", RULES, "UBND", None),
        ("12/2026/QĐ-UBND", RULES, "", None),
        ("60/KH-UBND", PLAN, "UBND", None),
        ("mười hai", RULES, "UBND", NumberFault.UNCLEAR),
        ("12/QĐ-UBND", RULES, "UBND", NumberFault.YEAR_MISSING),
        ("12/2025/QĐ-UBND", RULES, "UBND", NumberFault.YEAR_WRONG),
        ("12/2026/KH-UBND", RULES, "UBND", NumberFault.KIND_WRONG),
        ("12/2026/QĐ-HĐND", RULES, "UBND", NumberFault.ISSUER_WRONG),
    ],
)
def test_a_number_fits_the_document(text: str, kind: DraftKind, mark: str, fault: NumberFault | None) -> None:
    """J-02, J-03."""
    assert number_fault(text, kind=kind, issuer_mark=mark, signed_on=DAY) is fault


def test_every_kind_stands_in_the_register_as_something() -> None:
    assert set(KIND_IN_REGISTER) == set(DraftKind)


@st.composite
def _facts(draw: st.DrawFn) -> DraftFacts:
    findings = draw(st.lists(st.builds(Finding, st.just("1/2026/NĐ-CP"), st.sampled_from(Flaw)), max_size=2))
    return DraftFacts(
        kind=draw(st.sampled_from(DraftKind)),
        has_text=draw(st.booleans()),
        sets_procedures=draw(st.booleans()),
        relations=frozenset(draw(st.sets(st.sampled_from(Relation)))),
        findings=tuple(findings),
        settled=draw(st.dictionaries(st.sampled_from(ItemCode), st.sampled_from(ItemState))),
    )


@given(_facts())
def test_an_item_is_open_exactly_while_it_blocks(told: DraftFacts) -> None:
    """M02: whatever is settled, the open compulsory items are those of the checklist that nobody settled."""
    there = lines(told, on=DAY)
    blocking = {one.item.code for one in there if one.is_compulsory and one.state is ItemState.OPEN}

    assert set(open_items(told, on=DAY)) == blocking
    for one in there:
        said = told.settled.get(one.item.code, ItemState.OPEN)
        is_in_vain = said is ItemState.NOT_NEEDED and one.is_compulsory and not one.item.can_be_waived
        assert one.is_automatic or one.state is (ItemState.OPEN if is_in_vain else said)
