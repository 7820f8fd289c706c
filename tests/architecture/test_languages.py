"""No word on a screen escapes translation: whatever is said there is wrapped, or stands in the short list below."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.template.base import Lexer, TokenType

import motcua

PACKAGE = Path(motcua.__file__).parent
VIETNAMESE = re.compile(r"[À-ÃÈ-ÊÌÍÒ-ÕÙÚÝà-ãè-êìíò-õùúýĂăĐđĨĩŨũƠơƯưẠ-ỹ]")
GETTEXT = frozenset({"_", "gettext", "gettext_lazy", "ngettext", "pgettext", "pgettext_lazy"})

# Vietnamese in code that no reader of English would have in English; docs/features/languages.md says why.
VIETNAMESE_BY_NATURE = {
    "*/migrations/*": "what the database was made with",
    "rules/*": "reads Vietnamese, and carries both languages where it writes",
    "cli/due.py": "carries both languages itself",
    "cli/demo.py": "finds the citizens' accounts by the heading of the demonstration's page",
    "demo/commands/*": "invents people and papers of the province",
    "demo/unit_definitions.py": "writes addresses of the province",
    "organisations/provinces.py": "names and codes of provinces",
    "catalogue/commands/teach_synonyms.py": "what people type when they search",
    "catalogue/process_sheets.py": "writes and reads tables of Vietnamese decisions",
    "catalogue/search.py": "words that searches leave out",
    "exchange/national_words.py": "the words of the national structure",
    "catalogue/portal_format.py": "reads the national portal's files",
    "dossiers/commands/issue_form.py": "fills the prescribed forms, which are Vietnamese by law",
    "dossiers/letterhead.py": "writes the head of prescribed forms",
    "catalogue/open_data.py": "writes a procedure as a table, in the language of its contents",
    "catalogue/version_text.py": "writes a procedure as it is published, in Vietnamese",
    "documents/publication_paper.py": "writes decisions, which are Vietnamese by law",
    "documents/wording.py": "prints the prescribed forms",
    "documents/fonts.py": "the letters that can be printed",
    "posting/printing.py": "prints boards and posters, which are Vietnamese",
    "notifications/wording.py": "messages to applicants, sent in Vietnamese",
    "notifications/life_wording.py": "messages to applicants, sent in Vietnamese",
    "workspace/printed_proposal.py": "writes the plan to simplify that the chairman signs, in Vietnamese",
    "notifications/petition_wording.py": "messages to senders of petitions, sent in Vietnamese",
    "notifications/surveys.py": "messages to those who are asked, sent in Vietnamese",
    "legislation/commands/draft_acts.py": "names the issuer of a document, in Vietnamese",
    "ui/assets.py": "the letters of the web font",
    "ui/styleguide.py": "samples on the page for people who draw pages",
    "config/settings.py": "names each language in itself",
}
CLASS_BLOCK = re.compile(r"{% block (?:\w+_class|layout) %}.*?{% endblock[^%]*%}", re.DOTALL)
SAMPLES = ("ui/templates/ui/styleguide", "ui/templates/ui/styleguide.html")
# Text of templates that is the same in every language.
UNIVERSAL = {
    "Tiếng Việt",
    "VI",
    "English",
    "EN",
    "PDF",
    "CSV",
    "JSON",
    "JSON Lines",
    "RSS",
    "SHA-256",
    "Enter",
    "motcua",
}
SPOKEN_ATTRIBUTES = re.compile(r"""\b(?:alt|title|placeholder|aria-label|data-label)=["']([^"']+)["']""")
WORD = re.compile(r"[^\W\d_]{2,}")


def python_files() -> list[Path]:
    return [path for path in sorted(PACKAGE.rglob("*.py")) if not is_vietnamese_by_nature(path)]


def templates() -> list[Path]:
    found = [path for path in sorted(PACKAGE.rglob("templates/**/*")) if path.suffix in {".html", ".txt"}]
    return [path for path in found if not path.relative_to(PACKAGE).as_posix().startswith(SAMPLES)]


def is_vietnamese_by_nature(path: Path) -> bool:
    return any(path.relative_to(PACKAGE).match(pattern) for pattern in VIETNAMESE_BY_NATURE)


def unwrapped_in_code(source: str) -> list[str]:
    """Return Vietnamese text outside gettext calls, docstrings and the names that models give their columns."""
    tree = ast.parse(source)
    excused = {id(inner) for node in ast.walk(tree) if is_excused(node) for inner in ast.walk(node)}
    return [
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
        if VIETNAMESE.search(node.value) and id(node) not in excused
    ]


def is_excused(node: ast.AST) -> bool:
    match node:
        case ast.Call(func=ast.Name(id=name)):
            return name in GETTEXT | {"ArrayField"}
        case ast.Call(func=ast.Attribute(value=ast.Name(id="models"), attr=kind)):
            return kind.endswith(("Field", "Key"))
        case ast.keyword(arg="verbose_name") | ast.Assign(targets=[ast.Name(id="verbose_name")]):
            return True
        case ast.FunctionDef(name="__str__") | ast.Expr(value=ast.Constant()):
            return True
    return False


def unwrapped_in_template(source: str) -> list[str]:
    """Return words outside translate and blocktranslate, as text, in an attribute that is read out, or in a tag."""
    said = []
    markup = []
    is_wrapped = is_comment = False
    for token in Lexer(CLASS_BLOCK.sub("", source)).tokenize():
        name = token.contents.split(" ", 1)[0] if token.token_type is TokenType.BLOCK else ""
        is_wrapped = name == "blocktranslate" or (is_wrapped and name != "endblocktranslate")
        is_comment = name == "comment" or (is_comment and name != "endcomment")
        if is_comment or token.token_type is TokenType.COMMENT or name == "translate":
            continue
        if token.token_type is TokenType.TEXT:
            markup.append("" if is_wrapped else token.contents)
        else:
            markup.append("…")  # a value printed here
            said += [text for text in constants_of(token.contents) if VIETNAMESE.search(text)]
    html = re.sub(r"<!DOCTYPE html>", "", "".join(markup))
    read_out = SPOKEN_ATTRIBUTES.findall(html)
    text = re.split(r"<[^>]*>|…", html)
    said += [piece.strip(" .,:;·()“”—–\n") for piece in [*text, *read_out] if WORD.search(piece)]
    return [piece for piece in said if piece not in UNIVERSAL]


def constants_of(tag: str) -> Iterator[str]:
    """Return the quoted text of a tag that is not handed to gettext by `_("…")`."""
    unwrapped = re.sub(r"""_\((?:"[^"]*"|'[^']*')\)""", "", tag)
    return (double or single for double, single in re.findall(r""""([^"]*)"|'([^']*)'""", unwrapped))


