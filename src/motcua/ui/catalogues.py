"""The English catalogue, kept in step with the Vietnamese source: no GNU gettext needed."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

CATALOGUE = Path("locale", "en", "LC_MESSAGES", "django.po")
CALLS: dict[str, tuple[int | tuple[int, str], ...] | None] = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}
_TEMPLATES = frozenset({".html", ".txt"})


@dataclass(frozen=True, slots=True)
class Refreshed:
    """The catalogue as it should be, the sentences without their English, and the entries that nothing uses."""

    text: str
    untranslated: list[str]
    dropped: list[str]


def used_sentences(package: Path) -> Catalog:
    """Collect every sentence that code and templates under `package` wrap for translation, with where it stands."""
    catalogue = Catalog(locale="en", charset="utf-8")
    for path in _sources(package):
        place = path.relative_to(package).as_posix()
        for _line, found, _comments, context in extract("python", _as_python(path), CALLS):
            catalogue.add(found, locations=[(place, 0)], context=context)
    return catalogue


def catalogue_of(package: Path) -> Catalog:
    """Read the English catalogue of `package`."""
    with (package / CATALOGUE).open("rb") as source:
        return read_po(source, locale="en")


def refreshed(package: Path) -> Refreshed:
    """Bring the catalogue in step: what is used stays or enters without its English, what is not goes.

    Entries are sorted by the file they stand in, without line numbers: two branches that add sentences rarely collide.
    """
    known = catalogue_of(package)
    fresh = used_sentences(package)
    for message in sentences_of(fresh):
        before = known.get(vietnamese(message), message.context)
        if before is not None and is_plural(before) == is_plural(message):
            message.string = before.string
    gone = [message for message in sentences_of(known) if fresh.get(vietnamese(message), message.context) is None]
    return Refreshed(
        text=_written(fresh),
        untranslated=[vietnamese(message) for message in sentences_of(fresh) if is_bare(message)],
        dropped=[vietnamese(message) for message in gone],
    )


def sentences_of(catalogue: Catalog) -> Iterator[Message]:
    """Return the entries of a catalogue without its head."""
    return (message for message in catalogue if message.id)


def vietnamese(message: Message) -> str:
    """Return the sentence of the source; the first form where it counts something."""
    return str(message.id[0] if isinstance(message.id, (tuple, list)) else message.id)


def english(message: Message) -> list[str]:
    """Return what it says in English: one sentence, or two where it counts something."""
    said = message.string or ""
    return [said] if isinstance(said, str) else list(said)


def is_plural(message: Message) -> bool:
    """Tell whether an entry counts something."""
    return isinstance(message.id, (tuple, list))


def is_bare(message: Message) -> bool:
    """Tell whether an entry lacks its English, or one of its forms."""
    return not all(english(message))


def _sources(package: Path) -> Iterable[Path]:
    code = (path for path in package.rglob("*.py") if "migrations" not in path.parts)
    templates = (path for path in package.rglob("templates/**/*") if path.suffix in _TEMPLATES)
    return sorted([*code, *templates])


def _as_python(path: Path) -> BytesIO:
    """Return the source as calls of gettext; a template's lines lose their indent, which would mean something here."""
    text = path.read_text(encoding="utf-8")
    if path.suffix in _TEMPLATES:
        text = "\n".join(line.lstrip() for line in templatize(text).splitlines())
    return BytesIO(text.encode())


def _written(catalogue: Catalog) -> str:
    out = BytesIO()
    write_po(out, catalogue, width=0, omit_header=True, sort_by_file=True, include_lineno=False)
    return _HEAD + out.getvalue().decode()


_HEAD = """# What the Vietnamese sentences of code and templates say in English: `python manage.py refresh_catalogue`.
msgid ""
msgstr ""
"Language: en\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"

"""
