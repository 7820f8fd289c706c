"""The hand-written facts of Điện Biên: complete, consistent, and true to the few facts written out here."""

import re
import unicodedata
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from motcua.demo.definitions import old_units, people, procedures, units, workflows
from motcua.demo.people_definitions import read_people
from motcua.demo.procedure_definitions import LimitDefinition, ProcedureDefinition, read_procedures
from motcua.demo.records import DATA, DefinitionFault, read_file, refuse_doubles
from motcua.demo.unit_definitions import Kind, Level, Part, read_old_units, read_units
from motcua.demo.workflow_definitions import read_workflows
from motcua.rules.identifiers import to_new_order, to_old_order
from motcua.rules.permissions import Role
from motcua.rules.time_limits import LimitUnit, TimeLimit
from motcua.rules.workflow import StepSpec
from motcua.rules.workflow_soundness import Setting, flaws

CODE = re.compile(r"^[1-9]\.\d{6}$")
DOCUMENT = re.compile(r"^[\d.]+/(\d{4}/)?[A-ZĐ0-9-]+g?$")
PROCEDURES = [pytest.param(procedure, id=procedure.code) for procedure in procedures()]
COMMUNE_GSO = {
    *("03127", "03151", "03158", "03160", "03162", "03163", "03164", "03166", "03169", "03172", "03175", "03176"),
    *("03181", "03193", "03194", "03199", "03202", "03203", "03208", "03214", "03217", "03220", "03226", "03241"),
    *("03244", "03253", "03256", "03260", "03268", "03283", "03295", "03301", "03313", "03316", "03325", "03328"),
    *("03334", "03349", "03352", "03356", "03358", "03368", "03370", "03382", "03385"),
}


def communes() -> dict[str, str]:
    return {unit.gso: unit.name for unit in units() if unit.gso and unit.level is Level.COMMUNE}


def test_the_province_has_exactly_its_45_communes_and_wards() -> None:
    found = communes()

    assert set(found) == COMMUNE_GSO
    assert len(found) == 45


@pytest.mark.parametrize(
    ("gso", "name"),
    [
        ("03127", "Phường Điện Biên Phủ"),
        ("03151", "Phường Mường Lay"),
        ("03334", "Phường Mường Thanh"),
        ("03160", "Xã Mường Nhé"),
        ("03203", "Xã Na Son"),
        ("03385", "Xã Tìa Dình"),
    ],
)
def test_communes_bear_their_official_names(gso: str, name: str) -> None:
    assert communes()[gso] == name


def test_three_of_the_communes_are_wards() -> None:
    kinds = [unit.kind for unit in units() if unit.gso and unit.level is Level.COMMUNE]

    assert kinds.count(Kind.WARD) == 3
    assert kinds.count(Kind.COMMUNE) == 42


def test_every_commune_has_the_same_units_named_after_it() -> None:
    by_parent = {
        unit.code: {child.part: child.name for child in units() if child.parent == unit.code}
        for unit in units()
        if unit.gso and unit.level is Level.COMMUNE
    }

    assert all(set(parts) == set(Part) for parts in by_parent.values())
    ward = by_parent["H18.31"]
    assert ward[Part.ECONOMY] == "Phòng Kinh tế, Hạ tầng và Đô thị phường Điện Biên Phủ"
    assert by_parent["H18.34"][Part.ECONOMY] == "Phòng Kinh tế xã Mường Nhé"


def test_no_code_of_a_unit_stands_twice_and_every_parent_comes_first() -> None:
    seen: set[str] = set()
    for code, parent in [(unit.code, unit.parent) for unit in units()] + [
        (old.code, old.parent) for old in old_units()
    ]:
        assert code not in seen
        assert parent is None or parent in seen
        seen.add(code)


def test_only_the_identifier_of_the_province_counts_as_official() -> None:
    assert [unit.code for unit in units() if unit.identifier_is_official] == ["H18"]


def test_every_identifier_can_be_written_in_the_old_order() -> None:
    assert all(to_new_order(to_old_order(unit.code)) == unit.code for unit in units())


def test_ten_districts_and_129_communes_ended_on_1_july_2025() -> None:
    kinds = [unit.level for unit in old_units()]

    assert kinds.count(Level.DISTRICT) == 10
    assert kinds.count(Level.COMMUNE) == 129
    assert {unit.dissolved_on for unit in old_units()} == {date(2025, 7, 1)}


