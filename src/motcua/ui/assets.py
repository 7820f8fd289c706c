"""Fonts, scripts and catalogues that come out of installed packages at build time and are never committed."""

import logging
import os
from collections.abc import Callable
from dataclasses import dataclass
from importlib.resources import files
from io import BytesIO
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from fontTools import subset
from fontTools.ttLib import TTFont

VIETNAMESE = "aàáảãạăằắẳẵặâầấẩẫậbcdđeèéẻẽẹêềếểễệghiìíỉĩịklmnoòóỏõọôồốổỗộơờớởỡợpqrstuùúủũụưừứửữựvxyỳýỷỹỵfjwz"
PUNCTUATION = "".join(chr(code) for code in range(0x20, 0x7F)) + "\u00a0–—‘’“”…•·×°§«»₫²³"
LETTERS = VIETNAMESE + VIETNAMESE.upper() + PUNCTUATION
FONTS = {
    "be-vietnam-pro-400.woff2": "BeVietnamPro-Regular.ttf",
    "be-vietnam-pro-600.woff2": "BeVietnamPro-SemiBold.ttf",
}


@dataclass(frozen=True, slots=True)
class Built:
    """A built file and whether this run wrote it."""

    path: Path
    is_new: bool


def build(*, folder: Path, package: Path) -> list[Built]:
    """Write fonts and scripts into `folder` and compile the catalogues under `package`; skip what is up to date."""
    fonts = [
        _built(folder / "fonts" / name, _packaged("fontpkg_be_vietnam_pro", f"files/{source}"), _subset)
        for name, source in FONTS.items()
    ]
    htmx = _packaged("django_htmx", "static/django_htmx/htmx-4.min.js")
    return [*fonts, _built(folder / "vendor" / "htmx.js", htmx, Path.read_bytes), *compile_catalogues(package)]


def compile_catalogues(package: Path) -> list[Built]:
    """Compile each translation catalogue under `package`, beside its source, where Django looks for it."""
    sources = sorted(package.glob("**/locale/*/LC_MESSAGES/*.po"))
    return [_built(source.with_suffix(".mo"), source, _compile) for source in sources]


def _packaged(package: str, name: str) -> Path:
    return Path(str(files(package) / name))


def _built(target: Path, source: Path, make: Callable[[Path], bytes]) -> Built:
    """Make `target` unless it is younger than its source and this recipe; several processes may do so at once."""
    newest = max(source.stat().st_mtime, Path(__file__).stat().st_mtime)
    if target.exists() and target.stat().st_mtime >= newest:
        return Built(path=target, is_new=False)
    target.parent.mkdir(parents=True, exist_ok=True)
    draft = target.with_name(f".{target.name}.{os.getpid()}")
    draft.write_bytes(make(source))
    draft.replace(target)
    return Built(path=target, is_new=True)


def _subset(source: Path) -> bytes:
    """Keep the letters of Vietnamese and basic Latin, with kerning and the placing of marks, without hinting."""
    logging.getLogger("fontTools").setLevel(logging.WARNING)
    options = subset.Options()
    options.layout_features = ["kern", "mark", "mkmk", "ccmp", "locl"]
    options.hinting = False
    options.glyph_names = False
    options.legacy_kern = False
    options.name_IDs = [0, 1, 2, 13, 14]  # the licence stays with the letters
    font = TTFont(source)
    subsetter = subset.Subsetter(options)
    subsetter.populate(text=LETTERS)
    subsetter.subset(font)
    font.flavor = "woff2"
    out = BytesIO()
    font.save(out)
    return out.getvalue()


def _compile(source: Path) -> bytes:
    with source.open("rb") as text:
        catalogue = read_po(text, locale=source.parent.parent.name)
    out = BytesIO()
    write_mo(out, catalogue)
    return out.getvalue()
