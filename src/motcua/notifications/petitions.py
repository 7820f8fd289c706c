"""What those who sent a petition are told when something happens to it. Runs in the transaction of the event."""

import uuid
from collections.abc import Sequence
from datetime import datetime

from django.conf import settings
from django.utils import translation
from procrastinate.types import JSONDict

from motcua.dossiers.commands.confirm_contact import LIFETIME
from motcua.kernel.events import subscribe, subscribe_many
from motcua.notifications import petition_wording, wording
from motcua.notifications.models import Message, PetitionMessage
from motcua.notifications.tasks import send_about_petition
from motcua.notifications.wording import Wording
from motcua.petitions import events
from motcua.petitions.facts import approved_answer, due_of
from motcua.petitions.models import Petition
from motcua.petitions.wording import GUIDANCE
from motcua.rules.completeness import receives_texts
from motcua.rules.petition_terms import TermStep
from motcua.rules.petitions import Sorting


def tell_code(event: events.PetitionCodeSent, at: datetime) -> None:
    """Send a one-time code over the channel it is to prove."""
    petition = _told(event.subject)
    is_email = event.channel == Message.Channel.EMAIL
    address = petition.email if is_email else petition.phone
    message = _message(Message.Channel(event.channel), petition, address, wording.contact_code(event.secret.value), at)
    message.good_until = at + LIFETIME
    _send([message])


def tell_received(event: events.PetitionReceived, at: datetime) -> None:
    """Acknowledge a petition, with the day by which it is answered."""
    petition = _told(event.subject)
    due = due_of(petition, TermStep.ANSWER)
    _tell(petition, petition_wording.received(petition, due.due_at if due else None), at)


def tell_more_asked(event: events.PetitionMoreAsked, at: datetime) -> None:
    """Say what the sender is asked to add."""
    petition = _told(event.subject)
    _tell(petition, petition_wording.more_asked(petition, petition.questions.get(replied_at=None).question), at)


def tell_returned(event: events.PetitionReturned, at: datetime) -> None:
    """Say that it is no petition, and where to turn."""
    petition = _told(event.subject)
    with translation.override(settings.LANGUAGE_CODE):  # the message is Vietnamese, whatever the officer reads
        guidance = str(GUIDANCE[Sorting(event.sorting)])
    _tell(petition, petition_wording.returned(petition, guidance), at)


def tell_transferred(event: events.PetitionTransferred, at: datetime) -> None:
    """Say who has it now."""
    petition = _told(event.subject)
    _tell(petition, petition_wording.transferred(petition), at)


def tell_answered(event: events.PetitionAnswered, at: datetime) -> None:
    """Give the answer to the sender, and to the senders of what was joined what they may read of it."""
    petition = _told(event.subject)
    answer = approved_answer(petition)
    assert answer is not None
    unit = answer.unit.authority_name
    _tell(petition, petition_wording.answered(petition, answer.text, unit), at)
    for one in petition.joined.select_related("unit"):
        _tell(one, petition_wording.answered(one, answer.text_for_joined, unit), at)


def tell_joined(event: events.PetitionJoined, at: datetime) -> None:
    """Say that it is answered together with others."""
    petition = _told(event.subject)
    _tell(petition, petition_wording.joined(petition), at)


def tell_released(event: events.PetitionReleased, at: datetime) -> None:
    """Say that it is handled by itself again, with the day by which it is answered."""
    petition = _told(event.subject)
    due = due_of(petition, TermStep.ANSWER)
    _tell(petition, petition_wording.released(petition, due.due_at if due else None), at)


def tell_reopened(event: events.PetitionReopened, at: datetime) -> None:
    """Tell those joined that the matter is open again, and the sender where an official opened it."""
    petition = _told(event.subject)
    for one in [*([] if event.by_sender else [petition]), *petition.joined.select_related("unit")]:
        _tell(one, petition_wording.reopened(one), at)


def tell_followed_up(happened: Sequence[events.PetitionFollowedUp], at: datetime) -> None:
    """Ask whether the matter was settled."""
    petitions = Petition.objects.filter(code__in=[event.subject for event in happened]).select_related("unit")
    _send([one for petition in petitions for one in _messages(petition, petition_wording.followed_up(petition), at)])


def _told(code: str) -> Petition:
    return Petition.objects.select_related("unit").get(code=code)


def _tell(petition: Petition, said: Wording, at: datetime) -> None:
    _send(_messages(petition, said, at))


def _messages(petition: Petition, said: Wording, at: datetime) -> list[PetitionMessage]:
    """Return what tells the sender by e-mail and text message, as far as they can be reached; not yet kept."""
    messages = []
    if petition.email:
        messages.append(_message(Message.Channel.EMAIL, petition, petition.email, said, at))
    if receives_texts(petition.phone):
        messages.append(_message(Message.Channel.SMS, petition, petition.phone, said, at))
    return messages


def _message(
    channel: Message.Channel, petition: Petition, address: str, said: Wording, at: datetime
) -> PetitionMessage:
    return PetitionMessage(
        petition=petition,
        channel=channel,
        address=address,
        subject=said.subject,
        body=said.sms if channel == Message.Channel.SMS else said.body,
        delivery_key=uuid.uuid4(),
        created_at=at,
    )


def _send(messages: list[PetitionMessage]) -> None:
    """Keep the messages and have them sent once the transaction is committed."""
    PetitionMessage.objects.bulk_create(messages)
    jobs: list[JSONDict] = [{"message_id": message.pk} for message in messages]
    if jobs:
        send_about_petition.batch_defer(*jobs)


subscribe(events.PetitionCodeSent, tell_code)
subscribe(events.PetitionReceived, tell_received)
subscribe(events.PetitionMoreAsked, tell_more_asked)
subscribe(events.PetitionReturned, tell_returned)
subscribe(events.PetitionTransferred, tell_transferred)
subscribe(events.PetitionAnswered, tell_answered)
subscribe(events.PetitionJoined, tell_joined)
subscribe(events.PetitionReleased, tell_released)
subscribe(events.PetitionReopened, tell_reopened)
subscribe_many(events.PetitionFollowedUp, tell_followed_up)
