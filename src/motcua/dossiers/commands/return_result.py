"""Give the result to the applicant: by hand, by post or online (B step 16). It closes the dossier.

The results of a linked application go out at once, with whichever of its dossiers is given out, when every leg has
ended (B-21); each on its own where the group says so.
"""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Max

from motcua.accounts.models import User
from motcua.dossiers.commands.custody import HOLDER, close_step, give_to_nobody
from motcua.dossiers.commands.guard import StaleDossier, advance, begin
from motcua.dossiers.commands.linked_whole import (
    LegsUnderWay,
    close_with,
    given_out_then,
    given_out_with,
    lock_whole,
    note_given_out,
)
from motcua.dossiers.commands.paper_mode import outage_chosen
from motcua.dossiers.events import ResultReturned
from motcua.dossiers.linked_events import LinkedResultReturned
from motcua.dossiers.models import Dossier, LinkedApplication, PaperReturn, Result, ReturnChannel
from motcua.dossiers.paper_events import ReturnEnteredFromPaper
from motcua.kernel import events
from motcua.rules.paper_mode import EntryRefused, check_return
from motcua.rules.permissions import NotPermitted
from motcua.rules.transitions import Action, Status, TransitionRefused

__all__ = [
    "EntryRefused",
    "GivenOnPaper",
    "LegsUnderWay",
    "NotPermitted",
    "ReturnedAnotherWay",
    "StaleDossier",
    "TransitionRefused",
    "enter_hand_over",
    "hand_over",
    "post_result",
    "release_online",
]


class ReturnedAnotherWay(Exception):
    """The applicant chose to have the result by `channel`, so it cannot go out by post or online."""

    def __init__(self, channel: ReturnChannel) -> None:
        super().__init__(channel.value)
        self.channel = channel


@transaction.atomic
def hand_over(
    *, dossier: Dossier, officer: User, received_by: str, at: datetime, seen_version: int | None = None
) -> Dossier:
    """Give the result to the applicant or whoever they sent, whatever way they chose before.

    Raises `StaleDossier`, `NotPermitted`, `TransitionRefused`, `LegsUnderWay`, as do all acts here.
    """
    out = _begin(dossier, Action.HAND_OVER, officer, at, seen_version)
    Result.objects.filter(dossier__in=out.every).update(received_by=received_by[:150])
    return _close(out, ReturnChannel.AT_THE_DESK, officer=officer, at=at)


@dataclass(frozen=True, slots=True)
class GivenOnPaper:
    """Who took a result at the desk while the system was down, and when."""

    received_by: str
    given_at: datetime


@transaction.atomic
def enter_hand_over(
    *, dossier: Dossier, officer: User, given: GivenOnPaper, at: datetime, seen_version: int | None = None
) -> Dossier:
    """Enter that the desk gave the result out on paper during an outage, at its original moment (B-25).

    Raises also `EntryRefused`.
    """
    whole = lock_whole(dossier)
    dossier, status = begin(dossier=dossier, action=Action.HAND_OVER, officer=officer, at=at, seen_version=seen_version)
    outage = outage_chosen(
        dossier.receiving_unit_id,
        lambda outages: check_return(_ready_at(dossier), given.given_at, outages, at=at),
    )
    out = _GoingOut(dossier, status, whole, given_out_then(dossier, whole, given.given_at))
    Result.objects.filter(dossier__in=out.every).update(received_by=given.received_by[:150])
    for one in out.every:
        flag = {"outage": outage, "given_at": given.given_at, "entered_at": at, "entered_by": officer}
        PaperReturn.objects.update_or_create(dossier=one, defaults=flag)
    happened = ReturnEnteredFromPaper(subject=out.dossier.reference, given_at=given.given_at)
    return _close(out, ReturnChannel.AT_THE_DESK, officer=officer, at=at, given=_OnPaper(given.given_at, happened))


@transaction.atomic
def post_result(
    *, dossier: Dossier, officer: User, post_no: str, at: datetime, seen_version: int | None = None
) -> Dossier:
    """Give the result to the post under the number `post_no`; raises also `ReturnedAnotherWay`."""
    out = _begin(dossier, Action.POST_RESULT, officer, at, seen_version)
    _require_chosen(out.dossier, ReturnChannel.POST)
    Result.objects.filter(dossier__in=out.every).update(sent_by_post_no=post_no[:60])
    return _close(out, ReturnChannel.POST, officer=officer, at=at)


@transaction.atomic
def release_online(*, dossier: Dossier, officer: User, at: datetime, seen_version: int | None = None) -> Dossier:
    """Let the applicant fetch the result from their page; raises also `ReturnedAnotherWay`."""
    out = _begin(dossier, Action.RELEASE_ONLINE, officer, at, seen_version)
    _require_chosen(out.dossier, ReturnChannel.ONLINE)
    return _close(out, ReturnChannel.ONLINE, officer=officer, at=at)


@dataclass(frozen=True, slots=True)
class _GoingOut:
    """The dossier whose result is given out, the status that follows, and the other legs whose results go with it.

    `whole` is the linked application they belong to, None for a dossier of its own.
    """

    dossier: Dossier
    status: Status
    whole: LinkedApplication | None
    others: list[Dossier]

    @property
    def every(self) -> list[Dossier]:
        """All dossiers whose results go out."""
        return [self.dossier, *self.others]


@dataclass(frozen=True, slots=True)
class _OnPaper:
    """When a result was given out that is entered later, and the event that says so."""

    at: datetime
    event: ReturnEnteredFromPaper


def _begin(dossier: Dossier, action: Action, officer: User, at: datetime, seen_version: int | None) -> _GoingOut:
    whole = lock_whole(dossier)
    dossier, status = begin(dossier=dossier, action=action, officer=officer, at=at, seen_version=seen_version)
    return _GoingOut(dossier, status, whole, given_out_with(dossier, whole, at))


def _require_chosen(dossier: Dossier, channel: ReturnChannel) -> None:
    chosen = ReturnChannel(dossier.return_channel)
    if chosen is not channel:
        raise ReturnedAnotherWay(chosen)


def _ready_at(dossier: Dossier) -> datetime:
    """Return since when the result lies at the desk: when its open step began."""
    ready: datetime = dossier.steps.filter(finished_at=None, leg="").aggregate(at=Max("started_at"))["at"]
    return ready


def _close(
    out: _GoingOut, channel: ReturnChannel, *, officer: User, at: datetime, given: _OnPaper | None = None
) -> Dossier:
    """Close what goes out, when it was `given` on paper, else at `at`."""
    dossier, status = out.dossier, out.status
    event = given.event if given else ResultReturned(subject=dossier.reference, channel=channel.value)
    closed_at = given.at if given else at
    close_step(dossier, by=officer, at=closed_at, note="")
    give_to_nobody(dossier)
    dossier.status, dossier.closed_at = status, closed_at
    advance(dossier, ["status", "closed_at", *HOLDER])
    if out.whole is not None:
        note_given_out(out.whole, closed_at)
    if out.others:
        close_with(out.others, officer=officer, at=closed_at)
        events.record_many(
            [
                LinkedResultReturned(subject=one.reference, channel=channel.value, given_at=given.at if given else None)
                for one in out.others
            ],
            actor=officer,
            at=at,
        )
    events.record(event, actor=officer, at=at)
    return dossier
