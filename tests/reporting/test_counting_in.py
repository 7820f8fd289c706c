"""Dossiers are marked by every change that their figures feel, counted in once, and read right in between."""

from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from motcua.dossiers.models import Dossier
from motcua.reporting.commands.count_in import count_in_next, mark_all, sum_anew
from motcua.reporting.models import MEASURE_COLUMNS, DossierTally, FigureMark, Tally
from motcua.reporting.queries.settlement_table import settlement_table
from motcua.reporting.queries.sums import GroupBy, Wanted, sums_before
from motcua.reporting.tasks import count_in
from motcua.rules.periods import PeriodKind, report_period
from motcua.rules.settlement import Settlement
from motcua.rules.settlement_figures import Measure
from motcua.rules.transitions import Status
from tests.linked import HOUR, make_accepted, make_group, settle
from tests.make import MONDAY, make_dossier, make_office
from tests.reporting.recounts import SPRING, assert_as_recounted

pytestmark = pytest.mark.django_db
QUARTER = report_period(PeriodKind.QUARTER, 2026, 1)


def figures() -> Settlement:
    return settlement_table(QUARTER, Wanted(GroupBy.UNIT)).whole.settlement


def marked() -> set[int]:
    return set(FigureMark.objects.values_list("dossier_id", flat=True))


def test_every_measure_has_its_column() -> None:
    assert set(MEASURE_COLUMNS) <= vars(Tally).keys()


@pytest.mark.parametrize("status", [Status.SUBMITTED, Status.NOT_ACCEPTED, Status.WITHDRAWN])
def test_what_was_not_accepted_stands_in_no_figure(status: Status) -> None:
    make_dossier(status=status)

    count_in(timestamp=0)

    assert figures() == Settlement()
    assert not Tally.objects.exists()
    assert not FigureMark.objects.exists()


@pytest.mark.parametrize(
    "status",
    [
        Status.ACCEPTED,
        Status.SUPPLEMENT,
        Status.FINANCIAL,
        Status.CONSULTING,
        Status.DONE,
        Status.REFUSED,
        Status.CORRECTING,
        Status.RETURNED,
        Status.IMMEDIATE_DONE,
        Status.STOPPED,
        Status.CLOSED_UNANSWERED,
    ],
)
def test_each_status_counts_the_same_before_and_after_it_is_counted_in(status: Status) -> None:
    dossier = make_dossier(status=status)

    assert dossier.pk in marked()
    assert_as_recounted()
    count_in(timestamp=0)

    assert not FigureMark.objects.exists()
    assert figures() != Settlement()
    assert_as_recounted()


def test_what_is_rolled_back_is_neither_marked_nor_counted() -> None:
    dossier = make_dossier(status=Status.DONE)
    count_in(timestamp=0)
    before = figures()

    with transaction.atomic():
        Dossier.objects.filter(pk=dossier.pk).update(finished_at=MONDAY + timedelta(days=30))
        assert figures() != before
        transaction.set_rollback(True)

    assert not marked()
    assert figures() == before


def test_a_change_that_no_figure_feels_leaves_no_mark() -> None:
    dossier = make_dossier(status=Status.IN_PROGRESS)
    count_in(timestamp=0)

    Dossier.objects.filter(pk=dossier.pk).update(version=99, holder_role="SIGNER", warn_at=MONDAY)

    assert not marked()


@pytest.mark.parametrize(
    "change",
    [
        {"due_at": MONDAY + timedelta(days=60)},
        {"finished_at": MONDAY + timedelta(days=20)},
        {"closed_at": MONDAY + timedelta(days=20)},
        {"accepted_at": MONDAY + timedelta(days=1)},
        {"filing_channel": "POSTAL"},
        {"promise_cause": "EXTENSION"},
    ],
    ids=lambda change: next(iter(change)),
)
def test_a_change_past_every_command_is_marked_too(change: dict[str, object]) -> None:
    dossier = make_dossier(status=Status.IN_PROGRESS)
    count_in(timestamp=0)

    Dossier.objects.filter(pk=dossier.pk).update(**change)

    assert marked() == {dossier.pk}
    assert_as_recounted()
    count_in(timestamp=0)
    assert_as_recounted()


