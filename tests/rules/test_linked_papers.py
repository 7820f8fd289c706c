import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.rules.declarations import Condition, FieldDefinition
from motcua.rules.linked_papers import (
    LegContent,
    Sharing,
    SharingFault,
    SharingUnsound,
    answers_of_leg,
    asked_fields,
    asked_key,
    asked_position,
    asks_paper,
    asks_question,
    check_sharing,
    keeps_places,
    leg_of_key,
    leg_of_position,
    paper_mark,
    shareable_keys,
    where_answered,
    where_handed_in,
)

LEAD = LegContent(Sharing(1, {}, {}, {}), ["name", "born_on"], [1, 2], frozenset())
SECOND = Sharing(2, {"child": "name"}, {3: 1}, {2: 1})


def second(sharing: Sharing, *, needs: frozenset[int] = frozenset({1})) -> LegContent:
    return LegContent(sharing, ["child", "reason"], [1, 2, 3], needs)


def test_what_a_leg_shares_is_not_asked_again() -> None:
    assert not asks_question(SECOND, "child")
    assert asks_question(SECOND, "reason")
    assert [asks_paper(SECOND, position) for position in (1, 2, 3)] == [True, False, False]


def test_where_what_a_leg_needs_is_found() -> None:
    assert where_answered(SECOND, "child") == "name"
    assert where_answered(SECOND, "reason") == "leg2_reason"
    assert where_answered(LEAD.sharing, "name") == "name"
    assert [where_handed_in(SECOND, position) for position in (1, 2, 3)] == [2001, None, 1]


@given(leg=st.integers(1, 30), position=st.integers(1, 999), key=st.from_regex(r"[a-z_]{1,12}", fullmatch=True))
def test_every_leg_finds_its_own_again(leg: int, position: int, key: str) -> None:
    assert leg_of_position(asked_position(leg, position)) == leg
    assert leg_of_key(asked_key(leg, key)) == leg


def test_the_number_people_read() -> None:
    assert [paper_mark(position) for position in (3, 2003, 12_010)] == ["3", "2.3", "12.10"]


def test_a_sound_group_is_taken() -> None:
    check_sharing([LEAD, second(SECOND)])


@pytest.mark.parametrize(
    ("leg", "fault", "what"),
    [
        (second(Sharing(2, {"nothing": "name"}, {}, {})), SharingFault.UNKNOWN_QUESTION, "nothing"),
        (second(Sharing(2, {"child": "nothing"}, {}, {})), SharingFault.NOTHING_GIVES_IT, "child"),
        (second(Sharing(2, {}, {9: 1}, {})), SharingFault.UNKNOWN_PAPER, "9"),
        (second(Sharing(2, {}, {}, {9: 1})), SharingFault.UNKNOWN_PAPER, "9"),
        (second(Sharing(2, {}, {3: 7}, {})), SharingFault.NOTHING_GIVES_IT, "3"),
        (second(SECOND, needs=frozenset()), SharingFault.LEG_NOT_NEEDED, "2"),
    ],
)
def test_what_nobody_gives_cannot_be_shared(leg: LegContent, fault: SharingFault, what: str) -> None:
    with pytest.raises(SharingUnsound) as refused:
        check_sharing([LEAD, leg])

    assert (refused.value.fault, refused.value.number, refused.value.what) == (fault, 2, what)


@pytest.mark.parametrize(
    ("papers", "keys", "keeps"),
    [
        ({1: "Tờ khai", 2: "Giấy chứng sinh"}, ["ten"], True),
        ({1: "Tờ khai", 2: "Giấy chứng sinh", 3: "Thêm"}, ["ten", "them"], True),
        ({1: "Thêm", 2: "Tờ khai", 3: "Giấy chứng sinh"}, ["ten"], False),
        ({1: "Tờ khai"}, ["ten"], False),
        ({1: "Tờ khai", 2: "Giấy chứng sinh"}, [], False),
    ],
    ids=["the same", "added at the end", "moved", "taken away", "question taken away"],
)
def test_what_a_group_shares_keeps_its_place(papers: dict[int, str], keys: list[str], keeps: bool) -> None:
    assert keeps_places({1: "Tờ khai", 2: "Giấy chứng sinh"}, papers, ["ten"], keys) is keeps


CHILDREN = (
    FieldDefinition("child", "Con", "text"),
    FieldDefinition("part", "Phần I", "heading"),
    FieldDefinition("reason", "Lý do", "text", condition=Condition("child")),
    FieldDefinition("kin", "Người thân", "group"),
    FieldDefinition("name", "Họ tên", "text", group="kin"),
    FieldDefinition("born", "Ngày sinh", "date", group="kin", condition=Condition("name")),
    FieldDefinition("why", "Vì sao", "text", group="kin", condition=Condition("reason")),
)


def test_a_leg_asks_its_fields_with_their_conditions_and_groups_under_its_own_keys() -> None:
    asked = asked_fields(SECOND, CHILDREN)

    assert [one.key for one in asked] == ["leg2_part", "leg2_reason", "leg2_kin", "name", "born", "why"]
    assert [one.group for one in asked[3:]] == ["leg2_kin"] * 3
    assert [one.condition.field for one in asked if one.condition] == ["name", "name", "leg2_reason"]
    assert asked_fields(LEAD.sharing, CHILDREN) == CHILDREN


def test_a_leg_gets_its_answers_and_its_rows() -> None:
    said = {"name": "Páo", "leg2_reason": "Mới", "leg2_kin": "1", "leg2_kin-1-name": "Say", "kin-1-name": "Khác"}

    assert answers_of_leg(SECOND, CHILDREN, said) == {
        "child": "Páo",
        "reason": "Mới",
        "kin": "1",
        "kin-1-name": "Say",
    }


def test_rows_of_a_group_are_not_shared() -> None:
    assert shareable_keys(CHILDREN) == ["child", "reason"]
