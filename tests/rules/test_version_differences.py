"""What differs between two versions: papers, steps, limits, word by word."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.rules.procedure_parts import Part
from motcua.rules.version_differences import (
    Change,
    LineDifference,
    PartDifference,
    PartLine,
    Piece,
    PieceKind,
    part_differences,
    word_pieces,
)

KEPT, DELETED, INSERTED = PieceKind.KEPT, PieceKind.DELETED, PieceKind.INSERTED


def lines(*texts: str) -> dict[Part, list[PartLine]]:
    return {Part.PAPERS: [PartLine(text, text) for text in texts]}


def changes(before: dict[Part, list[PartLine]], after: dict[Part, list[PartLine]]) -> list[tuple[Change, str]]:
    (part,) = part_differences(before, after)
    return [(line.change, marked(line.pieces)) for line in part.lines]


def marked(pieces: tuple[Piece, ...]) -> str:
    shapes = {KEPT: "{}", DELETED: "-{}-", INSERTED: "+{}+"}
    return " ".join(shapes[piece.kind].format(piece.text.strip()) for piece in pieces)


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ("5 ngày làm việc", "3 ngày làm việc", "-5- +3+ ngày làm việc"),
        ("", "3 ngày", "+3 ngày+"),
        ("3 ngày", "", "-3 ngày-"),
        ("Bản sao  giấy\nkhai sinh", "Bản sao giấy khai sinh", "Bản sao giấy khai sinh"),
        ("05 Ngày làm việc", "5 ngày làm việc", "5 ngày làm việc"),
        ("Lệ phí 8.000 đồng", "Lệ phí 8.000 đồng một bản", "Lệ phí 8.000 đồng +một bản+"),
        ("Uỷ ban nhân dân cấp huyện", "Ủy ban nhân dân cấp xã", "-Uỷ- +Ủy+ ban nhân dân cấp -huyện- +xã+"),
    ],
)
def test_words_are_compared_one_by_one(before: str, after: str, told: str) -> None:
    assert marked(word_pieces(before, after)) == told


def test_versions_that_say_the_same_do_not_differ() -> None:
    assert part_differences(lines("A", "B"), lines("B", "A")) == ()
    assert part_differences({}, {}) == ()


def test_papers_are_added_dropped_and_changed_each_in_its_place() -> None:
    before = lines("Tờ khai theo mẫu", "Sổ hộ khẩu", "Bản sao giấy chứng sinh có chứng thực")
    after = lines("Tờ khai theo mẫu", "Bản sao giấy chứng sinh", "Giấy ủy quyền")

    assert changes(before, after) == [
        (Change.DROPPED, "-Sổ hộ khẩu-"),
        (Change.CHANGED, "Bản sao giấy chứng sinh -có chứng thực-"),
        (Change.ADDED, "+Giấy ủy quyền+"),
    ]


def test_what_was_dropped_before_everything_stands_first() -> None:
    assert [change for change, _ in changes(lines("X y z", "Một hai ba"), lines("Một hai bốn"))] == [
        Change.DROPPED,
        Change.CHANGED,
    ]


def test_the_most_alike_lines_are_one_line_that_changed() -> None:
    before = lines("a b c d", "a b c e f")
    after = lines("a b c e g", "a b c d h")

    assert changes(before, after) == [
        (Change.CHANGED, "a b c e -f- +g+"),
        (Change.CHANGED, "a b c d +h+"),
    ]


def test_lines_of_one_key_are_one_line_however_much_it_changed() -> None:
    before = {Part.LIMIT: [PartLine("limit", "Không quy định")]}
    after = {Part.LIMIT: [PartLine("limit", "5 ngày làm việc")]}

    assert changes(before, after) == [(Change.CHANGED, "-Không quy định- +5 ngày làm việc+")]


def test_two_lines_of_one_text_are_two() -> None:
    assert changes(lines("A", "A"), lines("A")) == [(Change.DROPPED, "-A-")]
    assert changes(lines("A"), lines("A", "A")) == [(Change.ADDED, "+A+")]


def test_parts_come_in_the_order_of_the_form() -> None:
    before = {Part.LEGAL_BASIS: [PartLine("1", "1/2020")], Part.NAME: [PartLine("name", "Cũ")]}
    after = {Part.NAME: [PartLine("name", "Mới")]}

    assert part_differences(before, after) == (
        PartDifference(Part.NAME, (LineDifference(Change.CHANGED, (Piece(DELETED, "Cũ"), Piece(INSERTED, "Mới"))),)),
        PartDifference(Part.LEGAL_BASIS, (LineDifference(Change.DROPPED, (Piece(DELETED, "1/2020"),)),)),
    )


TEXTS = st.lists(st.sampled_from(["nộp", "giấy", "tờ", "khai", "5", "ngày", "\n"]), min_size=1, max_size=8).map(
    " ".join
)
LINES = st.lists(TEXTS.filter(str.strip), max_size=5)


@given(before=TEXTS, after=TEXTS)
def test_the_pieces_hold_both_texts(before: str, after: str) -> None:
    pieces = word_pieces(before, after)

    assert " ".join(piece.text for piece in pieces if piece.kind is not INSERTED).split() == before.split()
    assert " ".join(piece.text for piece in pieces if piece.kind is not DELETED).split() == after.split()


@given(before=LINES, after=LINES)
def test_every_line_is_kept_changed_added_or_dropped_once(before: list[str], after: list[str]) -> None:
    found = part_differences(lines(*before), lines(*after))

    told = [line.change for part in found for line in part.lines]
    assert len(before) - told.count(Change.DROPPED) == len(after) - told.count(Change.ADDED)
    assert (found == ()) == (sorted(" ".join(t.split()) for t in before) == sorted(" ".join(t.split()) for t in after))
    assert part_differences(lines(*after), lines(*after)) == ()
