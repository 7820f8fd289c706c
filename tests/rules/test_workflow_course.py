from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.rules.transitions import Action
from motcua.rules.workflow import StepKind, StepSpec
from motcua.rules.workflow_course import LegsAwaited, Run, Way, WayNotOpen, barred, finishing, has_legs, opened, ways
from motcua.rules.workflow_ways import splits
from tests.rules.processes import chain, choice, sound_processes, split, step, two_legs, two_ways

CHAIN = chain(1, 1, 1, 1, 1)
LEGS, WAYS = two_legs(), two_ways()
ONE_TO_CHOOSE = [WAYS[0], choice("v", StepKind.VERIFY, 4, xa="site", gần="site"), *WAYS[2:]]
HEADS_CHOICE = [*WAYS[:3], choice("d", StepKind.APPROVE, 2, lớn="e", nhỏ="s"), step("e", StepKind.APPROVE, 2, "s")]
HEADS_CHOICE += WAYS[4:]


@pytest.mark.parametrize(
    ("steps", "run", "action", "label", "opens"),
    [
        pytest.param(CHAIN, Run("0"), Action.ASSIGN, "", (Run("1"),), id="one after the other"),
        pytest.param(CHAIN, Run("4"), Action.HAND_OVER, "", (), id="nothing after the end"),
        pytest.param(LEGS, Run("a"), Action.ASSIGN, "", (Run("v"), Run("w", "w")), id="all legs begin at once"),
        pytest.param(LEGS, Run("w", "w"), Action.FINISH_LEG, "", (), id="a leg that comes to its join"),
        pytest.param(LEGS, Run("v"), Action.PROPOSE, "", (Run("s"),), id="the join, once all are finished"),
        pytest.param(WAYS, Run("v"), Action.PASS_ON, "", (Run("site"),), id="one way the act can take: no word needed"),
        pytest.param(WAYS, Run("v"), Action.PASS_ON, "xa", (Run("site"),), id="the way by its words"),
        pytest.param(WAYS, Run("v"), Action.PROPOSE, " gần ", (Run("d"),), id="the other way"),
        pytest.param(ONE_TO_CHOOSE, Run("v"), Action.PASS_ON, "", (Run("site"),), id="two words for one step"),
        pytest.param(HEADS_CHOICE, Run("d"), Action.APPROVE_DRAFT, "lớn", (Run("e"),), id="the head chooses"),
    ],
)
def test_what_opens(steps: list[StepSpec], run: Run, action: Action, label: str, opens: tuple[Run, ...]) -> None:
    assert opened(steps, run, action, label=label, open_runs={run}) == opens


@pytest.mark.parametrize(
    ("steps", "run", "action", "label", "labels"),
    [
        pytest.param(HEADS_CHOICE, Run("d"), Action.APPROVE_DRAFT, "", ("lớn", "nhỏ"), id="none is named"),
        pytest.param(HEADS_CHOICE, Run("d"), Action.APPROVE_DRAFT, "vừa", ("lớn", "nhỏ"), id="one there is not"),
        pytest.param(WAYS, Run("v"), Action.PROPOSE, "xa", ("gần",), id="the way of another act"),
        pytest.param(WAYS, Run("site"), Action.PASS_ON, "", (), id="nothing to pass on to"),
        pytest.param(CHAIN, Run("1"), Action.PROPOSE, "gần", ("",), id="a word where nothing is to choose"),
    ],
)
def test_a_way_that_is_not_open_is_refused(
    steps: list[StepSpec], run: Run, action: Action, label: str, labels: tuple[str, ...]
) -> None:
    with pytest.raises(WayNotOpen) as refused:
        opened(steps, run, action, label=label)

    assert (refused.value.label, refused.value.labels) == (label, labels)


def test_the_leading_way_waits_for_the_legs_beside_it() -> None:
    with pytest.raises(LegsAwaited) as refused:
        opened(LEGS, Run("v"), Action.PROPOSE, open_runs={Run("v"), Run("w", "w")})

    assert refused.value.codes == ("w",)


def test_a_leg_may_split_and_join_inside_itself() -> None:
    steps = [
        split("a", StepKind.ASSIGN, 1, "v", "w"),
        step("v", StepKind.VERIFY, 1, "s"),
        split("w", StepKind.VERIFY, 1, "x", "y"),
        step("x", StepKind.VERIFY, 1, "z"),
        step("y", StepKind.VERIFY, 1, "z"),
        step("z", StepKind.VERIFY, 1, "s"),
        *LEGS[3:],
    ]
    begun = opened(steps, Run("w", "w"), Action.FINISH_LEG)

    assert begun == (Run("x", "w"), Run("y", "y"))
    with pytest.raises(LegsAwaited):
        opened(steps, Run("x", "w"), Action.FINISH_LEG, open_runs=[Run("v"), *begun])
    assert opened(steps, Run("y", "y"), Action.FINISH_LEG, open_runs=[Run("v"), *begun]) == ()
    assert opened(steps, Run("x", "w"), Action.FINISH_LEG, open_runs=[Run("v"), begun[0]]) == (Run("z", "w"),)


