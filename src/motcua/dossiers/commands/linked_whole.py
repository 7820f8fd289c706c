"""Act on a linked application as a whole: give out all its results at once, take it back (B-21, B-22)."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Q

from motcua.accounts.models import User
from motcua.dossiers.commands.custody import HOLDER, close_open_parts, close_step, give_to_nobody
from motcua.dossiers.commands.guard import UNITS, advance, follow_later, lock
from motcua.dossiers.linked_events import (
    LinkedApplicationMoved,
    LinkedApplicationWithdrawn,
    LinkedLegWithdrawn,
    subject_of,
)
from motcua.dossiers.linked_facts import left_to_take_back, legs_of, rule_legs
from motcua.dossiers.models import Correction, Dossier, LinkedApplication, LinkedLeg, Step, Withdrawal
from motcua.kernel import events
from motcua.kernel.models import EventRecord
from motcua.rules.linked import ENDED, LEAD, LegState, waited_for
from motcua.rules.transitions import AWAITS_HANDING_OUT, NEXT, Action, Status, TransitionRefused


class LegsUnderWay(Exception):
    """Some legs, by number, have not ended: the results are given out once, together."""

    def __init__(self, numbers: Sequence[int]) -> None:
        super().__init__(str(numbers))
        self.numbers = tuple(numbers)


def lock_whole(dossier: Dossier) -> LinkedApplication | None:
    """Lock the application that `dossier` is a leg of, with all its dossiers; None for a dossier of its own.

    Every act on several legs locks in this order: the leading dossier, the application, the other dossiers in the order
    of their keys, as whatever goes through many dossiers does; the leading one has the smallest.
    """
    if dossier.linked_application_id is None:
        return None
    leads = Dossier.objects.select_for_update(of=("self",))
    leads.get(linked_application=dossier.linked_application_id, leg_number=LEAD)
    whole = LinkedApplication.objects.select_for_update(of=("self",)).select_related("group")
    application = whole.get(pk=dossier.linked_application_id)
    others = leads.filter(linked_application=application).exclude(leg_number=LEAD).order_by("pk")
    list(others.values_list("pk", flat=True))
    return application


def given_out_with(dossier: Dossier, whole: LinkedApplication | None, at: datetime) -> list[Dossier]:
    """Return, locked, the other legs' dossiers whose results go out with that of `dossier`.

    None where each goes out on its own, as one put right after all were given out, or of a leg that was not waited for.
    A leg that is late by more than its group waits keeps none back. Raises `LegsUnderWay`.
    """
    if whole is None or not whole.group.returns_together or whole.given_out_at is not None:
        return []
    others, legs = _others(dossier, whole), legs_of(whole.pk)
    states = {leg.number: leg.state for leg in rule_legs(legs, _by_leg([dossier, *others]))}
    _require_none_awaited(states, legs, at)
    return [row for row in others if row.stage in AWAITS_HANDING_OUT]


def given_out_then(dossier: Dossier, whole: LinkedApplication | None, given_at: datetime) -> list[Dossier]:
    """Return the same of a result that was given out on paper at `given_at` and is entered later (B-25).

    The legs count as they stood then, and no result goes along that has come to the desk since. Raises `LegsUnderWay`.
    """
    if whole is None or not whole.group.returns_together or (whole.given_out_at and whole.given_out_at <= given_at):
        return []
    others, legs = _others(dossier, whole), legs_of(whole.pk)
    _require_none_awaited(_states_at(legs, _by_leg([dossier, *others]), given_at), legs, given_at)
    waiting = [row for row in others if row.stage in AWAITS_HANDING_OUT]
    came_since = Step.objects.filter(dossier__in=waiting, finished_at=None, leg="", started_at__gt=given_at)
    too_late = set(came_since.values_list("dossier_id", flat=True))
    return [row for row in waiting if row.pk not in too_late]


def _require_none_awaited(states: Mapping[int, LegState], legs: Sequence[LinkedLeg], at: datetime) -> None:
    given_up = {leg.number for leg in legs if leg.awaited_until is not None and at > leg.awaited_until}
    running = waited_for(states, given_up=given_up)
    if running:
        raise LegsUnderWay(running)


def _states_at(legs: Sequence[LinkedLeg], dossiers: Mapping[int, Dossier], at: datetime) -> dict[int, LegState]:
    """Return where each leg stood at `at`, by number: a leg ended when it did first, put right or not (B-23)."""
    begun = Correction.objects.filter(dossier__in=dossiers.values(), reported_at__lte=at)
    still = begun.filter(Q(corrected_at=None) | Q(corrected_at__gt=at))
    put_right = set(still.values_list("dossier__leg_number", flat=True))
    found = dict[int, LegState]()
    for leg, rule in zip(legs, rule_legs(legs, dossiers), strict=True):
        dossier = dossiers.get(leg.number)
        ended_at = (dossier.finished_at or dossier.closed_at) if dossier else leg.ended_at
        if leg.number in put_right or (ended_at is not None and ended_at > at):
            found[leg.number] = LegState.OPEN
        elif ended_at is not None and rule.state not in ENDED:
            found[leg.number] = LegState.GRANTED  # what is wrong with it was found later
        else:
            found[leg.number] = rule.state
    return found


def note_given_out(whole: LinkedApplication, at: datetime) -> None:
    """Keep when a result of `whole`, locked, was given out first: from then on each goes out on its own (B-23)."""
    if whole.given_out_at is None or at < whole.given_out_at:
        whole.given_out_at = at
        whole.save(update_fields=["given_out_at"])


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
    assert whole is not None  # it is the leading one
    lead = lock(dossier.reference)
    take_back_what_is_left(lead, whole, action=Action.WITHDRAW, actor=actor, at=at)
    return lead


def take_back_what_is_left(
    lead: Dossier, whole: LinkedApplication, *, action: Action, actor: User | None, at: datetime
) -> bool:
    """Take back every leg that still may be, the `lead` among them, and tell whether this is the first time (B-22).

    Call it under `lock_whole`. Raises `TransitionRefused` for `action` where everything is decided.
    """
    every = [lead, *_others(lead, whole)]
    left = left_to_take_back(whole, _by_leg(every))
    if not left:
        if _is_taken_back(lead):
            return False
        raise TransitionRefused(lead.stage, action)
    _take_back(left.dossiers, actor=actor, at=at)
    _close_to_come(left.to_come, at)
    event = LinkedApplicationWithdrawn(
        subject=subject_of(lead.reference),
        withdrawn=tuple(row.leg_number or LEAD for row in left.dossiers),
        not_needed=tuple(leg.number for leg in left.to_come),
    )
    events.record(event, actor=actor, at=at)
    if not left.dossiers:
        follow_later(whole.pk)
    return True


def require_withdrawal_open(dossier: Dossier, whole: LinkedApplication | None, action: Action) -> None:
    """Raise `TransitionRefused` for a leg that may not be taken back any more as its group has it (B-22)."""
    if whole is None or (dossier.stage, action) not in NEXT:
        return
    if dossier not in left_to_take_back(whole, _by_leg([dossier, *_others(dossier, whole)])).dossiers:
        raise TransitionRefused(dossier.stage, action)


def take_back_with(dossier: Dossier, whole: LinkedApplication | None, *, officer: User, at: datetime) -> None:
    """Take back every leg not yet decided beside the leading `dossier`, which the desk then takes back (B-22)."""
    if whole is None or dossier.leg_number != LEAD:
        return
    left = left_to_take_back(whole, _by_leg([dossier, *_others(dossier, whole)]))
    _take_back([row for row in left.dossiers if row.pk != dossier.pk], actor=officer, at=at)
    _close_to_come(left.to_come, at)
    if left.to_come:
        event = LinkedApplicationMoved(
            subject=subject_of(whole.reference),
            opened=(),
            not_needed=tuple(leg.number for leg in left.to_come),
            state=whole.state,
            due_at=whole.due_at,
        )
        events.record(event, actor=officer, at=at)


def _take_back(dossiers: Sequence[Dossier], *, actor: User | None, at: datetime) -> None:
    for row in dossiers:
        row.status, row.closed_at = Status.WITHDRAWN, at
        close_open_parts(row, at)
        give_to_nobody(row)
        advance(row, ["status", "closed_at", *HOLDER])
    happened = [LinkedLegWithdrawn(subject=row.reference, leg=row.leg_number or LEAD) for row in dossiers]
    events.record_many(happened, actor=actor, at=at)


def _close_to_come(legs: Sequence[LinkedLeg], at: datetime) -> None:
    """Keep legs that have yet to open from ever doing so; under the lock of the application, so that no job is quicker.

    The leading leg stands for the whole that was taken back.
    """
    for leg in legs:
        leg.state, leg.because_of, leg.ended_at = LegState.NOT_NEEDED.value, LEAD, at
    LinkedLeg.objects.bulk_update(legs, ["state", "because_of", "ended_at"])


def _is_taken_back(lead: Dossier) -> bool:
    """Tell whether all that was left has been taken back before, online or at the desk."""
    kind = LinkedApplicationWithdrawn.__name__
    is_recorded = EventRecord.objects.filter(subject=subject_of(lead.reference), kind=kind).exists()
    return is_recorded or Withdrawal.objects.filter(dossier=lead).exists()


def _by_leg(dossiers: Sequence[Dossier]) -> dict[int, Dossier]:
    return {row.leg_number or LEAD: row for row in dossiers}


def _others(dossier: Dossier, whole: LinkedApplication) -> list[Dossier]:
    rows = Dossier.objects.select_for_update(of=("self",)).select_related(*UNITS)
    return list(rows.filter(linked_application=whole).exclude(pk=dossier.pk).order_by("pk"))
