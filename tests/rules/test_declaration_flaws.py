"""What is wrong with a declaration before anybody is asked to fill it in."""

from dataclasses import replace

import pytest

from motcua.rules.declaration_flaws import DeclarationFault, DeclarationFlaw, declaration_flaws
from motcua.rules.declarations import Condition, Effect, FieldDefinition

A = FieldDefinition("a", "Câu A", "choice", options=("Một", "Hai"))
B = FieldDefinition("b", "Câu B", "text")
GROUP = FieldDefinition("g", "Nhóm", "group")
IN_GROUP = FieldDefinition("c", "Câu C", "text", group="g")
HEADING = FieldDefinition("h", "Phần I", "heading")

Fields = tuple[FieldDefinition, ...]


def after(field: str, *values: str) -> Condition:
    return Condition(field, values)


@pytest.mark.parametrize(
    "fields",
    [
        pytest.param((), id="nothing asked"),
        pytest.param((A, B, GROUP, IN_GROUP, HEADING), id="plain fields"),
        pytest.param((A, replace(B, condition=after("a", "Hai"))), id="a condition on an earlier choice"),
        pytest.param((B, replace(A, condition=after("b"))), id="a condition on any answer"),
        pytest.param((A, GROUP, IN_GROUP, replace(B, group="g", condition=after("c"))), id="a condition in a group"),
        pytest.param((replace(B, prefill="NAME", default="x"), replace(A, default="Một")), id="filled in beforehand"),
        pytest.param((FieldDefinition("y", "Có chứ", "yes_no", default="Có"),), id="a yes by default"),
        pytest.param(
            (
                replace(A, kind="choices", least=2, most=5),
                replace(B, least=300),
                replace(B, key="d", least=400, most=500),
            ),
            id="limits that can just be met",
        ),
        pytest.param((replace(B, kind="number", least=0, most=0),), id="a number that is nought"),
        pytest.param((replace(GROUP, prefill="EARLIER"), IN_GROUP), id="rows of the last dossier"),
    ],
)
def test_a_sound_declaration_has_no_flaw(fields: Fields) -> None:
    assert declaration_flaws(fields) == ()


@pytest.mark.parametrize(
    ("fields", "fault", "key", "about"),
    [
        ((replace(B, kind="moon"),), "KIND_UNKNOWN", "b", "moon"),
        ((replace(B, key="Tên"),), "KEY_UNCLEAR", "Tên", ""),
        ((replace(B, key="leg2_x"),), "KEY_UNCLEAR", "leg2_x", ""),
        ((B, B), "KEY_TWICE", "b", ""),
        ((replace(B, label=" "),), "LABEL_MISSING", "b", ""),
        ((replace(A, options=()),), "OPTIONS_MISSING", "a", ""),
        ((replace(A, options=("Một", "Một")),), "OPTION_TWICE", "a", "Một"),
        ((replace(B, least=5, most=2),), "LIMITS_CROSSED", "b", ""),
        ((replace(A, kind="choices", least=5),), "LEAST_TOO_GREAT", "a", "2"),
        ((replace(B, least=400),), "LEAST_TOO_GREAT", "b", "300"),
        ((replace(B, kind="address", least=301),), "LEAST_TOO_GREAT", "b", "300"),
        ((replace(B, least=4001, most=5000),), "LEAST_TOO_GREAT", "b", "4000"),
        ((replace(B, kind="longtext", least=4001),), "LEAST_TOO_GREAT", "b", "4000"),
        ((replace(B, kind="money", least=10**15),), "LEAST_TOO_GREAT", "b", "999999999999999"),
        ((replace(GROUP, least=21), IN_GROUP), "LEAST_TOO_GREAT", "g", "20"),
        ((replace(B, most=0),), "MOST_TOO_SMALL", "b", ""),
        ((replace(A, kind="choices", most=0),), "MOST_TOO_SMALL", "a", ""),
        ((replace(B, condition=after("x")),), "CONDITION_UNKNOWN", "b", "x"),
        ((replace(B, condition=after("a")), A), "CONDITION_LATER", "b", "a"),
        ((GROUP, IN_GROUP, replace(B, condition=after("c"))), "CONDITION_APART", "b", "c"),
        ((HEADING, replace(B, condition=after("h"))), "CONDITION_UNFIT", "b", "h"),
        ((GROUP, IN_GROUP, replace(B, condition=after("g"))), "CONDITION_UNFIT", "b", "g"),
        ((B, replace(A, condition=after("b", "x"))), "CONDITION_UNFIT", "a", "b"),
        ((A, replace(B, required=False, condition=after("a", "Ba"))), "VALUE_UNKNOWN", "b", "Ba"),
        ((replace(GROUP),), "GROUP_EMPTY", "g", ""),
        ((replace(GROUP, most=99), IN_GROUP), "GROUP_TOO_LONG", "g", "20"),
        ((replace(GROUP, most=0), IN_GROUP), "GROUP_TOO_LONG", "g", "20"),
        ((replace(B, group="x"),), "GROUP_UNKNOWN", "b", "x"),
        ((A, replace(B, group="a")), "GROUP_UNKNOWN", "b", "a"),
        ((GROUP, IN_GROUP, B, replace(IN_GROUP, key="d")), "GROUP_APART", "d", "g"),
        ((IN_GROUP, GROUP), "GROUP_APART", "c", "g"),
        ((GROUP, replace(GROUP, key="k", group="g"), IN_GROUP), "GROUP_NESTED", "k", "g"),
        ((replace(B, prefill="MOON"),), "PREFILL_UNKNOWN", "b", "MOON"),
        ((replace(A, prefill="NAME"),), "PREFILL_UNFIT", "a", "NAME"),
        ((GROUP, replace(IN_GROUP, prefill="NAME")), "PREFILL_UNFIT", "c", "NAME"),
        ((replace(A, default="Ba"),), "DEFAULT_UNFIT", "a", "Ba"),
        ((replace(HEADING, default="x"),), "DEFAULT_UNFIT", "h", "x"),
        ((GROUP, replace(IN_GROUP, default="x")), "DEFAULT_UNFIT", "c", "x"),
    ],
)
def test_a_flaw_names_its_field(fields: Fields, fault: str, key: str, about: str) -> None:
    assert DeclarationFlaw(DeclarationFault(fault), key, about) in declaration_flaws(fields)