@pytest.mark.parametrize("counted_in_between", [True, False])
def test_a_dossier_that_moves_takes_its_past_along(counted_in_between: bool) -> None:
    dossier = make_dossier(status=Status.DONE)
    if counted_in_between:
        count_in(timestamp=0)
    there = make_office().offering.competent_unit

    Dossier.objects.filter(pk=dossier.pk).update(competent_unit=there)

    for _ in range(2):
        table = settlement_table(QUARTER, Wanted(GroupBy.UNIT))
        assert [(line.code, line.settlement) for line in table.lines] == [(there.code, Settlement(online=1, early=1))]
        count_in(timestamp=0)


def test_a_wait_put_right_and_a_promise_put_right_are_marked() -> None:
    dossier = make_dossier(status=Status.SUPPLEMENT)
    count_in(timestamp=0)

    dossier.supplement_requests.update(completed_at=MONDAY + timedelta(days=3))
    assert marked() == {dossier.pk}
    assert_as_recounted()
    count_in(timestamp=0)
    dossier.former_promises.create(due_at=MONDAY, cause="ACCEPTANCE", replaced_at=MONDAY + timedelta(hours=5))

    assert marked() == {dossier.pk}
    assert_as_recounted()
    count_in(timestamp=0)
    assert_as_recounted()


def test_a_linked_application_counts_once_however_its_legs_end() -> None:
    linked = make_group(needs=((), ()), days=("1", "7"))
    application = make_accepted(linked)
    count_in(timestamp=0)
    assert figures() == Settlement(online=1, overdue=1)

    settle(application, 1, linked.offices[0], at=MONDAY + 6 * HOUR)
    assert_as_recounted()
    count_in(timestamp=0)
    settle(application, 2, linked.offices[1], at=MONDAY + 6 * HOUR)

    assert_as_recounted()
    count_in(timestamp=0)
    assert_as_recounted()
    assert figures().settled == 1
    assert DossierTally.objects.count() == 1


def test_marks_are_counted_in_by_and_by_and_the_figures_do_not_notice() -> None:
    office = make_office()
    for _ in range(3):
        make_dossier(office=office, status=Status.DONE)
    before = figures()
    seen = []

    while count_in_next(batch=1):
        seen.append(figures())

    assert len(seen) > 3
    assert set(seen) == {before}
    assert before == Settlement(online=3, early=3)


def test_counting_in_twice_adds_nothing() -> None:
    make_dossier(status=Status.DONE)
    count_in(timestamp=0)
    sums = list(Tally.objects.order_by("pk").values())

    mark_all()
    count_in(timestamp=0)

    assert list(Tally.objects.order_by("pk").values()) == sums


def test_the_sums_made_anew_are_the_same() -> None:
    make_dossier(status=Status.RETURNED)
    make_dossier(status=Status.SUPPLEMENT)
    count_in(timestamp=0)
    before = {(row["span"], row["since"], row["unit_id"]): row | {"id": 0} for row in Tally.objects.values()}

    sum_anew()

    assert {(row["span"], row["since"], row["unit_id"]): row | {"id": 0} for row in Tally.objects.values()} == before
    assert_as_recounted()


def test_only_the_units_asked_for_are_counted() -> None:
    here, there = make_office(), make_office()
    make_dossier(office=here, status=Status.DONE)
    make_dossier(office=there, status=Status.IN_PROGRESS)
    unit = here.offering.competent_unit

    for _ in range(2):
        only = Wanted(GroupBy.PROCEDURE, frozenset({unit.pk}))
        table = settlement_table(QUARTER, only)
        assert [line.code for line in table.lines] == [here.offering.procedure.code]
        assert table.whole.settlement == Settlement(online=1, early=1)
        count_in(timestamp=0)


def test_thirty_dossiers_are_read_with_as_many_questions_as_one() -> None:
    office = make_office()
    make_dossier(office=office, status=Status.SUPPLEMENT)
    count_in(timestamp=0)
    make_dossier(office=office, status=Status.SUPPLEMENT)
    counts = []

    for _ in range(2):
        for by in GroupBy:
            with CaptureQueriesContext(connection) as asked:
                settlement_table(QUARTER, Wanted(by))
            counts.append(len(asked))
        make_dossier(office=office, status=Status.SUPPLEMENT)

    assert counts[:3] == counts[3:]


def test_a_day_before_everything_has_no_sums() -> None:
    make_dossier(status=Status.DONE)
    count_in(timestamp=0)

    assert sums_before([SPRING[0].since], Wanted(GroupBy.UNIT)) == [{}]
    assert Measure.DUE in sums_before([QUARTER.until], Wanted(GroupBy.SECTOR))[0].popitem()[1]