@pytest.mark.parametrize(
    ("steps", "run", "acts"),
    [
        pytest.param(CHAIN, Run("0"), {Action.ASSIGN}, id="given out"),
        pytest.param(CHAIN, Run("1"), {Action.PROPOSE, Action.PROPOSE_REFUSAL}, id="the last verification"),
        pytest.param(
            WAYS, Run("v"), {Action.PASS_ON, Action.PROPOSE, Action.PROPOSE_REFUSAL}, id="the officer decides which"
        ),
        pytest.param(
            [*WAYS[:1], step("v", StepKind.VERIFY, 1, "site"), *WAYS[2:]], Run("v"), {Action.PASS_ON}, id="another"
        ),
        pytest.param(WAYS, Run("d"), {Action.APPROVE_DRAFT}, id="the head"),
        pytest.param(LEGS, Run("w", "w"), {Action.FINISH_LEG}, id="a leg"),
    ],
)
def test_which_acts_finish_a_step(steps: list[StepSpec], run: Run, acts: set[Action]) -> None:
    assert finishing(steps, run) == acts


def test_acts_without_a_way_on_or_with_a_leg_awaited_are_barred() -> None:
    assert barred(CHAIN, Run("1"), [Run("1")]) == {Action.PASS_ON}
    assert barred(LEGS, Run("v"), [Run("v"), Run("w", "w")]) == {
        Action.PASS_ON,
        Action.PROPOSE,
        Action.PROPOSE_REFUSAL,
    }
    assert barred(LEGS, Run("v"), [Run("v")]) == {Action.PASS_ON}


def test_only_a_process_that_splits_has_legs() -> None:
    assert (has_legs(LEGS), has_legs(WAYS)) == (True, False)


def test_the_ways_of_a_choice_say_when() -> None:
    assert ways(WAYS, "v", Action.FINISH_LEG) == (Way("xa", "site"), Way("gần", "d"))
    assert ways(LEGS, "a", Action.ASSIGN) == (Way("", "v"),)


@given(sound_processes(), st.data())
def test_whatever_is_chosen_and_finished_first_every_process_comes_to_its_end(
    steps: list[StepSpec], data: st.DataObject
) -> None:
    under_way, opened_count, done = [Run(steps[0].code)], Counter([steps[0].code]), set[str]()
    joining = {found.join: found for found in splits(steps)}
    while under_way:
        assert len({run.leg for run in under_way}) == len(under_way), "one step at a time on every leg"
        run = data.draw(st.sampled_from(under_way))
        action = data.draw(st.sampled_from(sorted(finishing(steps, run))))
        label = data.draw(st.sampled_from(ways(steps, run.code, action) or [Way("", "")])).label
        try:
            opens = opened(steps, run, action, label=label, open_runs=under_way)
        except LegsAwaited:
            assert len(under_way) > 1, "only another leg is waited for"
            continue
        under_way.remove(run)
        done.add(run.code)
        for new in opens:
            opened_count[new.code] += 1
            if new.code in joining:
                begun = {other.code for other in under_way}
                assert not any(leg & begun for leg in joining[new.code].legs), "a join waits for all its legs"
        under_way += opens

    assert set(opened_count.values()) == {1}, "no step runs twice, no join opens twice"
    assert steps[-1].code in done


@given(sound_processes(), st.data())
def test_something_can_always_be_done(steps: list[StepSpec], data: st.DataObject) -> None:
    under_way, turns = [Run(steps[0].code)], 0
    while under_way:
        turns += 1
        assert turns <= len(steps), "each turn finishes a step"
        found = []
        for run in under_way:
            action = data.draw(st.sampled_from(sorted(finishing(steps, run))))
            label = data.draw(st.sampled_from(ways(steps, run.code, action) or [Way("", "")])).label
            try:
                found.append((run, opened(steps, run, action, label=label, open_runs=under_way)))
            except LegsAwaited:
                continue
        assert found, "a dossier never stands still for ever"
        run, opens = found[0]
        under_way = [*(other for other in under_way if other is not run), *opens]


@given(sound_processes(), st.data())
def test_rework_repeats_the_leading_way_and_never_a_leg(steps: list[StepSpec], data: st.DataObject) -> None:
    known = {spec.code: spec for spec in steps}
    under_way, opened_count, reworks, last = [Run(steps[0].code)], Counter[Run](), 0, Run("")
    while under_way:
        run = under_way[-1]
        is_before_signature = known[run.code].kind in {StepKind.APPROVE, StepKind.SIGN}
        if is_before_signature and reworks < 2 and data.draw(st.booleans()):
            under_way, reworks = [last], reworks + 1
            continue
        last = run if known[run.code].kind is StepKind.VERIFY and not run.leg else last
        action = data.draw(st.sampled_from(sorted(finishing(steps, run))))
        label = data.draw(st.sampled_from(ways(steps, run.code, action) or [Way("", "")])).label
        opens = opened(steps, run, action, label=label, open_runs=under_way)
        opened_count.update(opens)
        under_way = [*under_way[:-1], *opens]

    assert all(times == 1 for run, times in opened_count.items() if run.leg)
    assert max(opened_count.values()) <= 1 + reworks
