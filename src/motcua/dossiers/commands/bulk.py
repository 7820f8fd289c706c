"""One act on many dossiers: ordered at once, done one by one by a job, undone as a whole until it starts (ux 20)."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog
from django.conf import settings
from django.db import OperationalError, transaction
from django.db.models import Count, Q

from motcua.accounts.models import User
from motcua.dossiers.commands.beside import NotSeen, NotToRemind
from motcua.dossiers.commands.bulk_acts import do_one
from motcua.dossiers.commands.guard import StaleDossier
from motcua.dossiers.commands.legs import LegUnclear, TheirsAlready
from motcua.dossiers.commands.process import NotAnOfficerThere
from motcua.dossiers.desk_events import BulkCancelled, BulkFinished, BulkOrdered
from motcua.dossiers.models import BulkItem, BulkJob, Dossier, Opening
from motcua.kernel import events
from motcua.rules.bulk import (
    BulkAct,
    ChangedSince,
    ItemOutcome,
    NobodyBefore,
    NotReversible,
    check_reversible,
)
from motcua.rules.permissions import NotPermitted
from motcua.rules.transitions import TransitionRefused
from motcua.rules.workflow_course import WayNotOpen
from motcua.rules.working_time import CalendarExhausted

__all__ = [
    "BulkIsEmpty",
    "BulkIsOver",
    "BulkOrder",
    "Chosen",
    "NotReversible",
    "cancel_bulk",
    "do_next",
    "order_bulk",
]

REFUSALS = (
    CalendarExhausted,
    ChangedSince,
    LegUnclear,
    NobodyBefore,
    NotAnOfficerThere,
    NotPermitted,
    NotSeen,
    NotToRemind,
    StaleDossier,
    TheirsAlready,
    TransitionRefused,
    WayNotOpen,
)
"""Why one dossier is left out while the others go on."""
FAULT = "Fault"
"""A dossier is left out because of a fault of ours, which stands in the log."""
_log = structlog.stdlib.get_logger(__name__)


class BulkIsEmpty(Exception):
    """No dossier was chosen."""


class BulkIsOver(Exception):
    """The job has come to its end: there is nothing left to stop."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """A dossier, and the version of it that the preview showed."""

    dossier_id: int
    version: int


@dataclass(frozen=True, slots=True)
class BulkOrder:
    """What to do, to whom to give the dossiers, and the words that go with it; `key` is the form's.

    `to` is for acts that name an officer. `takes_back` is the finished job to take back (TAKE_BACK alone).
    """

    key: uuid.UUID
    act: BulkAct
    chosen: Sequence[Chosen]
    to: User | None = None
    text: str = ""
    takes_back: BulkJob | None = None


@transaction.atomic
def order_bulk(*, order: BulkOrder, officer: User, at: datetime) -> BulkJob:
    """Order the job, to start when the time to undo it is over; the same key again returns the first job.

    What may not be done to a dossier is refused when its turn comes. Raises `BulkIsEmpty`, and `NotReversible` where
    what is to be taken back is under way still, somebody else's, or of a kind that no act takes back.
    """
    User.objects.select_for_update(of=("self",)).get(pk=officer.pk)  # two presses of one button come one by one
    known = BulkJob.objects.filter(key=order.key, ordered_by=officer).first()
    if known is not None:
        return known
    if order.takes_back is not None:
        _check_takes_back(order.takes_back, officer)
    if not order.chosen:
        raise BulkIsEmpty
    job = BulkJob.objects.create(
        key=order.key,
        act=order.act.value,
        to=order.to,
        takes_back=order.takes_back,
        text=order.text,
        ordered_by=officer,
        ordered_at=at,
        starts_at=at + timedelta(seconds=settings.BULK_UNDO_SECONDS),
    )
    BulkItem.objects.bulk_create(
        BulkItem(job=job, position=position, dossier_id=one.dossier_id, seen_version=one.version)
        for position, one in enumerate(order.chosen, start=1)
    )
    event = BulkOrdered(
        subject=job.record_subject,
        act=job.act,
        dossier_count=len(order.chosen),
        starts_at=job.starts_at,
        takes_back=str(order.takes_back.key) if order.takes_back else "",
    )
    events.record(event, actor=officer, at=at)
    return job


def _check_takes_back(job: BulkJob, officer: User) -> None:
    check_reversible(BulkAct(job.act), is_over=job.finished_at is not None)
    if job.ordered_by_id != officer.pk:
        raise NotReversible


@transaction.atomic
def cancel_bulk(*, job: BulkJob, officer: User, at: datetime) -> BulkJob:
    """Stop the job: before its start nothing is done, later the dossiers whose turn has not come are left alone.

    Stopping it twice changes nothing. Raises `BulkIsOver`, and `BulkJob.DoesNotExist` for somebody else's.
    """
    job = BulkJob.objects.select_for_update(of=("self",)).get(pk=job.pk, ordered_by=officer)
    if job.cancelled_at is not None:
        return job
    if job.finished_at is not None:
        raise BulkIsOver
    job.cancelled_at = job.finished_at = at
    job.save(update_fields=["cancelled_at", "finished_at"])
    left = job.items.filter(outcome=ItemOutcome.WAITING).update(outcome=ItemOutcome.CANCELLED)
    events.record(BulkCancelled(subject=job.record_subject, cancelled_count=left), actor=officer, at=at)
    return job


@transaction.atomic
def do_next(*, job: BulkJob, at: datetime) -> bool:
    """Do the next dossier of the job in a transaction of its own, and return whether the job is over.

    A dossier that was done is never done again, however often the job is started; one that is refused says why.
    """
    job = (
        BulkJob.objects.select_for_update(of=("self",)).select_related("ordered_by", "to", "takes_back").get(pk=job.pk)
    )
    if job.finished_at is not None:
        return True
    item = job.items.select_related("dossier").filter(outcome=ItemOutcome.WAITING).order_by("position").first()
    if item is None:
        _finish(job, at)
        return True
    item.outcome, item.done_at = ItemOutcome.DONE, at
    try:
        with transaction.atomic():
            done = do_one(job, item, at)
            item.done_version, item.former_id = done.version, done.former_id
            if done.has_moved:
                _note_seen(job, done.dossier)
    except REFUSALS as refusal:
        item.outcome, item.reason = ItemOutcome.REFUSED, type(refusal).__name__
    except OperationalError:
        raise  # the server was busy or away: the job tries again
    except Exception as fault:  # noqa: BLE001  # whatever it is, the others go on; its text may hold what people typed
        _log.error("bulk.dossier_left_out", job_id=job.pk, dossier_id=item.dossier_id, fault=type(fault).__name__)
        item.outcome, item.reason = ItemOutcome.REFUSED, FAULT
    item.save(update_fields=["outcome", "reason", "done_at", "done_version", "former"])
    return False


def _finish(job: BulkJob, at: datetime) -> None:
    job.finished_at = at
    job.save(update_fields=["finished_at"])
    counted = job.items.aggregate(
        done=Count("pk", filter=Q(outcome=ItemOutcome.DONE)), refused=Count("pk", filter=Q(outcome=ItemOutcome.REFUSED))
    )
    event = BulkFinished(subject=job.record_subject, done_count=counted["done"], refused_count=counted["refused"])
    events.record(event, actor=job.ordered_by, at=at)


def _note_seen(job: BulkJob, dossier: Dossier) -> None:
    """Whoever ordered the change need not be told of it as of something unread."""
    seen = Opening.objects.filter(user=job.ordered_by, dossier=dossier, seen_version=dossier.version - 1)
    seen.update(seen_version=dossier.version)
