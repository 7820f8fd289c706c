"""A package is applied whole or by kind; what contradicts the place is left alone."""

import hashlib
import json
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import override_settings

from motcua.accounts.models import RolePlace, User
from motcua.catalogue.commands.withdraw_procedure import withdraw_procedure
from motcua.catalogue.models import Procedure, ProcedureVersion, Workflow
from motcua.documents.storage import path_of
from motcua.kernel.models import EventRecord
from motcua.organisations.models import CalendarAnnouncement, Unit
from motcua.province_setup.archive import Fault, PackageRefused
from motcua.province_setup.commands.apply_package import (
    BreaksLinkedGroup,
    Choice,
    KeyUnknown,
    KindRefused,
    NothingChosen,
    apply_package,
)
from motcua.province_setup.commands.packages import (
    MayNotConfigure,
    OtherFingerprint,
    accept_key,
    make_package,
    opened,
    receive_package,
)
from motcua.province_setup.kinds import BY_NAME
from motcua.province_setup.merging import Effect, State
from motcua.province_setup.models import ConfigurationPackage, PackageApplication
from motcua.province_setup.preview import ItemLine, preview
from motcua.rules.permissions import Role
from motcua.rules.transitions import Status
from tests.catalogue.publishing import EFFECTIVE_ON, begun, line_of, make_local, make_province, published, shortened
from tests.linked import make_group
from tests.make import (
    LONG_AGO,
    MONDAY,
    make_dossier,
    make_offering,
    make_office,
    make_officer,
    make_procedure,
    make_unit,
)
from tests.province_setup.province import elsewhere, package_of
from tests.province_setup.test_archive import changed, files_of, signed

pytestmark = pytest.mark.django_db
WHOLE = Choice(tuple(BY_NAME))
LATER = MONDAY + timedelta(days=30)


def received(content: bytes) -> ConfigurationPackage:
    return receive_package(content=content, actor=None, at=LATER)


def own_package() -> ConfigurationPackage:
    """What is here now, as if it came from elsewhere."""
    return received(path_of(make_package(actor=None, at=LATER).file.sha256).read_bytes())


def lines(package: ConfigurationPackage, kind: str) -> dict[str, ItemLine]:
    found = {one.kind.name: one for one in preview(opened(package))}
    return {line.key: line for line in found[kind].lines}


def make_administrator() -> User:
    province = make_unit(name="Tỉnh Điện Biên", kind="PROVINCE", level="PROVINCE")
    Unit.objects.filter(pk=province.pk).update(code="H18")
    return make_officer(Role.ADMINISTRATOR, province)


def test_one_kind_alone_is_brought_in() -> None:
    package = received(package_of())

    done = apply_package(package=package, choice=Choice(("units",)), actor=None, at=LATER)

    assert done is not None
    assert done.kinds == ["units"]
    assert Unit.objects.count() == done.new_count
    assert not Procedure.objects.exists()
    event = EventRecord.objects.get(kind="PackageApplied")
    assert event.subject == f"package:{package.manifest_sha256[:16]}"
    assert event.payload["package"] == package.manifest_sha256


def test_a_kind_that_needs_what_is_not_here_is_refused_whole() -> None:
    package = received(package_of())

    with pytest.raises(KindRefused) as refusal:
        apply_package(package=package, choice=Choice(("sectors", "procedures", "offers")), actor=None, at=LATER)

    assert refusal.value.kind == "offers"
    assert refusal.value.missing.startswith("H18.")
    assert not Procedure.objects.exists()


@pytest.mark.parametrize("kinds", [(), ("nothing",)])
def test_nothing_chosen_is_refused(kinds: tuple[str, ...]) -> None:
    with pytest.raises(NothingChosen):
        apply_package(package=received(package_of(make_unit)), choice=Choice(kinds), actor=None, at=LATER)


def test_a_unit_is_written_anew_and_nothing_goes_away() -> None:
    unit = make_unit(name="Xã Cũ")
    package = own_package()
    Unit.objects.filter(pk=unit.pk).update(name="Xã Khác", address="Bản Phủ")
    other = make_unit(name="Xã Ở Lại")

    line = lines(package, "units")[unit.code]
    apply_package(package=package, choice=WHOLE, actor=None, at=LATER)

    assert {(one.path, one.ours, one.theirs) for one in line.differences} == {
        ("name", "Xã Khác", "Xã Cũ"),
        ("address", "Bản Phủ", ""),
    }
    unit.refresh_from_db()
    assert (unit.name, unit.address) == ("Xã Cũ", "")
    assert Unit.objects.filter(pk=other.pk).exists()
    assert lines(package, "units")[other.code].state is State.HERE_ONLY


def with_other(path: str, old: str, new: str) -> ConfigurationPackage:
    """A package of what is here now, in which one file says something else."""
    content = path_of(make_package(actor=None, at=MONDAY).file.sha256).read_bytes()
    text = files_of(content)[f"{path}.json"]
    assert old.encode() in text
    return signed_anew(content, path, text.replace(old.encode(), new.encode()))


