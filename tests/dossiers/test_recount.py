"""A change of the calendar: who would move, and who has moved, batch by batch."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from motcua.accounts.models import User
from motcua.dossiers import subscribers
from motcua.dossiers.commands.recount import (
    CalendarNotice,
    InForceAlready,
    MayNotKeepCalendar,
    announce_calendar,
    apply_calendar,
    recount_next,
)
from motcua.dossiers.models import CalendarRecount, Consultation, Dossier, FormerPromise, Step
from motcua.dossiers.queries.calendar_preview import recount_of
from motcua.dossiers.queries.recounts import Effect, recounter, running_dossiers
from motcua.dossiers.tasks import follow_calendar
from motcua.kernel.models import EventRecord
from motcua.organisations.models import CalendarAnnouncement, Unit
from motcua.rules.calendar_days import CalendarDay as Day
from motcua.rules.calendar_days import DayKind
from motcua.rules.permissions import Role
from motcua.rules.promises import PromiseCause
from motcua.rules.recounts import ClockKind, Shift
from motcua.rules.transitions import Status
from tests.make import MONDAY, make_dossier, make_offering, make_office, make_officer, make_procedure, make_unit

pytestmark = pytest.mark.django_db

NOW = MONDAY + timedelta(hours=6)
FLOOD = date(2026, 3, 3)
LETTER = "Công điện 05/CĐ-UBND"


def keeper(unit: Unit) -> User:
    return make_officer(Role.PROCEDURE_CONTROL_OFFICER, unit)


def announced(
    officer: User, unit: Unit | None, on: date | None = FLOOD, kind: DayKind = DayKind.CLOSED, year: int | None = None
) -> CalendarAnnouncement:
    days = (Day(on, kind, "lũ quét", "flood", LETTER),) if on else ()
    return announce_calendar(notice=CalendarNotice(LETTER, unit, days, year), officer=officer, at=NOW)


def in_force(officer: User, announcement: CalendarAnnouncement, *, at: datetime = NOW) -> CalendarRecount:
    apply_calendar(announcement=announcement, officer=officer, at=at)
    return CalendarRecount.objects.get(announcement=announcement)


def effects_of(announcement: CalendarAnnouncement) -> Sequence[Effect]:
    return recounter(announcement).batch(running_dossiers(announcement), 0).effects


def said(effects: Sequence[Effect]) -> set[tuple[ClockKind, Shift, str, str]]:
    return {
        (
            effect.clock.kind,
            effect.recount.shift,
            f"{timezone.localtime(effect.clock.due_at):%d/%m %H:%M}",
            f"{timezone.localtime(effect.recount.due_at):%d/%m %H:%M}",
        )
        for effect in effects
    }


def test_the_preview_tells_of_each_clock_from_when_to_when() -> None:
    office = make_office()
    make_dossier(status=Status.CONSULTING, office=office)
    make_dossier(status=Status.SUBMITTED, office=office)
    make_dossier(status=Status.RETURNED, office=office)
    commune = office.offering.competent_unit

    effects = effects_of(announced(keeper(commune), commune))

    assert {(kind, shift) for kind, shift, _, _ in said(effects)} == {
        (ClockKind.PROMISE, Shift.LATER),
        (ClockKind.STEP, Shift.LATER),
        (ClockKind.INTAKE, Shift.LATER),
    }
    assert (ClockKind.PROMISE, Shift.LATER, "09/03 17:00", "10/03 17:00") in said(effects)
    assert {effect.clock.dossier.reference for effect in effects} == set(
        Dossier.objects.exclude(status=Status.RETURNED).values_list("reference", flat=True)
    )


def test_an_opinion_goes_by_the_calendar_of_the_unit_that_was_asked() -> None:
    office = make_office()
    make_dossier(status=Status.CONSULTING, office=office)

    effects = effects_of(announced(keeper(office.asked), office.asked))

    assert {(kind, shift) for kind, shift, _, _ in said(effects)} == {(ClockKind.CONSULTATION, Shift.LATER)}


def test_applying_does_what_the_preview_said() -> None:
    office = make_office()
    for status in (
        Status.CONSULTING,
        Status.IN_PROGRESS,
        Status.SUBMITTED,
        Status.SUPPLEMENT,
        Status.INTAKE_SUPPLEMENT,
    ):
        make_dossier(status=status, office=office)
    officer = keeper(office.offering.competent_unit)
    announcement = announced(officer, office.offering.competent_unit)
    foretold = {(effect.clock.kind, effect.clock.row_id): effect.recount.due_at for effect in effects_of(announcement)}

    recount = in_force(officer, announcement)
    follow_calendar(recount_id=recount.pk)

    now = {
        **{(ClockKind.PROMISE, row.pk): row.due_at for row in Dossier.objects.filter(accepted_at__isnull=False)},
        **{(ClockKind.INTAKE, row.pk): row.action_due_at for row in Dossier.objects.filter(accepted_at=None)},
        **{(ClockKind.STEP, row.pk): row.due_at for row in Step.objects.filter(finished_at=None)},
        **{(ClockKind.CONSULTATION, row.pk): row.due_at for row in Consultation.objects.all()},
    }
    assert foretold
    assert {key: now[key] for key in foretold} == foretold
    recount.refresh_from_db()
    assert (recount.moved_count, recount.kept_count) == (len(foretold), 0)
    assert recount.finished_at is not None


def test_a_promise_that_moves_keeps_the_former_one_and_says_why() -> None:
    office = make_office()
    dossier = make_dossier(status=Status.IN_PROGRESS, office=office)
    officer = keeper(office.offering.competent_unit)

    follow_calendar(recount_id=in_force(officer, announced(officer, office.offering.competent_unit)).pk)

    moved = Dossier.objects.get(pk=dossier.pk)
    former = FormerPromise.objects.get(dossier=dossier)
    assert (former.due_at, former.cause, former.derivation) == (dossier.due_at, "ACCEPTANCE", dossier.derivation)
    assert moved.due_at == moved.action_due_at == datetime(2026, 3, 10, 17, tzinfo=MONDAY.tzinfo)
    assert (moved.promise_cause, moved.version) == (PromiseCause.CALENDAR, dossier.version + 1)
    assert moved.derivation["vi"][1]["text"] == "Cơ quan không làm việc: lũ quét; không tính."
    assert moved.derivation["en"][1]["rules"] == ["L-04"]
    event = EventRecord.objects.filter(subject=dossier.reference).latest("seq")
    assert (event.kind, event.payload["terms"]) == ("ClocksRecounted", ["STEP"])


def test_a_promise_is_never_shortened() -> None:
    office = make_office()
    dossier = make_dossier(status=Status.IN_PROGRESS, office=office)
    commune = office.offering.competent_unit
    officer = keeper(commune)
    follow_calendar(recount_id=in_force(officer, announced(officer, commune)).pk)
    correction = announced(officer, commune, kind=DayKind.WORKING)

    shifts = {(effect.clock.kind, effect.recount.shift) for effect in effects_of(correction)}
    recount = in_force(officer, correction, at=NOW + timedelta(hours=1))
    follow_calendar(recount_id=recount.pk)

    assert shifts == {(ClockKind.PROMISE, Shift.KEPT), (ClockKind.STEP, Shift.KEPT)}
    assert Dossier.objects.get(pk=dossier.pk).due_at == datetime(2026, 3, 10, 17, tzinfo=MONDAY.tzinfo)
    recount.refresh_from_db()
    assert (recount.moved_count, recount.kept_count) == (0, 2)


def test_a_job_that_failed_is_tried_again() -> None:
    assert follow_calendar.retry_strategy is not None


def test_a_killed_job_goes_on_to_the_same_end() -> None:
    office = make_office()
    dossiers = [make_dossier(status=Status.IN_PROGRESS, office=office) for _ in range(5)]
    officer = keeper(office.offering.competent_unit)
    recount = in_force(officer, announced(officer, office.offering.competent_unit))

    assert not recount_next(recount=recount, at=NOW, size=2)
    follow_calendar(recount_id=recount.pk)
    follow_calendar(recount_id=recount.pk)

    assert FormerPromise.objects.count() == len(dossiers)
    assert {row.due_at for row in Dossier.objects.all()} == {datetime(2026, 3, 10, 17, tzinfo=MONDAY.tzinfo)}
    assert EventRecord.objects.filter(kind="ClocksRecounted").count() == len(dossiers)
    recount.refresh_from_db()
    assert recount.moved_count == 2 * len(dossiers)


def test_two_share_the_work_where_many_dossiers_run(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(subscribers, "_MANY", 2)
    office = make_office()
    dossiers = [make_dossier(status=Status.IN_PROGRESS, office=office) for _ in range(4)]
    officer = keeper(office.offering.competent_unit)
    announcement = announced(officer, office.offering.competent_unit)
    apply_calendar(announcement=announcement, officer=officer, at=NOW)
    first, second = CalendarRecount.objects.order_by("share")

    follow_calendar(recount_id=second.pk)
    halfway = recount_of(announcement)
    follow_calendar(recount_id=first.pk)
    whole = recount_of(announcement)

    assert halfway is not None
    assert whole is not None
    assert (halfway.moved_count, halfway.finished_at) == (2 * 2, None)
    assert whole.moved_count == 2 * len(dossiers)
    assert whole.finished_at is not None
    assert {row.due_at for row in Dossier.objects.all()} == {datetime(2026, 3, 10, 17, tzinfo=MONDAY.tzinfo)}


def test_a_confirmed_year_settles_what_was_provisional() -> None:
    office = make_office(offering=make_offering(procedure=make_procedure(limit="250")))
    dossier = make_dossier(status=Status.ACCEPTED, office=office)
    officer = keeper(make_unit(kind="PROVINCE", level="PROVINCE"))
    assert dossier.due_is_provisional

    announcement = announced(officer, None, on=None, year=2027)
    shifts = {(effect.clock.kind, effect.recount.shift) for effect in effects_of(announcement)}
    recount = in_force(officer, announcement)
    follow_calendar(recount_id=recount.pk)

    settled = Dossier.objects.get(pk=dossier.pk)
    assert shifts == {(ClockKind.PROMISE, Shift.CONFIRMED)}
    assert (settled.due_is_provisional, settled.due_at) == (False, dossier.due_at)
    recount.refresh_from_db()
    assert (recount.moved_count, recount.confirmed_count) == (0, 1)


def test_only_procedure_control_keeps_the_calendar_of_its_units() -> None:
    commune = make_unit(parent=make_unit(kind="PROVINCE", level="PROVINCE"))
    assert commune.parent is not None
    announcement = announced(keeper(commune.parent), commune)

    for stranger in (keeper(make_unit()), make_officer(Role.ADMINISTRATOR, commune.parent)):
        with pytest.raises(MayNotKeepCalendar):
            announced(stranger, commune)
        with pytest.raises(MayNotKeepCalendar):
            apply_calendar(announcement=announcement, officer=stranger, at=NOW)
    with pytest.raises(MayNotKeepCalendar):
        announced(keeper(commune), None)
    assert not CalendarRecount.objects.exists()


def test_applying_twice_is_refused() -> None:
    commune = make_unit()
    officer = keeper(commune)
    announcement = announced(officer, commune)
    in_force(officer, announcement)

    with pytest.raises(InForceAlready):
        apply_calendar(announcement=announcement, officer=officer, at=NOW)
    assert CalendarRecount.objects.count() == 1


def test_a_batch_costs_the_same_for_one_and_for_many() -> None:
    office = make_office()
    commune = office.offering.competent_unit
    officer = keeper(commune)
    announcement = announced(officer, commune)
    make_dossier(status=Status.IN_PROGRESS, office=office)
    effects_of(announcement)  # what was announced is read once a program

    counts = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as asked:
            effects_of(announcement)
        counts.append(len(asked))
        make_dossier(status=Status.CONSULTING, office=office)
        make_dossier(status=Status.CONSULTING, office=office)

    assert counts[0] == counts[1]
