"""A slice of the demonstration province for the browser: all units, all people, some procedures people really use.

It is loaded once a run through the demonstration's own commands, and copied back for each module from then on.
"""

import uuid
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from zoneinfo import ZoneInfo

from django.apps import apps
from django.core.cache import cache
from django.db import connection, transaction
from django.test import override_settings

from motcua.accounts.models import User
from motcua.catalogue.commands.publication_acts import submit_decision
from motcua.catalogue.commands.reviews import propose_simplification
from motcua.catalogue.models import Procedure
from motcua.demo.commands.load_catalogue import load_catalogue
from motcua.demo.commands.load_drafts import load_drafts
from motcua.demo.commands.load_laws import load_laws
from motcua.demo.commands.load_levels import load_levels
from motcua.demo.commands.load_national import load_national
from motcua.demo.commands.load_news import load_news
from motcua.demo.commands.load_people import load_people
from motcua.demo.commands.load_units import load_units
from motcua.dossiers.commands.paper_mode import OutageNotice, declare_outage, reserve_kit
from motcua.exchange.models import NameMapping, NationalEntry
from motcua.legislation.commands.draft_acts import sign_draft
from motcua.legislation.models import LegalDocument, LegalDraft
from motcua.organisations.models import Unit
from motcua.petitions.commands.send import enter_petition
from motcua.petitions.models import Petition
from motcua.posting.commands.confirm import Posted, Told, confirm_put_up
from motcua.posting.commands.feedback import Address, tell_address
from motcua.province_setup.commands.packages import compare_package, make_package, receive_package
from motcua.province_setup.contents import made_package
from motcua.rules.drafting import DraftKind
from motcua.rules.petitions import PetitionChannel, PetitionStage
from motcua.rules.posting import PostingKind
from motcua.rules.surveys import SurveyState
from tests.catalogue import publishing
from tests.catalogue.reviewing import AMENDING, examine, make_income, make_plan, make_review
from tests.legislation.drafts import make_submitted, signature
from tests.make import MONDAY
from tests.petitions.making import Staff, make_in, published, sending
from tests.posting.boards import make_photo
from tests.surveys.making import make_survey_in

LOADED_AT = datetime(2026, 1, 5, 8, 0, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))
MORNING = datetime(2026, 3, 3, 9, 10, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))
"""When the journeys begin: a Tuesday on which the offices are open."""
BIRTH, DEATH, BUILDING_PERMIT = "1.001193", "1.000656", "1.013225"
MARRIAGE, BUSINESS, PENSION, SINGLE, COPIES = "1.000894", "1.001612", "1.014027", "1.004873", "2.000815"
SIGNED_DRAFT = "4f1b0d52-2f54-4d53-9a4c-8f0a6d1be003"
DRAFTED, LAID, ISSUED = (f"0d7c3c52-6d0e-4f0b-8a5e-3f6a0a8c9b{end}" for end in ("a1", "a2", "a3"))
"""Publication decisions: one being prepared, of a local procedure and of `BIRTH`; one that waits; one published."""
NAMED, TO_ENTER = (f"0d7c3c52-6d0e-4f0b-8a5e-3f6a0a8c9b{end}" for end in ("b1", "b2"))
"""A sector of the national database that waits for its name here; what the published decision has to enter there."""
LOCAL = "3.000001"
SURVEYS = {
    state: f"0d7c3c52-6d0e-4f0b-8a5e-3f6a0a8c9b{end}"
    for state, end in (("DRAFT", "e1"), ("OPEN", "e2"), ("CLOSED", "e3"))
}
SURVEY_CODE = "khaosatmotcu"
POSTED = "0d7c3c52-6d0e-4f0b-8a5e-3f6a0a8c9bb1"
"""What the desk of the ward confirmed of its board: `BIRTH` is up."""
PETITIONS = {
    stage: f"P-0000-0000-000{number}"
    for number, stage in enumerate(("RECEIVED", "ASKED", "HANDLING", "DRAFTED", "ANSWERED", "RETURNED"))
}
"""Petitions of the citizen to the ward, by their stage."""
WRITTEN = "P-0000-0000-0009"
"""A petition that the ward wrote down."""
LINKED = "khai-sinh-thuong-tru-bao-hiem-y-te"
"""The linked group that begins with `BIRTH`; its other legs are residence and the insurance card."""
PROCEDURES = {BIRTH, DEATH, BUILDING_PERMIT, MARRIAGE, BUSINESS, PENSION, SINGLE, COPIES, "1.013831", "2.000635"}
PROCEDURES |= {"1.004222", "1.014137"}
WARD = "H18.31"
DESK_CODE = f"{WARD}.04"
WARD_NAME = "Phường Điện Biên Phủ"
_APPS = (
    "organisations",
    "accounts",
    "legislation",
    "catalogue",
    "documents",
    "dossiers",
    "posting",
    "petitions",
    "surveys",
    "news",
    "notifications",
    "exchange",
    "province_setup",
    "kernel",
    "mfa",
    "account",
)


