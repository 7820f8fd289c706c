"""A guest proves that the telephone number or e-mail address of a petition is theirs, by a code sent to it."""

import hmac
import secrets
from datetime import datetime
from hashlib import sha256

from django.conf import settings
from django.db import transaction

from motcua.dossiers.commands.confirm_contact import (
    LIFETIME,
    PAUSE_BEFORE_NEXT,
    WRONG_AT_MOST,
    CodeRefused,
    count_sending,
)
from motcua.dossiers.facts import usable_ways
from motcua.kernel import events
from motcua.petitions.commands.guard import lock
from motcua.petitions.commands.send import receive
from motcua.petitions.events import PetitionCodeSent
from motcua.petitions.models import ContactProof, Petition
from motcua.rules.completeness import ContactWay
from motcua.rules.petitions import PetitionAct, PetitionActRefused, PetitionStage, stage_after

__all__ = ["CodeRefused", "PetitionActRefused", "confirm_petition", "send_petition_code", "way_of"]


def way_of(petition: Petition) -> ContactWay | None:
    """Return over which way the sender proves their contact; None when no code can reach them."""
    addresses = {ContactWay.SMS: petition.phone, ContactWay.EMAIL: petition.email}
    return next((way for way in ContactWay if way in usable_ways() and addresses[way]), None)


@transaction.atomic
def send_petition_code(*, petition: Petition, at: datetime, client: str = "") -> Petition:
    """Send a six-digit code to the sender, good for 15 minutes.

    `client` is the network address asked from. Raises `CodeRefused` (NO_WAY, TOO_SOON, TOO_OFTEN), and
    `PetitionActRefused` once the petition is received.
    """
    petition = lock(petition)
    stage_after(petition.stage, PetitionAct.CONFIRM)
    way = way_of(petition)
    if way is None:
        raise CodeRefused("NO_WAY")
    sent = ContactProof.objects.filter(petition=petition).first()
    if sent and sent.sent_at > at - PAUSE_BEFORE_NEXT:
        raise CodeRefused("TOO_SOON")
    count_sending(petition.phone if way is ContactWay.SMS else petition.email, client, at)
    code = f"{secrets.randbelow(1_000_000):06}"
    given = {"channel": way.value, "digest": _digest(petition, code), "sent_at": at, "wrong_count": 0}
    ContactProof.objects.update_or_create(petition=petition, defaults=given)
    event = PetitionCodeSent(subject=petition.code, channel=way.value, secret=events.Secret(code))
    events.record(event, actor=None, at=at)
    return petition


def confirm_petition(*, petition: Petition, code: str, at: datetime) -> Petition:
    """Take the code that came, and receive the petition; one that is received already is left as it is.

    Raises `CodeRefused`; a wrong code is counted, and the count survives the refusal.
    """
    confirmed = _try(petition, code, at)
    if isinstance(confirmed, CodeRefused):
        raise confirmed
    return confirmed


@transaction.atomic
def _try(petition: Petition, code: str, at: datetime) -> Petition | CodeRefused:
    petition = lock(petition)
    if petition.stage is not PetitionStage.UNCONFIRMED:
        return petition
    sent = ContactProof.objects.filter(petition=petition).first()
    if sent is None or sent.sent_at < at - LIFETIME:
        return CodeRefused("EXPIRED")
    if sent.wrong_count >= WRONG_AT_MOST:
        return CodeRefused("TOO_MANY")
    if not hmac.compare_digest(sent.digest, _digest(petition, "".join(code.split()))):
        sent.wrong_count += 1
        sent.save(update_fields=["wrong_count"])
        return CodeRefused("WRONG")
    sent.confirmed_at = at
    sent.save(update_fields=["confirmed_at"])
    return receive(petition, actor=None, at=at)


def _digest(petition: Petition, code: str) -> str:
    said = f"{petition.code} {code}".encode()
    return hmac.new(settings.SECRET_KEY.encode(), said, sha256).hexdigest()
