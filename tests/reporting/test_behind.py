"""Behind every figure stand as many dossiers as it says, whatever the definition, counted in or not (C-30)."""

import pytest

from motcua.dossiers.models import Dossier
from motcua.reporting.commands.count_in import count_in_next
from motcua.reporting.models import FigureMark
from motcua.reporting.queries import behind
from motcua.reporting.queries.behind import Column, Figure, dossiers_behind
from motcua.reporting.queries.settlement_table import settlement_table
from motcua.reporting.queries.sums import GroupBy, Wanted
from motcua.rules.periods import PeriodKind, ReportPeriod, report_period
from motcua.rules.settlement_table import OURS, CountingDefinition
from motcua.rules.transitions import Status
from tests.make import Office, make_dossier, make_office
from tests.reporting.test_settlement_table import OLD_FORM

pytestmark = pytest.mark.django_db
QUARTER, NEXT = (report_period(PeriodKind.QUARTER, 2026, number) for number in (1, 2))
LIVES = (Status.DONE, Status.SUPPLEMENT, Status.IN_PROGRESS, Status.WITHDRAWN, Status.RETURNED)


def keys(figure: Figure, definition: CountingDefinition) -> list[int]:
    """All pages, one after the other."""
    found, after = list[int](), 0
    while True:
        page = dossiers_behind(figure, definition, after=after)
        found += [line.dossier.pk for line in page.lines]
        if page.after is None:
            return found
        after = page.after


@pytest.fixture
def offices() -> list[Office]:
    made = [make_office(), make_office()]
    for office in made:
        for status in LIVES:
            make_dossier(office=office, status=status)
    return made


@pytest.mark.parametrize("counted_in", [0, 4, 100])
@pytest.mark.parametrize("definition", [OURS, OLD_FORM], ids=["ours", "the old form"])
@pytest.mark.parametrize("period", [QUARTER, NEXT], ids=["this", "next"])
@pytest.mark.parametrize("by", GroupBy)
def test_the_list_is_as_long_as_the_figure_in_every_column_of_every_line(
    by: GroupBy, period: ReportPeriod, definition: CountingDefinition, counted_in: int, offices: list[Office]
) -> None:
    if counted_in:
        count_in_next(batch=counted_in)
    wanted, table = Wanted(by), settlement_table(period, Wanted(by))
    if definition == OURS:
        for line in table.lines:
            for column in Column:
                behind_it = keys(Figure(period, column, wanted, line.key), definition)
                assert len(behind_it) == len(set(behind_it)) == getattr(line.settlement, column.value), column
    whole = [len(keys(Figure(period, column, wanted), definition)) for column in Column]
    columns = dict(zip(Column, whole, strict=True))
    assert columns[Column.RECEIVED] == columns[Column.SETTLED] + columns[Column.IN_PROGRESS]
    assert columns[Column.SETTLED] == columns[Column.EARLY] + columns[Column.ON_TIME] + columns[Column.LATE]


def test_one_unit_alone_and_its_days(offices: list[Office]) -> None:
    unit = offices[0].offering.competent_unit
    count_in_next()
    assert not FigureMark.objects.exists()

    page = dossiers_behind(Figure(QUARTER, Column.EARLY, Wanted(GroupBy.UNIT, frozenset({unit.pk}))), OURS)

    done = Dossier.objects.filter(competent_unit=unit, status__in=["DONE", "RETURNED"]).order_by("pk")
    assert [line.dossier for line in page.lines] == list(done)
    assert all(line.accepted_on <= line.ended_on < line.due_on for line in page.lines if line.ended_on)
    assert page.after is None


def test_pages_follow_each_other_without_a_gap_or_a_double(
    offices: list[Office], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(behind, "PAGE_SIZE", 2)
    monkeypatch.setattr(behind, "_CHUNK", 3)
    whole = Figure(QUARTER, Column.RECEIVED, Wanted(GroupBy.UNIT))
    count_in_next(batch=5)

    found = keys(whole, OURS)

    assert found == sorted(set(found))
    assert len(found) == settlement_table(QUARTER, Wanted(GroupBy.UNIT)).whole.settlement.received
