"""Give the result to the applicant: by hand, by post or online (B step 16). It closes the dossier."""

from datetime import datetime

from django.db import transaction

from motcua.accounts.models import User
from motcua.dossiers.commands.custody import HOLDER, close_step, give_to_nobody
from motcua.dossiers.commands.guard import StaleDossier, advance, begin
from motcua.dossiers.events import ResultReturned
from motcua.dossiers.models import Dossier, Result, ReturnChannel
from motcua.kernel import events
from motcua.rules.permissions import NotPermitted
from motcua.rules.transitions import Action, Status, TransitionRefused

__all__ = [
    "NotPermitted",
    "ReturnedAnotherWay",
    "StaleDossier",
    "TransitionRefused",
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

    Raises `StaleDossier`, `NotPermitted`, `TransitionRefused`, as do all acts here.
    """
    dossier, status = begin(dossier=dossier, action=Action.HAND_OVER, officer=officer, at=at, seen_version=seen_version)
    Result.objects.filter(dossier=dossier).update(received_by=received_by[:150])
    return _close(dossier, status, ReturnChannel.AT_THE_DESK, officer=officer, at=at)


@transaction.atomic
def post_result(
    *, dossier: Dossier, officer: User, post_no: str, at: datetime, seen_version: int | None = None
) -> Dossier:
    """Give the result to the post under the number `post_no`; raises also `ReturnedAnotherWay`."""
    action = Action.POST_RESULT
    dossier, status = begin(dossier=dossier, action=action, officer=officer, at=at, seen_version=seen_version)
    _require_chosen(dossier, ReturnChannel.POST)
    Result.objects.filter(dossier=dossier).update(sent_by_post_no=post_no[:60])
    return _close(dossier, status, ReturnChannel.POST, officer=officer, at=at)


@transaction.atomic
def release_online(*, dossier: Dossier, officer: User, at: datetime, seen_version: int | None = None) -> Dossier:
    """Let the applicant fetch the result from their page; raises also `ReturnedAnotherWay`."""
    action = Action.RELEASE_ONLINE
    dossier, status = begin(dossier=dossier, action=action, officer=officer, at=at, seen_version=seen_version)
    _require_chosen(dossier, ReturnChannel.ONLINE)
    return _close(dossier, status, ReturnChannel.ONLINE, officer=officer, at=at)


def _require_chosen(dossier: Dossier, channel: ReturnChannel) -> None:
    chosen = ReturnChannel(dossier.return_channel)
    if chosen is not channel:
        raise ReturnedAnotherWay(chosen)


def _close(dossier: Dossier, status: Status, channel: ReturnChannel, *, officer: User, at: datetime) -> Dossier:
    close_step(dossier, by=officer, at=at, note="")
    give_to_nobody(dossier)
    dossier.status, dossier.closed_at = status, at
    advance(dossier, ["status", "closed_at", *HOLDER])
    events.record(ResultReturned(subject=dossier.reference, channel=channel.value), actor=officer, at=at)
    return dossier
