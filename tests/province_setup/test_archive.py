"""What is no package, or no longer the package that was signed, is refused before anybody looks at its content."""

import io
import json
import stat
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import override_settings

from motcua.province_setup.archive import Fault, PackageRefused, packed, read_archive
from motcua.province_setup.contents import made_package
from motcua.province_setup.keys import KeyUnreadable, key_file, own_fingerprint, sign
from tests.make import make_unit

pytestmark = pytest.mark.django_db


def small() -> bytes:
    make_unit(name="Xã Thanh Nưa")
    return made_package().content


def files_of(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def changed(content: bytes, **files: bytes | None) -> bytes:
    """The same archive with files changed, added or (None) left out; `units` stands for `units.json`."""
    said = {**files_of(content), **{f"{name}.json": text for name, text in files.items()}}
    return packed((name, text) for name, text in said.items() if text is not None)


def signed(content: bytes, change: Callable[[dict[str, Any]], object]) -> bytes:
    """The archive with its manifest changed and signed anew."""
    manifest = json.loads(files_of(content)["manifest.json"])
    change(manifest)
    text = json.dumps(manifest).encode()
    signature = sign(text)
    said = {"public_key": signature.public_key, "signature": signature.signature}
    return changed(content, manifest=text, signature=json.dumps(said).encode())


def refused(content: bytes) -> Fault:
    with pytest.raises(PackageRefused) as refusal:
        read_archive(content)
    return refusal.value.fault


def test_a_package_is_read_back() -> None:
    archive = read_archive(small())

    assert [item["name"] for item in archive.items["units"] if isinstance(item, dict)] == ["Xã Thanh Nưa"]
    assert archive.signature.fingerprint == own_fingerprint()


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"%PDF-1.4", b"x" * 5000])
def test_a_file_of_another_sort_is_no_package(content: bytes) -> None:
    assert refused(content) is Fault.NOT_A_PACKAGE


def test_an_unsigned_package_is_refused() -> None:
    assert refused(changed(small(), signature=None)) is Fault.UNSIGNED


def test_a_changed_manifest_no_longer_fits_its_signature() -> None:
    content = small()

    assert refused(changed(content, manifest=files_of(content)["manifest.json"] + b" ")) is Fault.BAD_SIGNATURE


def test_a_signature_that_is_none_is_refused() -> None:
    nonsense = json.dumps({"public_key": "zz", "signature": "00"}).encode()

    assert refused(changed(small(), signature=nonsense)) is Fault.BAD_SIGNATURE
    assert refused(changed(small(), signature=b"[]")) is Fault.CONTENT_UNCLEAR


def test_a_changed_file_is_not_as_listed() -> None:
    content = small()
    text = files_of(content)["units.json"].replace("Thanh Nưa".encode(), "Thanh Yên".encode())

    assert refused(changed(content, units=text)) is Fault.NOT_AS_LISTED


def test_a_file_more_or_less_is_not_as_listed() -> None:
    assert refused(changed(small(), extra=b"[]\n")) is Fault.NOT_AS_LISTED
    assert refused(changed(small(), units=None)) is Fault.NOT_AS_LISTED


def test_another_format_is_refused_as_such() -> None:
    assert refused(signed(small(), lambda manifest: manifest.update(format=3))) is Fault.OTHER_FORMAT


def test_a_manifest_with_something_strange_is_refused() -> None:
    assert refused(signed(small(), lambda manifest: manifest.update(more=1))) is Fault.CONTENT_UNCLEAR


@pytest.mark.parametrize("name", ["../units.json", "/etc/passwd", "units/../../x.json", "units.exe", "a/b/c.json"])
def test_a_name_that_leads_out_is_refused(name: str) -> None:
    assert refused(packed([(name, b"[]")])) is Fault.NOT_A_PACKAGE


def test_a_compressed_file_is_refused_so_that_nothing_grows_when_it_is_read() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("units.json", b"0" * 50_000_000)

    assert refused(out.getvalue()) is Fault.NOT_A_PACKAGE


def test_a_file_named_twice_is_refused() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("units.json", b"[]")
        with pytest.warns(UserWarning, match="Duplicate"):
            archive.writestr("units.json", b"[1]")

    assert refused(out.getvalue()) is Fault.NOT_A_PACKAGE


def test_the_key_is_made_once_and_nobody_else_may_read_it(tmp_path: Path) -> None:
    with override_settings(DATA_DIR=tmp_path):
        assert own_fingerprint() == ""
        first = sign(b"one")
        second = sign(b"one")

        assert first == second
        assert first.fingerprint == own_fingerprint()
        assert stat.S_IMODE(key_file().stat().st_mode) == 0o600
        assert [path.name for path in tmp_path.iterdir()] == ["package-key"]


def test_a_broken_key_is_not_replaced_in_silence(tmp_path: Path) -> None:
    (tmp_path / "package-key").write_bytes(b"short")

    with override_settings(DATA_DIR=tmp_path), pytest.raises(KeyUnreadable):
        sign(b"one")


def test_another_key_changes_the_signature_and_nothing_else(tmp_path: Path) -> None:
    ours = files_of(small())
    with override_settings(DATA_DIR=tmp_path):
        theirs = files_of(made_package().content)

    assert [name for name in ours if ours[name] != theirs[name]] == ["signature.json"]
