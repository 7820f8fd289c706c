"""The letters papers are printed in: Times New Roman or a twin where the machine has a whole one, else Noto Serif."""

from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from pathlib import Path

import typst
from fontTools.ttLib import TTFont

PACKAGED = Path(str(files("fontpkg_noto_serif") / "files"))
PACKAGED_FAMILY = "Noto Serif"
WISHED = ("Times New Roman", "Tinos", "Liberation Serif", "TeX Gyre Termes")
"""Decree 30/2020 asks for Times New Roman; the others have its measures. Debian's Liberation Serif lacks letters."""
_VIETNAMESE = "aàáảãạăằắẳẵặâầấẩẫậđeèéẻẽẹêềếểễệiìíỉĩịoòóỏõọôồốổỗộơờớởỡợuùúủũụưừứửữựyỳýỷỹỵ"
NEEDED = frozenset(map(ord, _VIETNAMESE + _VIETNAMESE.upper() + "“”…–—"))
_STYLES = {("normal", 400), ("normal", 700), ("italic", 400)}


@cache
def fonts() -> typst.Fonts:
    """Return the fonts of the machine and the packaged one, searched once a process."""
    return typst.Fonts(include_embedded_fonts=False, font_paths=[PACKAGED])


@cache
def families() -> tuple[str, ...]:
    """Return the family to print in, and the packaged one that stands in for any letter it lacks."""
    known = fonts().fonts()
    whole = [name for name in WISHED if _is_whole([font for font in known if font.family == name])]
    return (*whole[:1], PACKAGED_FAMILY)


@cache
def printable() -> frozenset[int]:
    """Return the code points the packaged font has a glyph for."""
    return frozenset.intersection(*(_code_points(str(path), 0) for path in PACKAGED.glob("*.ttf")))


def _is_whole(variants: Iterable[typst.FontInfo]) -> bool:
    """Tell whether a family has upright, bold and italic, each with every Vietnamese letter."""
    wanted = {(font.style, font.weight): font for font in variants if (font.style, font.weight) in _STYLES}
    return wanted.keys() == _STYLES and all(
        font.path is not None and _code_points(font.path, font.index) >= NEEDED for font in wanted.values()
    )


def _code_points(path: str, index: int) -> frozenset[int]:
    with TTFont(path, fontNumber=index, lazy=True) as font:
        return frozenset(font.getBestCmap() or ())
