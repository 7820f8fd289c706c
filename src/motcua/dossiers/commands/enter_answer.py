"""Enter later what a desk answered on paper: that it declined (form 03), or which papers it asked for (form 02)."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from motcua.accounts.models import User
from motcua.catalogue.models import Offering
from motcua.dossiers.commands.asking import Asking, NothingAskedFor, ask, positions_of
from motcua.dossiers.commands.custody import HOLDER, give_to_nobody
from motcua.dossiers.commands.draft import NotOffered
from motcua.dossiers.commands.enter_from_paper import (
    FormSentBefore,
    entered_before,
    file_from_paper,
    kept_from,
    require_right,
)
from motcua.dossiers.commands.file_at_counter import WITHOUT_PAPERS, ApplicationIncomplete, CounterFiling
from motcua.dossiers.commands.guard import advance
from motcua.dossiers.commands.intake import Refusal, write_refusal
from motcua.dossiers.commands.issue_form import HandWritten
from motcua.dossiers.commands.paper_mode import MayNotUsePaper, SlotSpoilt, SlotTaken, lock_slot, outage_chosen
from motcua.dossiers.models import Dossier, PaperEntry, PaperSlot
from motcua.dossiers.paper_events import AskingEnteredFromPaper, DeclineEnteredFromPaper
from motcua.kernel import events
from motcua.rules.completeness import Part
from motcua.rules.paper_mode import EntryRefused, check_answer
from motcua.rules.transitions import Action, status_after

__all__ = [
    "ApplicationIncomplete",
    "EntryRefused",
    "FormSentBefore",
    "MayNotUsePaper",
    "NotOffered",
    "NothingAskedFor",
    "PaperAnswer",
    "SlotSpoilt",
    "SlotTaken",
    "enter_asking",
    "enter_decline",
]

_ON_FORM_03 = frozenset({Part.APPLICANT})
"""What form 03 says of who came: nothing of what they would have declared."""


@dataclass(frozen=True, slots=True)
class PaperAnswer:
    """One application as the paper form has it, when it was handed in and when it was answered."""

    filing: CounterFiling
    submitted_at: datetime
    answered_at: datetime


@transaction.atomic
def enter_decline(
    *, slot: PaperSlot, offering: Offering, answer: PaperAnswer, refusal: Refusal, officer: User, at: datetime
) -> Dossier:
    """Make the declined dossier that form 03 under the number of `slot` tells of, and return it (B-25, B step 4b).

    The same key again returns the same dossier. Raises `MayNotUsePaper`, `SlotTaken`, `SlotSpoilt`, `EntryRefused`,
    `FormSentBefore`, `NotOffered`, `ApplicationIncomplete`.
    """
    slot = lock_slot(slot)
    require_right(slot, offering, officer, at)
    before = entered_before(slot, answer.filing.key)
    if before is not None:
        return before
    entry = _entry(slot, PaperEntry.Kind.DECLINED, answer, officer, at)
    dossier = file_from_paper(slot, offering, answer.filing, answer.submitted_at, _ON_FORM_03)
    dossier.status = status_after(dossier.stage, Action.DECLINE)
    dossier.closed_at = answer.answered_at
    by_hand = HandWritten(slot.number, at)
    document = write_refusal(dossier, refusal, officer=officer, at=answer.answered_at, by_hand=by_hand)
    entry.dossier = dossier
    entry.save(force_insert=True)
    give_to_nobody(dossier)
    advance(dossier, ["status", "closed_at", *HOLDER])
    event = DeclineEnteredFromPaper(
        subject=dossier.reference,
        kit=slot.kit.code,
        procedure=dossier.procedure_version.procedure.code,
        competent_unit=slot.kit.competent_unit.code,
        document=document.number,
        ground=refusal.ground.value,
        declined_at=answer.answered_at,
    )
    events.record(event, actor=officer, at=at)
    return dossier


@transaction.atomic
def enter_asking(
    *, slot: PaperSlot, offering: Offering, answer: PaperAnswer, asking: Asking, officer: User, at: datetime
) -> Dossier:
    """Make the dossier that waits for the papers of form 02 under the number of `slot`, and return it (B step 4a).

    The term to answer runs from the day of the form. Raises what `enter_decline` raises, and `NothingAskedFor`,
    `Paper.DoesNotExist` for a position outside the closed list (B-08).
    """
    slot = lock_slot(slot)
    require_right(slot, offering, officer, at)
    before = entered_before(slot, answer.filing.key)
    if before is not None:
        return before
    entry = _entry(slot, PaperEntry.Kind.ASKED, answer, officer, at)
    dossier = file_from_paper(slot, offering, answer.filing, answer.submitted_at, WITHOUT_PAPERS)
    dossier.status = status_after(dossier.stage, Action.REQUEST_INTAKE_SUPPLEMENT)
    by_hand = HandWritten(slot.number, at)
    request = ask(dossier, asking, officer=officer, at=answer.answered_at, by_hand=by_hand)
    entry.dossier = dossier
    entry.save(force_insert=True)
    give_to_nobody(dossier)
    advance(dossier, ["status", *HOLDER])
    event = AskingEnteredFromPaper(
        subject=dossier.reference,
        kit=slot.kit.code,
        procedure=dossier.procedure_version.procedure.code,
        competent_unit=slot.kit.competent_unit.code,
        document=request.document.number,
        positions=positions_of(request),
        asked_at=answer.answered_at,
    )
    events.record(event, actor=officer, at=at)
    return dossier


def _entry(slot: PaperSlot, kind: PaperEntry.Kind, answer: PaperAnswer, officer: User, at: datetime) -> PaperEntry:
    """Return the flag of what was done, for the outage it was done in; it has yet to be given its dossier."""
    kit_from = kept_from(slot)
    outage = outage_chosen(
        slot.kit.desk_id,
        lambda outages: check_answer(answer.submitted_at, answer.answered_at, outages, kit_from=kit_from, at=at),
    )
    return PaperEntry(
        slot=slot, outage=outage, kind=kind, done_at=answer.answered_at, entered_at=at, entered_by=officer
    )
