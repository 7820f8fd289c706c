"""The quality report, and "none" declared beside a frozen version."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from motcua.accounts.models import User
from motcua.catalogue.commands.declare_none import (
    MayNotDeclare,
    NotPublished,
    PartNotEmpty,
    declare_none,
    take_back_none,
)
from motcua.catalogue.definitions import ChannelDefinition, Content, PaperDefinition, TermsDefinition
from motcua.catalogue.models import NoneDeclaration, ProcedureVersion
from motcua.catalogue.queries.day import Narrowing
from motcua.catalogue.queries.quality import PROBLEMS, parts_page, quality_report
from motcua.kernel.models import EventRecord
from motcua.rules.permissions import Role
from motcua.rules.procedure_parts import Fault, Part
from motcua.rules.time_limits import LimitUnit, TimeLimit
from tests.catalogue.test_comparison import WHOLE, publish
from tests.make import MONDAY, make_officer, make_procedure, make_unit

pytestmark = pytest.mark.django_db

DAY = date(2026, 1, 1)
LATER = date(2026, 2, 1)
EMPTY = Content(title="Chỉ có tên", level="COMMUNE", terms=TermsDefinition(), set_count=0)
FREE = TermsDefinition(limit=TimeLimit(Decimal(3), LimitUnit.DAY), fee_vnd=0)


@pytest.fixture
def control() -> User:
    return make_officer(Role.PROCEDURE_CONTROL_OFFICER, make_unit(kind="PROVINCE", level="PROVINCE"))


def told(content: Content) -> set[Part | Fault]:
    """What the report says of a procedure with that content alone."""
    publish(content, DAY)
    lines = quality_report(DAY, Narrowing()).lines
    return set(lines[0].problems) if lines else set()


def test_a_whole_procedure_has_only_the_form_without_file() -> None:
    assert told(WHOLE) == {Fault.FORM_WITHOUT_FILE}


def test_a_bare_title_lacks_everything_else() -> None:
    assert told(EMPTY) == set(Part) - {Part.NAME}


WITHOUT_FORMS = replace(WHOLE, papers=(PaperDefinition("Đơn", originals=1),), declaration=())


@pytest.mark.parametrize(
    ("content", "problems"),
    [
        pytest.param(replace(WITHOUT_FORMS, channels=()), {Part.MANNER, Part.FORMS}, id="no way to file"),
        pytest.param(WITHOUT_FORMS, {Part.FORMS}, id="no forms"),
        pytest.param(replace(WITHOUT_FORMS, declaration=WHOLE.declaration), set(), id="a declaration is a form"),
        pytest.param(
            replace(WITHOUT_FORMS, papers=(PaperDefinition("Lưu ý", is_required=False, is_note=True),)),
            {Part.PAPERS, Part.FORMS},
            id="a note is no paper",
        ),
        pytest.param(replace(WHOLE, papers=WHOLE.papers[:1], results=()), {Part.RESULT}, id="no result"),
        pytest.param(
            replace(WHOLE, papers=WHOLE.papers[:1], terms=TermsDefinition(), channels=(ChannelDefinition("DIRECT"),)),
            {Part.LIMIT, Part.FEES},
            id="no terms anywhere",
        ),
        pytest.param(
            replace(
                WHOLE, papers=WHOLE.papers[:1], terms=TermsDefinition(), channels=(ChannelDefinition("DIRECT", FREE),)
            ),
            set(),
            id="terms of a channel",
        ),
        pytest.param(
            replace(WHOLE, papers=WHOLE.papers[:1], implementing_agencies=()), {Part.AGENCIES}, id="nobody does it"
        ),
        pytest.param(
            replace(WHOLE, papers=WHOLE.papers[:1], legal_basis=()),
            {Part.LEGAL_BASIS, Fault.FEE_WITHOUT_BASIS},
            id="a fee on no law",
        ),
        pytest.param(
            replace(
                WHOLE, papers=WHOLE.papers[:1], legal_basis=(), terms=replace(WHOLE.terms, fee_basis="85/2019/TT-BTC")
            ),
            {Part.LEGAL_BASIS},
            id="the text of the fee is named, no law beside",
        ),
        pytest.param(
            replace(
                WHOLE,
                papers=WHOLE.papers[:1],
                channels=(
                    ChannelDefinition("DIRECT", replace(WHOLE.terms, fee_basis="85/2019/TT-BTC")),
                    ChannelDefinition("ONLINE", WHOLE.terms),
                ),
            ),
            {Fault.FEE_WITHOUT_BASIS},
            id="one way names the text of its fee, the other does not",
        ),
        pytest.param(
            replace(
                WHOLE,
                papers=WHOLE.papers[:1],
                terms=replace(WHOLE.terms, fee_basis="85/2019/TT-BTC"),
                channels=(ChannelDefinition("ONLINE", WHOLE.terms),),
            ),
            set(),
            id="the text of the fee is named for every way",
        ),
        pytest.param(
            replace(WHOLE, papers=WHOLE.papers[:1], legal_basis=(), terms=FREE), {Part.LEGAL_BASIS}, id="free, no law"
        ),
        pytest.param(
            replace(
                WHOLE,
                papers=WHOLE.papers[:1],
                terms=replace(FREE, limit_needs_review=True, fee_needs_review=True),
                names_abolished_body=True,
            ),
            {Fault.LIMIT_NOT_UNDERSTOOD, Fault.FEE_NOT_UNDERSTOOD, Fault.ABOLISHED_BODY},
            id="doubts",
        ),
    ],
)
def test_each_problem_is_found(content: Content, problems: set[Part | Fault]) -> None:
    assert told(content) == problems


def test_the_report_counts_each_problem_and_is_narrowed_to_one() -> None:
    publish(WITHOUT_FORMS, DAY)
    whole = make_procedure()

    report = quality_report(DAY, Narrowing())

    assert (report.total, report.complete) == (2, 0)
    assert report.counts["FORMS"] == 1
    assert set(report.counts) <= set(PROBLEMS)
    assert [line.code for line in quality_report(DAY, Narrowing(), "STEPS").lines] == [whole.code]
    assert quality_report(DAY, Narrowing(), "FORMS").lines[0].sector == "Hộ tịch"
    assert quality_report(DAY, Narrowing(sector="khong-co")).total == 0


def test_none_declared_completes_the_version_and_not_the_next_one(control: User) -> None:
    version = publish(WITHOUT_FORMS, DAY)

    row = declare_none(version=version, part=Part.FORMS, actor=control, at=MONDAY)
    again = declare_none(version=version, part=Part.FORMS, actor=control, at=MONDAY)

    assert row == again
    assert quality_report(DAY, Narrowing()).complete == 1
    (event,) = EventRecord.objects.filter(subject="1.001193", kind="NoneDeclared")
    assert (event.payload["number"], event.payload["part"], event.actor) == (1, "FORMS", control)
    publish(replace(WITHOUT_FORMS, title="Đăng ký lại"), LATER)
    assert quality_report(LATER, Narrowing()).counts == {"FORMS": 1}


def test_what_was_declared_can_be_taken_back_once(control: User) -> None:
    version = publish(WITHOUT_FORMS, DAY)
    declare_none(version=version, part=Part.FORMS, actor=control, at=MONDAY)

    take_back_none(version=version, part=Part.FORMS, actor=control, at=MONDAY)
    take_back_none(version=version, part=Part.FORMS, actor=control, at=MONDAY)

    assert not NoneDeclaration.objects.exists()
    assert EventRecord.objects.filter(kind="NoneTakenBack").count() == 1
    assert quality_report(DAY, Narrowing()).counts == {"FORMS": 1}


@pytest.mark.parametrize("part", [Part.STEPS, Part.FEES])
def test_a_required_part_and_a_filled_one_cannot_be_declared_none(part: Part, control: User) -> None:
    version = publish(replace(WITHOUT_FORMS, steps=()), DAY)

    with pytest.raises(PartNotEmpty):
        declare_none(version=version, part=part, actor=control, at=MONDAY)

    assert not NoneDeclaration.objects.exists()


@pytest.mark.parametrize("role", [Role.SIGNER, Role.LEGAL_OFFICER, Role.RECEPTION_OFFICER])
def test_only_who_controls_procedures_declares(role: Role) -> None:
    version = publish(WITHOUT_FORMS, DAY)
    stranger = make_officer(role, make_unit(kind="PROVINCE", level="PROVINCE"))

    with pytest.raises(MayNotDeclare):
        declare_none(version=version, part=Part.FORMS, actor=stranger, at=MONDAY)
    with pytest.raises(MayNotDeclare):
        take_back_none(version=version, part=Part.FORMS, actor=stranger, at=MONDAY)


def test_a_draft_says_itself_what_it_has_none_of(control: User) -> None:
    procedure = publish(WITHOUT_FORMS, DAY).procedure
    ProcedureVersion.objects.filter(procedure=procedure).update(valid_until=LATER)
    draft = ProcedureVersion.objects.create(
        procedure=procedure, number=2, valid_from=LATER, title="Dự thảo", level="COMMUNE"
    )

    with pytest.raises(NotPublished):
        declare_none(version=draft, part=Part.FORMS, actor=control, at=MONDAY)


def test_the_database_knows_no_other_part_and_no_second_declaration(control: User) -> None:
    version = publish(WITHOUT_FORMS, DAY)
    declare_none(version=version, part=Part.FORMS, actor=control, at=MONDAY)

    for part in ("FORMS", "STEPS"):
        with pytest.raises(IntegrityError), transaction.atomic():
            NoneDeclaration.objects.create(version=version, part=part, declared_by=control, declared_at=MONDAY)


def test_the_page_of_the_parts_says_who_declared_what(control: User) -> None:
    version = publish(replace(WITHOUT_FORMS, conditions="", steps=()), DAY)
    declare_none(version=version, part=Part.FORMS, actor=control, at=MONDAY)

    page = parts_page("1.001193", 1, control, at=MONDAY)
    states = {state.part: state for state in page.parts}

    assert list(states) == list(Part)
    assert {part for part, state in states.items() if not state.is_filled} == {
        Part.STEPS,
        Part.FORMS,
        Part.CONDITIONS,
    }
    assert (states[Part.FORMS].declared_by, states[Part.FORMS].declared_at) == (control.display_name, MONDAY)
    assert {part for part, state in states.items() if state.may_be_declared} == {Part.CONDITIONS}
    assert {part for part, state in states.items() if state.may_be_taken_back} == {Part.FORMS}
    reader = make_officer(Role.AUDITOR, make_unit())
    assert not any(
        state.may_be_declared or state.may_be_taken_back for state in parts_page("1.001193", 1, reader, at=MONDAY).parts
    )


@pytest.mark.parametrize("many", [1, 30])
def test_the_report_takes_six_queries_however_many_it_tells_of(many: int) -> None:
    for _ in range(many):
        make_procedure()

    with CaptureQueriesContext(connection) as queries:
        report = quality_report(MONDAY.date(), Narrowing())

    assert (len(queries), len(report.lines)) == (6, many)
