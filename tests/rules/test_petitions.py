from datetime import date, datetime, timedelta
from itertools import product
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.rules.deadlines import Beginning
from motcua.rules.permissions import Role, RoleGrant
from motcua.rules.petition_terms import TERMS, Kind, TermSource, TermStep, term_due, term_for
from motcua.rules.petitions import (
    FINDINGS,
    HANDLED,
    OVER,
    SORTS,
    TRANSITIONS,
    Finding,
    FindingUnfit,
    Hands,
    MayNotHandle,
    PetitionAct,
    PetitionActRefused,
    PetitionStage,
    Sorting,
    act_of,
    check_finding,
    is_repeated,
    may_act,
    may_enter,
    may_reopen,
    open_acts,
    stage_after,
    units_read,
)
from motcua.rules.working_time import working_calendar

DAY = date(2026, 3, 2)
MONDAY = datetime(2026, 3, 2, 8, 0, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))
OF_THE_PROVINCE = frozenset({TermSource.ND_20_2008, TermSource.QD_766_2022})
UNIT, OTHER, ME, SOMEBODY = 1, 2, 10, 11


def grant(role: Role, unit: int = UNIT, *, until: date | None = None) -> RoleGrant:
    return RoleGrant(role, unit, date(2020, 1, 1), until)


def acts(act: PetitionAct, role: Role, hands: Hands | None = None, unit: int = UNIT) -> bool:
    return may_act(act, hands or Hands(UNIT), [grant(role, unit)], actor_id=ME, on=DAY)


def test_a_petition_goes_from_receipt_to_answer() -> None:
    stage = PetitionStage.UNCONFIRMED
    for act in (PetitionAct.CONFIRM, PetitionAct.CLASSIFY, PetitionAct.DRAFT_ANSWER, PetitionAct.ANSWER):
        stage = stage_after(stage, act)

    assert stage is PetitionStage.ANSWERED


def test_what_was_asked_of_the_sender_brings_it_back_to_be_sorted() -> None:
    asked = stage_after(PetitionStage.RECEIVED, PetitionAct.ASK)

    assert stage_after(asked, PetitionAct.COMPLETE) is PetitionStage.RECEIVED


@pytest.mark.parametrize("sorting", sorted(set(Sorting) - HANDLED))
def test_complaints_denunciations_and_judicial_matters_are_never_handled(sorting: Sorting) -> None:
    assert act_of(sorting) is PetitionAct.RETURN
    assert stage_after(PetitionStage.RECEIVED, act_of(sorting)) is PetitionStage.RETURNED
    assert FINDINGS.get(sorting) is None


@pytest.mark.parametrize("sorting", sorted(HANDLED))
def test_what_is_a_petition_is_handled_and_can_be_answered(sorting: Sorting) -> None:
    assert stage_after(PetitionStage.RECEIVED, act_of(sorting)) is PetitionStage.HANDLING
    for finding in FINDINGS[sorting]:
        check_finding(sorting, finding)


def test_a_conduct_is_not_answered_by_amending_a_regulation() -> None:
    with pytest.raises(FindingUnfit) as refused:
        check_finding(Sorting.CONDUCT, Finding.AMEND)

    assert (refused.value.sorting, refused.value.finding) == (Sorting.CONDUCT, Finding.AMEND)


@pytest.mark.parametrize(("act", "stage"), list(product(PetitionAct, PetitionStage)))
def test_an_act_is_open_where_the_table_says_so_and_nowhere_else(act: PetitionAct, stage: PetitionStage) -> None:
    if act in open_acts(stage):
        assert stage_after(stage, act) is TRANSITIONS[act][stage]
    else:
        with pytest.raises(PetitionActRefused):
            stage_after(stage, act)


@given(st.lists(st.sampled_from(list(PetitionAct)), max_size=40))
def test_no_history_leads_to_an_answer_that_was_not_drafted(history: list[PetitionAct]) -> None:
    stage, drafted = PetitionStage.UNCONFIRMED, False
    for act in history:
        if act not in open_acts(stage):
            continue
        stage = stage_after(stage, act)
        drafted = act is PetitionAct.DRAFT_ANSWER or (drafted and stage is not PetitionStage.HANDLING)
        assert stage is not PetitionStage.ANSWERED or drafted


def test_what_is_over_can_only_be_opened_again_released_published_or_judged() -> None:
    left = frozenset[PetitionAct]().union(*(open_acts(stage) for stage in OVER))

    afterwards = {PetitionAct.REOPEN, PetitionAct.PUBLISH, PetitionAct.UNPUBLISH, PetitionAct.SAY_SETTLED}
    assert left == afterwards | {PetitionAct.RELEASE}  # what was joined goes back when its lead is sent back


@pytest.mark.parametrize("role", list(Role))
def test_only_whoever_sorts_sends_on(role: Role) -> None:
    assert acts(PetitionAct.TRANSFER, role) == (role in SORTS)


def test_the_leader_answers_and_the_officer_does_not() -> None:
    assert acts(PetitionAct.ANSWER, Role.SIGNER)
    assert not acts(PetitionAct.ANSWER, Role.PROCESSING_OFFICER)
    assert not acts(PetitionAct.ANSWER, Role.SIGNER, unit=OTHER)


