"""Follow a linked application: open the legs whose turn has come, close those that never will, end the whole (B-21).

Whatever happens to a leg's dossier defers the job that does this, in the same transaction; a sweep finds what is left.
It looks only at how things stand, under the lock of the application, so doing it twice changes nothing.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime

import structlog
from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from motcua.dossiers.commands.linked_legs import open_leg
from motcua.dossiers.commands.linked_promise import WHOLE_PROMISE, move_the_whole
from motcua.dossiers.commands.promise import LimitUnknown
from motcua.dossiers.linked_events import (
    LinkedApplicationEnded,
    LinkedApplicationMoved,
    LinkedApplicationReopened,
    subject_of,
)
from motcua.dossiers.linked_facts import dossiers_by_leg, legs_with_limits, rule_legs
from motcua.dossiers.models import Dossier, LinkedApplication, LinkedLeg
from motcua.kernel import events
from motcua.kernel.models import EventRecord
from motcua.organisations.facts import NoAgencyIdentifier
from motcua.rules.deadlines import outcome
from motcua.rules.linked import ENDED, LEAD, OVER, Course, LegState, course
from motcua.rules.transitions import FINAL
from motcua.rules.working_time import CalendarExhausted

_log = structlog.stdlib.get_logger(__name__)


@transaction.atomic
def follow_linked(*, application_id: int, at: datetime) -> LinkedApplication:
    """Bring the application to where its legs have it, and return it; every leg opens exactly once.

    One that was over is under way again while a result of it is put right (B-23). Raises
    `LinkedApplication.DoesNotExist`.
    """
    locked = LinkedApplication.objects.select_for_update(of=("self",)).select_related("group")
    application = locked.get(pk=application_id)
    dossiers = dossiers_by_leg(application)
    if LEAD not in dossiers:
        return application
    if application.closed_at is not None and not _reopen(application, dossiers, at):
        return application
    legs = legs_with_limits(application.pk)
    is_accepted = application.accepted_at is not None
    found = course(rule_legs(legs, dossiers), has_been_accepted=is_accepted)
    for number in found.opens:
        dossiers[number] = open_leg(application, legs[number - 1], dossiers, at)
    has_moved = is_accepted and move_the_whole(application, legs, dossiers, at)
    _write_legs(legs, found, dossiers, at)
    if found.opens or found.closes or has_moved:
        event = LinkedApplicationMoved(
            subject=subject_of(application.reference),
            opened=found.opens,
            not_needed=tuple(closing.number for closing in found.closes),
            state=found.whole.value,
            due_at=application.due_at,
        )
        events.record(event, actor=None, at=at)
    application.state = found.whole.value
    ended = [leg.ended_at for leg in legs if leg.ended_at is not None]
    if application.finished_at is None and len(ended) == len(legs):
        application.finished_at = max(ended)
    if found.whole in OVER and application.finished_at is not None:
        _end(application, application.finished_at, dossiers, at)
    application.save(update_fields=["state", "finished_at", "closed_at", *WHOLE_PROMISE])
    return application


def _reopen(application: LinkedApplication, dossiers: Mapping[int, Dossier], at: datetime) -> bool:
    """Take one that was over up again, when a result of it is being put right (B-23); tell whether it was."""
    again = tuple(number for number, dossier in dossiers.items() if dossier.stage not in FINAL)
    if again:
        application.closed_at = None
        event = LinkedApplicationReopened(subject=subject_of(application.reference), legs=again)
        events.record(event, actor=None, at=at)
    return bool(again)


def follow_open_applications(at: datetime) -> int:
    """Follow every accepted application that is not over, one a transaction; return how many were followed.

    One that was over counts among them while a result of it is put right.

    One that cannot be followed, because its calendar, the identifier of its desk or a limit is missing, keeps none of
    the others waiting.
    """
    running = Dossier.objects.filter(linked_application=OuterRef("pk"), closed_at=None)
    open_ones = LinkedApplication.objects.filter(Q(closed_at=None) | Exists(running), accepted_at__isnull=False)
    found = list(open_ones.order_by("pk").values_list("pk", flat=True))
    return sum(_can_follow(pk, at) for pk in found)


def _can_follow(application_id: int, at: datetime) -> bool:
    try:
        follow_linked(application_id=application_id, at=at)
    except (CalendarExhausted, LimitUnknown, NoAgencyIdentifier) as error:
        # The kind of the fault alone: its text may name people, or say what they typed.
        _log.warning("linked_application.not_followed", application_id=application_id, fault=type(error).__name__)
        return False
    return True


def _write_legs(legs: Sequence[LinkedLeg], found: Course, dossiers: Mapping[int, Dossier], at: datetime) -> None:
    """Write down where each leg stands, when it ended, and which leg keeps it from opening.

    A leg that is not needed ended with the leg that decides so, however late the job comes; one whose result is being
    put right ended when it had one first (B-23).
    """
    by_number = {leg.number: leg for leg in legs}
    because_of = {closing.number: closing.because_of for closing in found.closes}
    for leg, rule in zip(legs, rule_legs(legs, dossiers), strict=True):
        leg.state = LegState.NOT_NEEDED.value if leg.number in because_of else rule.state.value
        leg.because_of = because_of.get(leg.number, leg.because_of)
        dossier = dossiers.get(leg.number)
        if leg.stage not in ENDED:
            leg.ended_at = dossier.finished_at if dossier else None
        elif leg.ended_at is None:
            if dossier is not None:
                leg.ended_at = dossier.finished_at or dossier.closed_at or at
            else:
                # The deciding leg has a smaller number, so its end is known by now.
                leg.ended_at = (by_number[leg.because_of].ended_at if leg.because_of else None) or at
    LinkedLeg.objects.bulk_update(legs, ["state", "because_of", "ended_at"])


def _end(application: LinkedApplication, finished_at: datetime, dossiers: Mapping[int, Dossier], at: datetime) -> None:
    """Tell that all is there, once; the whole is closed when nothing waits to be given out any more.

    It ended with the last of its legs, also where another's result was being put right by then (R-2, B-23).
    """
    subject, kind = subject_of(application.reference), LinkedApplicationEnded.__name__
    if not EventRecord.objects.filter(subject=subject, kind=kind).exists():
        said = outcome(finished_at, application.due_at).value if application.due_at else ""
        event = LinkedApplicationEnded(subject=subject, state=application.state, outcome=said)
        events.record(event, actor=None, at=at)
    if all(dossier.stage in FINAL for dossier in dossiers.values()):
        application.closed_at = at
