"""What the content security policy would block in the browser is found here first."""

import re
from pathlib import Path

import pytest

import motcua

PACKAGE = Path(motcua.__file__).parent
TEMPLATES = sorted(path for path in PACKAGE.rglob("*.html") if "templates" in path.parts)
COMMENTS = re.compile(r"{#.*?#}|{% comment.*?endcomment %}", re.DOTALL)
TAG = re.compile(r"<[a-zA-Z][^>]*>")

FORBIDDEN = {
    "an inline style": re.compile(r"\sstyle\s*=", re.IGNORECASE),
    "an inline handler": re.compile(r"\son[a-z]+\s*=", re.IGNORECASE),
    "a script address": re.compile(r"javascript:", re.IGNORECASE),
    "an htmx expression": re.compile(
        r"\s(?:data-)?hx-on|\s(?:data-)?hx-[a-z:]+\s*=\s*(?:['\"]\s*js:|['\"][^'\"]*\w\[)", re.IGNORECASE
    ),
    "a foreign address": re.compile(r"<(?:script|link|img|iframe)[^>]+(?:src|href)=\"https?://", re.IGNORECASE),
}


def problems(text: str) -> list[str]:
    text = COMMENTS.sub("", text)
    found = [name for name, pattern in FORBIDDEN.items() for tag in TAG.findall(text) if pattern.search(tag)]
    if re.search(r"<style\b", text, re.IGNORECASE):
        found.append("a style element")
    if any("src=" not in tag for tag in re.findall(r"<script\b[^>]*>", text, re.IGNORECASE)):
        found.append("an inline script")
    return found


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_a_template_holds_nothing_that_the_policy_blocks(path: Path) -> None:
    assert problems(path.read_text()) == []


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ('<p style="color: red">', "an inline style"),
        ('<a\n onclick="go()">', "an inline handler"),
        ("<script>go()</script>", "an inline script"),
        ("<style>p {}</style>", "a style element"),
        ('<a href="javascript:go()">', "a script address"),
        ("<button hx-vals='js:{a: 1}'>", "an htmx expression"),
        ("<button hx-confirm='js:sure()'>", "an htmx expression"),
        ("<ul hx-vals:inherited='js:{a: 1}'>", "an htmx expression"),
        ('<button hx-on:click="go()">', "an htmx expression"),
        ('<button data-hx-on="click -> go()">', "an htmx expression"),
        ('<form hx-trigger="input[target.value] delay:1s">', "an htmx expression"),
        ('<script src="https://cdn.example/x.js"></script>', "a foreign address"),
    ],
)
def test_the_scan_finds_what_it_looks_for(text: str, problem: str) -> None:
    assert problems(text) == [problem]


def test_words_in_the_text_are_not_taken_for_attributes() -> None:
    assert problems('<script src="/static/ui/page.js"></script><p>one = two, style = calm</p>') == []
