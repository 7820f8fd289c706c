"""What a publication leaves to be entered in the national database, sent or confirmed by hand (C-08)."""

from datetime import date, timedelta

import pytest
from django.conf import LazySettings

from motcua.catalogue.commands.publication_acts import note_entry
from motcua.catalogue.models import ProcedureVersion, PublicationDecision
from motcua.exchange import tasks
from motcua.exchange.commands.compare import compare
from motcua.exchange.commands.entries import DayImpossible, EntryNotOpen, MayNotPublish, confirm_entry, note_sent
from motcua.exchange.commands.send import pull, send_entry
from motcua.exchange.models import NationalEntry, NationalRecord, NationalSnapshot
from motcua.exchange.queries.exported import decision_records
from motcua.exchange.queries.screens import overview, sync_of
from motcua.gateways.fakes import FakeNationalDatabase
from motcua.gateways.national_database import NationalDatabaseFault
from motcua.kernel.models import EventRecord
from motcua.rules.national_entry import EntryState
from motcua.rules.publication import LineKind
from tests.catalogue.publishing import Province, begun, line_of, make_local, make_province, new_line, published
from tests.exchange.national import taken, told_as_here
from tests.exchange.test_national_format import foreign
from tests.make import MONDAY

pytestmark = pytest.mark.django_db
LATER = MONDAY + timedelta(days=2)


def make_published(*, abolished: bool = False) -> tuple[Province, PublicationDecision]:
    """A decision of one new procedure, and of one that is abolished, published on Monday and in force at once."""
    province = make_province()
    decision = begun(province, effective_on=MONDAY.date())
    new_line(decision, province)
    if abolished:
        line_of(decision, province, make_local(), LineKind.ABOLISHED)
    return province, published(decision, province)


def test_a_publication_opens_an_entry_for_each_procedure_with_its_deadline() -> None:
    _province, decision = make_published(abolished=True)

    entries = NationalEntry.objects.filter(decision=decision).order_by("line_kind")
    assert [(entry.line_kind, entry.state, entry.due_on) for entry in entries] == [
        ("ABOLISHED", "NOT_SENT", date(2026, 3, 9)),
        ("NEW", "NOT_SENT", date(2026, 3, 9)),
    ]
    assert overview(date(2026, 3, 10)).late_entries == 2


def test_the_day_confirmed_by_hand_is_kept_and_the_last_one_closes_the_decision() -> None:
    province, decision = make_published(abolished=True)
    first, last = NationalEntry.objects.order_by("pk")
    confirm_entry(key=first.key, entered_on=MONDAY.date(), actor=province.officer, at=LATER)
    decision.refresh_from_db()
    assert decision.entered_on is None

    confirm_entry(key=last.key, entered_on=LATER.date(), actor=province.officer, at=LATER)

    decision.refresh_from_db()
    assert decision.entered_on == LATER.date()
    last.refresh_from_db()
    assert (last.state, last.confirmed_by, last.entered_on) == ("CONFIRMED", province.officer, LATER.date())
    event = EventRecord.objects.filter(subject=first.procedure.code).latest("seq")
    assert (event.kind, event.payload["entered_on"]) == ("NationalEntryConfirmed", "2026-03-02")


def test_confirming_the_same_twice_is_one_act() -> None:
    province, _decision = make_published()
    entry = NationalEntry.objects.get()

    for _time in range(2):
        confirm_entry(key=entry.key, entered_on=MONDAY.date(), actor=province.officer, at=LATER)

    assert EventRecord.objects.filter(kind="NationalEntryConfirmed").count() == 1


def test_a_day_before_the_signature_or_to_come_is_refused_and_so_is_a_stranger() -> None:
    province, _decision = make_published()
    entry = NationalEntry.objects.get()

    for day in (MONDAY.date() - timedelta(days=1), LATER.date() + timedelta(days=1)):
        with pytest.raises(DayImpossible):
            confirm_entry(key=entry.key, entered_on=day, actor=province.officer, at=LATER)
    with pytest.raises(MayNotPublish):
        confirm_entry(key=entry.key, entered_on=MONDAY.date(), actor=province.chairman, at=LATER)

    assert NationalEntry.objects.get().state == EntryState.NOT_SENT


def test_the_day_of_the_whole_decision_confirms_every_entry() -> None:
    province, decision = make_published(abolished=True)

    note_entry(decision=decision, entered_on=MONDAY.date(), actor=province.officer, at=LATER)

    assert {entry.state for entry in NationalEntry.objects.all()} == {"CONFIRMED"}


