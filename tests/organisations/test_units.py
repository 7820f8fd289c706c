"""Units, their codes and their hours."""

from datetime import date, time, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from motcua.kernel.models import EventRecord
from motcua.organisations.commands.found_unit import UnitDetails, found_unit
from motcua.organisations.commands.hand_over_unit import Handover, hand_over_unit
from motcua.organisations.commands.set_office_hours import set_office_hours
from motcua.organisations.facts import NoAgencyIdentifier, agency_identifier, working_calendar
from motcua.organisations.models import OfficeHours, Succession, Unit, UnitIdentifier
from motcua.organisations.queries import (
    communes_of,
    find_units,
    provinces,
    service_centre_of,
    successors_of,
    unit_by_code,
    unit_by_identifier,
)
from motcua.rules.working_time import OfficeHoursUnclear
from tests.make import MONDAY

pytestmark = pytest.mark.django_db

MERGER = date(2025, 7, 1)
TODAY = date(2026, 3, 2)


def found(code: str, name: str, kind: str = "COMMUNE", **more: object) -> Unit:
    level = "PROVINCE" if kind == "PROVINCE" else "COMMUNE"
    details = UnitDetails(code=code, name=name, kind=kind, level=level, **more)  # type: ignore[arg-type]  # shorthand
    return found_unit(details=details, actor=None, at=MONDAY)


def test_a_unit_is_founded_with_its_codes_in_both_orders() -> None:
    unit = found("H18.31", "Phường  Điện Biên Phủ", "WARD", agency="H18.31", gso="03127", founded_on=MERGER)

    codes = unit.identifiers.order_by("scheme").values_list("scheme", "value", "valid_from")
    assert unit.name == "Phường Điện Biên Phủ"
    assert list(codes) == [
        ("AGENCY_NEW", "H18.31", MERGER),
        ("AGENCY_OLD", "000.00.31.H18", MERGER),
        ("GSO", "03127", MERGER),
    ]
    assert EventRecord.objects.get(subject="H18.31").kind == "UnitFounded"


def test_founding_a_unit_twice_makes_one() -> None:
    first = found("H18.31", "Phường Điện Biên Phủ")

    assert found("H18.31", "Phường khác") == first
    assert Unit.objects.get().name == "Phường Điện Biên Phủ"
    assert EventRecord.objects.count() == 1


@pytest.mark.parametrize(
    ("kind", "name", "authority"),
    [
        ("WARD", "Phường Điện Biên Phủ", "UBND phường Điện Biên Phủ"),
        ("PROVINCE", "Tỉnh Điện Biên", "UBND tỉnh Điện Biên"),
        ("SPECIAL_ZONE", "Đặc khu Trường Sa", "UBND đặc khu Trường Sa"),
        ("DEPARTMENT", "Sở Tư pháp", "Sở Tư pháp"),
    ],
)
def test_a_territory_stands_for_its_committee(kind: str, name: str, authority: str) -> None:
    assert Unit(kind=kind, name=name).authority_name == authority


def test_a_unit_is_there_between_its_first_and_its_last_day() -> None:
    found("A", "Xã Cũ", dissolved_on=MERGER)
    found("B", "Xã Mới", founded_on=MERGER)

    assert [unit.code for unit in Unit.objects.on(MERGER - timedelta(days=1))] == ["A"]
    assert [unit.code for unit in Unit.objects.on(MERGER)] == ["B"]


def test_an_ended_unit_gives_up_its_codes_and_names_its_successors() -> None:
    old, new = found("A", "Xã Cũ", gso="03127"), found("B", "Xã Mới", founded_on=MERGER)
    handover = Handover(successors=[new], effective_on=MERGER, manner="ALL", decision="1661/NQ-UBTVQH15")

    for _ in range(2):
        hand_over_unit(unit=old, handover=handover, actor=None, at=MONDAY)

    old.refresh_from_db()
    assert old.dissolved_on == MERGER
    assert unit_by_identifier("GSO", "03127", MERGER - timedelta(days=1)) == old
    with pytest.raises(Unit.DoesNotExist):
        unit_by_identifier("GSO", "03127", MERGER)
    assert [row.successor.code for row in successors_of(old, TODAY)] == ["B"]
    assert EventRecord.objects.filter(kind="UnitSucceeded").count() == 1


def test_no_code_names_two_units_at_once() -> None:
    found("A", "Xã Một", gso="03127")

    with pytest.raises(IntegrityError, match="identifier_names_one_unit_now"), transaction.atomic():
        found("B", "Xã Hai", gso="03127")

    assert not Unit.objects.filter(code="B").exists()
    assert not EventRecord.objects.filter(subject="B").exists()


def test_a_unit_does_not_succeed_itself() -> None:
    unit = found("A", "Xã Một")

    with pytest.raises(IntegrityError, match="succession_of_another_unit"):
        Succession.objects.create(predecessor=unit, successor=unit, effective_on=MERGER, manner="ALL")


