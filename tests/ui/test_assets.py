import unicodedata
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

import motcua
from motcua.ui import assets

PACKAGE = Path(motcua.__file__).parent
VOWELS = "aăâeêioôơuưy"
TONES = ("", "\u0300", "\u0301", "\u0309", "\u0303", "\u0323")
VIETNAMESE = {unicodedata.normalize("NFC", vowel + tone) for vowel in VOWELS for tone in TONES} | {"đ"}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("assets")
    assets.build(folder=folder, package=PACKAGE)
    return folder


@pytest.mark.parametrize("name", sorted(assets.FONTS))
def test_a_font_has_every_vietnamese_letter_and_is_light(folder: Path, name: str) -> None:
    path = folder / "fonts" / name
    font = TTFont(path)

    letters = {chr(code) for code in font.getBestCmap()}

    assert {letter for small in VIETNAMESE for letter in (small, small.upper())} <= letters
    assert font.flavor == "woff2"
    assert path.stat().st_size < 12 * 1024


def test_a_second_run_writes_nothing(folder: Path) -> None:
    again = assets.build(folder=folder, package=PACKAGE)

    assert [built.path.name for built in again if built.is_new] == []


def test_htmx_comes_out_of_the_installed_package(folder: Path) -> None:
    assert "htmx" in (folder / "vendor" / "htmx.js").read_text()