def test_what_was_given_to_a_colleague_is_theirs_and_that_of_whoever_sorts() -> None:
    theirs = Hands(UNIT, assignee_id=SOMEBODY)

    assert not acts(PetitionAct.DRAFT_ANSWER, Role.PROCESSING_OFFICER, theirs)
    assert acts(PetitionAct.DRAFT_ANSWER, Role.DISPATCHER, theirs)
    assert acts(PetitionAct.DRAFT_ANSWER, Role.PROCESSING_OFFICER, Hands(UNIT, assignee_id=ME))
    deputy = RoleGrant(Role.PROCESSING_OFFICER, UNIT, date(2020, 1, 1), of_user_id=SOMEBODY)
    assert may_act(PetitionAct.DRAFT_ANSWER, theirs, [deputy], actor_id=ME, on=DAY)


def test_an_opinion_is_given_where_it_was_asked_for() -> None:
    asked = Hands(UNIT, asked_unit_ids=frozenset({OTHER}))

    assert acts(PetitionAct.GIVE_OPINION, Role.PROCESSING_OFFICER, asked, unit=OTHER)
    assert not acts(PetitionAct.GIVE_OPINION, Role.PROCESSING_OFFICER, asked)


def test_a_refusal_names_the_act() -> None:
    assert MayNotHandle(PetitionAct.ANSWER).act is PetitionAct.ANSWER


def test_an_act_of_the_sender_is_no_officials() -> None:
    assert not any(acts(PetitionAct.CONFIRM, role) for role in Role)


def test_the_desk_writes_down_what_comes_to_it_while_the_role_lasts() -> None:
    assert may_enter(UNIT, [grant(Role.RECEPTION_OFFICER)], on=DAY)
    assert not may_enter(OTHER, [grant(Role.RECEPTION_OFFICER)], on=DAY)
    assert not may_enter(UNIT, [grant(Role.RECEPTION_OFFICER, until=DAY)], on=DAY)
    assert not may_enter(UNIT, [grant(Role.RECORDS_CLERK)], on=DAY)


def test_officials_read_what_their_unit_has_and_the_province_reads_all() -> None:
    control = grant(Role.PROCEDURE_CONTROL_OFFICER)

    assert units_read([control], [UNIT], on=DAY) is None
    assert units_read([control], [OTHER], on=DAY) == frozenset({UNIT})
    assert units_read([grant(Role.ADMINISTRATOR), grant(Role.RECORDS_CLERK)], [UNIT], on=DAY) == frozenset()
    assert units_read([grant(Role.SIGNER, until=DAY)], [UNIT], on=DAY) == frozenset()


def test_three_times_the_same_is_for_the_leader() -> None:
    assert not is_repeated(2)
    assert is_repeated(3)


def test_sixty_days_to_have_it_opened_again() -> None:
    assert may_reopen(MONDAY, MONDAY + timedelta(days=60))
    assert not may_reopen(MONDAY, MONDAY + timedelta(days=60, seconds=1))


@pytest.mark.parametrize(
    ("step", "days"),
    [
        (TermStep.RETURN, 2),
        (TermStep.ASK, 5),
        (TermStep.TRANSFER, 5),
        (TermStep.ANSWER, 15),
        (TermStep.PUBLISH, 2),
    ],
)
def test_a_province_goes_by_the_decree_and_the_index(step: TermStep, days: int) -> None:
    term = term_for(step, Kind(DAY, is_online=True), OF_THE_PROVINCE)

    assert term is not None
    assert term.working_days == days


@pytest.mark.parametrize(("is_online", "is_complex", "days"), [(False, False, 5), (True, False, 3), (True, True, 10)])
def test_the_circular_of_a_ministry_is_quicker_online_and_slower_where_it_is_complex(
    *, is_online: bool, is_complex: bool, days: int
) -> None:
    term = term_for(TermStep.ANSWER, Kind(DAY, is_online, is_complex), frozenset(TermSource))

    assert term is not None
    assert (term.source, term.working_days) == (TermSource.TT_18_2018_BCT, days)


def test_before_the_index_no_text_said_by_when_to_answer() -> None:
    before = Kind(date(2022, 7, 31), is_online=True)

    assert term_for(TermStep.ANSWER, before, OF_THE_PROVINCE) is None
    assert term_for(TermStep.TRANSFER, before, OF_THE_PROVINCE) == TERMS[0]


def test_a_term_is_counted_like_the_limit_of_a_dossier_and_says_how() -> None:
    term = term_for(TermStep.ANSWER, Kind(DAY, is_online=True), OF_THE_PROVINCE)
    assert term is not None

    due = term_due(term, MONDAY, working_calendar(), Beginning.PETITION_RECEIVED)

    assert f"{due.due_at:%H:%M %d/%m/%Y}" == "17:00 23/03/2026"
    assert due.derivation[0].text_vi.startswith("Nhận phản ánh, kiến nghị lúc 08:00")
    assert due.derivation[0].text_en.startswith("Petition received at 08:00")
    assert due.derivation[-1].on == date(2026, 3, 23)


@given(
    st.sampled_from(TermStep),
    st.builds(Kind, st.just(DAY), st.booleans(), st.booleans()),
    st.sets(st.sampled_from(TermSource)),
)
def test_the_shortest_term_binds(step: TermStep, kind: Kind, texts: set[TermSource]) -> None:
    fitting = [
        term.working_days
        for term in TERMS
        if term.source in texts
        and term.step is step
        and term.fits(on=DAY, is_online=kind.is_online, is_complex=kind.is_complex)
    ]

    found = term_for(step, kind, texts)

    assert (found.working_days if found else None) == min(fitting, default=None)