def test_every_old_commune_has_a_successor_and_every_commune_a_predecessor() -> None:
    today = {unit.code for unit in units() if unit.gso and unit.level is Level.COMMUNE}
    old = [unit for unit in old_units() if unit.level is Level.COMMUNE]

    assert all(unit.successors for unit in old)
    assert {code for unit in old for code in unit.successors} == today


def test_a_recycled_code_names_the_old_commune_and_its_successor_apart() -> None:
    him_lam = next(unit for unit in old_units() if unit.gso == "03127")

    assert him_lam.name == "Phường Him Lam"
    assert him_lam.successors == ("H18.31",)
    assert communes()["03127"] == "Phường Điện Biên Phủ"


def test_codes_of_procedures_are_national_and_unique() -> None:
    codes = [procedure.code for procedure in procedures()]

    assert all(CODE.match(code) for code in codes)
    assert len(set(codes)) == len(codes)


def test_the_procedures_that_people_ask_for_most_are_there() -> None:
    codes = {procedure.code for procedure in procedures()}

    assert codes >= {"1.001193", "1.000656", "1.000894", "1.004873", "2.000635", "2.000815", "1.004222", "1.001612"}
    assert codes >= {"1.013225", "1.013978", "1.013831", "1.001776", "1.001699", "1.011607", "1.014027"}


@pytest.mark.parametrize("procedure", PROCEDURES)
def test_the_internal_process_is_sound_and_within_the_legal_limit(procedure: ProcedureDefinition) -> None:
    steps = [
        StepSpec(
            code=timed.step.code,
            kind=timed.step.kind,
            role=timed.step.role,
            place=timed.step.place,
            time=timedelta(hours=float(timed.hours)),
            next_codes=timed.next_codes,
            next_labels=timed.step.labels,
            branching=timed.step.branching,
            unit_code=timed.step.unit,
            output=timed.step.output,
        )
        for timed in procedure.steps_in_time
    ]
    limit = timedelta(hours=float(procedure.limit.working_hours)) if procedure.limit else None

    assert flaws(steps, Setting(limit)) == ()


@pytest.mark.parametrize("procedure", PROCEDURES)
def test_a_procedure_is_complete(procedure: ProcedureDefinition) -> None:
    assert procedure.papers
    assert 3 <= len(procedure.steps) <= 6
    assert 3 <= len(procedure.declaration) <= 8
    assert any(paper.is_required for paper in procedure.papers) or procedure.papers[0].case
    assert procedure.limit or procedure.review
    assert procedure.fee.amount_vnd is not None or procedure.review


@pytest.mark.parametrize("procedure", PROCEDURES)
def test_the_legal_basis_lists_each_document_once_by_its_number(procedure: ProcedureDefinition) -> None:
    assert procedure.legal_basis
    assert all(DOCUMENT.match(number) for number in procedure.legal_basis)
    assert len(set(procedure.legal_basis)) == len(procedure.legal_basis)


@pytest.mark.parametrize("procedure", PROCEDURES)
def test_a_declaration_asks_nothing_twice(procedure: ProcedureDefinition) -> None:
    keys = [field.key for field in procedure.declaration]

    assert len(set(keys)) == len(keys)
    assert all(re.fullmatch(r"[a-z][a-z0-9_]*", key) for key in keys)


@pytest.mark.parametrize("procedure", PROCEDURES)
def test_no_sentence_was_cut_at_a_comma(procedure: ProcedureDefinition) -> None:
    lists = (procedure.results, procedure.conditions, procedure.subjects, procedure.life_events, procedure.steps)
    texts = [text for items in lists for text in items]
    texts += [procedure.title, procedure.short_name, procedure.summary, *procedure.review]
    texts += [paper.name for paper in procedure.papers] + [field.label for field in procedure.declaration]

    assert [text for text in texts if not (text[0].isupper() or text[0].isdigit())] == []


def test_a_dossier_of_a_commune_goes_to_its_own_desk_and_authority() -> None:
    birth = next(procedure for procedure in procedures() if procedure.code == "1.001193")

    assert birth.receiving_code("H18.34") == "H18.34.04"
    assert birth.competent_code("H18.34") == "H18.34"


