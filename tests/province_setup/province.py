"""A small province with something of every kind that a package holds, and with people who must not be in one."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta

from django.db import transaction

from motcua.accounts.models import User
from motcua.catalogue.commands.declare_none import declare_none
from motcua.catalogue.commands.life_events import LifeEventDefinition, LifeStepDefinition, write_life_event
from motcua.catalogue.commands.teach_synonyms import teach_synonyms
from motcua.catalogue.commands.withdraw_procedure import withdraw_procedure
from motcua.catalogue.models import (
    HourlyIncome,
    PlainSummary,
    Procedure,
    Sector,
    SectorClock,
    ServiceLevel,
    ServiceTarget,
)
from motcua.documents.storage import path_of
from motcua.legislation.commands.keep import Tie
from motcua.organisations.commands.announce_days import CalendarNotice, announce_days, put_in_force
from motcua.organisations.commands.hand_over_unit import Handover, hand_over_unit
from motcua.organisations.commands.set_office_hours import set_office_hours
from motcua.organisations.models import Unit
from motcua.posting.models import FeedbackAddress
from motcua.province_setup.commands.packages import make_package
from motcua.rules.calendar_days import CalendarDay, DayKind
from motcua.rules.legal_effect import Relation
from motcua.rules.permissions import Role
from motcua.rules.procedure_parts import Part
from motcua.rules.service_levels import Level
from tests.catalogue.publishing import begun, line_of, make_local, make_province, new_line, published, shortened
from tests.legislation.law import make_document
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

PERSON = "Giàng Thị Súa"
"""A name that nothing of the set-up has."""


def make_setup() -> Unit:
    """Something of every kind; returns the province."""
    province = make_province()
    unit = province.unit
    _offices(unit)
    decree = make_document("123/2015/NĐ-CP", Tie(Relation.BASED_ON, make_document("60/2014/QH13")))
    make_document("87/2020/NĐ-CP", Tie(Relation.AMENDS, decree, "Điều 2"))
    make_document("99/2001/NĐ-CP")
    local = make_local(title="Xác nhận tình trạng nhà ở")
    decision = begun(province)
    shortened(line_of(decision, province, local), province)
    new_line(decision, province)
    published(decision, province)
    _catalogue(unit, province.officer, local)
    _people(unit)
    return unit


def _offices(province: Unit) -> None:
    old = make_unit(name="Xã Mường Phăng cũ", parent=province)
    new = make_unit(name="Xã Mường Phăng", parent=province)
    handover = Handover([new], date(2025, 7, 1), "ALL", "1661/NQ-UBTVQH15")
    hand_over_unit(unit=old, handover=handover, actor=None, at=MONDAY)
    set_office_hours(unit=None, spans="07:30-11:30,13:00-17:00", valid_from=LONG_AGO, actor=None, at=MONDAY)
    set_office_hours(unit=None, spans="07:00-11:00,13:00-17:00", valid_from=date(2026, 1, 1), actor=None, at=MONDAY)
    set_office_hours(unit=new, spans="08:00-12:00", valid_from=LONG_AGO, actor=None, at=MONDAY)
    for day in (4, 5):
        off = CalendarDay(date(2026, 3, day), DayKind.CLOSED, "Hội Hoa Ban", "Ban flower festival", "12/TB-UBND")
        notice = CalendarNotice("12/TB-UBND", new, (off,))
        put_in_force(announcement=announce_days(notice=notice, actor=None, at=MONDAY), actor=None, at=MONDAY)


def _catalogue(province: Unit, officer: User, local: Procedure) -> None:
    ended = make_procedure(title="Cấp lại sổ hộ khẩu")
    withdraw_procedure(procedure=ended, on=date(2026, 4, 1), replaced_by=local, actor=None, at=MONDAY)
    version = make_procedure().versions.get()
    declare_none(version=version, part=Part.CONDITIONS, actor=officer, at=MONDAY)
    make_group()
    sector = Sector.objects.get(code="ho-tich")
    SectorClock.objects.create(sector=sector, source="Điều 4", valid_from=LONG_AGO)
    HourlyIncome.objects.create(valid_from=date(2026, 1, 1), yearly_income_vnd=120_000_000, source="S-05")
    teach_synonyms(synonyms={"hoa ban": ("lễ hội",)}, actor=None, at=MONDAY)
    make_offering(procedure=local, commune=make_unit(parent=province))
    _beside_the_catalogue(province, local)


def _beside_the_catalogue(province: Unit, local: Procedure) -> None:
    version = local.versions.get(number=2)
    for number, purpose in enumerate(("Xin giấy", "Xin giấy xác nhận nhà ở"), start=1):
        PlainSummary.objects.create(version=version, number=number, purpose=purpose, written_at=MONDAY)
    steps = (LifeStepDefinition(local.code, "Làm trước khi vay vốn"),)
    life = LifeEventDefinition("lam-nha", "Làm nhà", "Khi làm nhà mới", steps, position=1, keywords=("xây nhà",))
    write_life_event(definition=life, actor=None, at=MONDAY)
    levels = [(Level.PARTIAL, None, date(2026, 6, 1)), (Level.FULL, None, None), (Level.PROACTIVE_1, province, None)]
    start = date(2026, 1, 1)
    for level, unit, until in levels:
        begins = date(2026, 6, 1) if level is Level.FULL else start
        ServiceLevel.objects.create(
            procedure=local, unit=unit, level=level, valid_from=begins, valid_until=until, ground="QĐ", pays_online=True
        )
    ServiceTarget.objects.create(year=2026, metric="FULL_SERVICES", percent=80, source="QĐ")
    for begins, until in ((start, date(2026, 2, 1)), (date(2026, 2, 1), None)):
        FeedbackAddress.objects.create(
            unit=province, receiver="Văn phòng tỉnh", phone="0215 3825 000", valid_from=begins, valid_until=until
        )


def _people(province: Unit) -> None:
    make_officer(Role.ADMINISTRATOR, province, full_name=PERSON)
    make_dossier(office=make_office())


@contextmanager
def elsewhere() -> Iterator[None]:
    """What is done inside is of another installation: it is gone afterwards."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def package_of(make: Callable[[], object] = make_setup) -> bytes:
    """The archive of another installation that `make` set up."""
    with elsewhere():
        make()
        return path_of(make_package(actor=None, at=MONDAY + timedelta(days=3)).file.sha256).read_bytes()
