"""What was published has to be entered in the national database: opened, sent, confirmed (C-08)."""

import uuid
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from motcua.accounts.models import User
from motcua.catalogue.commands.publication_acts import DayImpossible, MayNotPublish
from motcua.catalogue.commands.publication_drafts import guard
from motcua.catalogue.models import PublicationDecision
from motcua.exchange.commands.close_entries import close_entries, put_confirmed
from motcua.exchange.events import NationalEntryFailed, NationalEntryOrdered, NationalEntrySent
from motcua.exchange.models import NationalEntry
from motcua.gateways.national_database import national_database
from motcua.kernel import events
from motcua.organisations.facts import working_calendars
from motcua.rules.national_entry import EntryAct, EntryNotOpen, EntryState, state_after
from motcua.rules.publication import DecisionAct, LineKind, Publisher, enter_by, terms_on
from motcua.rules.working_time import CalendarExhausted

__all__ = [
    "DayImpossible",
    "EntryNotOpen",
    "MayNotPublish",
    "NotConnected",
    "confirm_entry",
    "note_failed",
    "note_sent",
    "open_entries",
    "send_again",
]


class NotConnected(Exception):
    """This installation has no connection with the national database: entries are made by hand."""


def open_entries(decision: PublicationDecision, at: datetime) -> list[NationalEntry]:
    """Open one entry for each procedure of a published decision; those that are there stay. A reaction: no event."""
    due_on = _due(decision)
    NationalEntry.objects.bulk_create(
        [
            NationalEntry(
                decision=decision, procedure=line.procedure, line_kind=LineKind(line.kind), due_on=due_on, opened_at=at
            )
            for line in decision.lines.select_related("procedure").order_by("procedure__code")
        ],
        ignore_conflicts=True,
    )
    return list(NationalEntry.objects.filter(decision=decision).order_by("pk"))


def entered_with_decision(decision: PublicationDecision, at: datetime) -> None:
    """Confirm what is still open when the day of the whole decision was noted. A reaction: no event."""
    waiting = list(NationalEntry.objects.filter(decision=decision).exclude(state=EntryState.CONFIRMED))
    for entry in waiting:
        entry.entered_on = decision.entered_on
    put_confirmed(waiting, actor=None, at=at)


@transaction.atomic
def confirm_entry(*, key: uuid.UUID, entered_on: date, actor: User, at: datetime) -> NationalEntry:
    """Confirm by hand that a procedure stands in the national database since `entered_on`; again corrects the day.

    With the last one the whole decision has entered, which its own record tells (C-08). Raises `MayNotPublish`,
    `DayImpossible`, `NationalEntry.DoesNotExist`.
    """
    asked = NationalEntry.objects.select_related("decision").get(key=key)
    decision = guard(asked.decision, DecisionAct.NOTE_ENTRY, actor, at)
    entry = NationalEntry.objects.select_for_update(of=("self",)).select_related("procedure").get(key=key)
    today, signed_on = timezone.localdate(at), decision.signed_on
    assert signed_on is not None  # only published decisions have entries
    if not signed_on <= entered_on <= today:
        raise DayImpossible(signed_on, today)
    state = EntryState(entry.state)
    if state is EntryState.CONFIRMED and entry.entered_on == entered_on and entry.confirmed_by_id is not None:
        return entry
    entry.state, entry.decision, entry.entered_on = state_after(state, EntryAct.CONFIRM), decision, entered_on
    close_entries([entry], actor=actor, at=at)
    return entry


@transaction.atomic
def send_again(*, key: uuid.UUID, actor: User, at: datetime) -> NationalEntry:
    """Have an entry that failed, or stands there otherwise, sent once more; one that waits to be sent is left alone.

    It is what it was and goes under its key, so that nothing is entered twice. Raises `MayNotPublish`, `NotConnected`,
    `EntryNotOpen`, `NationalEntry.DoesNotExist`.
    """
    asked = NationalEntry.objects.select_related("decision").get(key=key)
    decision = guard(asked.decision, DecisionAct.NOTE_ENTRY, actor, at)
    if national_database() is None:
        raise NotConnected
    entry = NationalEntry.objects.select_for_update(of=("self",)).select_related("procedure").get(key=key)
    state = EntryState(entry.state)
    if state is EntryState.NOT_SENT:
        return entry
    entry.state, entry.fault = state_after(state, EntryAct.SEND_AGAIN), ""
    entry.save(update_fields=["state", "fault"])
    event = NationalEntryOrdered(subject=entry.procedure.code, decision=str(decision.key), entry=str(entry.key))
    events.record(event, actor=actor, at=at)
    return entry


@transaction.atomic
def note_sent(*, key: uuid.UUID, at: datetime) -> NationalEntry:
    """Note that the national database took the entry; raises `EntryNotOpen`."""
    entry = NationalEntry.objects.select_for_update(of=("self",)).select_related("procedure", "decision").get(key=key)
    entry.state = state_after(EntryState(entry.state), EntryAct.SEND)
    entry.sent_at, entry.fault, entry.attempt_count = at, "", entry.attempt_count + 1
    entry.save(update_fields=["state", "sent_at", "fault", "attempt_count"])
    event = NationalEntrySent(subject=entry.procedure.code, decision=str(entry.decision.key))
    events.record(event, actor=None, at=at)
    return entry


@transaction.atomic
def note_failed(*, key: uuid.UUID, fault: str, at: datetime) -> NationalEntry:
    """Note that an attempt failed, with the stable word for why; raises `EntryNotOpen`."""
    entry = NationalEntry.objects.select_for_update(of=("self",)).select_related("procedure", "decision").get(key=key)
    is_first = entry.state != EntryState.FAILED or entry.fault != fault
    entry.state = state_after(EntryState(entry.state), EntryAct.FAIL)
    entry.fault, entry.attempt_count = fault[:100], entry.attempt_count + 1
    entry.save(update_fields=["state", "fault", "attempt_count"])
    if is_first:
        event = NationalEntryFailed(subject=entry.procedure.code, decision=str(entry.decision.key), fault=entry.fault)
        events.record(event, actor=None, at=at)
    return entry


def _due(decision: PublicationDecision) -> date | None:
    signed_on = decision.signed_on
    assert signed_on is not None  # a published decision has been signed, a constraint holds it
    calendar = working_calendars({decision.issuer_id}, signed_on)[decision.issuer_id]
    try:
        publisher, terms = Publisher(decision.publisher), terms_on(signed_on)
        return enter_by(publisher, signed_on, terms, calendar, is_shortened=decision.is_shortened)
    except CalendarExhausted:
        return None