def test_an_entry_is_sent_once_under_its_key() -> None:
    make_published()
    entry, service = NationalEntry.objects.get(), FakeNationalDatabase()

    send_entry(entry=entry, to=service, at=LATER)
    send_entry(entry=NationalEntry.objects.get(), to=service, at=LATER)

    assert list(service.entered) == [str(entry.key)]
    assert service.entered[str(entry.key)]["TENTTHC"] == "Hỗ trợ trồng rừng gỗ lớn"
    sent = NationalEntry.objects.get()
    assert (sent.state, sent.sent_at, sent.attempt_count) == ("SENT", LATER, 1)
    with pytest.raises(EntryNotOpen):
        note_sent(key=entry.key, at=LATER)


def test_what_is_abolished_is_entered_as_public_no_more() -> None:
    make_published(abolished=True)
    entry, service = NationalEntry.objects.get(line_kind="ABOLISHED"), FakeNationalDatabase()

    send_entry(entry=entry, to=service, at=LATER)

    assert service.entered[str(entry.key)]["TRANGTHAI"] == "0"


def test_a_failure_is_noted_once_and_tried_again_until_it_goes() -> None:
    make_published()
    service = FakeNationalDatabase(fault="UNREACHABLE")
    for _time in range(2):
        with pytest.raises(NationalDatabaseFault):
            send_entry(entry=NationalEntry.objects.get(), to=service, at=LATER)
    failed = NationalEntry.objects.get()

    service.fault = ""
    send_entry(entry=NationalEntry.objects.get(), to=service, at=LATER)

    assert (failed.state, failed.fault, failed.attempt_count) == ("FAILED", "UNREACHABLE", 2)
    assert NationalEntry.objects.get().state == "SENT"
    assert EventRecord.objects.filter(kind="NationalEntryFailed").count() == 1


def test_a_comparison_confirms_what_stands_there_as_published() -> None:
    province, decision = make_published()
    entry = NationalEntry.objects.get()

    taken(province, *decision_records(decision.key), at=LATER)

    entry.refresh_from_db()
    assert (entry.state, entry.entered_on, entry.confirmed_by) == ("CONFIRMED", LATER.date(), None)


def test_a_comparison_marks_what_was_entered_otherwise() -> None:
    province, _decision = make_published()
    entry = NationalEntry.objects.get()
    confirm_entry(key=entry.key, entered_on=MONDAY.date(), actor=province.officer, at=MONDAY + timedelta(hours=3))

    taken(province, told_as_here(entry.procedure.code, YEUCAU="Khác"), at=LATER)

    entry.refresh_from_db()
    sync = sync_of(entry.procedure.code, LATER.date())
    assert entry.state == "DIFFERENT"
    assert sync.entry is not None
    assert sync.difference is not None


def test_what_was_told_before_the_publication_says_nothing_of_the_entry() -> None:
    province, _decision = make_published()
    entry = NationalEntry.objects.get()
    taken(province, told_as_here(entry.procedure.code, YEUCAU="Khác"), at=MONDAY)
    confirm_entry(key=entry.key, entered_on=LATER.date(), actor=province.officer, at=LATER)

    compare(at=LATER)

    entry.refresh_from_db()
    assert entry.state == "CONFIRMED"


def test_a_pull_takes_the_whole_catalogue_in_and_a_failed_one_nothing() -> None:
    service = FakeNationalDatabase(foreign(), foreign(MATTHC="2.999999"))

    pulled = pull(source=service, at=MONDAY)

    assert (pulled.report.loaded, pulled.failed) == (2, {})
    assert NationalSnapshot.objects.get().origin == "PULL"
    service.fault = "UNREACHABLE"
    with pytest.raises(NationalDatabaseFault):
        pull(source=service, at=LATER)
    assert NationalRecord.objects.count() == 2


def test_without_a_connection_the_jobs_send_nothing_and_compare_all_the_same(settings: LazySettings) -> None:
    assert settings.NATIONAL_DATABASE["address"] == ""
    make_published()
    entry = NationalEntry.objects.get()

    tasks.send_entry(entry_id=entry.pk)
    tasks.compare_daily(timestamp=0)
    tasks.compare_all()

    entry.refresh_from_db()
    assert entry.state == "NOT_SENT"
    assert ProcedureVersion.objects.filter(procedure=entry.procedure).exists()
