from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.rules.permissions import Role
from motcua.rules.transitions import NEXT, Action
from motcua.rules.workflow import FINISHED_BY, ROLE_OF, Branching, Fault, Flaw, StepKind, StepSpec
from motcua.rules.workflow_soundness import Setting, flaws
from motcua.rules.workflow_time import critical_path, longest_path
from motcua.rules.workflow_ways import awaited, ends_at, side_legs, splits
from tests.rules.processes import chain, choice, sound_processes, split, step, two_legs, two_ways

SOUND = chain(4, 16, 8, 4, 8)
ANY = Setting(None)


def faults(steps: list[StepSpec], setting: Setting = ANY) -> list[Fault]:
    return [flaw.fault for flaw in flaws(steps, setting)]


@pytest.mark.parametrize("steps", [SOUND, two_legs(), two_ways()], ids=["a chain", "two legs", "two ways"])
def test_a_sound_process_has_no_flaws(steps: list[StepSpec]) -> None:
    assert flaws(steps, ANY) == ()


def test_the_steps_of_a_sound_process_fit_the_legal_limit() -> None:
    assert flaws(SOUND, Setting(timedelta(hours=40))) == ()


def test_a_process_longer_than_the_law_allows_cannot_be_approved() -> None:
    assert flaws(two_legs(), Setting(timedelta(hours=14))) == (Flaw(Fault.TOO_LONG, ("a", "v", "s", "i", "r")),)


def test_a_limit_that_is_no_length_of_time_is_not_summed_against() -> None:
    assert flaws(SOUND, ANY) == ()


def test_a_role_nobody_holds_is_named_at_its_step() -> None:
    assert flaws(SOUND, Setting(None, vacant_codes={"3"})) == (Flaw(Fault.ROLE_VACANT, ("3",)),)


def changed(steps: list[StepSpec], code: str, **fields: object) -> list[StepSpec]:
    return [replace(s, **fields) if s.code == code else s for s in steps]  # type: ignore[arg-type]  # each by its name


