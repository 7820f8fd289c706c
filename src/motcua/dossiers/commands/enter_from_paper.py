"""Enter what a desk took in on paper while the system was down, with its original moments (B-25, B-59)."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from motcua.accounts.facts import grants_of
from motcua.accounts.models import User
from motcua.catalogue.models import Offering
from motcua.documents.models import IssuedDocument
from motcua.dossiers.commands.custody import HOLDER, give_to_desk
from motcua.dossiers.commands.draft import Filing, NotOffered, lay_out
from motcua.dossiers.commands.file_at_counter import (
    WITHOUT_PAPERS,
    ApplicationIncomplete,
    CounterFiling,
    HandedIn,
    require_whole,
    write_down,
)
from motcua.dossiers.commands.guard import FORM, advance, lock
from motcua.dossiers.commands.intake import PaperCheck, PapersInTheWay, write_checks
from motcua.dossiers.commands.issue_form import issue_form, number_asked
from motcua.dossiers.commands.paper_mode import (
    MayNotUsePaper,
    SlotSpoilt,
    SlotTaken,
    entry_of,
    lock_slot,
    outage_chosen,
    require_free,
)
from motcua.dossiers.commands.process import give_to_agency
from motcua.dossiers.commands.promise import PROMISE, LimitUnknown, give_written_promise
from motcua.dossiers.commands.register import BookIsClosed, enter_in_register
from motcua.dossiers.models import Dossier, FilingChannel, PaperEntry, PaperSlot
from motcua.dossiers.paper_events import DossierEnteredFromPaper
from motcua.kernel import events
from motcua.kernel.sequences import next_number
from motcua.rules.completeness import Part
from motcua.rules.identifiers import put_together
from motcua.rules.paper_mode import (
    EntryRefused,
    PaperMoments,
    check_entry,
    may_enter_from_paper,
)
from motcua.rules.papers import CheckState, PaperKind
from motcua.rules.regimes import regime_on
from motcua.rules.transitions import Action, status_after

__all__ = [
    "ApplicationIncomplete",
    "BookIsClosed",
    "EntryRefused",
    "FormSentBefore",
    "LimitUnknown",
    "MayNotUsePaper",
    "NotOffered",
    "PaperFiling",
    "PapersInTheWay",
    "SlotSpoilt",
    "SlotTaken",
    "enter_from_paper",
]


class FormSentBefore(Exception):
    """The form's key is that of another dossier: it was sent before, for another number."""


@dataclass(frozen=True, slots=True)
class PaperFiling:
    """One application as the papers have it: what was filed, when, and the day that the receipt promises."""

    filing: CounterFiling
    moments: PaperMoments
    written_due_on: date


@transaction.atomic
def enter_from_paper(
    *, slot: PaperSlot, offering: Offering, filing: PaperFiling, officer: User, at: datetime
) -> Dossier:
    """Make the accepted dossier that the papers under the number of `slot` tell of, and return it.

    The regime, the version of the procedure, the line of the register are those of the original days, the code and the
    PIN those printed, the promise the one written. The same key again returns the same dossier. Raises
    `MayNotUsePaper`, `SlotTaken`, `SlotSpoilt`, `EntryRefused`, `FormSentBefore`, `NotOffered`,
    `ApplicationIncomplete`, `PapersInTheWay`, `LimitUnknown`, `BookIsClosed`.
    """
    slot = lock_slot(slot)
    require_right(slot, offering, officer, at)
    before = entered_before(slot, filing.filing.key)
    if before is not None:
        return before
    kit_from, moments = kept_from(slot), filing.moments
    outage = outage_chosen(
        slot.kit.desk_id,
        lambda outages: check_entry(moments, filing.written_due_on, outages, kit_from=kit_from, at=at),
    )
    dossier = file_from_paper(slot, offering, filing.filing, moments.submitted_at)
    counted_on, document = _accept(dossier, slot, filing, officer, at)
    PaperEntry.objects.create(
        dossier=dossier,
        slot=slot,
        outage=outage,
        entered_at=at,
        entered_by=officer,
        done_at=moments.accepted_at,
        written_due_on=filing.written_due_on,
        counted_due_on=counted_on,
    )
    if filing.moments.transferred_at is not None:
        dossier.status = status_after(dossier.stage, Action.TRANSFER)
        give_to_agency(dossier, officer, filing.moments.transferred_at)  # after the entry, whose day binds
    _save(dossier)
    events.record(_event(dossier, slot, filing, counted_on, document), actor=officer, at=at)
    return dossier


def entered_before(slot: PaperSlot, key: uuid.UUID) -> Dossier | None:
    """Return the dossier that the same form made of the number; None for a free one.

    Raises `SlotTaken`, `SlotSpoilt`.
    """
    entered = entry_of(slot)
    if entered is not None and entered.dossier.draft_key == key:
        return entered.dossier
    require_free(slot)
    return None


