import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.rules.prose import Block, BlockKind, Span, SpanKind, blocks, is_safe_address, plain_words, stored_prose


def plain(text: str) -> tuple[Span, ...]:
    return (Span(SpanKind.PLAIN, text),)


def test_a_text_is_read_into_its_blocks() -> None:
    text = "## Kết quả\nCâu một\ncâu hai\n\n- điểm a\n- điểm b\n\n1. bước một\n2) bước hai\n\n> lời nói\n### Nhỏ hơn"

    assert blocks(text) == (
        Block(BlockKind.HEADING, (plain("Kết quả"),)),
        Block(BlockKind.PARAGRAPH, (plain("Câu một"), plain("câu hai"))),
        Block(BlockKind.LIST, (plain("điểm a"), plain("điểm b"))),
        Block(BlockKind.STEPS, (plain("bước một"), plain("bước hai"))),
        Block(BlockKind.QUOTE, (plain("lời nói"),)),
        Block(BlockKind.SUBHEADING, (plain("Nhỏ hơn"),)),
    )


def test_two_headings_in_a_row_are_two_blocks() -> None:
    assert [block.kind for block in blocks("## Một\n## Hai")] == [BlockKind.HEADING] * 2


def test_nothing_gives_no_block() -> None:
    assert blocks(" \n\n ") == ()


def test_words_are_marked_within_a_line() -> None:
    (block,) = blocks("Xem [trang tỉnh](https://dienbien.gov.vn/a) **ngay** và *kỹ*.")

    assert block.lines[0] == (
        Span(SpanKind.PLAIN, "Xem "),
        Span(SpanKind.LINK, "trang tỉnh", "https://dienbien.gov.vn/a"),
        Span(SpanKind.PLAIN, " "),
        Span(SpanKind.STRONG, "ngay"),
        Span(SpanKind.PLAIN, " và "),
        Span(SpanKind.STRESSED, "kỹ"),
        Span(SpanKind.PLAIN, "."),
    )


@pytest.mark.parametrize(
    ("address", "is_safe"),
    [
        ("https://dienbien.gov.vn", True),
        ("HTTP://dienbien.gov.vn/a?b=1", True),
        ("/thu-tuc/1.004873/", True),
        ("//elsewhere.example", False),
        ("/\\elsewhere.example", False),
        ("javascript:alert(1)", False),
        ("data:text/html,x", False),
        ("https://", False),
        ("mailto:a@b.vn", False),
    ],
)
def test_only_web_addresses_and_pages_of_this_site_are_links(address: str, is_safe: bool) -> None:
    (block,) = blocks(f"Xem [ở đây]({address}) nhé")

    assert is_safe_address(address) is is_safe
    assert any(span.kind is SpanKind.LINK for span in block.lines[0]) is is_safe
    assert is_safe or block.lines[0] == plain(f"Xem [ở đây]({address}) nhé")


def test_what_is_stored_has_composed_letters_and_no_stray_spaces() -> None:
    assert stored_prose("  Tie\u0302\u0301ng \r\n\n\n\nViệt\t x ") == "Tiếng\n\nViệt x"


def test_the_plain_words_have_no_marks() -> None:
    assert plain_words("## A\n\n- [b](/c) **d**") == "A\nb d"


@given(st.text(alphabet="ab *#->[]()/:h1.\n<", max_size=200))
def test_no_letter_gets_lost_and_no_text_stumbles(text: str) -> None:
    kept = "".join(plain_words(text).split())
    left = iter("".join(stored_prose(text).split()))

    assert all(sign in left for sign in kept), "the words stand in their order"
    assert plain_words(text).count("a") + sum(
        span.address.count("a") for block in blocks(text) for line in block.lines for span in line
    ) == text.count("a")


@given(st.text(max_size=200))
def test_storing_twice_is_storing_once(text: str) -> None:
    assert stored_prose(stored_prose(text)) == stored_prose(text)
