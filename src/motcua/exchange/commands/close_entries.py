"""Close entries whose procedures stand in the national database: by hand, with their decision, or found so (C-08)."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from motcua.accounts.models import User
from motcua.catalogue.events import PublicationEntered
from motcua.catalogue.models import PublicationDecision
from motcua.exchange.events import NationalEntryConfirmed
from motcua.exchange.models import NationalEntry
from motcua.kernel import events
from motcua.rules.national_entry import EntryState


def close_entries(entries: Sequence[NationalEntry], *, actor: User | None, at: datetime) -> None:
    """Confirm locked entries on their `entered_on`, and every locked decision of which nothing is open any more.

    Each entry leaves its event, and so does each decision whose day becomes known or another. `actor` None: a
    comparison found it so. Entries come with `procedure` and `decision` loaded.
    """
    put_confirmed(entries, actor=actor, at=at)
    for entry in entries:
        day = entry.entered_on
        assert day is not None  # whoever closes knows the day, a constraint holds it
        event = NationalEntryConfirmed(subject=entry.procedure.code, decision=str(entry.decision.key), entered_on=day)
        events.record(event, actor=actor, at=at)
    for decision in {entry.decision_id: entry.decision for entry in entries}.values():
        _close_decision(decision, actor, at)


def put_confirmed(entries: Iterable[NationalEntry], *, actor: User | None, at: datetime) -> None:
    """Write that entries stand there since their `entered_on`; no event."""
    rows = list(entries)
    for entry in rows:
        entry.state, entry.confirmed_by, entry.confirmed_at, entry.fault = EntryState.CONFIRMED, actor, at, ""
    columns = ["state", "entered_on", "confirmed_by", "confirmed_at", "fault"]
    NationalEntry.objects.bulk_update(rows, columns, batch_size=500)


def _close_decision(decision: PublicationDecision, actor: User | None, at: datetime) -> None:
    beside = NationalEntry.objects.filter(decision=decision)
    if beside.exclude(state=EntryState.CONFIRMED).exists():
        return
    entered_on = max(day for day in beside.values_list("entered_on", flat=True) if day)
    if decision.entered_on == entered_on:
        return
    decision.entered_on = entered_on
    decision.save(update_fields=["entered_on"])
    events.record(PublicationEntered(subject=str(decision.key), entered_on=entered_on), actor=actor, at=at)
