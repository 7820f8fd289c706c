"""The promise of a linked application moves later only, leg by leg, and the report remembers it (L-08, R-2, R-11)."""

from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from motcua.dossiers.commands import extend, process, request_supplement
from motcua.dossiers.commands.supplement import Brought, receive_supplement
from motcua.dossiers.models import Dossier, LinkedApplication
from motcua.dossiers.queries.settlement import settlement_by_line
from motcua.kernel.models import EventRecord
from motcua.rules.settlement import Period, Settlement
from tests.linked import HOUR, Linked, follow, leg_dossier, make_accepted, make_group, settle
from tests.make import HANOI, MONDAY

pytestmark = pytest.mark.django_db
TUESDAY = MONDAY + timedelta(days=1)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=HANOI)


def granted_lead(linked: Linked) -> LinkedApplication:
    return settle(make_accepted(linked), 1, linked.lead, at=MONDAY + 2 * HOUR)


def ask(application: LinkedApplication, number: int, linked: Linked) -> Dossier:
    """Have the agency of leg `number` ask for a paper on Tuesday."""
    office, dossier = linked.offices[number - 1], leg_dossier(application, number)
    process.assign(dossier=dossier, officer=office.dispatcher, giving=process.Giving(office.officer), at=TUESDAY)
    asking = request_supplement.Asking({1: "Mờ"}, "Mờ")
    request_supplement.request_supplement(dossier=dossier, officer=office.officer, asking=asking, at=TUESDAY)
    return dossier


def plan(application: LinkedApplication) -> list[datetime | None]:
    return list(application.legs.order_by("number").values_list("due_at", flat=True))


def figures(*periods: Period) -> list[list[Settlement]]:
    return [list(table.values()) for table in settlement_by_line(periods, Dossier.objects.all())]


def test_the_plan_of_a_leg_moves_though_the_whole_does_not() -> None:
    linked = make_group(days=("1", "9", "5"))
    application = granted_lead(linked)
    whole, before = application.due_at, plan(application)
    dossier = ask(application, 3, linked)
    follow(dossier, TUESDAY)
    receive_supplement(
        dossier=dossier,
        officer=linked.lead.reception,
        brought={1: Brought(originals_count=1)},
        at=TUESDAY + timedelta(days=2),
    )

    application = follow(dossier, TUESDAY + timedelta(days=2))

    assert plan(application) == [*before[:2], at("2026-03-12T17:00")]
    assert application.due_at == whole
    told = EventRecord.objects.filter(kind="LinkedApplicationMoved")
    count = told.count()
    follow(dossier, TUESDAY + timedelta(days=2))
    assert told.count() == count, "nothing moved any more"


def test_what_was_promised_provisionally_is_settled_when_the_calendar_is_known() -> None:
    application = make_accepted(make_group())
    LinkedApplication.objects.update(due_is_provisional=True)

    followed = follow(leg_dossier(application, 1), TUESDAY)

    assert (followed.due_at, followed.due_is_provisional) == (application.due_at, False)
    assert not followed.former_promises.exists()
    assert EventRecord.objects.filter(kind="LinkedApplicationMoved").count() == 1


def test_a_report_of_the_past_stays_when_the_whole_is_promised_anew() -> None:
    linked = make_group()
    application = granted_lead(linked)
    old, derivation = application.due_at, application.derivation
    late = Period(MONDAY - HOUR, at("2026-03-16T00:00"))
    before = figures(late)
    assert before == [[Settlement(online=1, overdue=1)]]
    apology = extend.Apology("Chờ trích lục", at("2026-03-25T00:00").date())
    office, dossier = linked.offices[1], leg_dossier(application, 2)
    process.assign(dossier=dossier, officer=office.dispatcher, giving=process.Giving(office.officer), at=TUESDAY)
    extend.extend(dossier=dossier, officer=office.signer, apology=apology, at=at("2026-03-16T09:00"))

    application = follow(dossier, at("2026-03-16T09:00"))

    assert application.due_at == at("2026-03-25T17:00")
    former = application.former_promises.get()
    assert (former.due_at, former.derivation, former.replaced_at) == (old, derivation, at("2026-03-16T09:00"))
    assert figures(late) == before
    assert figures(Period(late.until, at("2026-03-20T00:00"))) == [[Settlement(carried_over=1, within_limit=1)]]


def test_the_whole_waits_for_the_applicant_while_any_leg_does() -> None:
    linked = make_group()
    application = granted_lead(linked)
    ask(application, 3, linked)

    found = figures(Period(MONDAY - HOUR, at("2026-03-16T00:00")))

    assert found == [[Settlement(online=1, within_limit=1)]], "past its promise, but its clock does not run"


def test_the_report_reads_many_linked_applications_with_as_many_questions_as_one() -> None:
    linked = make_group()
    make_accepted(linked)
    week = Period(MONDAY - HOUR, MONDAY + timedelta(days=6))

    with CaptureQueriesContext(connection) as one:
        figures(week)
    make_accepted(linked)
    with CaptureQueriesContext(connection) as two:
        figures(week)

    assert len(two) == len(one)
