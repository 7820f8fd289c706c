from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.rules.permissions import Role
from motcua.rules.transitions import Action
from motcua.rules.workflow import FINISHED_BY, ROLE_OF, Fault, StepKind, StepPlace, StepSpec, faults, longest_path

KINDS = tuple(StepKind)


def step(code: str, kind: StepKind, hours: float, *after: str, role: Role | None = None) -> StepSpec:
    return StepSpec(
        code=code,
        kind=kind,
        role=role or ROLE_OF[kind],
        place=StepPlace.COMPETENT,
        time=timedelta(hours=hours),
        next_codes=after,
    )


def chain(*hours: float) -> list[StepSpec]:
    codes = [str(number) for number in range(len(hours))]
    return [step(codes[i], KINDS[i], hours[i], *codes[i + 1 : i + 2]) for i in range(len(hours))]


SOUND = chain(4, 16, 8, 4, 8)


def test_the_steps_of_a_sound_process_fit_the_legal_limit() -> None:
    assert faults(SOUND, timedelta(hours=40)) == ()


def test_a_process_longer_than_the_law_allows_cannot_be_approved() -> None:
    assert faults(SOUND, timedelta(hours=39)) == (Fault.TOO_LONG,)


def test_a_limit_that_is_no_length_of_time_is_not_summed_against() -> None:
    assert faults(SOUND, None) == ()


@pytest.mark.parametrize(
    ("steps", "fault"),
    [
        pytest.param([], Fault.EMPTY, id="no step at all"),
        pytest.param([*SOUND, SOUND[0]], Fault.DOUBLE_CODE, id="one code twice"),
        pytest.param(
            [step("a", StepKind.ASSIGN, 1, "nowhere")], Fault.UNKNOWN_NEXT, id="a next step that does not exist"
        ),
        pytest.param(
            [step("a", StepKind.ASSIGN, 1, "b"), step("b", StepKind.VERIFY, 1, "a")], Fault.ENDLESS, id="a circle"
        ),
        pytest.param([*SOUND, step("x", StepKind.RETURN, 1)], Fault.UNREACHABLE, id="a step nobody comes to"),
        pytest.param([*SOUND, step("x", StepKind.RETURN, 1)], Fault.DEAD_END, id="two ends"),
        pytest.param(chain(4, 16, 8, 4), Fault.DEAD_END, id="an end before the result is returned"),
        pytest.param(
            [step("0", StepKind.ASSIGN, 4, "1", "x"), *SOUND[1:], step("x", StepKind.VERIFY, 1)],
            Fault.DEAD_END,
            id="a parallel leg that never joins",
        ),
        pytest.param(
            [step("0", StepKind.ASSIGN, 4, "1", "x"), *SOUND[1:], step("x", StepKind.VERIFY, 1, "2")],
            Fault.NOT_STEP_BY_STEP,
            id="parallel legs that join",
        ),
        pytest.param(
            [SOUND[0], step("1", StepKind.VERIFY, 1, "x"), step("x", StepKind.VERIFY, 1, "2"), *SOUND[2:]],
            Fault.NOT_STEP_BY_STEP,
            id="verified twice",
        ),
        pytest.param(
            [*SOUND[:2], step("2", StepKind.SIGN, 8, "3", role=Role.RECORDS_CLERK), *SOUND[3:]],
            Fault.WRONG_ROLE,
            id="a clerk signs",
        ),
        pytest.param(chain(4, 16, 8, 4), Fault.KIND_MISSING, id="nobody returns the result"),
        pytest.param(
            [
                step("a", StepKind.VERIFY, 1, "b"),
                step("b", StepKind.ASSIGN, 1, "c"),
                step("c", StepKind.SIGN, 1, "d"),
                step("d", StepKind.ISSUE, 1, "e"),
                step("e", StepKind.RETURN, 1),
            ],
            Fault.OUT_OF_ORDER,
            id="verified before it is assigned",
        ),
    ],
)
def test_an_unsound_process_is_told_what_is_wrong(steps: list[StepSpec], fault: Fault) -> None:
    assert fault in faults(steps, None)


def test_of_two_parallel_legs_the_longer_one_counts() -> None:
    steps = [
        step("a", StepKind.ASSIGN, 1, "b", "c"),
        step("b", StepKind.VERIFY, 10, "d"),
        step("c", StepKind.VERIFY, 3, "d"),
        step("d", StepKind.SIGN, 2),
    ]

    assert longest_path(steps) == timedelta(hours=13)


def test_an_empty_process_takes_no_time() -> None:
    assert longest_path([]) == timedelta()


def test_every_kind_of_step_is_finished_by_an_act_of_its_role() -> None:
    assert set(FINISHED_BY) == set(ROLE_OF) == set(StepKind)
    assert FINISHED_BY[StepKind.SIGN] is Action.SIGN


def test_legs_that_join_before_the_end_are_no_dead_ends() -> None:
    joined = [step("0", StepKind.ASSIGN, 4, "1", "x"), *SOUND[1:], step("x", StepKind.VERIFY, 20, "2")]

    assert faults(joined, timedelta(hours=44)) == (Fault.NOT_STEP_BY_STEP,)
    assert faults(joined, timedelta(hours=43)) == (Fault.NOT_STEP_BY_STEP, Fault.TOO_LONG)


@st.composite
def drawings(draw: st.DrawFn) -> list[StepSpec]:
    """Any drawing of up to seven steps, circles and loose ends included."""
    size = draw(st.integers(1, 7))
    codes = [str(number) for number in range(size)]
    nexts = st.lists(st.sampled_from(codes), max_size=3, unique=True)
    return [step(code, draw(st.sampled_from(KINDS)), draw(st.integers(1, 9)), *draw(nexts)) for code in codes]


def ways(steps: list[StepSpec]) -> list[list[StepSpec]] | None:
    """Return every way from the first step to an end; None when one of them goes in a circle."""
    by_code = {spec.code: spec for spec in steps}
    found, begun = list[list[StepSpec]](), [[steps[0]]]
    while begun:
        way = begun.pop()
        for code in way[-1].next_codes:
            if by_code[code] in way:
                return None
            begun.append([*way, by_code[code]])
        if not way[-1].next_codes:
            found.append(way)
    return found


@given(drawings())
def test_the_drawing_is_judged_as_by_walking_every_way(steps: list[StepSpec]) -> None:
    every_way, found = ways(steps), faults(steps, None)

    if every_way is None:
        assert found == (Fault.ENDLESS,)
        return
    visited = {spec.code for way in every_way for spec in way}
    assert (Fault.UNREACHABLE in found) == (len(visited) < len(steps))
    assert longest_path(steps) == max(sum((spec.time for spec in way), timedelta()) for way in every_way)
    if not found:
        assert [[spec.kind for spec in way] for way in every_way] == [list(KINDS)]


@given(st.lists(st.integers(1, 40), min_size=5, max_size=5), st.integers(0, 250))
def test_a_chain_is_too_long_exactly_when_its_sum_is(hours: list[int], limit: int) -> None:
    found = faults(chain(*hours), timedelta(hours=limit))

    assert (Fault.TOO_LONG in found) == (sum(hours) > limit)
