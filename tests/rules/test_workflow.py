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


@given(st.lists(st.integers(1, 40), min_size=5, max_size=5), st.integers(0, 250))
def test_a_chain_is_too_long_exactly_when_its_sum_is(hours: list[int], limit: int) -> None:
    found = faults(chain(*hours), timedelta(hours=limit))

    assert (Fault.TOO_LONG in found) == (sum(hours) > limit)
