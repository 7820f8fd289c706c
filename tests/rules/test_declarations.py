"""What a declaration asks once it is being answered: conditions, repeated groups, what is filled in beforehand."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.rules.declaration_answers import (
    AnswerFault,
    Asked,
    WrongAnswer,
    asked,
    kept,
    lost_answers,
    prefilled,
    row_count,
    with_row,
    without_row,
    wrong_answers,
)
from motcua.rules.declaration_flaws import declaration_flaws
from motcua.rules.declarations import (
    MOST_ROWS,
    NO,
    YES,
    Condition,
    Effect,
    FieldDefinition,
    FieldKind,
    Prefill,
    as_stored,
    from_stored,
)

MARRIED = FieldDefinition("married", "Đã kết hôn", "yes_no")
SPOUSE = FieldDefinition("spouse", "Vợ hoặc chồng", "text", condition=Condition("married", (YES,)))
CHILDREN = FieldDefinition("children", "Con", "group", required=False, most=3)
NAME = FieldDefinition("name", "Họ tên", "text", group="children")
ADOPTED = FieldDefinition("adopted", "Con nuôi", "yes_no", group="children")
PAPER = FieldDefinition(
    "paper", "Số quyết định", "text", required=False, group="children", condition=Condition("adopted", (YES,))
)
WHOLE = (MARRIED, SPOUSE, CHILDREN, NAME, ADOPTED, PAPER)


def keys(fields: tuple[FieldDefinition, ...], answers: dict[str, str]) -> list[str]:
    return [one.key for one in asked(fields, answers)]


@pytest.mark.parametrize(
    ("answers", "shown"),
    [
        pytest.param({}, ["married", "children"], id="nothing said yet"),
        pytest.param({"married": YES}, ["married", "spouse", "children"], id="an answer opens a question"),
        pytest.param({"married": NO, "spouse": "An"}, ["married", "children"], id="another answer closes it"),
        pytest.param(
            {"children": "2", "children-2-adopted": YES},
            [
                "married",
                "children",
                "children-1-name",
                "children-1-adopted",
                "children-2-name",
                "children-2-adopted",
                "children-2-paper",
            ],
            id="each row decides for itself",
        ),
        pytest.param({"children": "hai"}, ["married", "children"], id="a count that is none"),
    ],
)
def test_answers_decide_what_is_asked(answers: dict[str, str], shown: list[str]) -> None:
    assert keys(WHOLE, answers) == shown


def test_a_condition_may_only_require() -> None:
    fields = (MARRIED, replace(SPOUSE, required=False, condition=Condition("married", (YES,), Effect.REQUIRE)))

    assert [one.is_required for one in asked(fields, {"married": NO})] == [True, False]
    assert [one.is_required for one in asked(fields, {"married": YES})] == [True, True]


def test_a_condition_without_values_wants_any_answer_and_of_several_choices_one() -> None:
    several = FieldDefinition("needs", "Cần gì", "choices", options=("A", "B"))
    after_any = FieldDefinition("more", "Thêm", "text", condition=Condition("needs"))
    after_b = FieldDefinition("b", "Vì sao B", "text", condition=Condition("needs", ("B",)))

    assert keys((several, after_any, after_b), {"needs": "A"}) == ["needs", "more"]
    assert keys((several, after_any, after_b), {"needs": "A\nB"}) == ["needs", "more", "b"]
    assert keys((several, after_any, after_b), {"needs": "  "}) == ["needs"]


def test_a_question_after_one_that_is_not_shown_is_not_shown() -> None:
    deep = FieldDefinition("deep", "Sâu", "text", condition=Condition("spouse"))

    assert keys((MARRIED, SPOUSE, deep), {"married": NO, "spouse": "An"}) == ["married"]


def test_a_field_of_a_group_may_ask_after_one_outside() -> None:
    outside = replace(PAPER, condition=Condition("married", (YES,)))
    said = {"married": YES, "spouse": "An", "children": "1"}

    assert "children-1-paper" in keys((MARRIED, SPOUSE, CHILDREN, outside), said)


def test_a_hidden_group_hides_its_rows() -> None:
    hidden = replace(CHILDREN, condition=Condition("married", (YES,)))

    assert keys((MARRIED, hidden, NAME), {"married": NO, "children": "2"}) == ["married"]


@pytest.mark.parametrize(
    ("group", "said", "count"),
    [
        (CHILDREN, "", 0),
        (CHILDREN, "2", 2),
        (CHILDREN, "9", 3),
        (replace(CHILDREN, required=True), "0", 1),
        (replace(CHILDREN, least=2), "", 2),
        (replace(CHILDREN, most=None), "500", MOST_ROWS),
        (CHILDREN, "1000", 0),
    ],
)
def test_rows_keep_within_the_limits_of_their_group(group: FieldDefinition, said: str, count: int) -> None:
    assert row_count(Asked(group, "children", group.required), {"children": said}) == count


def test_a_group_that_a_condition_requires_has_a_row_once_it_is_met() -> None:
    fields = (MARRIED, replace(CHILDREN, condition=Condition("married", (YES,), Effect.REQUIRE)), NAME)

    assert keys(fields, {"married": NO}) == ["married", "children"]
    assert keys(fields, {"married": YES}) == ["married", "children", "children-1-name"]
    assert wrong_answers(fields, {"married": YES, "children": "0"}) == (
        WrongAnswer("children-1-name", AnswerFault.MISSING),
    )
    assert kept(fields, {"married": YES}) == {"married": YES, "children": "1"}
    assert with_row(fields, {"married": YES}, "children")["children"] == "2"


def test_only_what_is_asked_is_kept() -> None:
    heading = FieldDefinition("part", "Phần I", "heading")
    said = {
        "part": "x",
        "married": NO,
        "spouse": "An",
        "children": "1",
        "children-1-name": "Páo",
        "children-2-name": "Say",
    }

    assert kept((heading, *WHOLE), said) == {"married": NO, "children": "1", "children-1-name": "Páo"}


def test_wrong_answers_are_told_by_key() -> None:
    said = {"married": NO, "spouse": "An", "children": "1", "children-1-adopted": NO}

    assert wrong_answers((FieldDefinition("part", "Phần I", "heading"), *WHOLE), said) == (
        WrongAnswer("children-1-name", AnswerFault.MISSING),
        WrongAnswer("spouse", AnswerFault.NOT_ASKED),
    )


SAID = {"married": YES, "spouse": "An", "children": "1", "children-1-name": "Páo", "children-1-adopted": NO}


@pytest.mark.parametrize(
    ("after", "lost"),
    [
        pytest.param(WHOLE, set(), id="the same declaration, with rows"),
        pytest.param((*WHOLE, FieldDefinition("area", "Diện tích", "number")), set(), id="one more question"),
        pytest.param((MARRIED, CHILDREN, NAME, ADOPTED), {"spouse"}, id="a question dropped"),
        pytest.param((MARRIED, SPOUSE), {"children-1-name", "children-1-adopted"}, id="a group dropped"),
        pytest.param((MARRIED, SPOUSE, CHILDREN, NAME), {"children-1-adopted"}, id="a question of a group dropped"),
        pytest.param(
            (MARRIED, CHILDREN, replace(SPOUSE, group="children", condition=None), NAME, ADOPTED),
            {"spouse"},
            id="a question moved into a group",
        ),
        pytest.param(
            (MARRIED, SPOUSE, replace(CHILDREN, condition=Condition("married", (NO,))), NAME, ADOPTED),
            {"children-1-name", "children-1-adopted"},
            id="a condition that is not met",
        ),
    ],
)
def test_an_answer_is_lost_when_it_would_not_show(after: tuple[FieldDefinition, ...], lost: set[str]) -> None:
    assert lost_answers(WHOLE, after, SAID) == lost


def test_an_answer_is_lost_that_would_be_none_any_more() -> None:
    needs = FieldDefinition("needs", "Cần gì", "choices", options=("A", "B", "C"))
    fewer = replace(needs, options=("A", "B"))

    assert lost_answers((needs,), (fewer,), {"needs": "A\nB"}) == set()
    assert lost_answers((needs,), (fewer,), {"needs": "A\nC"}) == {"needs"}
    assert lost_answers((needs,), (replace(needs, kind="text"),), {"needs": "A"}) == {"needs"}


def test_nothing_is_lost_of_what_was_left_empty() -> None:
    said = {"married": NO, "spouse": "An", "children": "1", "children-1-name": " ", "children-1-paper": ""}

    assert lost_answers(WHOLE, (MARRIED,), said) == set()


def test_a_row_is_added_until_the_group_is_full() -> None:
    said = with_row(WHOLE, {"children": "2"}, "children")

    assert said == {"children": "3"}
    assert with_row(WHOLE, said, "children") == {"children": "3"}
    assert with_row(WHOLE, said, "married") == said


def test_a_row_taken_away_moves_the_later_ones_up() -> None:
    said = {"married": NO, "children": "3", "children-1-name": "A", "children-2-name": "B", "children-3-name": "C"}

    left = without_row(WHOLE, said, "children", 2)

    assert left == {"married": NO, "children": "2", "children-1-name": "A", "children-2-name": "C"}
    assert without_row(WHOLE, said, "children", 4) == said
    assert without_row(WHOLE, said, "none", 1) == said


def test_fields_are_filled_in_beforehand() -> None:
    fields = (
        FieldDefinition("who", "Họ tên", "text", prefill="NAME"),
        FieldDefinition("city", "Tỉnh", "text", default="Điện Biên"),
        FieldDefinition("mail", "Thư", "email", prefill="EMAIL", default="a@example.com"),
        FieldDefinition("odd", "Lạ", "text", prefill="MOON"),
        replace(CHILDREN, prefill="EARLIER"),
        replace(NAME, default="Páo"),
    )
    earlier = {"children": "1", "children-1-name": "Say", "who": "Cũ"}

    found = prefilled(fields, {Prefill.NAME: "Vàng A Páo", Prefill.EMAIL: ""}, earlier)

    assert found == {"who": "Vàng A Páo", "city": "Điện Biên", "children": "1", "children-1-name": "Say"}


def test_a_plain_field_is_stored_as_it_always_was() -> None:
    stored = {"key": "ten", "label": "Tên", "kind": "text", "required": True, "options": [], "help": ""}

    assert as_stored(from_stored(stored)) == stored
    assert from_stored({"key": "ten", "label": "Tên", "kind": "text"}) == FieldDefinition("ten", "Tên", "text")


CONDITIONS = st.builds(
    Condition,
    st.sampled_from("abc"),
    st.lists(st.sampled_from(["A", YES]), max_size=2).map(tuple),
    st.sampled_from(Effect),
)
FIELDS = st.builds(
    FieldDefinition,
    key=st.sampled_from("abcdef"),
    label=st.sampled_from(["Câu hỏi", ""]),
    kind=st.sampled_from([*map(str, FieldKind), "moon"]),
    required=st.booleans(),
    options=st.lists(st.sampled_from(["A", "B"]), max_size=2).map(tuple),
    help=st.text(max_size=3),
    least=st.none() | st.integers(0, 3),
    most=st.none() | st.integers(0, 5),
    condition=st.none() | CONDITIONS,
    group=st.sampled_from(["", "a", "b"]),
    prefill=st.sampled_from(["", "EARLIER", "NAME", "MOON"]),
    default=st.sampled_from(["", "A"]),
)
DECLARATIONS = st.lists(FIELDS, max_size=6).map(tuple)
ANSWERS = st.dictionaries(
    st.sampled_from([*"abcdef", "a-1-c", "a-2-c", "b-1-d"]), st.sampled_from(["", "1", "2", "A", YES, "A\nB"])
)


@given(FIELDS)
def test_every_field_reads_back_as_it_was_stored(field: FieldDefinition) -> None:
    assert from_stored(as_stored(field)) == field


@given(DECLARATIONS, ANSWERS)
def test_what_is_kept_asks_the_same_and_is_kept_again(
    fields: tuple[FieldDefinition, ...], answers: dict[str, str]
) -> None:
    if declaration_flaws(fields):
        return
    left = kept(fields, answers)

    assert kept(fields, left) == left
    assert asked(fields, left) == asked(fields, answers)
    assert all(one.fault is AnswerFault.MISSING for one in wrong_answers(fields, left))


@given(DECLARATIONS)
def test_a_sound_declaration_can_be_filled_in(fields: tuple[FieldDefinition, ...]) -> None:
    """Each required field is shown by some answers: those that every condition on the way asks for."""
    if declaration_flaws(fields):
        return
    by_key = {one.key: one for one in fields}
    for wanted in fields:
        said = {one.key: "1" for one in fields if one.kind == FieldKind.GROUP}
        step: FieldDefinition | None = wanted
        steps = [wanted, by_key.get(wanted.group)]
        while steps:
            step = steps.pop()
            if step is None or step.condition is None:
                continue
            other = by_key[step.condition.field]
            key = f"{other.group}-1-{other.key}" if other.group else other.key
            said[key] = step.condition.values[0] if step.condition.values else "A"
            said[key] = said[key] if said[key] in _values(other, said[key]) else _values(other, said[key])[0]
            steps += [other, by_key.get(other.group)]
        if wanted.required:
            assert wanted.key in {one.field.key for one in asked(fields, said)}


def _values(field: FieldDefinition, otherwise: str) -> tuple[str, ...]:
    if field.kind == FieldKind.YES_NO:
        return (YES, NO)
    return field.options or (otherwise,)