def with_other_title(procedure: Procedure) -> ConfigurationPackage:
    """A package in which the published version of the procedure has another title."""
    said = f'"content": {{\n     "title": "{procedure.title}"'
    return with_other(f"procedures/{procedure.code}", said, said.replace(procedure.title, "Thủ tục nơi khác"))


def signed_anew(content: bytes, path: str, text: bytes) -> ConfigurationPackage:
    """The package with one file changed, listed and signed as if it had been made so."""

    def list_anew(manifest: dict[str, Any]) -> None:
        for listed in manifest["files"]:
            if listed["path"] == f"{path}.json":
                listed.update(size=len(text), sha256=hashlib.sha256(text).hexdigest())

    return received(signed(changed(content, **{path: text}), list_anew))


def test_other_content_in_a_published_version_is_left_alone() -> None:
    procedure = make_procedure(title="Đăng ký khai tử")
    package = with_other_title(procedure)

    line = lines(package, "procedures")[procedure.code]
    done = apply_package(package=package, choice=WHOLE, actor=None, at=LATER)

    assert line.state is State.CLASH
    assert [one.path for one in line.differences] == ["versions[1].content.title"]
    assert done is None
    assert ProcedureVersion.objects.get().title == "Đăng ký khai tử"


def test_by_decision_it_becomes_the_next_version_and_the_old_one_stays() -> None:
    procedure = make_procedure(title="Đăng ký khai tử")
    package = with_other_title(procedure)
    choice = replace(WHOLE, anew=(procedure.code,))

    done = apply_package(package=package, choice=choice, actor=None, at=LATER)
    again = apply_package(package=package, choice=choice, actor=None, at=LATER + timedelta(hours=1))

    assert done is not None
    assert done.anew == [procedure.code]
    assert again is None
    said = ProcedureVersion.objects.order_by("number").values_list("title", "valid_from", "valid_until")
    assert list(said) == [
        ("Đăng ký khai tử", LONG_AGO, LATER.date()),
        ("Thủ tục nơi khác", LATER.date(), None),
    ]


def test_a_procedure_with_open_dossiers_is_not_withdrawn_by_a_package() -> None:
    office = make_office(offering=make_offering())
    procedure = office.offering.procedure
    dossier = make_dossier(office=office, status=Status.IN_PROGRESS)
    withdraw_procedure(procedure=procedure, on=date(2026, 5, 1), replaced_by=None, actor=None, at=LATER)
    package = own_package()
    Procedure.objects.update(withdrawn_on=None)

    line = lines(package, "procedures")[procedure.code]
    apply_package(package=package, choice=WHOLE, actor=None, at=LATER)

    assert (line.state, line.open_dossier_count) == (State.CLASH, 1)
    assert Procedure.objects.get(pk=procedure.pk).withdrawn_on is None
    dossier.refresh_from_db()
    assert dossier.status == Status.IN_PROGRESS


def test_an_approved_process_is_never_written_anew() -> None:
    procedure = make_procedure()
    package = with_other(f"processes/{procedure.code}", '"decision_no": ""', '"decision_no": "7/QĐ-UBND"')

    line = lines(package, "processes")[f"{procedure.code} 1"]

    assert line.state is State.CLASH
    assert [(one.path, one.theirs) for one in line.differences] == [("decision_no", "7/QĐ-UBND")]
    assert apply_package(package=package, choice=WHOLE, actor=None, at=LATER) is None
    assert Workflow.objects.get().decision_no == ""


def test_announcements_wait_where_promises_stand() -> None:
    package = received(package_of())
    make_dossier(status=Status.IN_PROGRESS)

    apply_package(package=package, choice=Choice(("units", "calendars")), actor=None, at=LATER)

    assert CalendarAnnouncement.objects.filter(in_force_at=None).count() == 2
    assert {line.state for line in lines(package, "calendars").values()} == {State.SAME}


def test_roles_come_without_people() -> None:
    apply_package(package=received(package_of()), choice=WHOLE, actor=None, at=LATER)

    assert RolePlace.objects.filter(role=Role.SIGNER, unit__kind="PROVINCE").exists()
    assert not User.objects.exists()


def test_a_strange_key_is_refused_until_its_fingerprint_was_compared() -> None:
    package = received(package_of(make_unit))
    ConfigurationPackage.objects.update(fingerprint="ab" * 32)
    package.refresh_from_db()

    with pytest.raises(KeyUnknown) as refusal:
        apply_package(package=package, choice=WHOLE, actor=None, at=LATER)
    assert refusal.value.fingerprint == package.fingerprint
    with pytest.raises(OtherFingerprint):
        accept_key(package=package, fingerprint="cd" * 32, actor=None, at=LATER)
    for _time in range(2):
        accept_key(package=package, fingerprint=" ".join(["AB" * 16, "ab" * 16]), actor=None, at=LATER)

    assert apply_package(package=package, choice=WHOLE, actor=None, at=LATER)
    assert EventRecord.objects.filter(kind="KeyAccepted").count() == 1