def test_residence_is_settled_by_the_police_of_the_commune() -> None:
    residence = next(procedure for procedure in procedures() if procedure.code == "1.004222")

    assert residence.receiving_code("H18.31") == "H18.31.04"
    assert residence.competent_code("H18.31") == "H18.31.05"
    assert [channel.fee.amount_vnd for channel in residence.channels] == [10_000, 20_000]


def test_a_dossier_for_the_province_goes_to_the_provincial_centre() -> None:
    transport = next(procedure for procedure in procedures() if procedure.code == "1.000703")

    assert transport.receiving_code("H18.31") == "H18.01.01"
    assert transport.competent_code("H18.31") == "H18.07"


@pytest.mark.parametrize(
    ("amount", "unit", "hours"),
    [
        (0, LimitUnit.IMMEDIATE, 4),
        (0, LimitUnit.SAME_DAY, 4),
        (1, LimitUnit.WORKING_DAY, 8),
        (3, LimitUnit.WORKING_DAY, 24),
        (15, LimitUnit.DAY, 80),
        (10, LimitUnit.DAY, 48),
        (2, LimitUnit.DAY, 0),
        (1, LimitUnit.MONTH, 160),
    ],
)
def test_a_limit_holds_at_least_these_working_hours(amount: int, unit: LimitUnit, hours: int) -> None:
    assert LimitDefinition(TimeLimit(Decimal(amount), unit), "x").working_hours == hours


def test_a_step_takes_its_share_rounded_down_to_half_hours() -> None:
    civil_status = workflows()["CIVIL_STATUS"]

    assert [timed.hours for timed in civil_status.timed(Decimal(24))] == [
        Decimal(1),
        Decimal("15.5"),
        Decimal("3.5"),
        Decimal(2),
        Decimal(1),
    ]


def test_a_ward_and_a_mountain_commune_have_everyone_a_dossier_needs() -> None:
    needed = {Role.DISPATCHER, Role.PROCESSING_OFFICER, Role.SIGNER, Role.RECORDS_CLERK}
    roles = {unit.code: set[Role]() for unit in units()}
    for officer in people().officers:
        roles[officer.unit].update(officer.roles)

    for commune in ("H18.31", "H18.34"):
        assert roles[commune] >= needed
        assert roles[f"{commune}.04"] == {Role.RECEPTION_OFFICER, Role.HEAD_OF_ONE_STOP}
    assert roles["H18.06.01"] >= needed
    assert {role for found in roles.values() for role in found} == set(Role)


def test_invented_people_can_be_reached_by_nobody() -> None:
    everyone = people()
    phones = [citizen.phone for citizen in everyone.citizens] + [officer.phone for officer in everyone.officers]
    emails = [citizen.email for citizen in everyone.citizens] + [officer.email for officer in everyone.officers]
    names = [citizen.username for citizen in everyone.citizens] + [officer.username for officer in everyone.officers]

    assert all(re.fullmatch(r"0900000\d{3}", phone) for phone in phones)
    assert len(set(phones)) == len(phones)
    assert all(email.endswith("@example.com") for email in emails)
    assert all(re.fullmatch(r"[a-z.]+", name) for name in names)


@pytest.mark.parametrize("path", sorted(DATA.rglob("*.yaml")), ids=lambda path: path.stem)
def test_all_text_is_in_nfc(path: Path) -> None:
    assert unicodedata.is_normalized("NFC", path.read_text(encoding="utf-8"))


def write(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "facts.yaml"
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("- a", "(file)"),
        ("a: [", "(file)"),
        ("name: ' a'", "name"),
        ("name: a\u0301", "name"),
        ("name: 7", "name"),
        ("other: a", "name"),
        ("{name: a, nmae: b}", "nmae"),
    ],
)
def test_a_fault_names_the_file_and_the_key(tmp_path: Path, text: str, key: str) -> None:
    path = write(tmp_path, text)

    with pytest.raises(DefinitionFault) as refused:
        file = read_file(path)
        file.text("name")
        file.finish()

    assert (refused.value.file, refused.value.key) == ("facts.yaml", key)


@pytest.mark.parametrize("text", ["{count: -1}", "{count: yes}", "{count: '1'}", "{count: 1.5}"])
def test_a_count_is_a_whole_number(tmp_path: Path, text: str) -> None:
    with pytest.raises(DefinitionFault, match="whole number"):
        read_file(write(tmp_path, text)).whole("count")