def test_communes_are_listed_in_vietnamese_order_by_one_query() -> None:
    province = found("H18", "Tỉnh Điện Biên", "PROVINCE")
    for number, name in enumerate(["Xã Nậm Kè", "Phường Mường Lay", "Xã Ẳng Tở", "Xã Đồng Mới", "Xã Dũng"]):
        found(f"H18.{number + 1:02}", name, "WARD" if name.startswith("Phường") else "COMMUNE", parent=province)
    found("H18.77", "Sở Tư pháp", "DEPARTMENT", parent=province)

    with CaptureQueriesContext(
        connection,
    ) as queries:
        names = [card.name for card in communes_of(province, TODAY)]

    assert names == ["Phường Mường Lay", "Xã Ẳng Tở", "Xã Dũng", "Xã Đồng Mới", "Xã Nậm Kè"]
    assert len(queries) == 1
    assert [card.name for card in provinces(TODAY)] == ["Tỉnh Điện Biên"]


def test_units_are_found_without_accents() -> None:
    found("A", "Xã Mường Toong")
    found("B", "Xã Mường Toong Thượng")

    assert [card.code for card in find_units("toong muong", on=TODAY)] == ["A", "B"]
    assert find_units("xyz", on=TODAY) == []


def test_a_commune_has_one_service_centre() -> None:
    commune = found("H18.31", "Phường Điện Biên Phủ", "WARD")
    centre = found("H18.31.04", "Trung tâm Phục vụ hành chính công", "SERVICE_CENTRE", parent=commune)

    assert service_centre_of(commune, TODAY) == centre
    assert service_centre_of(centre, TODAY) is None
    assert unit_by_code("H18.31.04").parent == commune


def test_office_hours_give_way_to_later_ones() -> None:
    unit = found("A", "Xã Một")
    set_office_hours(unit=None, spans="07:30-11:30,13:00-17:00", valid_from=date(2020, 1, 1), actor=None, at=MONDAY)
    set_office_hours(unit=unit, spans="07:00-11:30,13:30-17:00", valid_from=date(2026, 4, 1), actor=None, at=MONDAY)
    set_office_hours(unit=unit, spans="08:00-12:00,13:00-17:00", valid_from=date(2026, 10, 1), actor=None, at=MONDAY)

    calendars = [working_calendar(unit, day) for day in (TODAY, date(2026, 5, 5), date(2026, 10, 1))]

    assert [f"{calendar.hours.opens:%H:%M}" for calendar in calendars] == ["07:30", "07:00", "08:00"]
    assert EventRecord.objects.filter(kind="OfficeHoursSet").count() == 3


def test_a_promise_into_the_next_season_closes_by_its_hours() -> None:
    unit, other = found("A", "Xã Một"), found("B", "Xã Hai")
    set_office_hours(unit=None, spans="07:30-11:30,13:00-17:00", valid_from=date(2020, 1, 1), actor=None, at=MONDAY)
    set_office_hours(unit=unit, spans="07:00-11:00,13:30-17:30", valid_from=date(2026, 4, 1), actor=None, at=MONDAY)

    calendar, elsewhere = working_calendar(unit, TODAY), working_calendar(other, TODAY)

    assert calendar.close_of(date(2026, 3, 31)).time() == time(17)
    assert calendar.close_of(date(2026, 4, 1)).time() == time(17, 30)
    assert elsewhere.close_of(date(2026, 4, 1)).time() == time(17)
    assert working_calendar(unit, TODAY) is calendar


def test_office_hours_that_were_to_come_are_taken_back() -> None:
    for day in (date(2026, 1, 1), date(2026, 10, 1), date(2026, 4, 1)):
        set_office_hours(unit=None, spans="07:30-11:30", valid_from=day, actor=None, at=MONDAY)

    rows = OfficeHours.objects.order_by("valid_from").values_list("valid_from", "valid_until")
    assert list(rows) == [(date(2026, 1, 1), date(2026, 4, 1)), (date(2026, 4, 1), None)]


def test_office_hours_must_be_readable() -> None:
    with pytest.raises(OfficeHoursUnclear):
        set_office_hours(unit=None, spans="sáng", valid_from=TODAY, actor=None, at=MONDAY)

    assert not OfficeHours.objects.exists()


@pytest.mark.parametrize(("day", "code"), [(date(2021, 3, 26), "000.00.31.H18"), (date(2025, 7, 1), "H18.31")])
def test_a_unit_is_identified_in_the_order_of_the_day(day: date, code: str) -> None:
    unit = found("H18.31", "Phường Điện Biên Phủ", "WARD", agency="H18.31")

    assert agency_identifier(unit, day) == code


def test_one_known_order_is_enough() -> None:
    unit = found("A", "Xã Một")
    UnitIdentifier.objects.create(unit=unit, scheme="AGENCY_OLD", value="000.00.31.H18")

    assert agency_identifier(unit, TODAY) == "H18.31"


def test_a_unit_without_an_identifier_says_so() -> None:
    with pytest.raises(NoAgencyIdentifier):
        agency_identifier(found("A", "Xã Một"), TODAY)
