"""`motcua export procedures` and `motcua import procedures`: out, in again, the second time no change."""

import gzip
import json
from pathlib import Path

import pytest

from motcua.exchange.models import NationalDifference, NationalRecord
from tests.cli.test_commands import run
from tests.make import make_procedure

pytestmark = pytest.mark.django_db


def test_what_goes_out_comes_in_and_again_changes_nothing(tmp_path: Path) -> None:
    procedure, file = make_procedure(), tmp_path / "quoc-gia.jsonl.gz"

    out = run("export", "procedures", str(file))
    first = run("import", "procedures", "--whole", str(file))
    again = run("import", "procedures", "--whole", str(file))

    assert (out.exit_code, first.exit_code, again.exit_code) == (0, 0, 0)
    assert json.loads(gzip.decompress(file.read_bytes()))["MATTHC"] == procedure.code
    assert "1 loaded, 0 changed, 0 unchanged, 0 rejected" in first.output
    assert "0 loaded, 0 changed, 1 unchanged, 0 rejected" in again.output
    assert not NationalDifference.objects.exists()


def test_a_file_that_is_none_takes_nothing_in(tmp_path: Path) -> None:
    file = tmp_path / "sai.json"
    file.write_text("ma,ten", encoding="utf-8")

    outcome = run("import", "procedures", str(file))

    assert outcome.exit_code == 2
    assert not NationalRecord.objects.exists()


def test_one_document_is_written_for_json(tmp_path: Path) -> None:
    procedure, file = make_procedure(), tmp_path / "quoc-gia.json"

    run("export", "procedures", str(file))

    assert [one["MATTHC"] for one in json.loads(file.read_bytes())["result"]] == [procedure.code]
