"""Ask for papers after acceptance: once, by the processing officer; again only by the agency head (B step 10, R-4)."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from motcua.accounts.models import User
from motcua.dossiers.commands.asking import AskedBefore, Asking, NothingAskedFor, ask, asked_count, positions_of
from motcua.dossiers.commands.custody import HOLDER, calendar_of, close_step, give_to_nobody
from motcua.dossiers.commands.guard import FORM, StaleDossier, advance, begin
from motcua.dossiers.commands.irregular import note_irregularity
from motcua.dossiers.events import SecondSupplementRequested, SupplementRequested
from motcua.dossiers.models import Dossier, SupplementRequest
from motcua.kernel import events
from motcua.rules.irregularities import Irregularity
from motcua.rules.permissions import NotPermitted
from motcua.rules.promises import supplement_notice_due
from motcua.rules.transitions import Action, Status, TransitionRefused

__all__ = [
    "AskedBefore",
    "Asking",
    "NotPermitted",
    "NothingAskedFor",
    "StaleDossier",
    "TransitionRefused",
    "override_supplement",
    "request_supplement",
]


class NotAskedBefore(Exception):
    """The agency head need not make an exception: the officer has not asked yet."""


@transaction.atomic
def request_supplement(
    *, dossier: Dossier, officer: User, asking: Asking, at: datetime, seen_version: int | None = None
) -> Dossier:
    """Ask for papers once the dossier is accepted; the clock starts anew when they are there (L-10).

    Asking later than three working days after acceptance is kept as an irregularity (F10). Raises `AskedBefore` for a
    second time (R-4), `NothingAskedFor`, `Paper.DoesNotExist`, `StaleDossier`, `NotPermitted`, `TransitionRefused`.
    """
    action = Action.REQUEST_SUPPLEMENT
    dossier, status = begin(
        dossier=dossier, action=action, officer=officer, at=at, seen_version=seen_version, related=FORM
    )
    if asked_count(dossier, after_acceptance=True):
        raise AskedBefore
    request = _ask(dossier, status, asking, officer=officer, at=at)
    event = SupplementRequested(
        subject=dossier.reference, document=request.document.number, positions=positions_of(request)
    )
    events.record(event, actor=officer, at=at)
    return dossier


@transaction.atomic
def override_supplement(
    *, dossier: Dossier, officer: User, asking: Asking, at: datetime, seen_version: int | None = None
) -> Dossier:
    """Ask a second time, as the head of the agency, and answer for it: it is a finding (R-4, F10).

    Raises `NotAskedBefore` when the officer may still ask, and as `request_supplement`.
    """
    action = Action.OVERRIDE_SUPPLEMENT
    dossier, status = begin(
        dossier=dossier, action=action, officer=officer, at=at, seen_version=seen_version, related=FORM
    )
    if not asked_count(dossier, after_acceptance=True):
        raise NotAskedBefore
    request = _ask(dossier, status, asking, officer=officer, at=at, is_exception=True)
    note_irregularity(dossier, Irregularity.SECOND_SUPPLEMENT, by=officer, at=at, reason=asking.reason)
    event = SecondSupplementRequested(
        subject=dossier.reference, document=request.document.number, positions=positions_of(request)
    )
    events.record(event, actor=officer, at=at)
    return dossier


def _ask(
    dossier: Dossier, status: Status, asking: Asking, *, officer: User, at: datetime, is_exception: bool = False
) -> SupplementRequest:
    dossier.status = status
    request = ask(dossier, asking, officer=officer, at=at, is_exception=is_exception)
    close_step(dossier, by=officer, at=at, note=asking.reason)
    give_to_nobody(dossier)
    advance(dossier, ["status", *HOLDER])
    if dossier.accepted_at is not None:
        calendar = calendar_of(dossier.competent_unit, at)
        if at > supplement_notice_due(timezone.localtime(dossier.accepted_at), calendar):
            note_irregularity(dossier, Irregularity.LATE_SUPPLEMENT, by=officer, at=at)
    return request
