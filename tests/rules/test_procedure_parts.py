"""When a version has all its parts, what may be declared "none", and what stands in doubt."""

from dataclasses import replace

import pytest

from motcua.rules.procedure_parts import (
    MAY_BE_NONE,
    Fault,
    Part,
    PartNotEmpty,
    PartsFacts,
    check_may_be_none,
    faults,
    missing_parts,
    problems,
)

EVERY = frozenset(Part)
WHOLE = PartsFacts(filled=EVERY)
REQUIRED = EVERY - set(MAY_BE_NONE)


def test_a_version_with_every_part_is_complete() -> None:
    assert missing_parts(WHOLE) == ()
    assert problems(WHOLE) == ()


def test_the_nine_required_parts_and_the_four_others() -> None:
    assert set(MAY_BE_NONE) == {Part.FORMS, Part.RESULT, Part.CONDITIONS, Part.FEES}
    assert len(REQUIRED) == 9


@pytest.mark.parametrize("part", Part)
def test_an_empty_part_is_missing(part: Part) -> None:
    assert missing_parts(PartsFacts(filled=EVERY - {part})) == (part,)


@pytest.mark.parametrize("part", Part)
def test_declared_none_excuses_parts_nine_to_twelve_alone(part: Part) -> None:
    declared = PartsFacts(filled=EVERY - {part}, declared_none=frozenset({part}))

    assert missing_parts(declared) == (() if part in MAY_BE_NONE else (part,))


def test_missing_parts_come_in_the_order_of_the_form() -> None:
    assert missing_parts(PartsFacts(filled=frozenset())) == tuple(Part)


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"is_limit_understood": False}, Fault.LIMIT_NOT_UNDERSTOOD),
        ({"is_fee_understood": False}, Fault.FEE_NOT_UNDERSTOOD),
        ({"unfounded_fees": 1, "filled": EVERY - {Part.LEGAL_BASIS}}, Fault.FEE_WITHOUT_BASIS),
        ({"unfounded_fees": 1, "names_fee_basis": True}, Fault.FEE_WITHOUT_BASIS),
        ({"forms_without_file": 2}, Fault.FORM_WITHOUT_FILE),
        ({"names_abolished_body": True}, Fault.ABOLISHED_BODY),
    ],
)
def test_each_doubt_has_its_name(changes: dict[str, object], fault: Fault) -> None:
    assert faults(replace(WHOLE, **changes)) == (fault,)  # type: ignore[arg-type]  # each of its own type


def test_a_fee_with_a_basis_and_a_free_procedure_without_one_are_no_fault() -> None:
    assert faults(replace(WHOLE, unfounded_fees=1)) == ()
    assert faults(replace(WHOLE, names_fee_basis=True)) == ()
    assert faults(PartsFacts(filled=EVERY - {Part.LEGAL_BASIS}, names_fee_basis=True)) == ()
    assert faults(PartsFacts(filled=EVERY - {Part.LEGAL_BASIS})) == ()


def test_problems_name_the_missing_parts_first() -> None:
    doubtful = PartsFacts(filled=EVERY - {Part.STEPS}, names_abolished_body=True)

    assert problems(doubtful) == (Part.STEPS, Fault.ABOLISHED_BODY)


@pytest.mark.parametrize("part", Part)
def test_only_an_empty_part_that_a_procedure_may_lack_can_be_declared(part: Part) -> None:
    with pytest.raises(PartNotEmpty) as refusal:
        check_may_be_none(part, EVERY)
    assert refusal.value.part is part
    if part in MAY_BE_NONE:
        check_may_be_none(part, EVERY - {part})
    else:
        with pytest.raises(PartNotEmpty):
            check_may_be_none(part, frozenset())
