"""Act on a linked application as a whole: give out all its results at once, take it back (B-21, B-22)."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from motcua.accounts.models import User
from motcua.dossiers.commands.custody import HOLDER, close_open_parts, close_step, give_to_nobody
from motcua.dossiers.commands.guard import UNITS, advance, lock
from motcua.dossiers.linked_events import LinkedApplicationWithdrawn, subject_of
from motcua.dossiers.linked_facts import legs_of, rule_legs
from motcua.dossiers.models import Dossier, LinkedApplication
from motcua.kernel import events
from motcua.rules.linked import ENDED, LEAD
from motcua.rules.transitions import NEXT, Action, Status, TransitionRefused


class LegsUnderWay(Exception):
    """Some legs, by number, have not ended: the results are given out once, together."""

    def __init__(self, numbers: Sequence[int]) -> None:
        super().__init__(str(numbers))
        self.numbers = tuple(numbers)


def lock_whole(dossier: Dossier) -> LinkedApplication | None:
    """Lock the application that `dossier` is a leg of and return it; None for a dossier of its own.

    Every act on several legs locks in this order: the leading dossier, the application, the other dossiers by number.
    """
    if dossier.linked_application_id is None:
        return None
    leads = Dossier.objects.select_for_update(of=("self",))
    leads.get(linked_application=dossier.linked_application_id, leg_number=LEAD)
    whole = LinkedApplication.objects.select_for_update(of=("self",)).select_related("group")
    return whole.get(pk=dossier.linked_application_id)


def given_out_with(dossier: Dossier, whole: LinkedApplication | None) -> list[Dossier]:
    """Return, locked, the other legs' dossiers whose results go out with that of `dossier`.

    None where each goes out on its own. Raises `LegsUnderWay`.
    """
    if whole is None or not whole.group.returns_together:
        return []
    others = _others(dossier, whole)
    by_leg = {row.leg_number or LEAD: row for row in [dossier, *others]}
    standing = rule_legs(legs_of(whole.pk), by_leg)
    running = [leg.number for leg in standing if leg.state not in ENDED]
    if running:
        raise LegsUnderWay(running)
    return [row for row in others if row.stage in {Status.DONE, Status.REFUSED}]


def close_with(dossiers: Sequence[Dossier], *, officer: User, at: datetime) -> None:
    """Close the legs whose results went out with another's; the caller records the event."""
    for dossier in dossiers:
        close_step(dossier, by=officer, at=at, note="")
        give_to_nobody(dossier)
        dossier.status, dossier.closed_at = Status.RETURNED, at
        advance(dossier, ["status", "closed_at", *HOLDER])


@transaction.atomic
def withdraw_whole(*, dossier: Dossier, actor: User | None, at: datetime) -> Dossier:
    """Take back a linked application: every leg not yet decided; what has been decided stays (B-22).

    `dossier` is the leading one, and is returned. Doing it twice is safe. Raises `TransitionRefused`.
    """
    whole = lock_whole(dossier)
    lead = lock(dossier.reference)
    every = [lead, *(_others(lead, whole) if whole else [])]
    open_ones = [row for row in every if (row.stage, Action.WITHDRAW) in NEXT]
    if not open_ones:
        if any(row.stage is Status.WITHDRAWN for row in every):
            return lead
        raise TransitionRefused(lead.stage, Action.WITHDRAW)
    _take_back(open_ones, at)
    withdrawn = tuple(row.leg_number or LEAD for row in open_ones)
    event = LinkedApplicationWithdrawn(subject=subject_of(lead.reference), withdrawn=withdrawn)
    events.record(event, actor=actor, at=at)
    return lead


def take_back_with(dossier: Dossier, whole: LinkedApplication | None, at: datetime) -> None:
    """Take back every leg not yet decided beside the leading `dossier`, which the desk is taking back (B-22)."""
    if whole is not None and dossier.leg_number == LEAD:
        _take_back([row for row in _others(dossier, whole) if (row.stage, Action.WITHDRAW) in NEXT], at)


def _take_back(dossiers: Sequence[Dossier], at: datetime) -> None:
    for row in dossiers:
        row.status, row.closed_at = Status.WITHDRAWN, at
        close_open_parts(row, at)
        give_to_nobody(row)
        advance(row, ["status", "closed_at", *HOLDER])


def _others(dossier: Dossier, whole: LinkedApplication) -> list[Dossier]:
    rows = Dossier.objects.select_for_update(of=("self",)).select_related(*UNITS)
    return list(rows.filter(linked_application=whole).exclude(pk=dossier.pk).order_by("leg_number"))
