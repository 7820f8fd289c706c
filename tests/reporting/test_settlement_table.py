"""The official table: by unit, sector and procedure, by the definition the province chose for that period (C-30)."""

from datetime import date, timedelta
from fractions import Fraction

import pytest

from motcua.dossiers.models import Dossier
from motcua.kernel.models import EventRecord
from motcua.reporting.commands.choose_definition import Choice, LaterChoice, MayNotChoose, choose_definition
from motcua.reporting.models import CountingChoice
from motcua.reporting.queries.settlement_table import SettlementTable, settlement_table
from motcua.reporting.queries.sums import GroupBy, Wanted
from motcua.reporting.tasks import count_in
from motcua.rules.periods import PeriodKind, report_period
from motcua.rules.settlement import Settlement
from motcua.rules.settlement_table import (
    OURS,
    CountingDefinition,
    EarlyAs,
    ExtendedBy,
    RateOf,
    WaitingAs,
    WithoutResultAs,
)
from motcua.rules.transitions import Status
from tests.catalogue.reviewing import ReviewingProvince, make_reviewing_province
from tests.make import MONDAY, make_dossier, make_office

pytestmark = pytest.mark.django_db
QUARTER, NEXT = (report_period(PeriodKind.QUARTER, 2026, number) for number in (1, 2))
OLD_FORM = CountingDefinition(
    WaitingAs.SETTLED_ON_TIME,
    WithoutResultAs.ALWAYS_ON_TIME,
    ExtendedBy.FIRST_DATE,
    EarlyAs.ON_OR_BEFORE,
    RateOf.TO_SETTLE,
)
FROM_MARCH = Choice(OLD_FORM, date(2026, 3, 1), "Quyết định 5/QĐ-UBND")


@pytest.fixture
def place() -> ReviewingProvince:
    return make_reviewing_province()


def table(by: GroupBy = GroupBy.UNIT, number: int = 1) -> SettlementTable:
    return settlement_table(report_period(PeriodKind.QUARTER, 2026, number), Wanted(by))


@pytest.mark.parametrize("is_counted_in", [True, False])
def test_lines_stand_in_the_order_of_names_and_add_up(is_counted_in: bool) -> None:
    here, there = make_office(), make_office()
    for office, status in ((here, Status.DONE), (here, Status.SUPPLEMENT), (there, Status.IN_PROGRESS)):
        make_dossier(office=office, status=status)
    if is_counted_in:
        count_in(timestamp=0)

    found = table()

    units = sorted((office.offering.competent_unit for office in (here, there)), key=lambda unit: unit.sort_key)
    assert [(line.code, line.name) for line in found.lines] == [(unit.code, unit.name) for unit in units]
    assert found.whole.settlement == Settlement(online=3, early=1, within_limit=1, overdue=1)
    assert (found.whole.code, found.whole.broken, found.whole.on_time) == ("", {}, Fraction(1))
    assert (found.whole.beside.due, found.whole.beside.waiting) == (3, 1)
    assert (found.definition, found.chosen) == (OURS, None)


def test_the_same_by_sector_and_by_procedure() -> None:
    office = make_office()
    make_dossier(office=office, status=Status.DONE)
    procedure = office.offering.procedure

    by_sector, by_procedure = table(GroupBy.SECTOR), table(GroupBy.PROCEDURE)

    assert [(line.code, line.name) for line in by_sector.lines] == [(procedure.sector.code, procedure.sector.name)]
    assert [(line.code, line.name) for line in by_procedure.lines] == [(procedure.code, procedure.title)]
    assert by_sector.whole == by_procedure.whole


def test_a_period_without_dossiers_has_no_lines_and_no_share() -> None:
    found = table()

    assert (found.lines, found.whole.settlement, found.whole.on_time) == ([], Settlement(), None)


def test_what_was_under_way_is_carried_over() -> None:
    make_dossier(status=Status.IN_PROGRESS)

    assert table(number=2).whole.settlement == Settlement(carried_over=1, overdue=1)


def test_each_period_is_counted_as_was_chosen_for_its_end(place: ReviewingProvince) -> None:
    make_dossier(status=Status.SUPPLEMENT)
    dossier = make_dossier(status=Status.STOPPED)
    Dossier.objects.filter(pk=dossier.pk).update(closed_at=MONDAY + timedelta(days=12))
    before = table().whole
    later = Choice(OURS, date(2026, 3, 15), "Quyết định 6/QĐ-UBND")

    choose_definition(choice=FROM_MARCH, actor=place.keeper, at=MONDAY)
    choose_definition(choice=later, actor=place.keeper, at=MONDAY)

    assert before.settlement == Settlement(online=2, late=1, within_limit=1)
    assert table().whole.settlement == Settlement(online=2, early=2)
    assert table().definition == OLD_FORM
    assert table(number=2).definition == OURS
    assert report_period(PeriodKind.QUARTER, 2026, 2).since == later.valid_from


def test_choosing_is_told_once(place: ReviewingProvince) -> None:
    for _ in range(2):
        choose_definition(choice=FROM_MARCH, actor=place.keeper, at=MONDAY)

    row = CountingChoice.objects.get()
    assert row.as_rule() == OLD_FORM
    assert (row.ground, row.chosen_by, str(row)) == (FROM_MARCH.ground, place.keeper, "2026-03-01")
    event = EventRecord.objects.get(kind="CountingDefinitionChosen")
    assert (event.subject, event.payload["waiting"]) == ("counting-definition", "SETTLED_ON_TIME")


@pytest.mark.parametrize("day", [date(2026, 3, 1), date(2026, 2, 1)])
def test_what_was_chosen_is_not_rewritten(place: ReviewingProvince, day: date) -> None:
    choose_definition(choice=FROM_MARCH, actor=place.keeper, at=MONDAY)

    with pytest.raises(LaterChoice) as refused:
        choose_definition(choice=Choice(OURS, day, "Quyết định 7"), actor=place.keeper, at=MONDAY)

    assert refused.value.valid_from == FROM_MARCH.valid_from
    assert CountingChoice.objects.count() == 1


def test_a_stranger_chooses_nothing(place: ReviewingProvince) -> None:
    with pytest.raises(MayNotChoose):
        choose_definition(choice=FROM_MARCH, actor=make_office().signer, at=MONDAY)

    assert not CountingChoice.objects.exists()
