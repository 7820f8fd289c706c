"""What the web server hands out, built and collected."""

from pathlib import Path

import pytest
from django.conf import settings

from motcua.cli import static_files
from motcua.cli.options import CannotRun


def test_a_folder_that_cannot_be_written_is_refused_in_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setattr(settings, "BUILT_ASSETS_DIR", tmp_path / "file" / "assets")

    with pytest.raises(CannotRun, match=r"cannot be written .*start once as whoever owns them"):
        static_files.collect()
