"""Changing a declaration field by field."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.rules.declaration_editing import free_key, moved, with_changed, with_copy, with_field, without_field
from motcua.rules.declarations import Condition, FieldDefinition

A = FieldDefinition("a", "Câu A", "text")
GROUP = FieldDefinition("g", "Con", "group")
NAME = FieldDefinition("name", "Họ tên", "text", group="g")
BORN = FieldDefinition("born", "Ngày sinh", "date", group="g", condition=Condition("name"))
B = FieldDefinition("b", "Câu B", "text")
WHOLE = (A, GROUP, NAME, BORN, B)


def keys(fields: tuple[FieldDefinition, ...]) -> str:
    return " ".join(one.key for one in fields)


@pytest.mark.parametrize(
    ("label", "key"),
    [
        ("Họ, chữ đệm và tên", "ho_chu_dem_va_ten"),
        ("Câu A", "cau_a"),
        ("3 tháng", "q_3_thang"),
        ("Leg2", "q_leg2"),
        ("???", "q"),
        ("từ " * 40, "_".join(["tu"] * 12)),
    ],
)
def test_a_key_is_made_of_the_label(label: str, key: str) -> None:
    assert free_key(label, WHOLE) == key


def test_a_key_is_never_given_twice() -> None:
    taken = [replace(A, key="cau"), replace(A, key="cau_2")]

    assert free_key("Câu", taken) == "cau_3"


def test_a_field_is_added_behind_another_its_group_or_the_last() -> None:
    new = replace(A, key="new")

    assert keys(with_field(WHOLE, new)) == "a g name born b new"
    assert keys(with_field(WHOLE, new, "a")) == "a new g name born b"
    assert keys(with_field(WHOLE, new, "name")) == "a g name born new b"
    assert keys(with_field(WHOLE, replace(new, group="g"), "a")) == "a g name born new b"


def test_a_field_is_changed_in_its_place_or_moves_to_its_new_group() -> None:
    assert with_changed(WHOLE, replace(A, label="Khác"))[0].label == "Khác"
    assert keys(with_changed(WHOLE, replace(A, group="g"))) == "g name born a b"
    assert keys(with_changed(WHOLE, replace(NAME, group=""))) == "a g born name b"
    assert with_changed(WHOLE, replace(A, key="x")) == WHOLE


def test_a_group_goes_with_its_fields() -> None:
    assert keys(without_field(WHOLE, "g")) == "a b"
    assert keys(without_field(WHOLE, "born")) == "a g name b"


@pytest.mark.parametrize(
    ("key", "by", "after"),
    [
        ("b", -1, "a b g name born"),
        ("g", -1, "g name born a b"),
        ("g", 1, "a b g name born"),
        ("a", -1, "a g name born b"),
        ("b", 1, "a g name born b"),
        ("born", -1, "a g born name b"),
        ("name", -1, "a g name born b"),
        ("x", 1, "a g name born b"),
    ],
)
def test_a_field_moves_among_its_like(key: str, by: int, after: str) -> None:
    assert keys(moved(WHOLE, key, by)) == after


def test_a_copy_has_keys_of_its_own() -> None:
    copied = with_copy(WHOLE, "g")

    assert keys(copied) == "a g name born con ho_ten ngay_sinh b"
    assert [one.group for one in copied[5:7]] == ["con", "con"]
    assert copied[6].condition == Condition("ho_ten")
    assert keys(with_copy(WHOLE, "a")) == "a cau_a g name born b"
    assert keys(with_copy(WHOLE, "name")) == "a g name ho_ten born b"
    assert with_copy(WHOLE, "x") == WHOLE


@given(st.permutations(WHOLE), st.sampled_from("ab"), st.sampled_from([-1, 1]))
def test_moving_loses_nothing(fields: list[FieldDefinition], key: str, by: int) -> None:
    assert sorted(one.key for one in moved(fields, key, by)) == sorted(one.key for one in fields)