def test_a_key_of_the_settings_is_trusted() -> None:
    package = received(package_of(make_unit))
    ConfigurationPackage.objects.update(fingerprint="ab" * 32)
    package.refresh_from_db()

    with override_settings(TRUSTED_PACKAGE_KEYS=["AB" * 32]):
        assert apply_package(package=package, choice=WHOLE, actor=None, at=LATER)


def test_only_an_administrator_of_the_province_configures() -> None:
    administrator = make_administrator()
    stranger = make_officer(Role.ADMINISTRATOR, make_unit())

    package = make_package(actor=administrator, at=MONDAY)

    assert package.by == administrator
    with pytest.raises(MayNotConfigure):
        make_package(actor=stranger, at=MONDAY)
    with pytest.raises(MayNotConfigure):
        receive_package(content=b"", actor=stranger, at=MONDAY)
    with pytest.raises(MayNotConfigure):
        accept_key(package=package, fingerprint=package.fingerprint, actor=stranger, at=MONDAY)
    with pytest.raises(MayNotConfigure):
        apply_package(package=package, choice=WHOLE, actor=stranger, at=MONDAY)


@pytest.mark.parametrize(
    ("field", "value"),
    [("kind", 5), ("founded_on", "soon"), ("identifiers", {}), ("name", "x\x00"), ("strange", 1)],
)
def test_a_value_that_cannot_be_read_is_named(field: str, value: object) -> None:
    make_unit()
    content = path_of(make_package(actor=None, at=MONDAY).file.sha256).read_bytes()
    items = json.loads(files_of(content)["units.json"])
    items[0][field] = value
    text = json.dumps(items).encode()

    with pytest.raises(PackageRefused) as refusal:
        signed_anew(content, "units", text)

    assert refusal.value.fault is Fault.CONTENT_UNCLEAR
    assert refusal.value.detail.startswith("units.0: ")
    assert not PackageApplication.objects.exists()


def test_what_the_database_refuses_leaves_nothing() -> None:
    make_unit()
    content = path_of(make_package(actor=None, at=MONDAY).file.sha256).read_bytes()
    items = json.loads(files_of(content)["units.json"])
    items[0].update(code="H18.99.99", kind="CASTLE", identifiers=[])
    text = json.dumps(items).encode()
    package = signed_anew(content, "units", text)

    with pytest.raises(KindRefused) as refusal:
        apply_package(package=package, choice=WHOLE, actor=None, at=LATER)

    assert (refusal.value.kind, refusal.value.missing) == ("units", "")
    assert not Unit.objects.filter(code="H18.99.99").exists()


def test_what_a_linked_group_shares_stays_in_its_place() -> None:
    group = make_group().group
    lead = group.legs.get(number=1).procedure
    package = with_other(f"procedures/{lead.code}", "Tờ khai theo mẫu", "Tờ khai khác")

    with pytest.raises(BreaksLinkedGroup) as refusal:
        apply_package(package=package, choice=replace(WHOLE, anew=(lead.code,)), actor=None, at=LATER)

    assert (refusal.value.code, refusal.value.groups) == (lead.code, frozenset({group.name}))
    assert lead.versions.count() == 1


def test_a_withdrawn_procedure_is_not_published_anew() -> None:
    procedure = make_procedure(title="Đăng ký khai tử")
    package = with_other_title(procedure)
    withdraw_procedure(procedure=procedure, on=date(2026, 5, 1), replaced_by=None, actor=None, at=LATER)

    with pytest.raises(KindRefused) as refusal:
        apply_package(package=package, choice=replace(WHOLE, anew=(procedure.code,)), actor=None, at=LATER)

    assert refusal.value.missing == procedure.code
    assert procedure.versions.count() == 1


def test_a_later_version_comes_after_ours_which_ends() -> None:
    province = make_province()
    local = make_local(title="Xác nhận tình trạng nhà ở")
    with elsewhere():
        decision = begun(province)
        shortened(line_of(decision, province, local), province)
        published(decision, province)
        content = path_of(make_package(actor=None, at=LATER).file.sha256).read_bytes()
    package = received(content)

    line = lines(package, "procedures")[local.code]
    apply_package(package=package, choice=WHOLE, actor=None, at=LATER)

    assert line.state is State.CHANGED
    assert [(one.path, one.effect) for one in line.differences][-1] == ("versions[2]", Effect.ADDS)
    first, second = local.versions.filter(published_at__isnull=False).order_by("number")
    assert first.valid_until == second.valid_from == EFFECTIVE_ON
    assert second.publication_line.decision.number == "15/QĐ-UBND"
    assert second.publication_line.decision.begun_by is None