def test_a_fault_inside_a_list_says_where(tmp_path: Path) -> None:
    file = read_file(write(tmp_path, "people: [{name: a}, {name: 1}]"))

    with pytest.raises(DefinitionFault, match=r"facts.yaml: people\[1\].name"):
        [person.text("name") for person in file.records("people")]


def test_a_word_outside_its_choices_is_refused(tmp_path: Path) -> None:
    file = read_file(write(tmp_path, "{kind: VILLAGE, empty: [], flag: maybe, on: soon, share: 0}"))

    for read in (
        lambda: file.choice("kind", Kind),
        lambda: file.texts("empty"),
        lambda: file.flag("flag", default=False),
        lambda: file.day("on"),
        lambda: file.number("share"),
        lambda: file.record("kind"),
        lambda: file.records("kind"),
    ):
        with pytest.raises(DefinitionFault, match=r"^facts.yaml"):
            read()


def test_a_value_that_stands_twice_is_refused(tmp_path: Path) -> None:
    file = read_file(write(tmp_path, "{a: b}"))

    with pytest.raises(DefinitionFault, match="x stands twice"):
        refuse_doubles(file, "a", ["x", "y", "x"])


@pytest.mark.parametrize(
    ("wrong", "key"),
    [
        (("review: [", "remark: ["), "limit"),
        (("handled_by: ECONOMY", "handled_by: KITCHEN"), "handled_by"),
        (("handled_by: ECONOMY", "competent: H99"), "competent"),
        (("fee: {amount_vnd: 0,", "limit: {unit: SAME_DAY, amount: 1, text: x}\n    fee: {amount_vnd: 0,"), "amount"),
        (("fee: {amount_vnd: 0,", "limit: {unit: YEAR, amount: 1, text: x}\n    fee: {amount_vnd: 0,"), "unit"),
        (("fee: {amount_vnd: 0,", "limit: {unit: SAME_DAY, text: x}\n    fee: {amount_vnd: 0,"), "workflow"),
        (("workflow: LICENCE", "workflow: MAGIC"), "workflow"),
        (("[ONLINE, DIRECT, POSTAL]", "[ONLINE, PIGEON]"), "channels"),
        (("[ONLINE, DIRECT, POSTAL]", "[ONLINE, ONLINE]"), "channels"),
        (('form: "09", originals: 1', 'form: "09"'), "originals"),
        (("papers:\n", "papers:\n      - passport\n"), "papers"),
        (("declaration: [", "declaration: [shoe_size, "), "declaration"),
        (("declaration: [", "declaration: [reason, reason, "), "declaration"),
        (("kind: choice, options: [Rừng trồng, Rừng tự nhiên]", "kind: choice"), "options"),
    ],
)
def test_a_fault_in_a_procedure_is_named(tmp_path: Path, wrong: tuple[str, str], key: str) -> None:
    text = (DATA / "procedures" / "lam-nghiep.yaml").read_text(encoding="utf-8")
    assert wrong[0] in text

    with pytest.raises(DefinitionFault) as refused:
        read_procedures(write(tmp_path, text.replace(*wrong, 1)))

    assert refused.value.key.endswith(key)


@pytest.mark.parametrize(
    ("read", "file", "wrong", "key"),
    [
        (read_units, "units.yaml", ("identifier: H18.32", "identifier: H18.31"), "identifier"),
        (read_old_units, "old_units.yaml", ('district: "094"', 'district: "999"'), "district"),
        (read_old_units, "old_units.yaml", ('successors: ["03334"]', 'successors: ["00001"]'), "successors"),
        (read_people, "people.yaml", ("username: motcua.dbp", "username: tiepnhan.dbp"), "username"),
        (read_people, "people.yaml", ("unit: H18.31.04", "unit: H99"), "unit"),
        (read_workflows, "workflows.yaml", ("share: 0.05", "share: 0.05, hours: 2"), "share"),
        (read_workflows, "workflows.yaml", ("{code: B2", "{code: B1"), "code"),
    ],
)
def test_a_fault_in_another_file_is_named(
    tmp_path: Path, read: Callable[[Path], object], file: str, wrong: tuple[str, str], key: str
) -> None:
    text = (DATA / file).read_text(encoding="utf-8")
    assert wrong[0] in text

    with pytest.raises(DefinitionFault) as refused:
        read(write(tmp_path, text.replace(*wrong, 1)))

    assert refused.value.key.endswith(key)
