"""The sweep: who is told of a clock, and that nobody is told twice."""

from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from motcua.dossiers.commands import consult, extend
from motcua.dossiers.commands.custody import calendar_of
from motcua.dossiers.commands.watch import report_silence, watch
from motcua.dossiers.models import Alarm, Consultation, Dossier, IrregularAct
from motcua.notifications.models import Notice
from motcua.organisations.models import Unit
from motcua.rules.permissions import Role
from motcua.rules.transitions import Status
from motcua.rules.working_time import CalendarExhausted, WorkingCalendar
from tests.make import HANOI, MONDAY, Office, make_dossier, make_office, make_officer

pytestmark = pytest.mark.django_db

AMBER, LATE, NEXT_DAY = (
    datetime(2026, 3, 6, 17, 5, tzinfo=HANOI),
    datetime(2026, 3, 9, 17, 5, tzinfo=HANOI),
    datetime(2026, 3, 10, 17, 5, tzinfo=HANOI),
)


@pytest.fixture
def office() -> Office:
    return make_office()


def told(kind: str) -> set[int]:
    return set(Notice.objects.filter(kind=kind).values_list("user_id", flat=True))


def test_the_officer_is_told_once_that_a_dossier_is_due_soon(office: Office) -> None:
    make_dossier(status=Status.IN_PROGRESS, office=office)

    raised = [watch(AMBER - timedelta(hours=2)), watch(AMBER), watch(AMBER + timedelta(minutes=5))]

    assert raised == [0, 1, 0]
    assert told("DossierDueSoon") == {office.officer.pk}


def test_a_late_dossier_climbs_the_ladder_and_each_rung_is_told_once(office: Office) -> None:
    make_dossier(status=Status.IN_PROGRESS, office=office)
    watch(AMBER)

    late, again, next_day = watch(LATE), watch(LATE + timedelta(minutes=5)), watch(NEXT_DAY)

    assert (late, again, next_day) == (2, 0, 1)
    assert told("DossierOverdue") == {office.officer.pk, office.dispatcher.pk, office.signer.pk}


def test_a_sweep_that_missed_days_tells_all_at_once_and_no_longer_that_it_is_due_soon(office: Office) -> None:
    head = make_officer(Role.HEAD_OF_ONE_STOP, office.offering.receiving_unit)
    make_dossier(status=Status.IN_PROGRESS, office=office)

    raised = watch(LATE + timedelta(days=14))

    assert raised == 4
    assert told("DossierDueSoon") == set()
    assert head.pk in told("DossierOverdue")


def test_a_new_promise_has_alarms_of_its_own(office: Office) -> None:
    dossier = make_dossier(status=Status.IN_PROGRESS, office=office)
    watch(AMBER)
    apology = extend.Apology("Chờ trích lục", datetime(2026, 3, 16, tzinfo=HANOI).date())
    extend.extend(dossier=dossier, officer=office.signer, apology=apology, at=AMBER)

    quiet, amber_again = watch(LATE), watch(datetime(2026, 3, 13, 17, 5, tzinfo=HANOI))

    assert (quiet, amber_again) == (0, 1)
    assert Alarm.objects.filter(dossier=dossier, rung=0).count() == 2


def test_the_desk_is_alerted_two_working_hours_after_a_submission(office: Office) -> None:
    make_dossier(office=office)
    handed_in = MONDAY + timedelta(hours=1)

    before, after = watch(handed_in + timedelta(minutes=119)), watch(handed_in + timedelta(minutes=121))

    assert (before, after) == (0, 1)
    assert told("DossierDueSoon") == {office.reception.pk}


@pytest.mark.parametrize("status", [Status.SUPPLEMENT, Status.FINANCIAL, Status.DONE, Status.RETURNED, Status.STOPPED])
def test_where_no_clock_runs_nobody_is_told(status: Status, office: Office) -> None:
    make_dossier(status=status, office=office)

    assert watch(NEXT_DAY + timedelta(days=60)) == 0


def test_a_silent_unit_is_reported_to_the_head_of_the_desk_and_kept(office: Office) -> None:
    head = make_officer(Role.HEAD_OF_ONE_STOP, office.offering.receiving_unit)
    dossier = make_dossier(status=Status.IN_PROGRESS, office=office)
    question = consult.Question(office.asked, "Có vướng gì không?", days=1)
    consult.consult(dossier=dossier, officer=office.officer, question=question, at=MONDAY + timedelta(hours=6))

    raised = [watch(datetime(2026, 3, 3, 17, 0, tzinfo=HANOI)), watch(datetime(2026, 3, 4, 8, tzinfo=HANOI))]

    assert raised == [0, 1]
    assert watch(datetime(2026, 3, 4, 9, tzinfo=HANOI)) == 0
    assert told("ConsultationSilent") == {head.pk, office.officer.pk}
    assert IrregularAct.objects.get(dossier=dossier).kind == "SILENT_CONSULTATION"


def test_a_dossier_without_a_clock_is_left_alone_even_when_named(office: Office) -> None:
    dossier = make_dossier(status=Status.DONE, office=office)

    assert not Dossier.objects.to_warn_about(NEXT_DAY).filter(pk=dossier.pk).exists()


def test_a_clock_without_a_calendar_keeps_no_other_alarm_waiting(
    office: Office, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    stuck = make_dossier(status=Status.IN_PROGRESS, office=office)
    other = make_office()
    make_dossier(status=Status.IN_PROGRESS, office=other)

    def calendar(unit: Unit, at: datetime) -> WorkingCalendar:
        if unit == office.offering.competent_unit:
            raise CalendarExhausted(MONDAY.date(), MONDAY.date())
        return calendar_of(unit, at)

    monkeypatch.setattr("motcua.dossiers.commands.watch.calendar_of", calendar)

    raised = watch(AMBER)

    assert raised == 1
    assert told("DossierDueSoon") == {other.officer.pk}
    assert "alarm.left_undone" in caplog.text
    assert "watch_dossier" in caplog.text
    assert "CalendarExhausted" in caplog.text
    assert str(CalendarExhausted(MONDAY.date(), MONDAY.date())) not in caplog.text
    assert stuck.reference not in caplog.text


def test_silence_is_reported_under_the_lock_of_the_dossier(office: Office) -> None:
    dossier = make_dossier(status=Status.IN_PROGRESS, office=office)
    question = consult.Question(office.asked, "Có vướng gì không?", days=1)
    consult.consult(dossier=dossier, officer=office.officer, question=question, at=MONDAY + timedelta(hours=6))
    silent = Consultation.objects.get(dossier=dossier)

    with CaptureQueriesContext(connection) as asked:
        report_silence(consultation=silent, at=NEXT_DAY)

    locks = [query["sql"] for query in asked if "FOR UPDATE" in query["sql"]]
    assert [sql.rpartition("FOR UPDATE ")[2] for sql in locks] == ['OF "dossiers_dossier"']
