"""What applicants are told when something happens to their dossier. Runs in the transaction of the event."""

import uuid
from datetime import datetime

from django.conf import settings
from django.utils import translation
from procrastinate.types import JSONDict

from motcua.dossiers.commands.confirm_contact import LIFETIME
from motcua.dossiers.events import (
    ContactCodeSent,
    DossierAccepted,
    DossierDeclined,
    DossierSubmitted,
    DossierWithdrawn,
    DossierWithdrawnAtCounter,
    IntakeSupplementRequested,
    ResultIssued,
    ResultReturned,
    SupplementCompleted,
    SupplementReceivedAtCounter,
)
from motcua.dossiers.models import Dossier
from motcua.kernel.events import subscribe
from motcua.notifications import wording
from motcua.notifications.models import Message
from motcua.notifications.tasks import send
from motcua.notifications.wording import Wording
from motcua.rules.completeness import receives_texts

# All that the wording reads of a dossier.
_TOLD = (
    "reference",
    "code",
    "accepted_at",
    "due_at",
    "owner_id",
    "return_channel",
    "applicant__email",
    "applicant__phone",
    "receiving_unit__name",
    "procedure_version__title",
    "procedure_version__short_title",
)


def tell_code(event: ContactCodeSent, at: datetime) -> None:
    """Send a one-time code over the channel it is to prove."""
    dossier = _dossier(event.subject)
    said = wording.contact_code(event.secret.value)
    is_email = event.channel == Message.Channel.EMAIL
    address = dossier.applicant.email if is_email else dossier.applicant.phone
    message = _message(dossier, Message.Channel(event.channel), address, said, at)
    message.good_until = at + LIFETIME
    _send([message])


def tell_submitted(event: DossierSubmitted, at: datetime) -> None:
    """Acknowledge an online application; who stands at the counter is told there."""
    dossier = _dossier(event.subject)
    if event.channel == "ONLINE":
        _tell(dossier, wording.submitted(dossier, event.answer_due_at), at)


def tell_completed(event: SupplementCompleted | SupplementReceivedAtCounter, at: datetime) -> None:
    """Acknowledge a completed supplement; one brought to the counter too: who brings it need not be the applicant."""
    dossier = _dossier(event.subject)
    _tell(dossier, wording.supplement_received(dossier, event.answer_due_at), at)


def tell_supplement(event: IntakeSupplementRequested, at: datetime) -> None:
    """Say which papers are missing and why."""
    dossier = _dossier(event.subject)
    request = dossier.supplement_requests.latest("requested_at")
    items = request.items.select_related("paper__required_paper").order_by("paper__position")
    wanted = [f"{item.paper.required_paper.name}: {item.note}" for item in items]
    _tell(dossier, wording.supplement_requested(dossier, request.reason, wanted), at)


def tell_declined(event: DossierDeclined, at: datetime) -> None:
    """Say on which ground the dossier was not accepted."""
    dossier = _dossier(event.subject)
    why = dossier.declining
    with translation.override(settings.LANGUAGE_CODE):  # the message is Vietnamese, whatever the officer reads
        ground = why.get_ground_display()
    _tell(dossier, wording.declined(dossier, ground, why.citation, why.reason), at)


def tell_accepted(event: DossierAccepted, at: datetime) -> None:
    """Give the promise."""
    dossier = _dossier(event.subject)
    _tell(dossier, wording.accepted(dossier), at)


def tell_result(event: ResultIssued, at: datetime) -> None:
    """Say that the result is there."""
    dossier = _dossier(event.subject)
    _tell(dossier, wording.result_ready(dossier), at)


def tell_returned(event: ResultReturned, at: datetime) -> None:
    """Say that the matter is closed."""
    dossier = _dossier(event.subject)
    _tell(dossier, wording.returned(dossier), at)


def tell_withdrawn(event: DossierWithdrawn | DossierWithdrawnAtCounter, at: datetime) -> None:
    """Confirm the withdrawal."""
    dossier = _dossier(event.subject)
    _tell(dossier, wording.withdrawn(dossier), at)


def _dossier(reference: str) -> Dossier:
    told = Dossier.objects.select_related("applicant", "receiving_unit", "procedure_version").only(*_TOLD)
    return told.get(reference=reference)


def _tell(dossier: Dossier, said: Wording, at: datetime) -> None:
    messages = []
    if dossier.owner_id is not None:
        messages.append(_message(dossier, Message.Channel.SITE, "", said, at))
    if dossier.applicant.email:
        messages.append(_message(dossier, Message.Channel.EMAIL, dossier.applicant.email, said, at))
    if said.sms and receives_texts(dossier.applicant.phone):
        messages.append(_message(dossier, Message.Channel.SMS, dossier.applicant.phone, said, at))
    _send(messages)


def _message(dossier: Dossier, channel: Message.Channel, address: str, said: Wording, at: datetime) -> Message:
    return Message(
        dossier=dossier,
        channel=channel,
        address=address,
        subject=said.subject,
        body=said.sms if channel == Message.Channel.SMS else said.body,
        delivery_key=uuid.uuid4(),
        created_at=at,
        sent_at=at if channel == Message.Channel.SITE else None,
    )


def _send(messages: list[Message]) -> None:
    """Keep the messages, and have those that leave the house sent once the transaction is committed."""
    kept = Message.objects.bulk_create(messages)
    leaving = [message for message in kept if message.channel != Message.Channel.SITE]
    if leaving:
        jobs: list[JSONDict] = [{"message_id": message.pk} for message in leaving]
        send.batch_defer(*jobs)


subscribe(ContactCodeSent, tell_code)
subscribe(DossierSubmitted, tell_submitted)
subscribe(SupplementCompleted, tell_completed)
subscribe(SupplementReceivedAtCounter, tell_completed)
subscribe(IntakeSupplementRequested, tell_supplement)
subscribe(DossierDeclined, tell_declined)
subscribe(DossierAccepted, tell_accepted)
subscribe(ResultIssued, tell_result)
subscribe(ResultReturned, tell_returned)
subscribe(DossierWithdrawn, tell_withdrawn)
subscribe(DossierWithdrawnAtCounter, tell_withdrawn)
