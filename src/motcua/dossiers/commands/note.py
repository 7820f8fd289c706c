"""What is written into a dossier without moving it: guidance, the minutes of a check, a rating (B steps 1, 9, 17)."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from motcua.accounts.models import User
from motcua.documents.models import StoredFile
from motcua.dossiers.commands.guard import StaleDossier, advance, begin, lock
from motcua.dossiers.events import ApplicantGuided, DossierRated, VerificationRecorded
from motcua.dossiers.models import Dossier, Guidance, Rating, Verification
from motcua.kernel import events
from motcua.rules.permissions import NotPermitted
from motcua.rules.transitions import Action, TransitionRefused, status_after

__all__ = ["NotPermitted", "StaleDossier", "TransitionRefused", "guide", "rate", "record_verification"]


class VerifiedInFuture(Exception):
    """The check is said to have begun later than now."""


@transaction.atomic
def guide(*, dossier: Dossier, officer: User, text: str, at: datetime, seen_version: int | None = None) -> Dossier:
    """Tell the applicant what to do, before the desk decides.

    Raises `StaleDossier`, `NotPermitted`, `TransitionRefused`.
    """
    dossier, _ = begin(dossier=dossier, action=Action.GUIDE, officer=officer, at=at, seen_version=seen_version)
    Guidance.objects.create(dossier=dossier, text=text, given_by=officer, given_at=at)
    advance(dossier, [])
    events.record(ApplicantGuided(subject=dossier.reference), actor=officer, at=at)
    return dossier


@dataclass(frozen=True, slots=True)
class Minutes:
    """When, where and with whom the check was made, and what it found; `file` are the signed minutes if any."""

    began_at: datetime
    place: str
    participants: str
    findings: str
    file: StoredFile | None = None


@transaction.atomic
def record_verification(
    *, dossier: Dossier, officer: User, minutes: Minutes, at: datetime, seen_version: int | None = None
) -> Dossier:
    """Keep the minutes of a check on the spot (Decree 61/2018 Art 19.3).

    Raises `VerifiedInFuture`, `StaleDossier`, `NotPermitted`, `TransitionRefused`.
    """
    action = Action.RECORD_VERIFICATION
    dossier, _ = begin(dossier=dossier, action=action, officer=officer, at=at, seen_version=seen_version)
    if minutes.began_at > at:
        raise VerifiedInFuture
    Verification.objects.create(
        dossier=dossier,
        began_at=minutes.began_at,
        place=minutes.place,
        participants=minutes.participants,
        findings=minutes.findings,
        file=minutes.file,
        recorded_by=officer,
        recorded_at=at,
    )
    advance(dossier, [])
    events.record(VerificationRecorded(subject=dossier.reference), actor=officer, at=at)
    return dossier


@transaction.atomic
def rate(*, dossier: Dossier, score: int, comment: str, actor: User | None, at: datetime) -> Dossier:
    """Keep what the applicant thought, from 1 to 5; a second rating changes nothing.

    Raises `TransitionRefused` before the result was returned.
    """
    dossier = lock(dossier.reference)
    status_after(dossier.stage, Action.RATE)
    if Rating.objects.filter(dossier=dossier).exists():
        return dossier
    Rating.objects.create(dossier=dossier, score=score, comment=comment[:500], rated_at=at)
    advance(dossier, [])
    events.record(DossierRated(subject=dossier.reference, score=score), actor=actor, at=at)
    return dossier
