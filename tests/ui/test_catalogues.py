"""The English catalogue: complete, in step with the source, and as good as its Vietnamese."""

import gettext
import re
from collections import Counter
from collections.abc import Iterator
from io import BytesIO, StringIO
from pathlib import Path

import pytest
from babel.messages.catalog import Message
from babel.messages.mofile import write_mo
from django.core.management import CommandError, call_command

import motcua
from motcua.ui import catalogues

PACKAGE = Path(motcua.__file__).parent
PLACEHOLDER = re.compile(r"%\(\w+\)s|%%|\{\w+\}|<[^>]+>")
VIETNAMESE = re.compile(r"[À-ÃÈ-ÊÌÍÒ-ÕÙÚÝà-ãè-êìíò-õùúýĂăĐđĨĩŨũƠơƯưẠ-ỹ]")
# Vietnamese that an English sentence quotes: words to type, the sign of a decision, how public papers cite.
QUOTED = re.compile(r"khai sinh|sổ đỏ|hộ kinh doanh|QĐ-TTg|NĐ-CP|QĐ-UBND|khoản 2 Điều 16")
# What a sentence may end with, in either language.
ENDINGS = (".", "?", ":", ",", "…")


def entries() -> Iterator[Message]:
    return catalogues.sentences_of(catalogues.catalogue_of(PACKAGE))


def pairs() -> list[tuple[str, str]]:
    return [(catalogues.vietnamese(entry), form) for entry in entries() for form in catalogues.english(entry)]


def test_the_catalogue_is_in_step_with_code_and_templates() -> None:
    in_step = catalogues.refreshed(PACKAGE)

    assert (PACKAGE / catalogues.CATALOGUE).read_text() == in_step.text, "run: python manage.py refresh_catalogue"
    assert in_step.dropped == []


def test_every_sentence_has_its_english() -> None:
    assert len(list(entries())) > 700
    assert [catalogues.vietnamese(entry) for entry in entries() if catalogues.is_bare(entry)] == []
    assert [catalogues.vietnamese(entry) for entry in entries() if entry.fuzzy] == []


def test_english_keeps_the_placeholders_and_the_markup() -> None:
    assert [
        (vietnamese, english)
        for vietnamese, english in pairs()
        if Counter(PLACEHOLDER.findall(vietnamese)) != Counter(PLACEHOLDER.findall(english))
    ] == []


def test_english_is_english() -> None:
    assert [english for _vietnamese, english in pairs() if VIETNAMESE.search(QUOTED.sub("", english))] == []


def test_whole_sentences_stay_whole_sentences() -> None:
    """A label does not become a sentence, nor a sentence a label; only counts may read either way."""
    told = {ending for ending in ENDINGS if ending in {".", "?"}}

    assert [
        (vietnamese, english)
        for vietnamese, english in pairs()
        if len(vietnamese.split()) > 6 and vietnamese[-1] in told and english[-1] not in told
    ] == []


def test_counts_have_one_and_many() -> None:
    counted = [entry for entry in entries() if catalogues.is_plural(entry)]

    assert len(counted) > 10
    for entry in counted:
        one, many = catalogues.english(entry)
        assert one != many, one
    out = BytesIO()
    write_mo(out, catalogues.catalogue_of(PACKAGE))
    out.seek(0)
    spoken = gettext.GNUTranslations(out)
    source = "%(count)s thủ tục"
    said = [spoken.ngettext(source, source, count) % {"count": count} for count in (0, 1, 2, 21)]
    assert said == ["0 procedures", "1 procedure", "2 procedures", "21 procedures"]


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small package with one page, one module and a catalogue that has fallen behind."""
    page = tmp_path / "portal" / "templates" / "portal" / "page.html"
    page.parent.mkdir(parents=True)
    page.write_text(
        '<p>{% translate "Hồ sơ" %}</p>\n'
        "  {% blocktranslate count count=n trimmed %}\n    {{ count }} giấy\n  {% plural %}\n    {{ count }} giấy\n"
        "  {% endblocktranslate %}\n"
    )
    (tmp_path / "code.py").write_text('LABEL = _("Đơn vị")\n')
    catalogue = tmp_path / catalogues.CATALOGUE
    catalogue.parent.mkdir(parents=True)
    catalogue.write_text(
        'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n\n'
        'msgid "Hồ sơ"\nmsgstr "Dossier"\n\nmsgid "Lời cũ"\nmsgstr "Old words"\n'
    )
    monkeypatch.setattr(motcua, "__file__", str(tmp_path / "__init__.py"))
    return tmp_path


def test_a_refresh_keeps_adds_and_drops(package: Path) -> None:
    out = StringIO()

    with pytest.raises(CommandError, match="2 without English"):
        call_command("refresh_catalogue", stdout=out)

    assert out.getvalue().splitlines() == ["- Lời cũ", "+ Đơn vị", "+ %(count)s giấy"]
    text = (package / catalogues.CATALOGUE).read_text()
    assert 'msgid "Hồ sơ"\nmsgstr "Dossier"' in text
    assert "#: portal/templates/portal/page.html\n" in text
    assert "Lời cũ" not in text


def test_a_refresh_is_content_once_everything_is_translated(package: Path) -> None:
    with pytest.raises(CommandError):
        call_command("refresh_catalogue", stdout=StringIO())
    catalogue = package / catalogues.CATALOGUE
    said = catalogue.read_text().replace('"Đơn vị"\nmsgstr ""', '"Đơn vị"\nmsgstr "Unit"')
    said = said.replace('msgstr[0] ""', 'msgstr[0] "%(count)s paper"').replace('msgstr[1] ""', 'msgstr[1] "Papers"')
    catalogue.write_text(said)
    out = StringIO()

    call_command("refresh_catalogue", stdout=out)

    assert out.getvalue() == ""
    assert catalogue.read_text() == said
