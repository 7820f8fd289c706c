"""The size guide: files and functions small enough to be read at one sitting."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import motcua

PACKAGE = Path(motcua.__file__).parent
ROOT = PACKAGE.parent.parent
WALLS = {".py": 400, ".css": 400, ".html": 150, ".js": 150}
MOST_STATEMENTS = 30
MOST_PARAMETERS = 6
LONGEST_VIEW = 25
LONGEST_PAGE_OF_DOCS = 200


def files(suffix: str) -> Iterator[Path]:
    """Return the files of ours with that ending; migrations are written by a program."""
    for top in (PACKAGE, ROOT / "tests", ROOT / "benchmarks"):
        yield from (path for path in sorted(top.rglob(f"*{suffix}")) if "migrations" not in path.parts)


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Return every function of a file, methods and inner ones too."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def statements(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Count the statements of a function, its docstring and its own line left out."""
    is_told = ast.get_docstring(function) is not None
    return sum(isinstance(node, ast.stmt) for node in ast.walk(function)) - 1 - is_told


def parameters(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Count the named parameters of a function, self and cls left out."""
    named = [*function.args.posonlyargs, *function.args.args, *function.args.kwonlyargs]
    return sum(parameter.arg not in {"self", "cls"} for parameter in named)


def code_lines(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Count the lines of a function from its `def`, its docstring left out."""
    lines = (function.end_lineno or function.lineno) - function.lineno + 1
    first = function.body[0]
    is_told = ast.get_docstring(function) is not None
    return lines - ((first.end_lineno or first.lineno) - first.lineno + 1 if is_told else 0)


@pytest.mark.parametrize("suffix", sorted(WALLS))
def test_no_file_is_longer_than_its_wall(suffix: str) -> None:
    lengths = {str(path.relative_to(ROOT)): len(path.read_text().splitlines()) for path in files(suffix)}

    assert lengths, suffix
    assert {name: length for name, length in lengths.items() if length > WALLS[suffix]} == {}


def test_no_function_does_too_much() -> None:
    counts = {f"{path.name}:{one.name}": statements(one) for path in files(".py") for one in functions(path)}

    assert {name: count for name, count in counts.items() if count > MOST_STATEMENTS} == {}


def test_no_function_of_ours_takes_too_many_parameters() -> None:
    of_ours = (path for path in files(".py") if PACKAGE in path.parents)
    counts = {f"{path.name}:{one.name}": parameters(one) for path in of_ours for one in functions(path)}

    assert {name: count for name, count in counts.items() if count > MOST_PARAMETERS} == {}


def test_a_view_loads_asks_once_and_answers() -> None:
    views = [path for path in files(".py") if path.parent.name == "views"]
    lengths = {
        f"{path.parent.parent.name}/{path.name}:{one.name}": code_lines(one)
        for path in views
        for one in functions(path)
    }

    assert lengths
    assert {name: length for name, length in lengths.items() if length > LONGEST_VIEW} == {}


def test_a_page_of_documentation_is_a_page() -> None:
    lengths = {path.name: len(path.read_text().splitlines()) for path in sorted((ROOT / "docs").rglob("*.md"))}

    assert lengths
    assert {name: length for name, length in lengths.items() if length > LONGEST_PAGE_OF_DOCS} == {}


def test_the_counts_count() -> None:
    (function,) = functions_of('def f(self, a, *, b=1):\n    """Say."""\n    if a:\n        return b\n    return 2\n')

    assert (statements(function), parameters(function), code_lines(function)) == (3, 2, 4)


def functions_of(text: str) -> list[ast.FunctionDef]:
    """Return the functions of a text."""
    return [node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.FunctionDef)]
