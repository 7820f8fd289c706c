"""Answer what the desk asked for: online paper by paper, or all at once at the counter."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from motcua.accounts.models import User
from motcua.documents.models import StoredFile
from motcua.dossiers.commands.custody import HOLDER, calendar_of, give_to_desk
from motcua.dossiers.commands.draft import PaperNotAskedFor
from motcua.dossiers.commands.guard import TERMS, StaleDossier, advance, begin, lock
from motcua.dossiers.commands.submit import ApplicationIncomplete
from motcua.dossiers.events import DraftChanged, SupplementCompleted, SupplementReceivedAtCounter
from motcua.dossiers.facts import application_facts, asked_items
from motcua.dossiers.models import Dossier, Paper, SupplementItem
from motcua.kernel import events
from motcua.rules.completeness import supplement_gaps
from motcua.rules.deadlines import intake_answer_due
from motcua.rules.papers import CheckState, SupplementAnswer, may_go_without, unanswered
from motcua.rules.permissions import NotPermitted
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
    """Hand in what the desk asked for: the papers asked for are looked at anew, the eight hours start again.

    Each of them needs an answer given since. Doing it twice is safe. Raises `ApplicationIncomplete`,
    `TransitionRefused`.
    """
    dossier = lock(dossier.reference)
    if dossier.stage is Status.SUBMITTED and dossier.supplement_requests.exists():
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


def _take_in(dossier: Dossier, items: Sequence[SupplementItem], at: datetime) -> datetime:
    """Have the desk look at the papers anew, and return by when it must answer."""
    dossier.supplement_requests.filter(completed_at=None).update(completed_at=at)
    papers = [item.paper for item in items]
    for paper in papers:
        paper.state, paper.note = CheckState.UNCHECKED.value, ""
    written = ["state", "note", "originals_count", "copies_count", "file", "absence_reason"]
    Paper.objects.bulk_update(papers, written)
    answer_due_at = intake_answer_due(at, calendar_of(dossier.receiving_unit, at))
    give_to_desk(dossier, due_at=answer_due_at)
    advance(dossier, ["status", *HOLDER])
    return answer_due_at
