"""The figures of C-30 from dossiers as the commands left them."""

from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from motcua.dossiers.models import Dossier
from motcua.dossiers.queries.settlement import ReportLine, settlement_by_line
from motcua.rules.settlement import Period, Settlement
from motcua.rules.transitions import Status
from tests.make import MONDAY, Office, make_dossier, make_office

pytestmark = pytest.mark.django_db

WEEK = Period(MONDAY - timedelta(hours=2), MONDAY + timedelta(days=6))
WEEK_AFTER = Period(WEEK.until, WEEK.until + timedelta(days=7))
LONG_AFTER = Period(WEEK_AFTER.until, WEEK_AFTER.until + timedelta(days=365))


def line_of(office: Office) -> ReportLine:
    offering = office.offering
    return ReportLine(offering.competent_unit_id, offering.procedure.versions.get().procedure.sector_id)


def figures(*periods: Period) -> list[dict[ReportLine, Settlement]]:
    return settlement_by_line(periods, Dossier.objects.all())


@pytest.mark.parametrize(
    ("status", "first", "second"),
    [
        (Status.SUBMITTED, None, None),
        (Status.NOT_ACCEPTED, None, None),
        (Status.IN_PROGRESS, Settlement(online=1, within_limit=1), Settlement(carried_over=1, overdue=1)),
        (Status.SUPPLEMENT, Settlement(online=1, within_limit=1), Settlement(carried_over=1, within_limit=1)),
        (Status.FINANCIAL, Settlement(online=1, within_limit=1), Settlement(carried_over=1, within_limit=1)),
        (Status.DONE, Settlement(online=1, early=1), None),
        (Status.REFUSED, Settlement(online=1, early=1), None),
        (Status.RETURNED, Settlement(online=1, early=1), None),
        (Status.CORRECTING, Settlement(online=1, early=1), None),
        (Status.IMMEDIATE_DONE, Settlement(online=1, on_time=1), None),
        (Status.STOPPED, Settlement(online=1, on_time=1), None),
    ],
)
def test_each_status_stands_where_the_report_wants_it(
    status: Status, first: Settlement | None, second: Settlement | None
) -> None:
    office = make_office()
    make_dossier(office=office, status=status)

    found = figures(WEEK, WEEK_AFTER)

    assert [table.get(line_of(office)) for table in found] == [first, second]


def test_units_are_counted_apart_and_a_replaced_promise_counts_as_it_held() -> None:
    here, there = make_office(), make_office()
    make_dossier(office=here, status=Status.RETURNED)
    promised = make_dossier(office=there, status=Status.IN_PROGRESS)
    assert promised.due_at is not None
    promised.former_promises.create(due_at=promised.due_at, cause="ACCEPTANCE", replaced_at=WEEK_AFTER.until)
    Dossier.objects.filter(pk=promised.pk).update(due_at=LONG_AFTER.until + timedelta(days=1))

    found = figures(WEEK_AFTER, LONG_AFTER)

    assert found == [
        {line_of(there): Settlement(carried_over=1, overdue=1)},
        {line_of(there): Settlement(carried_over=1, within_limit=1)},
    ]


def test_a_thousand_dossiers_are_read_with_as_many_questions_as_one() -> None:
    office = make_office()
    make_dossier(office=office, status=Status.DONE)

    with CaptureQueriesContext(connection) as one:
        figures(WEEK)
    make_dossier(office=office, status=Status.IN_PROGRESS)
    with CaptureQueriesContext(connection) as two:
        figures(WEEK, WEEK_AFTER)

    assert len(two) == len(one)


def test_nothing_is_counted_before_there_was_anything() -> None:
    make_dossier(status=Status.RETURNED)

    assert figures(Period(datetime(2020, 1, 1, tzinfo=MONDAY.tzinfo), WEEK.since)) == [{}]
