"""An item whose ground stays otherwise here is left out with the reason: decisions, groups, processes, desks, roles."""

import hashlib
import json
import uuid
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from motcua.accounts.models import Grant, RolePlace
from motcua.catalogue.carried import carried_decisions
from motcua.catalogue.commands.bring_in_decisions import ProcedureNotThere, bring_in_decisions
from motcua.catalogue.models import LinkedGroup, Offering, Procedure, PublicationDecision, Workflow
from motcua.documents.storage import path_of
from motcua.organisations.models import Unit
from motcua.province_setup.archive import read_archive
from motcua.province_setup.commands.apply_package import Choice, KindRefused, apply_package
from motcua.province_setup.commands.packages import make_package, opened
from motcua.province_setup.merging import State
from motcua.province_setup.models import ConfigurationPackage
from motcua.province_setup.needs import PROCEDURES, UNITS, Need
from motcua.rules.permissions import Role
from tests.catalogue.publishing import Province, begun, line_of, make_local, make_province, published, shortened
from tests.linked import make_group
from tests.make import make_offering, make_officer, make_unit
from tests.province_setup.province import elsewhere
from tests.province_setup.test_apply import LATER, WHOLE, lines, received
from tests.province_setup.test_archive import changed, files_of, signed

pytestmark = pytest.mark.django_db


Change = Callable[[list[Any]], object]


def other(changes: Mapping[str, Change], make: Callable[[], object] = list) -> ConfigurationPackage:
    """A package of what is here and what `make` adds to it elsewhere, in which `changes` alter the items of files."""
    with elsewhere():
        make()
        content = path_of(make_package(actor=None, at=LATER).file.sha256).read_bytes()
    return rewritten(content, changes)


def rewritten(content: bytes, changes: Mapping[str, Change], **manifest: object) -> ConfigurationPackage:
    """The package with the items of some files altered, listed and signed as if it had been made so."""
    files = {}
    for path, change in changes.items():
        items = json.loads(files_of(content)[f"{path}.json"])
        change(items)
        files[path] = json.dumps(items).encode()

    def list_anew(said: dict[str, Any]) -> None:
        said.update(manifest)
        for listed in said["files"]:
            text = files.get(listed["path"].removesuffix(".json"))
            if text is not None:
                count = len(json.loads(text))
                listed.update(size=len(text), count=count, sha256=hashlib.sha256(text).hexdigest())

    return received(signed(changed(content, **files), list_anew))


def retitled(items: list[Any]) -> None:
    """The newest version says something else."""
    items[0]["versions"][-1]["content"]["title"] = "Thủ tục nơi khác"


def dissolved_elsewhere(unit: Unit) -> Callable[[list[Any]], None]:
    def change(items: list[Any]) -> None:
        next(item for item in items if item["code"] == unit.code)["dissolved_on"] = "2026-02-01"

    return change


def publish(province: Province, local: Procedure, *, number: str) -> PublicationDecision:
    decision = begun(province)
    shortened(line_of(decision, province, local), province)
    return published(decision, province, number=number)


def published_elsewhere(province: Province, local: Procedure) -> bytes:
    """A package with version 2 of the procedure and the decision that published it."""
    with elsewhere():
        publish(province, local, number="15/QĐ-UBND")
        return path_of(make_package(actor=None, at=LATER).file.sha256).read_bytes()


def test_a_decision_is_never_tied_to_a_version_of_the_same_number_with_other_content() -> None:
    province, local = make_province(), make_local(title="Xác nhận tình trạng nhà ở")
    package = received(published_elsewhere(province, local))
    decision = begun(province)
    line = shortened(line_of(decision, province, local), province)
    assert line.version is not None
    line.version.papers.update(name="Đơn khác")
    here = published(decision, province, number="16/QĐ-UBND")

    found = lines(package, "publication-decisions").values()
    done = apply_package(package=package, choice=WHOLE, actor=None, at=LATER)

    told = next(line for line in found if line.state is not State.HERE_ONLY)
    assert told.state is State.CLASH
    assert [(need.kind, need.key, need.version) for need in told.held_by] == [(PROCEDURES, local.code, 2)]
    assert done is None
    assert PublicationDecision.objects.get() == here


def test_a_decision_whose_version_is_not_brought_in_waits_and_stops_nothing_else() -> None:
    province, local = make_province(), make_local(title="Xác nhận tình trạng nhà ở")

    def first_says_else(items: list[Any]) -> None:
        items[0]["versions"][0]["content"]["title"] = "Thủ tục nơi khác"

    def make() -> None:
        publish(province, local, number="15/QĐ-UBND")
        make_unit(name="Xã Nà Tấu")

    package = other({f"procedures/{local.code}": first_says_else}, make)

    (line,) = lines(package, "publication-decisions").values()
    done = apply_package(package=package, choice=WHOLE, actor=None, at=LATER)

    assert (line.state, {need.version for need in line.held_by}) == (State.CLASH, {1, 2})
    assert done is not None
    assert Unit.objects.filter(name="Xã Nà Tấu").exists()
    assert not PublicationDecision.objects.exists()


