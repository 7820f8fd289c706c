"""A petition is sent on the portal, or written down by an official for whoever sent it another way (E-02)."""

import secrets
import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from motcua.accounts.facts import grants_of
from motcua.accounts.models import User
from motcua.catalogue.models import Procedure
from motcua.documents.models import StoredFile
from motcua.dossiers.models import Dossier
from motcua.kernel import events
from motcua.organisations.models import Unit
from motcua.petitions.commands.guard import MayNotHandle, advance
from motcua.petitions.events import PetitionBegun, PetitionReceived
from motcua.petitions.models import Petition
from motcua.rules.identifiers import REFERENCE_SPACE, petition_code
from motcua.rules.petitions import PetitionAct, PetitionChannel, PetitionStage, may_enter

__all__ = [
    "Content",
    "MayNotHandle",
    "Sending",
    "TooManySent",
    "WhoSends",
    "enter_petition",
    "receive",
    "send_petition",
]

_DAY = timedelta(days=1)
# Each petition writes to an address that the account need not own: it may not be made to write to anybody without end.
_OF_AN_ACCOUNT, _TO_A_STRANGER = 10, 3


class TooManySent(Exception):
    """The account has sent as many petitions as a day allows, or as many with somebody else's contact."""


@dataclass(frozen=True, slots=True)
class WhoSends:
    """The sender, as typed and checked for shape; a name and a telephone number or an address (E-02)."""

    full_name: str
    phone: str = ""
    email: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True)
class Content:
    """What is said, and what it is about. `latitude` and `longitude` come together, in degrees, or both None."""

    text: str
    unit: Unit
    is_question: bool = False
    place: str = ""
    latitude: Decimal | None = None
    longitude: Decimal | None = None
    photo: StoredFile | None = None
    dossier: Dossier | None = None
    procedure: Procedure | None = None


@dataclass(frozen=True, slots=True)
class Sending:
    """A petition on its way: `key` makes sending it twice give the same one."""

    key: uuid.UUID
    sender: WhoSends
    content: Content


@transaction.atomic
def send_petition(*, sending: Sending, owner: User | None, at: datetime) -> Petition:
    """Take a petition sent on the portal; a guest's is received when the contact is confirmed, an account's at once.

    The same key gives the same petition. Raises `TooManySent` for an account.
    """
    if owner is not None:
        _refuse_too_many(owner, sending, at)
    petition, is_new = _written(sending, PetitionChannel.ONLINE, owner=owner, entered_by=None, at=at)
    if not is_new:
        return petition
    if owner is not None:
        return receive(petition, actor=owner, at=at)
    event = PetitionBegun(subject=petition.code, channel=petition.channel, unit=petition.unit.code)
    events.record(event, actor=None, at=at)
    return petition


@transaction.atomic
def enter_petition(*, sending: Sending, channel: PetitionChannel, officer: User, at: datetime) -> Petition:
    """Write down a petition that came by telephone, on paper, at the desk or another way, and receive it.

    The same key gives the same petition. Raises `MayNotHandle`.
    """
    today = timezone.localdate(at)
    if not may_enter(sending.content.unit.pk, grants_of(officer, today), on=today):
        raise MayNotHandle(PetitionAct.CONFIRM)
    petition, is_new = _written(sending, channel, owner=None, entered_by=officer, at=at)
    return receive(petition, actor=officer, at=at) if is_new else petition


def receive(petition: Petition, *, actor: User | None, at: datetime) -> Petition:
    """Receive a petition whose sender is known: the terms begin. Call it with the row locked, or new."""
    petition.received_at = petition.counted_from = at
    advance(petition, PetitionStage.RECEIVED, "received_at", "counted_from")
    event = PetitionReceived(
        subject=petition.code,
        channel=petition.channel,
        unit=petition.unit.code,
        is_question=petition.is_question,
        due_at=petition.due_at,
    )
    events.record(event, actor=actor, at=at)
    return petition


def _refuse_too_many(owner: User, sending: Sending, at: datetime) -> None:
    """Count what the account sent within a day, one sending at a time; what comes again is not counted."""
    User.objects.select_for_update().get(pk=owner.pk)
    sent = Petition.objects.filter(owner=owner, created_at__gt=at - _DAY)
    who = sending.sender
    theirs = {owner.phone, owner.email.casefold(), ""}
    is_strangers = not {who.phone, who.email.casefold()} <= theirs
    to_them = sent.filter(phone=who.phone, email__iexact=who.email)
    if Petition.objects.filter(key=sending.key).exists():
        return
    if sent.count() >= _OF_AN_ACCOUNT or (is_strangers and to_them.count() >= _TO_A_STRANGER):
        raise TooManySent


def _written(
    sending: Sending, channel: PetitionChannel, *, owner: User | None, entered_by: User | None, at: datetime
) -> tuple[Petition, bool]:
    who, said = sending.sender, sending.content
    return Petition.objects.get_or_create(
        key=sending.key,
        defaults={
            "code": petition_code(secrets.randbelow(REFERENCE_SPACE)),
            "pin": f"{secrets.randbelow(10_000):04}",
            "stage_name": PetitionStage.UNCONFIRMED.value,
            "channel": channel.value,
            "is_question": said.is_question,
            "full_name": who.full_name,
            "phone": who.phone,
            "email": who.email,
            "address": who.address,
            "owner": owner,
            "text": said.text,
            "place": said.place,
            "latitude": said.latitude,
            "longitude": said.longitude,
            "photo": said.photo,
            "dossier": said.dossier,
            "procedure": said.procedure,
            "unit": said.unit,
            "received_unit": said.unit,
            "entered_by": entered_by,
            "created_at": at,
        },
    )
