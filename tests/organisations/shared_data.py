"""Where the real lists stand: beside the checkout, when somebody has put them there."""

from pathlib import Path

import pytest

FOLDER = Path(__file__).resolve().parents[2].parent / "shared" / "data"


def real_file(name: str) -> Path:
    """Return a real file, or skip the test where it is not there."""
    path = FOLDER / name
    if not path.is_file():
        pytest.skip(f"the real data are not beside this checkout ({name})")
    return path
