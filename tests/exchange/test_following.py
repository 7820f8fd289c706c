"""What a comparison finds moves the entries and closes their decisions, as an officer would (C-08, C-09)."""

from datetime import timedelta

import pytest
from django.conf import LazySettings
from procrastinate.contrib.django.models import ProcrastinateJob

from motcua.exchange.commands.compare import compare
from motcua.exchange.commands.entries import (
    EntryNotOpen,
    MayNotPublish,
    NotConnected,
    confirm_entry,
    note_failed,
    note_sent,
    send_again,
)
from motcua.exchange.commands.send import send_entry
from motcua.exchange.models import NationalEntry, NationalRecord
from motcua.exchange.queries.exported import decision_records
from motcua.gateways.fakes import FakeNationalDatabase
from motcua.kernel.models import EventRecord
from tests.catalogue.publishing import make_province
from tests.exchange.national import taken, told_as_here
from tests.exchange.test_entries import LATER, make_published
from tests.exchange.test_take_over import listed
from tests.make import MONDAY

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def kinds(subject: str) -> list[str]:
    return list(EventRecord.objects.filter(subject=subject).order_by("seq").values_list("kind", flat=True))


def test_what_is_not_public_confirms_nothing_and_is_marked_once_it_was_entered() -> None:
    province, _decision = make_published()
    entry = NationalEntry.objects.get()
    hidden = told_as_here(entry.procedure.code, TRANGTHAI="0")

    taken(province, hidden, at=LATER)
    entry.refresh_from_db()
    assert entry.state == "NOT_SENT"

    note_sent(key=entry.key, at=LATER + DAY)
    taken(province, hidden, at=LATER + 2 * DAY)
    compare(at=LATER + 2 * DAY)
    entry.refresh_from_db()
    assert (entry.state, entry.entered_on) == ("DIFFERENT", None)


def test_what_is_found_there_closes_the_decision_as_by_hand() -> None:
    province, decision = make_published(abolished=True)
    ended = NationalEntry.objects.get(line_kind="ABOLISHED").procedure

    taken(province, *decision_records(decision.key), at=LATER)
    decision.refresh_from_db()
    assert decision.entered_on is None

    record = {**next(iter(decision_records(decision.key))), "MATTHC": ended.code, "TRANGTHAI": "0"}
    taken(province, record, at=LATER + DAY)

    decision.refresh_from_db()
    assert decision.entered_on == (LATER + DAY).date()
    entries = NationalEntry.objects.order_by("entered_on")
    assert [(row.state, row.confirmed_at, row.confirmed_by) for row in entries] == [
        ("CONFIRMED", LATER, None),
        ("CONFIRMED", LATER + DAY, None),
    ]
    assert kinds(ended.code)[-1] == "NationalEntryConfirmed"
    assert kinds(str(decision.key))[-1] == "PublicationEntered"
    events = EventRecord.objects.count()
    compare(at=LATER + 2 * DAY)
    assert EventRecord.objects.count() == events


def test_what_ended_and_is_gone_from_the_whole_catalogue_is_entered() -> None:
    province, decision = make_published(abolished=True)

    taken(province, *decision_records(decision.key), whole=True, at=LATER)
    compare(at=LATER)

    assert {row.state for row in NationalEntry.objects.all()} == {"CONFIRMED"}
    decision.refresh_from_db()
    assert decision.entered_on == LATER.date()


def test_what_ended_and_is_still_shown_after_it_was_sent_is_marked() -> None:
    province, _decision = make_published(abolished=True)
    entry = NationalEntry.objects.get(line_kind="ABOLISHED")
    record = told_as_here(entry.procedure.code)
    taken(province, record)
    note_sent(key=entry.key, at=LATER)
    compare(at=LATER + DAY)
    entry.refresh_from_db()
    assert entry.state == "SENT"

    taken(province, record, at=LATER + DAY)
    compare(at=LATER + DAY)

    entry.refresh_from_db()
    assert entry.state == "DIFFERENT"


