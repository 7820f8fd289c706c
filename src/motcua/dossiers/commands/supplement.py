"""Answer what the desk asked for: online paper by paper, or all at once at the counter."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from motcua.accounts.models import User
from motcua.documents.models import StoredFile
from motcua.dossiers.commands.custody import HOLDER, give_to_desk_for_answer, reopen_verification
from motcua.dossiers.commands.draft import PaperNotAskedFor
from motcua.dossiers.commands.guard import TERMS, StaleDossier, advance, begin, lock
from motcua.dossiers.commands.promise import PROMISE, begin_anew, change_promise
from motcua.dossiers.commands.submit import ApplicationIncomplete
from motcua.dossiers.events import DraftChanged, SupplementCompleted, SupplementReceivedAtCounter
from motcua.dossiers.facts import application_facts, asked_items, clock_rules
from motcua.dossiers.models import Dossier, ExcludedWait, Paper, SupplementItem
from motcua.kernel import events
from motcua.rules.completeness import supplement_gaps
from motcua.rules.papers import CheckState, SupplementAnswer, may_go_without, unanswered
from motcua.rules.permissions import NotPermitted
from motcua.rules.promises import Beginning, PromiseCause, SupplementClock
from motcua.rules.transitions import Action, Status, TransitionRefused, status_after

__all__ = [
    "ApplicationIncomplete",
    "NotPermitted",
    "PaperNotAskedFor",
    "StaleDossier",
    "TransitionRefused",
    "complete_supplement",
    "receive_supplement",
    "report_no_paper",
]


_AFTER = frozenset({Status.SUBMITTED, Status.IN_PROGRESS})
"""Where a supplement leads: handing it in again there is a button pressed twice."""


class PaperNeeded(Exception):
    """The paper at `position` is one that every case needs: the applicant cannot do without it."""

    def __init__(self, position: int) -> None:
        super().__init__(str(position))
        self.position = position


class SupplementUnanswered(Exception):
    """Of the papers asked for, those at `positions` were neither handed in nor explained."""

    def __init__(self, positions: Sequence[int]) -> None:
        super().__init__(str(positions))
        self.positions = tuple(positions)


@dataclass(frozen=True, slots=True)
class Brought:
    """What somebody brought of one paper asked for: sheets, a scan of them, or the reason why there is none."""

    originals_count: int = 0
    copies_count: int = 0
    file: StoredFile | None = None
    absence_reason: str = ""

    def answer(self) -> SupplementAnswer | None:
        """Return what it answers; None when nothing was brought and nothing said."""
        if self.originals_count or self.copies_count:
            return SupplementAnswer.ON_PAPER
        if self.file is not None:
            return SupplementAnswer.FILE
        return SupplementAnswer.NONE if self.absence_reason else None


@transaction.atomic
def report_no_paper(*, dossier: Dossier, position: int, reason: str, actor: User | None, at: datetime) -> Dossier:
    """Answer that there is no paper at `position`, and why, where only some cases need it.

    Raises `TransitionRefused` when nothing is asked for, `PaperNotAskedFor`, `PaperNeeded`.
    """
    dossier = lock(dossier.reference)
    status_after(dossier.stage, Action.COMPLETE_SUPPLEMENT)
    item = {item.paper.position: item for item in asked_items(dossier)}.get(position)
    if item is None:
        raise PaperNotAskedFor(position)
    if not may_go_without(is_needed=item.paper.required_paper.is_required):
        raise PaperNeeded(position)
    item.answer, item.paper.absence_reason = SupplementAnswer.NONE.value, reason[:300]
    item.save(update_fields=["answer"])
    item.paper.save(update_fields=["absence_reason"])
    advance(dossier, [])
    events.record(DraftChanged(subject=dossier.reference, part="ABSENCE"), actor=actor, at=at)
    return dossier


@transaction.atomic
def complete_supplement(*, dossier: Dossier, actor: User | None, at: datetime) -> Dossier:
    """Hand in what was asked for: the papers asked for are looked at anew.

    Before acceptance the desk's eight hours start again, after it the legal limit does (L-10). Each of them needs an
    answer given since. Doing it twice is safe. Raises `ApplicationIncomplete`, `TransitionRefused`.
    """
    dossier = lock(dossier.reference)
    if dossier.stage in _AFTER and dossier.supplement_requests.exists():
        return dossier
    dossier.status = status_after(dossier.stage, Action.COMPLETE_SUPPLEMENT)
    items = asked_items(dossier)
    found = supplement_gaps(application_facts(dossier), [item.as_rule() for item in items])
    if found:
        raise ApplicationIncomplete(found)
    answer_due_at = _take_in(dossier, items, at)
    events.record(SupplementCompleted(subject=dossier.reference, answer_due_at=answer_due_at), actor=actor, at=at)
    return dossier


@transaction.atomic
def receive_supplement(
    *,
    dossier: Dossier,
    officer: User,
    brought: Mapping[int, Brought],
    at: datetime,
    seen_version: int | None = None,
) -> Dossier:
    """Take at the counter what the desk asked for, and return the dossier, which waits for the desk's decision again.

    `brought` is by position; what the applicant answered online before stands unless something is brought for it.
    Raises `PaperNotAskedFor`, `SupplementUnanswered`, `StaleDossier`, `NotPermitted`, `TransitionRefused`.
    """
    dossier, dossier.status = begin(
        dossier=dossier,
        action=Action.RECEIVE_SUPPLEMENT,
        officer=officer,
        at=at,
        seen_version=seen_version,
        related=TERMS,
    )
    items = asked_items(dossier)
    outside = brought.keys() - {item.paper.position for item in items}
    if outside:
        raise PaperNotAskedFor(min(outside))
    answered = [item for item in items if _write_down(item, brought.get(item.paper.position, Brought()))]
    missing = unanswered(item.as_rule() for item in items)
    if missing:
        raise SupplementUnanswered(missing)
    SupplementItem.objects.bulk_update(answered, ["answer"])
    answer_due_at = _take_in(dossier, items, at)
    event = SupplementReceivedAtCounter(
        subject=dossier.reference,
        positions=tuple(item.paper.position for item in answered),
        answer_due_at=answer_due_at,
    )
    events.record(event, actor=officer, at=at)
    return dossier


def _write_down(item: SupplementItem, brought: Brought) -> bool:
    """Write what was brought of one paper, without saving it; tell whether it answers."""
    answer = brought.answer()
    if answer is None:
        return False
    paper = item.paper
    item.answer, paper.absence_reason = answer.value, ""
    if answer is SupplementAnswer.NONE:
        paper.absence_reason = brought.absence_reason[:300]
    elif answer is SupplementAnswer.ON_PAPER:
        paper.originals_count, paper.copies_count = brought.originals_count, brought.copies_count
    paper.file = brought.file or paper.file
    return True


def _take_in(dossier: Dossier, items: Sequence[SupplementItem], at: datetime) -> datetime | None:
    """Have desk or officer look at the papers anew, and return by when they must act."""
    papers = [item.paper for item in items]
    for paper in papers:
        paper.state, paper.note = CheckState.UNCHECKED.value, ""
    written = ["state", "note", "originals_count", "copies_count", "file", "absence_reason"]
    Paper.objects.bulk_update(papers, written)
    if dossier.accepted_at is None:
        give_to_desk_for_answer(dossier, at)
    else:
        _start_clock(dossier, at)
        reopen_verification(dossier, at)
    dossier.supplement_requests.filter(completed_at=None).update(completed_at=at)
    advance(dossier, ["status", *PROMISE, *HOLDER])
    return dossier.action_due_at


def _start_clock(dossier: Dossier, at: datetime) -> None:
    """Count the limit from zero (L-10), or go on with it where the sector's own law says so."""
    rules = clock_rules(dossier.procedure_version, timezone.localdate(dossier.accepted_at))
    if rules.supplement is SupplementClock.RESTART:
        begin_anew(dossier, Beginning.SUPPLEMENT_COMPLETED, PromiseCause.SUPPLEMENT, at)
        return
    asked = dossier.supplement_requests.get(completed_at=None)
    ground = ExcludedWait.Ground.SUPPLEMENT
    ExcludedWait.objects.create(dossier=dossier, ground=ground, began_at=asked.requested_at, ended_at=at)
    change_promise(dossier, PromiseCause.SUPPLEMENT, at)