@dataclass(slots=True)
class Province:
    """The rows of the slice, once they have been loaded."""

    rows: dict[str, bytes] = field(default_factory=dict)

    def put(self) -> None:
        """Fill the empty database, and forget used one-time codes and counted mistakes."""
        if self.rows:
            self._copy_in()
        else:
            _load()
            self.rows = {table: _copied_out(table) for table in _tables()}
        cache.clear()

    def _copy_in(self) -> None:
        """Write the rows back as they were: what they were checked for once is not checked again."""
        tables = list(self.rows)
        with transaction.atomic(), connection.cursor() as cursor:
            triggers = _triggers(tables)
            for table, trigger in triggers:
                cursor.execute(f'ALTER TABLE "{table}" DISABLE TRIGGER "{trigger}"')
            for table, rows in self.rows.items():
                cursor.execute(f'DELETE FROM "{table}"')
                with cursor.copy(f'COPY "{table}" FROM STDIN') as copy:
                    copy.write(rows)
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            for table, trigger in triggers:
                cursor.execute(f'ALTER TABLE "{table}" ENABLE TRIGGER "{trigger}"')
            for table, column in _numbered(tables):
                highest = f'(SELECT max("{column}") FROM "{table}")'
                cursor.execute(
                    f"SELECT setval(pg_get_serial_sequence(%s, %s), greatest({highest}, 1))", [f'"{table}"', column]
                )


def _load() -> None:
    def step() -> None:
        """Nobody watches."""

    units = load_units(at=LOADED_AT, step=step)
    load_people(units=units, at=LOADED_AT, step=step)
    load_laws(at=LOADED_AT, step=step)
    load_catalogue(units=units, at=LOADED_AT, step=step, only=PROCEDURES)
    load_national(at=LOADED_AT, step=step)
    load_levels(units=units, at=LOADED_AT)
    NameMapping.objects.filter(kind="SECTOR").update(key=NAMED)
    _was_down(units[DESK_CODE], units[WARD])
    _publishing(units["H18"])
    _drafting(units)
    NationalEntry.objects.filter(decision__key=ISSUED).update(key=TO_ENTER)
    _reviewed(units["H18"])
    _posted(units[DESK_CODE], units["H18"])
    _petitioned(units[WARD])
    _surveyed(units["H18"])
    load_news(units=units, at=LOADED_AT)
    _packed(units[WARD])


def _packed(ward: Unit) -> None:
    """Have the province make a package, after which the ward moves, and receive one of a key that nobody knows."""
    ours = make_package(actor=None, at=LOADED_AT)
    with TemporaryDirectory() as folder, override_settings(DATA_DIR=Path(folder)):
        strange = made_package().content
    receive_package(content=strange, actor=None, at=LOADED_AT)
    Unit.objects.filter(pk=ward.pk).update(address="Tổ 5, phường Điện Biên Phủ")
    compare_package(package=ours, actor=None, at=LOADED_AT)


def _surveyed(province: Unit) -> None:
    """A survey in each state; the cast has somebody asked by the open one."""
    keeper = User.objects.get(username="kiemsoat")
    for state in SurveyState:
        make_survey_in(state, province, keeper, key=uuid.UUID(SURVEYS[state.value]))


def _petitioned(ward: Unit) -> None:
    """Have the citizen send the ward a petition in each stage, under codes that the pages know."""
    names = ["tiepnhan.dbp", "phancong.dbp", "hotich.dbp", "lanhdao.dbp", "congdan"]
    people = User.objects.in_bulk(names, field_name="username")
    desk, sorter, officer, leader, citizen = (people[name] for name in names)
    staff = Staff(ward, desk, sorter, officer, leader)
    for stage, code in PETITIONS.items():
        petition = make_in(PetitionStage(stage), staff)  # one account may not send as many in a day
        Petition.objects.filter(pk=petition.pk).update(code=code, owner=citizen)
    written = enter_petition(sending=sending(ward), channel=PetitionChannel.PHONE, officer=sorter, at=MONDAY)
    Petition.objects.filter(pk=written.pk).update(code=WRITTEN)
    published(staff)