@pytest.mark.parametrize("path", python_files(), ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_code_wraps_what_it_says(path: Path) -> None:
    assert unwrapped_in_code(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("path", templates(), ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_templates_wrap_what_they_say(path: Path) -> None:
    assert unwrapped_in_template(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("path", sorted(PACKAGE.rglob("static/**/*.js")), ids=lambda path: path.name)
def test_scripts_say_only_what_the_page_hands_them(path: Path) -> None:
    assert not VIETNAMESE.search(path.read_text(encoding="utf-8"))


def test_every_exception_is_still_needed() -> None:
    for pattern in VIETNAMESE_BY_NATURE:
        files = [path for path in PACKAGE.rglob("*.py") if path.relative_to(PACKAGE).match(pattern)]

        assert any(unwrapped_in_code(path.read_text(encoding="utf-8")) for path in files), pattern


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ('label = "Đơn vị"', ["Đơn vị"]),
        ('sentence = f"Còn {count} hồ sơ"', ["Còn ", " hồ sơ"]),
        ('label = _("Đơn vị")', []),
        ('words = ngettext("%(count)s ngày", "%(count)s ngày", 2)', []),
        ('name = models.CharField("tên", max_length=9)', []),
        ('kind = "KIND", "Loại"', ["Loại"]),
    ],
)
def test_the_gate_sees_unwrapped_code(source: str, found: list[str]) -> None:
    assert unwrapped_in_code(source) == found


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("<p>Hồ sơ</p>", ["Hồ sơ"]),
        ("<p>Print</p>", ["Print"]),
        ('<img alt="Ảnh">', ["Ảnh"]),
        ('{% include "a.html" with title="Hồ sơ" %}', ["Hồ sơ"]),
        ('{% include "a.html" with title=_("Hồ sơ") %}', []),
        ('<p>{% translate "Hồ sơ" %} {{ code }}</p>', []),
        ("<p>{% blocktranslate trimmed %}Hồ sơ {{ code }}{% endblocktranslate %}</p>", []),
        ('<a href="{% url "home" %}" class="button">{{ label }}</a>', []),
    ],
)
def test_the_gate_sees_unwrapped_templates(source: str, found: list[str]) -> None:
    assert unwrapped_in_template(source) == found
