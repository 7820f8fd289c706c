"""Colours that everybody can read, and files that a cheap phone can carry."""

import gzip
import re
from pathlib import Path

import pytest

import motcua.ui

STATIC = Path(motcua.ui.__file__).parent / "static" / "ui"
SHEETS = sorted(STATIC.glob("*.css"))
EVERY_PORTAL_PAGE = ("base.css", "frame.css", "components.css", "forms.css")
PALETTE = dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6});", (STATIC / "base.css").read_text()))


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(PALETTE[one]), luminance(PALETTE[other])))
    return (high + 0.05) / (low + 0.05)


TEXT_ON_PAGE = [
    (text, ground)
    for text in ("ink", "ink-soft", "link", "link-visited", "pine", "blossom", "bad", "good", "warn", "info", "quiet")
    for ground in ("paper", "surface")
]
TEXT_ON_COLOUR = [
    *((tone, f"{tone}-soft") for tone in ("good", "warn", "bad", "info", "quiet", "blossom")),
    *(("ink", f"{tone}-soft") for tone in ("good", "warn", "bad", "info", "quiet", "blossom", "pine")),
    ("ink", "sunken"),
    ("ink-soft", "sunken"),
    ("link", "sunken"),
    ("link", "pine-soft"),
    ("ink-soft", "pine-soft"),
    ("ink-soft", "quiet-soft"),
    ("on-pine", "pine"),
    ("on-pine", "pine-deep"),
    ("on-pine-soft", "pine-deep"),
    ("pine-deep", "blossom-pale"),
    ("link", "info-soft"),
    ("link", "warn-soft"),
]


@pytest.mark.parametrize(("text", "ground"), TEXT_ON_PAGE + TEXT_ON_COLOUR)
def test_text_stands_out_at_least_four_and_a_half_times(text: str, ground: str) -> None:
    assert contrast(text, ground) >= 4.5


@pytest.mark.parametrize(
    ("shape", "ground"),
    [("line-strong", "paper"), ("line-strong", "surface"), ("focus", "paper"), ("focus", "surface")],
)
def test_borders_of_fields_and_the_focus_ring_stand_out_three_times(shape: str, ground: str) -> None:
    assert contrast(shape, ground) >= 3


def test_the_style_of_a_portal_page_weighs_less_than_eight_kilobytes() -> None:
    weight = sum(len(gzip.compress((STATIC / name).read_bytes())) for name in EVERY_PORTAL_PAGE)

    assert weight < 8 * 1024


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.name)
def test_no_sheet_passes_four_hundred_lines(sheet: Path) -> None:
    assert len(sheet.read_text().splitlines()) <= 400


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.name)
def test_colours_and_sizes_come_from_the_tokens(sheet: Path) -> None:
    text = sheet.read_text()
    used = set(re.findall(r"var\(--([a-z0-9-]+)", text))
    defined = set(re.findall(r"--([a-z0-9-]+):", (STATIC / "base.css").read_text()))

    assert used <= defined


@pytest.mark.parametrize("script", sorted(STATIC.glob("*.js")), ids=lambda script: script.name)
def test_scripts_are_short_and_obey_the_policy(script: Path) -> None:
    text = script.read_text()

    assert len(text.splitlines()) <= 300
    assert not re.search(r"\beval\(|new Function|\.style\b|setAttribute\(.style|document\.write", text)


def test_no_text_is_smaller_than_sixteen_pixels() -> None:
    sizes = re.findall(r"--text-[a-z0-9]+: (?:clamp\()?([\d.]+)rem", (STATIC / "base.css").read_text())

    assert len(sizes) == 6
    assert min(float(size) for size in sizes) >= 1
