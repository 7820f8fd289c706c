"""Look a dossier up by its code and PIN, without an account; guessing is slowed down until it is useless."""

import hmac
from datetime import datetime, timedelta

from django.db import transaction

from motcua.dossiers.commands.callers import Allowance, caller_digest, free_again
from motcua.dossiers.models import Dossier, LookupFailure

FREE_TRIES = 5
FIRST_LOCK = timedelta(minutes=15)
REMEMBERED = timedelta(days=1)
# Whole communes share one address of their telephone company, so a place is allowed far more than a code.
TRIES_FROM_ONE_PLACE = 100
FROM_ONE_PLACE = Allowance(TRIES_FROM_ONE_PLACE, timedelta(hours=1))


class LookupRefused(Exception):
    """No dossier has that code and PIN; whether it was the code or the PIN is not told."""


class LookupLocked(Exception):
    """Too many wrong tries, for that code or from that place; the next one is heard `until`."""

    def __init__(self, until: datetime) -> None:
        super().__init__(until.isoformat())
        self.until = until


def look_up(*, public_code: str, pin: str, at: datetime, client: str = "") -> Dossier:
    """Return the dossier of that code and PIN; raises `LookupRefused` or `LookupLocked`.

    After five wrong tries within a day a dossier is locked for 15 minutes, and for twice as long after each further
    one, whichever of its two codes is typed. A code that does not exist is treated alike, so that the answer does not
    tell which codes exist. `client` is the network address asked from, of which only a keyed digest is kept; 100 wrong
    tries from that network within an hour, for whichever codes, lock it until the first of them is an hour old. An
    empty one is not counted.
    """
    clean, place = "".join(public_code.split()).upper()[:64], caller_digest(client)
    dossier = Dossier.objects.submitted().with_public_code(clean).first()
    if dossier is not None:
        clean = dossier.reference
    refuse_if_locked(clean, place, at)
    if dossier is None or not hmac.compare_digest(dossier.lookup_pin.encode(), pin.strip().encode()):
        remember_failure(clean, place, at)
        raise LookupRefused
    return dossier


def locked_for(failure_count: int) -> timedelta:
    """Return how long a code is locked after that many wrong tries within a day; zero up to the free ones."""
    beyond = failure_count - FREE_TRIES
    return FIRST_LOCK * 2 ** min(beyond, 6) if beyond >= 0 else timedelta()


def refuse_if_locked(clean: str, place: str, at: datetime) -> None:
    """Raise `LookupLocked` after too many wrong tries for that code or from that place, a digest of `caller_digest`."""
    _refuse_if_place_locked(place, at)
    failures = LookupFailure.objects.filter(public_code=clean, at__gt=at - REMEMBERED).order_by("-at")
    moments = list(failures.values_list("at", flat=True)[:20])
    if moments and at < (until := moments[0] + locked_for(len(moments))):
        raise LookupLocked(until)


def _refuse_if_place_locked(place: str, at: datetime) -> None:
    if not place:
        return
    if until := free_again(LookupFailure.objects.filter(client=place), FROM_ONE_PLACE, at):
        raise LookupLocked(until)


@transaction.atomic
def remember_failure(clean: str, place: str, at: datetime) -> None:
    """Count one more wrong try."""
    LookupFailure.objects.create(public_code=clean, client=place, at=at)
