"""Every Vietnamese sentence of the design system has its English."""

import ast
import re
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

import motcua.ui

UI = Path(motcua.ui.__file__).parent
CALLS = {"_", "gettext", "gettext_lazy", "ngettext"}
TEMPLATE_TEXT = re.compile(r"""translate "([^"]+)"|translate '([^']+)'|_\("([^"]+)"\)""")
BLOCK = re.compile(r"{% blocktranslate[^%]*%}(.*?){% endblocktranslate %}", re.DOTALL)


def sentences_of_code() -> set[str]:
    found = set()
    for path in UI.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in CALLS:
                first = node.args[0]
                assert isinstance(first, ast.Constant)
                found.add(str(first.value))
    return found


def sentences_of_templates() -> set[str]:
    found = set()
    for path in UI.rglob("*.html"):
        text = path.read_text()
        found |= {next(group for group in match if group) for match in TEMPLATE_TEXT.findall(text)}
        for block in BLOCK.findall(text):
            found.add(re.sub(r"{{ (\w+) }}", r"%(\1)s", " ".join(block.split())))
    return found


@pytest.mark.parametrize("sentences", [sentences_of_code, sentences_of_templates])
def test_every_sentence_has_its_english(sentences: object) -> None:
    assert callable(sentences)
    with (UI / "locale" / "en" / "LC_MESSAGES" / "django.po").open("rb") as source:
        catalogue = read_po(source, locale="en")
    known = {message.id[0] if isinstance(message.id, tuple) else message.id for message in catalogue if message.string}

    needed = sentences()

    assert len(needed) > 20
    assert needed - known == set()