def test_conditions_that_go_round_are_told_so() -> None:
    fields = (replace(B, condition=after("a")), replace(A, condition=after("b")))

    assert {(flaw.key, flaw.fault) for flaw in declaration_flaws(fields)} == {
        ("b", DeclarationFault.CONDITION_CYCLE),
        ("a", DeclarationFault.CONDITION_CYCLE),
    }
    assert declaration_flaws((replace(B, condition=after("b")),))[0].fault is DeclarationFault.CONDITION_CYCLE


def test_a_required_field_that_can_never_be_shown_is_told_so() -> None:
    never = replace(B, required=False, condition=after("a", "Ba"))
    behind = FieldDefinition("d", "Câu D", "text", condition=after("b"))

    assert [(flaw.key, flaw.fault) for flaw in declaration_flaws((A, never, behind))] == [
        ("b", DeclarationFault.VALUE_UNKNOWN),
        ("d", DeclarationFault.NEVER_SHOWN),
    ]
    hidden = replace(GROUP, required=False, condition=after("a", "Ba"))
    assert DeclarationFlaw(DeclarationFault.NEVER_SHOWN, "c") in declaration_flaws((A, hidden, IN_GROUP))
    only_requires = replace(never, required=True, condition=Condition("a", ("Ba",), Effect.REQUIRE))
    assert [flaw.fault for flaw in declaration_flaws((A, only_requires))] == [DeclarationFault.VALUE_UNKNOWN]


def test_a_key_keeps_its_kind_from_one_version_to_the_next() -> None:
    assert declaration_flaws((replace(B, kind="date"),), (B,)) == (
        DeclarationFlaw(DeclarationFault.KIND_CHANGED, "b", "text"),
    )
    assert declaration_flaws((B,), (B, A)) == ()


def test_a_key_stays_in_its_group_from_one_version_to_the_next() -> None:
    assert declaration_flaws((GROUP, replace(B, group="g")), (B,)) == (
        DeclarationFlaw(DeclarationFault.GROUP_CHANGED, "b"),
    )
    assert declaration_flaws((replace(IN_GROUP, group=""),), (GROUP, IN_GROUP)) == (
        DeclarationFlaw(DeclarationFault.GROUP_CHANGED, "c"),
    )
    assert declaration_flaws((GROUP, IN_GROUP), (GROUP, IN_GROUP)) == ()


@pytest.mark.parametrize(
    ("kind", "answers", "others"),
    [
        ("text", ["x", "x" * 300], ["x" * 301]),
        ("longtext", ["x" * 4000], ["x" * 4001]),
        ("number", ["1,5", "0", "1500"], ["hai", "1.500", "-1", "1" + "0" * 15]),
        ("money", ["500.000"], ["năm trăm", "500,5"]),
        ("date", ["27/03/1985", "1.2.2026"], ["hôm nay", "31/02/2026", "2026-03-27"]),
        ("citizen_id", ["011090000001", "011 090 000 001", "C1234567"], ["123", "c12"]),
        ("phone", ["0912 345 678"], ["123", "không có"]),
        ("email", ["an@example.com"], ["an", "an@example", "a n@example.com"]),
        ("choices", ["Một"], ["Ba"]),
        ("moon", [], ["x"]),
    ],
)
def test_a_default_is_an_answer_that_the_field_takes(kind: str, answers: list[str], others: list[str]) -> None:
    asked = FieldDefinition("d", "Câu D", kind, options=("Một", "Hai") if kind == "choices" else ())

    for said in answers:
        assert declaration_flaws((replace(asked, default=said),)) == (), said
    for said in others:
        flaw = DeclarationFlaw(DeclarationFault.DEFAULT_UNFIT, "d", said)
        assert flaw in declaration_flaws((replace(asked, default=said),)), said


def test_a_default_keeps_within_the_limits_of_its_field() -> None:
    number = FieldDefinition("n", "Số con", "number", least=1, most=9)
    line = FieldDefinition("t", "Mã", "text", least=2, most=4)

    for one, said, fits in ((number, "9", True), (number, "10", False), (line, "abcd", True), (line, "a", False)):
        assert (declaration_flaws((replace(one, default=said),)) == ()) is fits
