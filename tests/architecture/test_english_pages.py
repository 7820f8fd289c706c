"""The site in English: every page that anybody meets, without a sentence of ours in Vietnamese."""

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from django.conf import settings
from django.http import HttpResponseBase
from django.utils import translation

import motcua
from motcua.ui import catalogues
from motcua.ui.assets import compile_catalogues
from tests.architecture.asking import Ask, asked
from tests.architecture.site import Site
from tests.architecture.test_permission_matrix import ROWS, VISITORS, Row

pytestmark = pytest.mark.django_db

PACKAGE = Path(motcua.__file__).parent
VIETNAMESE = re.compile(r"[À-ÃÈ-ÊÌÍÒ-ÕÙÚÝà-ãè-êìíò-õùúýĂăĐđĨĩŨũƠơƯưẠ-ỹ]")
FILLED_IN = re.compile(r"%\(\w+\)s|%%|<[^>]+>|\{\w+\}")
SPOKEN = {"alt", "title", "placeholder", "aria-label", "data-label"}
VOID = {"area", "base", "br", "col", "hr", "img", "input", "link", "meta", "source"}
# Words of ours that are also data of the tests, or what public bodies are called.
ALSO_DATA = {"Xã", "Phường", "Phòng", "Văn phòng", "Trung tâm phục vụ hành chính công"}


class Speech(HTMLParser):
    """What a page says in its own language: text and spoken attributes, without the parts marked as Vietnamese."""

    def __init__(self) -> None:
        super().__init__()
        self.said: list[str] = []
        self.language = ""
        self._marked: list[bool] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "html":
            self.language = given.get("lang") or ""
        if tag not in VOID:
            is_marked = tag != "html" and given.get("lang") == "vi"
            self._marked.append(is_marked or any(self._marked[-1:]))
        if not any(self._marked[-1:]):
            self.said += [value for name, value in attrs if name in SPOKEN and value]

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            self._marked.pop()

    def handle_data(self, data: str) -> None:
        if data.strip() and not any(self._marked[-1:]):
            self.said.append(" ".join(data.split()))


def whole_and_pieces() -> tuple[set[str], set[str]]:
    """Return the Vietnamese of the catalogue: whole texts without blanks, and stretches of at least four words."""
    whole, pieces = set(), set()
    for entry in catalogues.sentences_of(catalogues.catalogue_of(PACKAGE)):
        stretches = [stretch.strip() for stretch in FILLED_IN.split(catalogues.vietnamese(entry))]
        pieces |= {stretch for stretch in stretches if VIETNAMESE.search(stretch) and len(stretch.split()) >= 4}
        if len(stretches) == 1 and VIETNAMESE.search(stretches[0]):
            whole.add(stretches[0])
    return whole - ALSO_DATA, pieces - ALSO_DATA


WHOLE, PIECES = whole_and_pieces()
# Samples for people who draw pages, and pages for programmers.
WALKED = [row for row in ROWS if row.ask.route != "demo:style-guide" and not row.ask.route.startswith("api-")]


@pytest.fixture(scope="module", autouse=True)
def _english_is_compiled() -> None:
    compile_catalogues(PACKAGE)
    translation.trans_real._translations.clear()  # type: ignore[attr-defined]  # noqa: SLF001  # read before they were compiled


def one_of_each(row: Row) -> list[str]:
    """Return one visitor for each outcome of the row."""
    first = {row.expected[name]: name for name in reversed(VISITORS)}
    return list(first.values())


def speech_of(answer: HttpResponseBase) -> Speech | None:
    """Return what an HTML page says; None for a file, a redirect or a fragment."""
    if answer.status_code in {301, 302, 303} or "text/html" not in answer.headers.get("Content-Type", ""):
        return None
    page = answer.getvalue().decode()
    if "<html" not in page:
        return None
    speech = Speech()
    speech.feed(page)
    return speech


def vietnamese_of_ours(said: list[str]) -> list[str]:
    return [text for text in said if text.strip(" .:·()") in WHOLE or any(piece in text for piece in PIECES)]


@pytest.mark.parametrize("row", WALKED, ids=lambda row: f"{row.ask.method} {row.ask.route}")
def test_no_sentence_of_ours_stays_vietnamese(row: Row, site: Site) -> None:
    for name in one_of_each(row):
        visitor = site.visitors[name]
        visitor.client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"

        with asked(site, visitor, row.ask) as answer:
            speech = speech_of(answer)

        if speech is not None:
            assert speech.language == "en", name
            assert vietnamese_of_ours(speech.said) == [], name


def test_the_walk_hears_vietnamese(site: Site) -> None:
    """The same pages in Vietnamese are full of it, so the walk above would notice."""
    visitor = site.visitors["stranger"]
    visitor.client.cookies[settings.LANGUAGE_COOKIE_NAME] = "vi"

    with asked(site, visitor, Ask(route="portal:home", method="GET", status=None)) as answer:
        speech = speech_of(answer)

    assert speech is not None
    assert speech.language == "vi"
    assert len(vietnamese_of_ours(speech.said)) > 10