def require_right(slot: PaperSlot, offering: Offering, officer: User, at: datetime) -> None:
    """Raise `MayNotUsePaper` for who does not take in at that desk, `NotOffered` for what the kit is not for."""
    today, kit = timezone.localdate(at), slot.kit
    if not may_enter_from_paper(kit.desk_id, grants_of(officer, today), on=today):
        raise MayNotUsePaper
    if (offering.receiving_unit_id, offering.competent_unit_id) != (kit.desk_id, kit.competent_unit_id):
        raise NotOffered(offering.procedure.code)


def kept_from(slot: PaperSlot) -> datetime:
    """Return since when the number was kept, to the minute that people write."""
    return slot.kit.reserved_at.replace(second=0, microsecond=0)


def file_from_paper(
    slot: PaperSlot,
    offering: Offering,
    filing: CounterFiling,
    submitted_at: datetime,
    parts: frozenset[Part] = WITHOUT_PAPERS,
) -> Dossier:
    """Make the dossier as it was handed in, by what was in force then, of which `parts` must be there, and lock it.

    Raises `NotOffered`, `FormSentBefore`, `ApplicationIncomplete`.
    """
    laid_out = Filing(key=filing.key, channel=FilingChannel.DIRECT)
    dossier, is_new = lay_out(offering, laid_out, submitted_at)
    if not is_new:
        raise FormSentBefore
    write_down(dossier, filing)
    require_whole(dossier, parts)
    dossier.status, dossier.submitted_at = status_after(dossier.stage, Action.SUBMIT), submitted_at
    dossier.lookup_pin = slot.pin
    dossier.save(update_fields=["status", "submitted_at", "lookup_pin", "return_channel"])
    return lock(dossier.reference, FORM)


def _accept(
    dossier: Dossier, slot: PaperSlot, filing: PaperFiling, officer: User, at: datetime
) -> tuple[date, IssuedDocument]:
    """Accept the dossier as of then; return the day the rules count, and the copy of form 01."""
    accepted_at = filing.moments.accepted_at
    on = timezone.localdate(accepted_at)
    write_checks(dossier, _checks(filing.filing.papers))
    dossier.status, dossier.accepted_at = status_after(dossier.stage, Action.ACCEPT), accepted_at
    counted = give_written_promise(dossier, accepted_at, filing.written_due_on)
    dossier.regime, dossier.code = regime_on(on).value, put_together(slot.kit.identifier, on, slot.number)
    give_to_desk(dossier, due_at=dossier.action_due_at, warn_at=dossier.warn_at)
    # The receipt's number before the line of the register, as acceptance takes them: else two desks could wait for
    # each other.
    taken = next_number(*number_asked(dossier, PaperKind.RECEIPT, accepted_at))
    line = enter_in_register(dossier, accepted_at)
    said = {"register_volume": line.volume, "register_line": line.number, "entered_at": timezone.localtime(at)}
    issued = issue_form(dossier, PaperKind.RECEIPT, said, officer=officer, at=accepted_at, taken=taken)
    return timezone.localdate(counted.due_at), issued


def _checks(papers: Mapping[int, HandedIn]) -> dict[int, PaperCheck]:
    """Take what was handed in as found good then, for the desk accepted it, and the rest as not needed."""
    return {position: _check(handed_in) for position, handed_in in papers.items()}


def _check(handed_in: HandedIn) -> PaperCheck:
    is_there = handed_in.originals_count or handed_in.copies_count or handed_in.file
    state = CheckState.PRESENT if is_there else CheckState.NOT_NEEDED
    return PaperCheck(state, handed_in.originals_count, handed_in.copies_count)


def _save(dossier: Dossier) -> None:
    advance(dossier, ["status", "accepted_at", "regime", "code", *PROMISE, *HOLDER])


def _event(
    dossier: Dossier, slot: PaperSlot, filing: PaperFiling, counted_on: date, document: IssuedDocument
) -> DossierEnteredFromPaper:
    assert dossier.due_at is not None  # it was promised
    assert dossier.code is not None
    return DossierEnteredFromPaper(
        subject=dossier.reference,
        code=dossier.code,
        kit=slot.kit.code,
        procedure=dossier.procedure_version.procedure.code,
        competent_unit=slot.kit.competent_unit.code,
        regime=dossier.regime,
        document=document.number,
        accepted_at=filing.moments.accepted_at,
        transferred_at=filing.moments.transferred_at,
        due_at=dossier.due_at,
        written_due_on=filing.written_due_on,
        counted_due_on=counted_on,
    )
