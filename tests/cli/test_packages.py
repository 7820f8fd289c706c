"""`motcua export package` and `motcua load package` as a person types them."""

from pathlib import Path

import pytest
from django.test import override_settings

from motcua.catalogue.models import Sector
from motcua.organisations.models import Unit
from motcua.province_setup.archive import packed
from motcua.province_setup.keys import own_fingerprint
from motcua.province_setup.models import ConfigurationPackage, PackageApplication
from tests.cli.test_commands import run
from tests.make import make_procedure, make_unit
from tests.province_setup.province import elsewhere

pytestmark = pytest.mark.django_db


def exported(file: Path) -> Path:
    with elsewhere():
        make_unit(name="Xã Nà Tấu")
        assert run("export", "package", str(file)).exit_code == 0
    return file


def test_what_one_exports_another_loads(tmp_path: Path) -> None:
    file = exported(tmp_path / "a.zip")

    looked = run("load", "package", str(file), "--preview")
    assert (looked.exit_code, Unit.objects.count()) == (0, 0)
    assert "units                  1 new" in looked.output
    loaded = run("load", "package", str(file))
    again = run("load", "package", str(file))
    out = run("export", "package", str(tmp_path / "b.zip"))

    assert loaded.output.endswith("1 new, 0 changed\n")
    assert again.output.endswith("0 new, 0 changed\n")
    assert Unit.objects.get().name == "Xã Nà Tấu"
    assert (tmp_path / "b.zip").read_bytes() == file.read_bytes()
    assert f"signed by key    {own_fingerprint()}" in out.output
    assert [path.name for path in tmp_path.iterdir() if "." not in path.name] == []


def test_a_strange_key_is_named_and_accepted_by_its_fingerprint(tmp_path: Path) -> None:
    with override_settings(DATA_DIR=tmp_path):
        file = exported(tmp_path / "a.zip")

    refused = run("load", "package", str(file))
    fingerprint = ConfigurationPackage.objects.get().fingerprint
    wrong = run("load", "package", str(file), "--accept-key", "12" * 32)
    accepted = run("load", "package", str(file), "--accept-key", fingerprint)

    assert (refused.exit_code, wrong.exit_code, accepted.exit_code) == (2, 2, 0)
    assert fingerprint in refused.output
    assert fingerprint in wrong.output
    assert PackageApplication.objects.count() == 1


def test_one_kind_alone(tmp_path: Path) -> None:
    with elsewhere():
        make_procedure()
        make_unit()
        run("export", "package", str(tmp_path / "a.zip"))

    missing = run("load", "package", str(tmp_path / "a.zip"), "--kind", "procedures")
    unknown = run("load", "package", str(tmp_path / "a.zip"), "--kind", "castles")
    loaded = run("load", "package", str(tmp_path / "a.zip"), "--kind", "units")

    assert (missing.exit_code, unknown.exit_code, loaded.exit_code) == (2, 2, 0)
    assert "procedures names ho-tich, which is not here" in missing.output
    assert Unit.objects.count() == 1


def test_a_difference_is_named_and_a_clash_is_a_fault(tmp_path: Path) -> None:
    file = tmp_path / "a.zip"
    with elsewhere():
        unit = make_unit()
        sector = make_procedure().sector
        run("export", "package", str(file))
        sector_name, unit_code = sector.name, unit.code
    run("load", "package", str(file))
    Unit.objects.update(name="Xã Khác")
    file_with_other_sector = tmp_path / "b.zip"
    with elsewhere():
        Sector.objects.update(name="Tư pháp")
        run("export", "package", str(file_with_other_sector))

    changed = run("load", "package", str(file), "--preview")
    clash = run("load", "package", str(file_with_other_sector))

    assert f"{unit_code}: takes name" in changed.output
    assert clash.exit_code == 1
    assert "1 of the items contradict what is here, and were left alone" in clash.output
    assert sector_name == Sector.objects.get().name


@pytest.mark.parametrize("content", [b"", b"no package", packed([("manifest.json", b"{}")])])
def test_what_is_no_package_is_wrong_input(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(content)

    refused = run("load", "package", str(tmp_path / "a.zip"))

    assert refused.exit_code == 2
    assert "nothing was loaded" in refused.output


def test_a_place_that_cannot_be_written_is_wrong_input(tmp_path: Path) -> None:
    assert run("export", "package", str(tmp_path / "none" / "a.zip")).exit_code == 2


def test_a_broken_key_stops_the_export(tmp_path: Path) -> None:
    (tmp_path / "package-key").write_bytes(b"short")

    with override_settings(DATA_DIR=tmp_path):
        refused = run("export", "package", str(tmp_path / "a.zip"))

    assert refused.exit_code == 3
    assert "the signing key of this installation cannot be read" in refused.output
