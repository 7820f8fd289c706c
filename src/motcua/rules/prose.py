"""Plain text with a few marks, as articles are written, read into blocks that a page prints (M56).

No rule of law; the marks are described in docs/features/news.md. What is read is only ever text: there is no way to
write HTML. A blank line ends a paragraph; `## ` and `### ` begin headings, `- ` and `1. ` lines of lists, `> ` a quote.
Within a line `**strong**`, `*stressed*` and `[words](https://address)` are marks; anything else stands as it was typed.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby
from typing import Final


class BlockKind(StrEnum):
    """What a block is."""

    PARAGRAPH = "PARAGRAPH"
    HEADING = "HEADING"
    SUBHEADING = "SUBHEADING"
    LIST = "LIST"
    STEPS = "STEPS"
    QUOTE = "QUOTE"


class SpanKind(StrEnum):
    """How words stand within a line."""

    PLAIN = "PLAIN"
    STRONG = "STRONG"
    STRESSED = "STRESSED"
    LINK = "LINK"


@dataclass(frozen=True, slots=True)
class Span:
    """Some words of a line; `address` is empty but for a link."""

    kind: SpanKind
    text: str
    address: str = ""


Line = tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Block:
    """A block with its lines: one for headings, one a point for lists, one a typed line for paragraphs and quotes."""

    kind: BlockKind
    lines: tuple[Line, ...]


_MARKS: Final = (
    (re.compile(r"##\s+(?=\S)"), BlockKind.HEADING),
    (re.compile(r"###\s+(?=\S)"), BlockKind.SUBHEADING),
    (re.compile(r"[-•]\s+(?=\S)"), BlockKind.LIST),
    (re.compile(r"\d{1,2}[.)]\s+(?=\S)"), BlockKind.STEPS),
    (re.compile(r">\s*(?=\S)"), BlockKind.QUOTE),
)
_SPANS: Final = re.compile(
    r"\[(?P<words>[^\[\]\n]{1,300})\]\((?P<address>[^\s()<>\"']{1,500})\)"
    r"|\*\*(?P<strong>[^*\s](?:[^*\n]{0,500}[^*\s])?)\*\*"
    r"|\*(?P<stressed>[^*\s](?:[^*\n]{0,500}[^*\s])?)\*"
)
_SAFE_ADDRESS: Final = re.compile(r"https?://[^/\\\s]+\.[^/\\\s]+|/(?![/\\])", re.IGNORECASE)
_ALONE: Final = frozenset({BlockKind.HEADING, BlockKind.SUBHEADING})


def stored_prose(text: str) -> str:
    """Return `text` as it is stored: composed letters, no spaces at the ends of lines, at most one blank line."""
    composed = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n")
    lines = [" ".join(line.split()) for line in composed.split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip("\n")


def blocks(text: str) -> tuple[Block, ...]:
    """Return the blocks of `text` in order; none of an empty text.

    An address that is neither http, https nor of this site is no link: its words stand as they were typed.
    """
    found: list[Block] = []
    for paragraph in stored_prose(text).split("\n\n"):
        marked = [_marked(line) for line in paragraph.split("\n") if line]
        for kind, group in groupby(marked, key=lambda one: one[0]):
            lines = [tuple(_spans(words)) for _, words in group]
            if kind in _ALONE:
                found += [Block(kind, (line,)) for line in lines]
            else:
                found.append(Block(kind, tuple(lines)))
    return tuple(found)


def plain_words(text: str) -> str:
    """Return what `text` says without its marks, one line a typed line, for search and for machines."""
    return "\n".join("".join(span.text for span in line) for block in blocks(text) for line in block.lines)


def is_safe_address(address: str) -> bool:
    """Tell whether a link may lead there: a web address, or a page of this site."""
    return _SAFE_ADDRESS.match(address) is not None


def _marked(line: str) -> tuple[BlockKind, str]:
    for mark, kind in _MARKS:
        found = mark.match(line)
        if found:
            return kind, line[found.end() :]
    return BlockKind.PARAGRAPH, line


def _spans(line: str) -> Iterator[Span]:
    end = 0
    for found in _SPANS.finditer(line):
        span = _span(found)
        if span is None:
            continue
        if found.start() > end:
            yield Span(SpanKind.PLAIN, line[end : found.start()])
        yield span
        end = found.end()
    if end < len(line):
        yield Span(SpanKind.PLAIN, line[end:])


def _span(found: re.Match[str]) -> Span | None:
    if found["words"]:
        return Span(SpanKind.LINK, found["words"], found["address"]) if is_safe_address(found["address"]) else None
    if found["strong"]:
        return Span(SpanKind.STRONG, found["strong"])
    return Span(SpanKind.STRESSED, found["stressed"])
