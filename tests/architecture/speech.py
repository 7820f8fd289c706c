"""What a page says in its own language, and which sentences of ours it leaves in Vietnamese."""

import re
from html.parser import HTMLParser
from pathlib import Path

from django.http import HttpResponseBase

import motcua
from motcua.ui import catalogues

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
    """Return which of the texts are sentences of ours in Vietnamese."""
    return [text for text in said if text.strip(" .:·()") in WHOLE or any(piece in text for piece in PIECES)]