def _publishing(province: Unit) -> None:
    people = User.objects.in_bulk(["kiemsoat", "chutich"], field_name="username")
    place = publishing.Province(province, people["kiemsoat"], people["chutich"])
    decisions = [publishing.begun(place, key=uuid.UUID(key)) for key in (DRAFTED, LAID, ISSUED)]
    for number, decision in enumerate(decisions, start=1):
        publishing.new_line(decision, place, code=f"3.00000{number}")
    publishing.line_of(decisions[0], place, Procedure.objects.get(code=BIRTH))
    submit_decision(decision=decisions[1], actor=place.officer, at=MONDAY)
    publishing.published(decisions[2], place)


def _drafting(units: dict[str, Unit]) -> None:
    """The drafts of the demonstration, and a signed one whose procedures are to be published."""
    load_drafts(units=units, at=LOADED_AT)
    people = User.objects.in_bulk(["tuphap", "chutich"], field_name="username")
    basis = LegalDocument.objects.get(number="118/2025/NĐ-CP")
    laid = make_submitted(
        people["tuphap"],
        basis,
        kind=DraftKind.DECISION,
        title="Quy định hỗ trợ khuyến nông",
        drafting_unit=units["H18"],
        sets_procedures=True,
    )
    sign_draft(draft=laid, signature=signature("901/QĐ-UBND"), actor=people["chutich"], at=MONDAY)
    LegalDraft.objects.filter(pk=laid.pk).update(key=SIGNED_DRAFT)


def _reviewed(province: Unit) -> None:
    """Have the province plan two reviews: number 1 is ready to be proposed, number 2 lies before the chairman."""
    keeper, plan = User.objects.get(username="kiemsoat"), make_plan(province)
    make_income()
    permit, death = (Procedure.objects.get(code=code) for code in (BUILDING_PERMIT, DEATH))
    examine(make_review(plan, province, keeper, procedure=permit), keeper)
    second = examine(make_review(plan, province, keeper, procedure=death), keeper)
    propose_simplification(review=second, proposal=AMENDING, actor=keeper, at=MONDAY)


def _posted(desk: Unit, province: Unit) -> None:
    """Have the desk of the ward confirm one procedure with a photo, and the province say where feedback goes."""
    people = User.objects.in_bulk(["kiemsoat", "tiepnhan.dbp"], field_name="username")
    confirm_put_up(
        key=uuid.UUID(POSTED),
        unit=desk,
        posted=[Posted(BIRTH, 1)],
        told=Told(PostingKind.BOARD, LOADED_AT.date(), photo=make_photo(at=LOADED_AT), note="Bảng ở sảnh tầng một"),
        actor=people["tiepnhan.dbp"],
        at=LOADED_AT,
    )
    address = Address("Trung tâm Phục vụ hành chính công tỉnh Điện Biên", phone="0215 3825 409")
    tell_address(unit=province, address=address, valid_from=LOADED_AT.date(), actor=people["kiemsoat"], at=LOADED_AT)


def _was_down(desk: Unit, ward: Unit) -> None:
    """Have the desk of the ward keep a kit for paper, and declare that the system was down the day before."""
    head = User.objects.get(username="motcua.dbp")
    reserve_kit(desk=desk, competent_unit=ward, count=3, officer=head, at=LOADED_AT)
    began_at = MORNING - timedelta(days=1)
    notice = OutageNotice(began_at, began_at + timedelta(hours=2), "Mất điện cả phường")
    declare_outage(desk=desk, notice=notice, officer=head, at=began_at + timedelta(hours=3))


def _tables() -> list[str]:
    models = [model for label in _APPS for model in apps.get_app_config(label).get_models(include_auto_created=True)]
    return [model._meta.db_table for model in models if model._meta.managed]  # noqa: SLF001  # the way Django names it


def _copied_out(table: str) -> bytes:
    with connection.cursor() as cursor, cursor.copy(f'COPY "{table}" TO STDOUT') as copy:
        return b"".join(bytes(part) for part in copy)


def _numbered(tables: list[str]) -> list[tuple[str, str]]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_name, column_name FROM information_schema.columns "
            "WHERE table_schema = current_schema() AND is_identity = 'YES' AND table_name = ANY(%s)",
            [tables],
        )
        return [(str(table), str(column)) for table, column in cursor.fetchall()]


def _triggers(tables: list[str]) -> list[tuple[str, str]]:
    """Return the triggers at work; those that the test run itself has switched off stay so."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname, tgname FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid "
            "WHERE NOT tgisinternal AND tgenabled <> 'D' AND relname = ANY(%s)",
            [tables],
        )
        return [(str(table), str(trigger)) for table, trigger in cursor.fetchall()]
