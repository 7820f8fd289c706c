"""A whole set-up goes into a package and comes out of it the same."""

import io
import zipfile
from datetime import timedelta

import pytest

from motcua.accounts.models import User
from motcua.catalogue.models import Procedure, ProcedureVersion
from motcua.documents.storage import path_of
from motcua.dossiers.models import Applicant
from motcua.legislation.models import EffectChange, LegalDocument
from motcua.organisations.models import Unit
from motcua.province_setup.commands.apply_package import Choice, apply_package
from motcua.province_setup.commands.packages import make_package, opened, receive_package
from motcua.province_setup.kinds import BY_NAME, KINDS
from motcua.province_setup.merging import State
from motcua.province_setup.models import PackageApplication
from motcua.province_setup.preview import preview
from tests.make import MONDAY
from tests.province_setup.province import PERSON, elsewhere, make_setup, package_of

pytestmark = pytest.mark.django_db
LATER = MONDAY + timedelta(days=30)


def applied(content: bytes) -> PackageApplication | None:
    package = receive_package(content=content, actor=None, at=LATER)
    return apply_package(package=package, choice=Choice(tuple(BY_NAME)), actor=None, at=LATER)


def made_here() -> bytes:
    return path_of(make_package(actor=None, at=LATER).file.sha256).read_bytes()


def test_an_empty_place_that_took_a_package_makes_the_same_bytes() -> None:
    content = package_of()
    assert not Unit.objects.exists()

    done = applied(content)

    assert done is not None
    assert made_here() == content


def test_something_of_every_kind_is_carried() -> None:
    content = package_of()

    found = preview(opened(receive_package(content=content, actor=None, at=LATER)))

    assert [one.kind.name for one in found if not one.counts[State.NEW]] == []
    assert len(found) == len(KINDS)


def test_a_second_time_changes_nothing() -> None:
    content = package_of()
    applied(content)
    versions = list(ProcedureVersion.objects.values_list("pk", "valid_until", "published_at"))

    assert applied(content) is None

    found = preview(opened(receive_package(content=content, actor=None, at=LATER)))
    assert {state for one in found for state, count in one.counts.items() if count} == {State.SAME}
    assert list(ProcedureVersion.objects.values_list("pk", "valid_until", "published_at")) == versions
    assert PackageApplication.objects.count() == 1


def test_the_moment_of_a_package_is_that_of_its_content_not_of_its_making() -> None:
    with elsewhere():
        make_setup()
        first, second = make_package(actor=None, at=MONDAY), make_package(actor=None, at=LATER)

    assert first.pk == second.pk
    assert first.content_at is not None
    assert first.content_at < LATER


def test_law_has_the_same_effect_where_it_comes_in() -> None:
    with elsewhere():
        make_setup()
        before = _effects()
        content = path_of(make_package(actor=None, at=MONDAY).file.sha256).read_bytes()

    applied(content)

    numbers = set(LegalDocument.objects.values_list("number", flat=True))
    assert numbers >= {"123/2015/NĐ-CP", "60/2014/QH13", "87/2020/NĐ-CP"}
    assert "99/2001/NĐ-CP" not in numbers  # nothing cites it
    assert _effects() == {one for one in before if one[0] in numbers}
    assert _effects()


def _effects() -> set[tuple[object, ...]]:
    return set(EffectChange.objects.values_list("document__number", "position", "on", "status", "articles"))


def test_a_procedure_is_found_where_it_comes_in() -> None:
    content = package_of()

    applied(content)

    procedure = Procedure.objects.get(title="Xác nhận tình trạng nhà ở")
    assert procedure.search_key == "xac nhan tinh trang nha o"
    assert [row.number for row in procedure.versions.order_by("number")] == [1, 2]
    assert procedure.versions.get(number=1).valid_until == procedure.versions.get(number=2).valid_from


def test_no_person_is_in_a_package() -> None:
    with elsewhere():
        make_setup()
        content = path_of(make_package(actor=None, at=MONDAY).file.sha256).read_bytes()
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            text = "\n".join(archive.read(name).decode() for name in archive.namelist())
        planted = {PERSON}
        for user in User.objects.all():
            planted |= {user.username, user.email, user.full_name, user.password}
        for applicant in Applicant.objects.all():
            planted |= {applicant.full_name, applicant.citizen_id, applicant.phone, applicant.email}

    planted.discard("")
    assert len(planted) > 20
    assert [one for one in planted if one in text] == []
    assert "Tỉnh Mường Thanh" in text


def test_a_package_reads_without_this_program() -> None:
    content = package_of()

    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        names = archive.namelist()
        units = archive.read("units.json").decode()
    assert names[:2] == ["manifest.json", "signature.json"]
    assert '"name": "Xã Mường Phăng cũ"' in units
    assert any(name.startswith("procedures/1.") for name in names)
