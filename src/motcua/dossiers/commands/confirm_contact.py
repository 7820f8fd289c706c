"""Prove that a phone number or an e-mail address is the applicant's, by a code sent to it."""

import hmac
import secrets
from datetime import datetime, timedelta
from hashlib import sha256

from django.conf import settings
from django.db import transaction

from motcua.dossiers.commands.guard import lock
from motcua.dossiers.events import ContactCodeSent, ContactConfirmed
from motcua.dossiers.models import Applicant, ContactCode, Dossier
from motcua.kernel import events

LIFETIME = timedelta(minutes=15)
PAUSE_BEFORE_NEXT = timedelta(seconds=60)
WRONG_AT_MOST = 5


class CodeRefused(Exception):
    """A code was not taken; `reason` is WRONG, EXPIRED, TOO_MANY, TOO_SOON or NO_ADDRESS."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@transaction.atomic
def send_contact_code(*, dossier: Dossier, channel: ContactCode.Channel, at: datetime) -> None:
    """Send a six-digit code to the applicant's phone or e-mail address, good for 15 minutes.

    A code asked for within a minute of the last one is refused (`CodeRefused` TOO_SOON), and so is one without an
    address (NO_ADDRESS).
    """
    dossier = lock(dossier.reference)
    applicant = Applicant.objects.get(dossier=dossier)
    address = applicant.email if channel == ContactCode.Channel.EMAIL else applicant.phone
    if not address:
        raise CodeRefused("NO_ADDRESS")
    sent = dossier.contact_codes.filter(channel=channel).first()
    if sent and sent.address == address and sent.sent_at > at - PAUSE_BEFORE_NEXT:
        raise CodeRefused("TOO_SOON")
    code = f"{secrets.randbelow(1_000_000):06}"
    ContactCode.objects.update_or_create(
        dossier=dossier,
        channel=channel,
        defaults={
            "address": address,
            "digest": _digest(dossier, channel, code),
            "sent_at": at,
            "wrong_count": 0,
            "confirmed_at": None,
        },
    )
    events.record(
        ContactCodeSent(subject=dossier.reference, channel=channel.value, secret=events.Secret(code)), actor=None, at=at
    )


def confirm_contact(*, dossier: Dossier, channel: ContactCode.Channel, code: str, at: datetime) -> None:
    """Confirm an address by the code sent to it; raises `CodeRefused`.

    A wrong code is counted and the count survives the refusal; after five the code is worth nothing.
    """
    reason = _try_code(dossier, channel, code, at)
    if reason:
        raise CodeRefused(reason)


@transaction.atomic
def _try_code(dossier: Dossier, channel: ContactCode.Channel, code: str, at: datetime) -> str:
    dossier = lock(dossier.reference)
    sent = dossier.contact_codes.filter(channel=channel).first()
    if sent is None or sent.sent_at < at - LIFETIME:
        return "EXPIRED"
    if sent.wrong_count >= WRONG_AT_MOST:
        return "TOO_MANY"
    if not hmac.compare_digest(sent.digest, _digest(dossier, channel, "".join(code.split()))):
        sent.wrong_count += 1
        sent.save(update_fields=["wrong_count"])
        return "WRONG"
    if sent.confirmed_at is None:
        sent.confirmed_at = at
        sent.save(update_fields=["confirmed_at"])
        events.record(ContactConfirmed(subject=dossier.reference, channel=channel.value), actor=None, at=at)
    return ""


def _digest(dossier: Dossier, channel: ContactCode.Channel, code: str) -> str:
    said = f"{dossier.reference} {channel} {code}".encode()
    return hmac.new(settings.SECRET_KEY.encode(), said, sha256).hexdigest()
