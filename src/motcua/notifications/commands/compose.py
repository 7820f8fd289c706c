"""Make the messages that tell an applicant of something: one for each way of reaching them."""

import uuid
from datetime import datetime

from django.db.models import QuerySet

from motcua.dossiers.models import Dossier
from motcua.notifications.models import Message
from motcua.notifications.wording import Wording
from motcua.rules.completeness import receives_texts

# All that the wording reads of a dossier.
_TOLD = (
    "reference",
    "code",
    "accepted_at",
    "closed_at",
    "due_at",
    "owner_id",
    "return_channel",
    "applicant__email",
    "applicant__phone",
    "receiving_unit__name",
    "procedure_version__title",
    "procedure_version__short_title",
    "leg_number",
    "linked_application__due_at",
    "linked_application__group__name",
    "linked_application__group__returns_together",
    "result__sent_by_post_no",
)


def told_dossiers() -> QuerySet[Dossier]:
    """Return the dossiers with all that the wording reads of one."""
    related = ("applicant", "receiving_unit", "procedure_version", "linked_application__group", "result")
    return Dossier.objects.select_related(*related).only(*_TOLD)


def messages_to(dossier: Dossier, said: Wording, at: datetime) -> list[Message]:
    """Return the messages that tell the applicant what was `said`, not yet kept."""
    messages = []
    if dossier.owner_id is not None:
        messages.append(message_by(Message.Channel.SITE, dossier, "", said, at))
    if dossier.applicant.email:
        messages.append(message_by(Message.Channel.EMAIL, dossier, dossier.applicant.email, said, at))
    if said.sms and receives_texts(dossier.applicant.phone):
        messages.append(message_by(Message.Channel.SMS, dossier, dossier.applicant.phone, said, at))
    return messages


def message_by(channel: Message.Channel, dossier: Dossier, address: str, said: Wording, at: datetime) -> Message:
    """Return the message over one channel, not yet kept."""
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