@pytest.mark.parametrize(
    ("steps", "flaw"),
    [
        pytest.param([], Flaw(Fault.EMPTY), id="no step at all"),
        pytest.param([*SOUND, SOUND[1]], Flaw(Fault.DOUBLE_CODE, ("1",)), id="one code twice"),
        pytest.param(
            changed(SOUND, "1", next_codes=("nowhere",)),
            Flaw(Fault.UNKNOWN_NEXT, ("1",)),
            id="a next step that does not exist",
        ),
        pytest.param(changed(SOUND, "2", next_codes=("1",)), Flaw(Fault.ENDLESS, ("1", "2")), id="a circle"),
        pytest.param(
            [*SOUND, step("x", StepKind.RETURN, 1)], Flaw(Fault.UNREACHABLE, ("x",)), id="a step nobody comes to"
        ),
        pytest.param(changed(SOUND, "3", next_codes=()), Flaw(Fault.DEAD_END, ("3",)), id="an end before the return"),
        pytest.param(
            [*changed(SOUND, "4", next_codes=("x",)), step("x", StepKind.RETURN, 1)],
            Flaw(Fault.DEAD_END, ("4",)),
            id="something after the return",
        ),
        pytest.param(changed(SOUND, "2", role=Role.RECORDS_CLERK), Flaw(Fault.WRONG_ROLE, ("2",)), id="a clerk signs"),
        pytest.param(
            changed(two_ways(), "v", next_codes=("site", "i")),
            Flaw(Fault.KIND_MISSING, ("r",)),
            id="a way round the signature",
        ),
        pytest.param(
            [*changed(SOUND, "2", next_codes=("x",)), step("x", StepKind.SIGN, 1, "3")],
            Flaw(Fault.KIND_REPEATED, ("x",)),
            id="signed twice",
        ),
        pytest.param(
            chain(1, 1, 1, 1, 1, kinds=(StepKind.VERIFY, StepKind.ASSIGN, *list(StepKind)[3:])),
            Flaw(Fault.OUT_OF_ORDER, ("0",)),
            id="verified before it is assigned",
        ),
        pytest.param(
            changed(two_ways(), "v", next_labels=("xa", " ")),
            Flaw(Fault.UNLABELLED, ("v",)),
            id="a way that does not say when",
        ),
        pytest.param(
            changed(two_ways(), "v", next_labels=("xa", "xa")),
            Flaw(Fault.UNLABELLED, ("v",)),
            id="two ways that say the same",
        ),
        pytest.param(
            changed(two_ways(), "v", next_labels=()), Flaw(Fault.UNLABELLED, ("v",)), id="a choice without words"
        ),
        pytest.param(
            [
                *SOUND[:3],
                choice("3", StepKind.ISSUE, 1, bưu_chính="4", tại_quầy="x"),
                SOUND[4],
                step("x", StepKind.RETURN, 1),
            ],
            Flaw(Fault.CHOICE_TOO_LATE, ("3",)),
            id="the clerk chooses",
        ),
        pytest.param(
            changed(two_legs(), "a", next_codes=("v", "s")),
            Flaw(Fault.UNMATCHED_JOIN, ("a",)),
            id="a leg without a step",
        ),
        pytest.param(
            [
                *changed(two_legs(), "w", next_codes=("x",)),
                step("x", StepKind.SIGN, 1, "y"),
                step("y", StepKind.ISSUE, 1, "z"),
                step("z", StepKind.RETURN, 1),
            ],
            Flaw(Fault.UNMATCHED_JOIN, ("a",)),
            id="legs that never meet",
        ),
        pytest.param(
            [
                step("0", StepKind.ASSIGN, 1, "b"),
                choice("b", StepKind.VERIFY, 1, cả_hai="a", một="w"),
                split("a", StepKind.VERIFY, 1, "v", "w"),
                *two_legs()[1:],
            ],
            Flaw(Fault.UNMATCHED_JOIN, ("b",)),
            id="a way into the middle of a leg",
        ),
        pytest.param(
            [
                split("a", StepKind.ASSIGN, 1, "v", "w"),
                step("v", StepKind.VERIFY, 1, "x"),
                choice("w", StepKind.VERIFY, 1, một="x", hai="y"),
                step("x", StepKind.VERIFY, 1, "s"),
                step("y", StepKind.VERIFY, 1, "s"),
                *two_legs()[3:],
            ],
            Flaw(Fault.UNMATCHED_JOIN, ("v", "w", "x")),
            id="two legs that share a step",
        ),
        pytest.param(
            [*changed(two_legs(), "w", next_codes=("d",)), step("d", StepKind.APPROVE, 1, "s")],
            Flaw(Fault.LEG_DECIDES, ("d",)),
            id="a leg that decides by itself",
        ),
        pytest.param(
            changed(two_legs(), "v", unit_code="H18.01"),
            Flaw(Fault.ELSEWHERE, ("v",)),
            id="another agency leads",
        ),
        pytest.param(changed(SOUND, "1", output=" "), Flaw(Fault.OUTPUT_MISSING, ("1",)), id="nothing comes out"),
    ],
)
def test_an_unsound_process_is_told_what_is_wrong_and_where(steps: list[StepSpec], flaw: Flaw) -> None:
    assert flaw in flaws(steps, ANY)


def test_another_agency_may_do_a_leg_beside_the_leading_one() -> None:
    assert flaws(changed(two_legs(), "w", unit_code="H18.01"), ANY) == ()


def test_of_two_parallel_legs_the_longer_one_counts() -> None:
    assert longest_path(two_legs()) == timedelta(hours=15)
    assert [s.code for s in critical_path(two_ways())] == ["a", "v", "site", "d", "s", "i", "r"]


def test_an_empty_process_takes_no_time() -> None:
    assert longest_path([]) == timedelta()


def test_every_kind_of_step_is_finished_by_an_act_of_its_role() -> None:
    assert set(FINISHED_BY) == set(ROLE_OF) == set(StepKind)
    assert FINISHED_BY[StepKind.SIGN] is Action.SIGN
    assert set(FINISHED_BY.values()) <= {action for _, action in NEXT}