def test_an_entry_that_a_later_pull_still_does_not_show_is_marked() -> None:
    province, _decision = make_published()
    entry = NationalEntry.objects.get()
    record = told_as_here(entry.procedure.code, YEUCAU="Khác")
    taken(province, record)
    note_sent(key=entry.key, at=LATER)

    report = taken(province, record, at=LATER + DAY)
    compare(at=LATER + DAY)

    assert report.unchanged == 1
    stored = NationalRecord.objects.get()
    assert (stored.told_at, stored.seen_at) == (MONDAY, LATER + DAY)
    entry.refresh_from_db()
    assert entry.state == "DIFFERENT"


def test_of_a_procedure_regulated_above_the_list_alone_is_looked_for() -> None:
    province = make_province()
    procedure = listed(province)
    entry = NationalEntry.objects.get()

    taken(province, told_as_here(procedure.code, YEUCAU="Khác"), at=LATER)

    entry.refresh_from_db()
    assert (entry.state, entry.entered_on) == ("CONFIRMED", LATER.date())


def test_a_day_confirmed_by_hand_stays_when_it_is_found_there() -> None:
    province, decision = make_published()
    entry = NationalEntry.objects.get()
    confirm_entry(key=entry.key, entered_on=MONDAY.date(), actor=province.officer, at=LATER)

    taken(province, *decision_records(decision.key), at=LATER + DAY)

    entry.refresh_from_db()
    assert (entry.entered_on, entry.confirmed_by) == (MONDAY.date(), province.officer)


@pytest.fixture
def connected(settings: LazySettings) -> None:
    """An installation with a connection that nobody answers."""
    settings.NATIONAL_DATABASE = {**settings.NATIONAL_DATABASE, "address": "http://127.0.0.1:9"}


@pytest.mark.usefixtures("connected")
def test_what_differs_or_failed_is_sent_once_more_as_it_was_and_under_its_key() -> None:
    province, _decision = make_published()
    entry, service = NationalEntry.objects.get(), FakeNationalDatabase()
    waiting = ProcrastinateJob.objects.filter(task_name="exchange.send_entry").count()
    send_entry(entry=entry, to=service, at=LATER)
    first = dict(service.entered)
    taken(province, told_as_here(entry.procedure.code, YEUCAU="Khác"), at=LATER + DAY)
    assert NationalEntry.objects.get().state == "DIFFERENT"

    for _click in range(2):
        send_again(key=entry.key, actor=province.officer, at=LATER + DAY)

    assert NationalEntry.objects.get().state == "NOT_SENT"
    assert ProcrastinateJob.objects.filter(task_name="exchange.send_entry").count() == waiting + 1
    assert kinds(entry.procedure.code).count("NationalEntryOrdered") == 1
    send_entry(entry=NationalEntry.objects.get(), to=service, at=LATER + DAY)
    assert service.entered == first
    with pytest.raises(EntryNotOpen):
        send_again(key=entry.key, actor=province.officer, at=LATER + DAY)


def test_without_a_connection_or_the_right_nothing_is_sent_again(settings: LazySettings) -> None:
    assert settings.NATIONAL_DATABASE["address"] == ""
    province, _decision = make_published()
    entry = NationalEntry.objects.get()
    note_failed(key=entry.key, fault="UNREACHABLE", at=LATER)

    with pytest.raises(NotConnected):
        send_again(key=entry.key, actor=province.officer, at=LATER)
    with pytest.raises(MayNotPublish):
        send_again(key=entry.key, actor=province.chairman, at=LATER)

    assert NationalEntry.objects.get().state == "FAILED"


def test_two_attempts_at_once_are_noted_once() -> None:
    make_published()
    entry, service = NationalEntry.objects.get(), FakeNationalDatabase()
    beside = NationalEntry.objects.get()
    send_entry(entry=entry, to=service, at=LATER)

    send_entry(entry=beside, to=service, at=LATER)

    assert NationalEntry.objects.get().attempt_count == 1
