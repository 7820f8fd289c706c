"""Prove that a phone number or an e-mail address is the applicant's, by a code sent to it."""

import hmac
import secrets
from datetime import datetime, timedelta
from hashlib import sha256

from django.conf import settings
from django.db import transaction

from motcua.dossiers.commands.callers import Allowance, caller_digest, free_again, keyed_digest
from motcua.dossiers.commands.guard import lock
from motcua.dossiers.events import ContactCodeSent, ContactConfirmed
from motcua.dossiers.facts import usable_ways
from motcua.dossiers.models import Applicant, CodeSending, ContactCode, Dossier
from motcua.kernel import events
from motcua.rules.completeness import ContactWay

LIFETIME = timedelta(minutes=15)
PAUSE_BEFORE_NEXT = timedelta(seconds=60)
WRONG_AT_MOST = 5
WRONG_IN_A_DAY = 15
DAY = timedelta(days=1)
# Drafts cost nothing, so what is counted is the address that rings and the network that asks, not the draft.
TO_ONE_ADDRESS = (Allowance(5, timedelta(hours=1)), Allowance(10, DAY))
# Whole communes share one address of their telephone company.
FOR_ONE_PLACE = Allowance(60, timedelta(hours=1))


class CodeRefused(Exception):
    """A code was not sent or not taken; `until` says when it helps to come again, None when that is up to the caller.

    `reason` is WRONG, EXPIRED, TOO_MANY (wrong tries at one code), TOO_MANY_TODAY (at all codes of a day), TOO_SOON,
    TOO_OFTEN (codes to one address, or for one place), NO_ADDRESS, or NO_WAY (this installation sends none that way).
    """

    def __init__(self, reason: str, *, until: datetime | None = None) -> None:
        super().__init__(reason)
        self.reason, self.until = reason, until


@transaction.atomic
def send_contact_code(*, dossier: Dossier, channel: ContactCode.Channel, at: datetime, client: str = "") -> None:
    """Send a six-digit code to the applicant's phone or e-mail address, good for 15 minutes.

    `client` is the network address asked from; an empty one is not counted. Raises `CodeRefused`: NO_WAY, NO_ADDRESS,
    TOO_SOON within a minute of the last one, TOO_MANY_TODAY when its successor would not be heard either, TOO_OFTEN.
    """
    dossier = lock(dossier.reference)
    if ContactWay(channel) not in usable_ways():
        raise CodeRefused("NO_WAY")
    applicant = Applicant.objects.get(dossier=dossier)
    address = applicant.email if channel == ContactCode.Channel.EMAIL else applicant.phone
    if not address:
        raise CodeRefused("NO_ADDRESS")
    sent = dossier.contact_codes.filter(channel=channel).first()
    if sent and sent.address == address and sent.sent_at > at - PAUSE_BEFORE_NEXT:
        raise CodeRefused("TOO_SOON")
    if sent and (until := _heard_again(sent, at)):
        raise CodeRefused("TOO_MANY_TODAY", until=until)
    count_sending(address, client, at)
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

    A wrong code is counted and the count survives the refusal; after five the code is worth nothing, after fifteen
    within a day no code sent over that channel is.
    """
    refusal = _try_code(dossier, channel, code, at)
    if refusal:
        raise refusal


@transaction.atomic
def _try_code(dossier: Dossier, channel: ContactCode.Channel, code: str, at: datetime) -> CodeRefused | None:
    dossier = lock(dossier.reference)
    sent = dossier.contact_codes.filter(channel=channel).first()
    if sent is None or sent.sent_at < at - LIFETIME:
        return CodeRefused("EXPIRED")
    if until := _heard_again(sent, at):
        return CodeRefused("TOO_MANY_TODAY", until=until)
    if sent.wrong_count >= WRONG_AT_MOST:
        return CodeRefused("TOO_MANY")
    if not hmac.compare_digest(sent.digest, _digest(dossier, channel, "".join(code.split()))):
        _count_wrong(sent, at)
        return CodeRefused("WRONG")
    if sent.confirmed_at is None:
        sent.confirmed_at = at
        sent.save(update_fields=["confirmed_at"])
        events.record(ContactConfirmed(subject=dossier.reference, channel=channel.value), actor=None, at=at)
    return None


def count_sending(address: str, client: str, at: datetime) -> None:
    """Count one more code to `address` asked for from `client`; raises `CodeRefused` TOO_OFTEN."""
    target, place = keyed_digest(address), caller_digest(client)
    limits = [(CodeSending.objects.filter(address=target), allowance) for allowance in TO_ONE_ADDRESS]
    if place:
        limits.append((CodeSending.objects.filter(client=place), FOR_ONE_PLACE))
    waits = [until for sendings, allowance in limits if (until := free_again(sendings, allowance, at))]
    if waits:
        raise CodeRefused("TOO_OFTEN", until=max(waits))
    CodeSending.objects.create(address=target, client=place, at=at)


def _count_wrong(sent: ContactCode, at: datetime) -> None:
    if sent.day_from is None or sent.day_from <= at - DAY:
        sent.day_from, sent.wrong_in_day_count = at, 0
    sent.wrong_count += 1
    sent.wrong_in_day_count += 1
    sent.save(update_fields=["wrong_count", "wrong_in_day_count", "day_from"])


def _heard_again(sent: ContactCode, at: datetime) -> datetime | None:
    """Return when a code is heard again after too many wrong ones within a day; None when it is now."""
    if sent.day_from is None or sent.day_from <= at - DAY or sent.wrong_in_day_count < WRONG_IN_A_DAY:
        return None
    return sent.day_from + DAY


def _digest(dossier: Dossier, channel: ContactCode.Channel, code: str) -> str:
    said = f"{dossier.reference} {channel} {code}".encode()
    return hmac.new(settings.SECRET_KEY.encode(), said, sha256).hexdigest()