def test_a_join_waits_for_the_open_steps_of_the_other_legs() -> None:
    steps = two_legs()

    assert awaited(steps, "v", "s", {"v", "w"}) == ("w",)
    assert awaited(steps, "v", "s", {"v"}) == ()
    assert awaited(steps, "s", "i", {"w"}) == ()
    assert (side_legs(steps, "a"), side_legs(steps, "v")) == (("w",), ())
    assert ends_at(steps, "w") == "s"


def test_legs_inside_a_leg_join_where_the_outer_ones_do() -> None:
    steps = [split("a", StepKind.ASSIGN, 1, "x", "w"), split("x", StepKind.VERIFY, 1, "v", "u"), *two_legs()[1:]]
    steps.append(step("u", StepKind.VERIFY, 1, "s"))

    assert flaws(steps, ANY) == ()
    assert {found.code: found.join for found in splits(steps)} == {"a": "s", "x": "s"}
    assert awaited(steps, "v", "s", {"u", "w"}) == ("w", "u")
    assert awaited(steps, "u", "s", {"v", "w"}) == ("v", "w")


def ways(steps: list[StepSpec]) -> list[list[StepSpec]]:
    """Return every way from the first step to an end."""
    by_code = {spec.code: spec for spec in steps}
    found, begun = list[list[StepSpec]](), [[steps[0]]]
    while begun:
        way = begun.pop()
        begun.extend([*way, by_code[code]] for code in way[-1].next_codes)
        if not way[-1].next_codes:
            found.append(way)
    return found


@given(sound_processes())
def test_generated_sound_processes_are_accepted_and_as_long_as_their_longest_way(steps: list[StepSpec]) -> None:
    longest = max(sum((spec.time for spec in way), timedelta()) for way in ways(steps))

    assert flaws(steps, Setting(longest)) == ()
    assert longest_path(steps) == longest
    assert faults(steps, Setting(longest - timedelta(minutes=1))) == [Fault.TOO_LONG]


_MUTATIONS: dict[Fault, Callable[[list[StepSpec], StepSpec], StepSpec | None]] = {
    Fault.UNKNOWN_NEXT: lambda _all, s: replace(s, next_codes=(*s.next_codes, "?")),
    Fault.ENDLESS: lambda every, s: replace(s, next_codes=(*s.next_codes, every[0].code)),
    Fault.DEAD_END: lambda _all, s: replace(s, next_codes=()) if s.next_codes else None,
    Fault.WRONG_ROLE: lambda _all, s: replace(s, role=Role.AUDITOR),
    Fault.OUTPUT_MISSING: lambda _all, s: replace(s, output=""),
    Fault.UNLABELLED: lambda _all, s: replace(s, next_labels=s.next_labels[1:]) if s.is_choice else None,
}


@given(sound_processes(), st.sampled_from(sorted(_MUTATIONS)), st.data())
def test_each_mutation_of_a_sound_process_is_named(steps: list[StepSpec], fault: Fault, data: st.DataObject) -> None:
    number = data.draw(st.integers(0, len(steps) - 1))
    spoilt = _MUTATIONS[fault](steps, steps[number])
    if spoilt is None:
        return

    found = flaws([*steps[:number], spoilt, *steps[number + 1 :]], ANY)

    assert spoilt.code in next(flaw.codes for flaw in found if flaw.fault is fault)


@given(sound_processes())
def test_a_leg_that_leaves_its_split_is_named(steps: list[StepSpec]) -> None:
    for found in splits(steps):
        one, other = found.legs[0], found.legs[1]
        stray = next(s for s in steps if s.code in one and found.join in s.next_codes)
        target = min(other)
        crossed = replace(stray, next_codes=(*stray.next_codes, target), branching=Branching.CHOICE)
        spoilt = [crossed if s.code == stray.code else s for s in steps]

        assert Fault.UNMATCHED_JOIN in faults(spoilt)