def test_the_command_itself_refuses_a_version_with_another_hash() -> None:
    province, local = make_province(), make_local(title="Xác nhận tình trạng nhà ở")
    with elsewhere():
        publish(province, local, number="15/QĐ-UBND")
        (told,) = carried_decisions()
    publish(province, local, number="15/QĐ-UBND")
    line = replace(told.lines[0], version_hash="0" * 64)
    strange = replace(told, key=str(uuid.uuid4()), lines=(line,))

    with pytest.raises(ProcedureNotThere) as missing:
        bring_in_decisions([strange], package="x", actor=None, at=LATER)

    assert missing.value.code == f"{local.code} #2"


def test_a_linked_group_is_left_out_where_a_procedure_of_it_says_something_else() -> None:
    made = make_group()
    code = made.group.legs.get(number=2).procedure.code
    package = other({f"procedures/{code}": retitled})
    made.group.legs.all().delete()
    LinkedGroup.objects.all().delete()

    (line,) = lines(package, "linked-groups").values()
    apply_package(package=package, choice=WHOLE, actor=None, at=LATER)

    assert line.state is State.CLASH
    assert line.held_by == (Need(PROCEDURES, code, is_exact=True),)
    assert not LinkedGroup.objects.exists()


def test_processes_and_desks_wait_for_their_procedure() -> None:
    procedure = make_offering().procedure
    code = procedure.code

    def replaced(items: list[Any]) -> None:
        items.append({**items[0], "number": 2, "valid_from": "2026-06-01"})
        items[0]["valid_until"] = "2026-06-01"

    package = other({f"procedures/{code}": retitled, f"processes/{code}": replaced})
    Offering.objects.all().delete()

    waiting = [*lines(package, "processes").values(), *lines(package, "offers").values()]
    apply_package(package=package, choice=WHOLE, actor=None, at=LATER)

    assert [(line.state, line.held_by) for line in waiting] == [(State.CLASH, (Need(PROCEDURES, code),))] * 3
    assert not Offering.objects.exists()
    assert Workflow.objects.get().valid_until is None


def test_roles_and_desks_wait_for_a_unit_that_ended_on_another_day() -> None:
    unit = make_offering().receiving_unit
    make_officer(Role.SIGNER, unit)
    package = other({"units": dissolved_elsewhere(unit)})
    Unit.objects.filter(pk=unit.pk).update(dissolved_on=date(2026, 1, 1))
    Grant.objects.filter(unit=unit).delete()
    Offering.objects.all().delete()

    roles, desks = lines(package, "roles"), lines(package, "offers")
    apply_package(package=package, choice=WHOLE, actor=None, at=LATER)

    assert roles[f"{unit.code} SIGNER"].held_by == (Need(UNITS, unit.code),)
    assert [line.state for line in desks.values()] == [State.CLASH]
    assert not RolePlace.objects.filter(unit=unit).exists()


def test_a_unit_that_differs_elsewhere_holds_nothing_back() -> None:
    unit = make_offering().receiving_unit

    def renamed(items: list[Any]) -> None:
        next(item for item in items if item["code"] == unit.code)["name"] = "Trung tâm khác"

    package = other({"units": renamed})
    Offering.objects.all().delete()

    assert [line.state for line in lines(package, "offers").values()] == [State.NEW]


def test_what_only_a_kind_that_was_not_chosen_would_bring_is_named() -> None:
    made = make_group()
    code = made.group.legs.get(number=2).procedure.code

    def later(items: list[Any]) -> None:
        first = items[0]["versions"][0]
        content = {**first["content"], "title": "Thủ tục từ năm sau"}
        items[0]["versions"].append({**first, "number": 2, "valid_from": "2027-01-01", "content": content})
        first["valid_until"] = "2027-01-01"

    package = other({f"procedures/{code}": later})
    made.group.legs.all().delete()
    LinkedGroup.objects.all().delete()

    with pytest.raises(KindRefused) as refusal:
        apply_package(package=package, choice=Choice(("linked-groups",)), actor=None, at=LATER)

    assert (refusal.value.kind, refusal.value.missing) == ("linked-groups", code)
    assert lines(package, "linked-groups").popitem()[1].state is State.NEW


def test_a_package_of_the_first_format_is_still_read() -> None:
    province, local = make_province(), make_local(title="Xác nhận tình trạng nhà ở")
    content = published_elsewhere(province, local)
    wanted = read_archive(content).items["publication-decisions"]

    def without_hashes(items: list[Any]) -> None:
        for line in items[0]["lines"]:
            del line["version_hash"], line["based_on_hash"]

    package = rewritten(content, {"publication-decisions": without_hashes}, format=1)

    assert opened(package).items["publication-decisions"] == wanted
    apply_package(package=package, choice=WHOLE, actor=None, at=LATER)
    line = PublicationDecision.objects.get().lines.get()
    assert line.version is not None
    assert line.version.number == 2
