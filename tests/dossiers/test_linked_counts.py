"""A linked application in the books and the report: once, as the whole ended (B-21, C-30, R-11)."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from motcua.dossiers.commands import return_result
from motcua.dossiers.commands.end import EndGround, stop
from motcua.dossiers.commands.withdraw import record_withdrawal
from motcua.dossiers.models import Dossier, LinkedApplication, RegisterBook
from motcua.dossiers.queries.register_book import BookLine, book_page
from motcua.dossiers.queries.settlement import settlement_by_line
from motcua.rules.settlement import Period, Settlement
from tests.linked import HOUR, Linked, follow, leg_dossier, make_accepted, make_group, settle
from tests.make import MONDAY

pytestmark = pytest.mark.django_db
TUESDAY = MONDAY + timedelta(days=1)
MONTH = Period(MONDAY - HOUR, MONDAY + timedelta(days=28))
GROUND = EndGround("Tranh chấp", "Điều 19")


def beside() -> Linked:
    """Two legs at the same time, in one and in seven working days."""
    return make_group(needs=((), ()), days=("1", "7"))


def figures() -> Settlement:
    (table,) = settlement_by_line([MONTH], Dossier.objects.all())
    (line,) = table.values()
    return line


def line() -> BookLine:
    (only,) = book_page(RegisterBook.objects.get()).lines
    return only


def stopped(application: LinkedApplication, number: int, linked: Linked) -> LinkedApplication:
    signer = linked.offices[number - 1].signer
    dossier = stop(dossier=leg_dossier(application, number), officer=signer, ground=GROUND, at=MONDAY + 6 * HOUR)
    return follow(dossier, MONDAY + 6 * HOUR)


def test_a_whole_with_a_result_of_another_leg_than_the_stopped_lead_has_a_result() -> None:
    linked = beside()
    application = stopped(make_accepted(linked), 1, linked)

    settle(application, 2, linked.offices[1], at=MONDAY + 6 * HOUR)

    assert figures() == Settlement(online=1, early=1)


def test_a_refused_leg_is_a_result_beside_a_stopped_lead() -> None:
    linked = beside()
    application = stopped(make_accepted(linked), 1, linked)

    settle(application, 2, linked.offices[1], at=MONDAY + 6 * HOUR, refusal_basis="Điều 12")

    assert figures() == Settlement(online=1, early=1)


def test_a_whole_of_which_nothing_was_decided_has_none() -> None:
    linked = beside()
    application = stopped(make_accepted(linked), 1, linked)

    stopped(application, 2, linked)

    assert figures() == Settlement(online=1, on_time=1)


def test_a_granted_lead_beside_what_was_taken_back_has_a_result() -> None:
    linked = make_group()
    application = settle(make_accepted(linked), 1, linked.lead, at=MONDAY + 2 * HOUR)
    lead = leg_dossier(application, 1)

    record_withdrawal(dossier=lead, officer=linked.lead.reception, reason="Đổi ý", at=TUESDAY)
    follow(lead, TUESDAY)

    assert figures() == Settlement(online=1, early=1)


def test_report_and_register_ask_as_often_for_three_wholes_as_for_one() -> None:
    linked = beside()
    stopped(make_accepted(linked), 1, linked)
    assert (figures(), line().note) == (Settlement(online=1, overdue=1), "Đang giải quyết")
    with CaptureQueriesContext(connection) as one:
        figures()
        book_page(RegisterBook.objects.get())

    for _ in range(2):
        stopped(make_accepted(linked), 1, linked)

    with CaptureQueriesContext(connection) as three:
        assert figures() == Settlement(online=3, overdue=3)
        book_page(RegisterBook.objects.get())
    assert len(three) == len(one)


def test_the_register_tells_of_the_whole_and_not_of_its_leading_leg() -> None:
    linked = make_group(returns_together=False)
    application = settle(make_accepted(linked), 1, linked.lead, at=MONDAY + 2 * HOUR)
    reception = linked.lead.reception

    lead = leg_dossier(application, 1)
    return_result.hand_over(dossier=lead, officer=reception, received_by="Mỷ", at=TUESDAY)
    follow(lead, TUESDAY)
    under_way = line()
    for number, day in ((2, 1), (3, 2)):
        settle(application, number, linked.offices[number - 1], at=MONDAY + timedelta(days=day))
    for number, who in ((3, "Páo"), (2, "Dê")):
        return_result.hand_over(
            dossier=leg_dossier(application, number),
            officer=reception,
            received_by=who,
            at=MONDAY + timedelta(days=7 - number),
        )
    follow(lead, MONDAY + timedelta(days=7))

    assert (under_way.returned_on, under_way.received_by, under_way.note) == (None, "", "Đang giải quyết")
    over = line()
    last = (MONDAY + timedelta(days=5)).date()
    assert (over.returned_on, over.received_by, over.note) == (last, "Dê", "")


def test_the_register_says_that_a_whole_was_granted_in_part() -> None:
    linked = make_group()
    application = settle(make_accepted(linked), 1, linked.lead, at=MONDAY + 2 * HOUR)
    settle(application, 2, linked.offices[1], at=TUESDAY, refusal_basis="Điều 12")
    settle(application, 3, linked.offices[2], at=TUESDAY)

    given = return_result.hand_over(
        dossier=leg_dossier(application, 1), officer=linked.lead.reception, received_by="Mỷ", at=TUESDAY + 5 * HOUR
    )
    follow(given, TUESDAY + 5 * HOUR)

    assert (line().returned_on, line().note) == (TUESDAY.date(), "Có một phần kết quả")


def test_the_register_says_that_a_whole_was_taken_back() -> None:
    linked = beside()
    lead = leg_dossier(make_accepted(linked), 1)

    record_withdrawal(dossier=lead, officer=linked.lead.reception, reason="Đổi ý", at=MONDAY + 5 * HOUR)
    follow(lead, MONDAY + 5 * HOUR)

    assert (line().returned_on, line().note) == (None, "Đã rút")
