"""What the web server hands out, built and collected."""

import os
import subprocess
import sys
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


def test_processes_that_start_together_collect_once_and_all_find_it_done(tmp_path: Path) -> None:
    (tmp_path / "assets").mkdir()
    program = "import django; django.setup(); from motcua.cli.static_files import collect; collect()"
    surroundings = os.environ | {
        "MOTCUA_DATA": str(tmp_path),
        "STATICFILES_STORAGE": "motcua.ui.storage.HashedStaticFiles",
    }

    started = [
        subprocess.Popen([sys.executable, "-c", program], env=surroundings, stderr=subprocess.PIPE) for _ in range(3)
    ]

    assert [(process.communicate()[1], process.returncode) for process in started] == [(b"", 0)] * 3
    assert (tmp_path / "static" / static_files.STAMP).is_file()
