"""English needs the compiled catalogues, which a fresh clone does not have."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.utils import translation

import motcua
from motcua.ui.assets import compile_catalogues


@pytest.fixture(scope="session", autouse=True)
def _catalogues() -> None:
    compile_catalogues(Path(motcua.__file__).parent)
    translation.trans_real._translations.clear()  # type: ignore[attr-defined]  # noqa: SLF001  # read before they were compiled


@pytest.fixture
def _in_english() -> Iterator[None]:
    with translation.override("en"):
        yield
