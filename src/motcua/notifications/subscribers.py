"""What applicants are told when something happens to their dossier. Runs in the transaction of the event."""

from collections.abc import Sequence
from datetime import datetime

from django.conf import settings
from django.utils import translation
from procrastinate.types import JSONDict

from motcua.dossiers.commands.confirm_contact import LIFETIME
from motcua.dossiers.events import (
    ClocksRecounted,
    ContactCodeSent,
    DossierAccepted,
    DossierDeclined,
    DossierSubmitted,
    DossierWithdrawn,
    DossierWithdrawnAtCounter,
    IntakeSupplementRequested,
    ResultGivenAtOnce,
    ResultIssued,
    ResultReturned,
    SupplementCompleted,
    SupplementReceivedAtCounter,
)
from motcua.dossiers.linked_events import LinkedApplicationEnded, LinkedApplicationWithdrawn, reference_in
from motcua.dossiers.models import Dossier, ReturnChannel
from motcua.dossiers.paper_events import (
    AskingEnteredFromPaper,
    DeclineEnteredFromPaper,
    DossierEnteredFromPaper,
    ReturnEnteredFromPaper,
)
from motcua.dossiers.queries.linked import whole_of
from motcua.dossiers.version_events import DossierMoved
from motcua.kernel.compiled import CompiledQuery
from motcua.kernel.events import subscribe, subscribe_many
from motcua.kernel.rows import insert_rows
from motcua.notifications import wording
from motcua.notifications.commands.compose import message_by, messages_to, told_dossiers
from motcua.notifications.models import Message
from motcua.notifications.tasks import send, tell_moved
from motcua.notifications.wording import Wording

_TOLD = CompiledQuery(told_dossiers(), by="reference")


def tell_code(event: ContactCodeSent, at: datetime) -> None:
    """Send a one-time code over the channel it is to prove."""
    dossier = dossier_told(event.subject)
    said = wording.contact_code(event.secret.value)
    is_email = event.channel == Message.Channel.EMAIL
    address = dossier.applicant.email if is_email else dossier.applicant.phone
    message = message_by(Message.Channel(event.channel), dossier, address, said, at)
    message.good_until = at + LIFETIME
    keep_and_send([message])


def tell_submitted(event: DossierSubmitted, at: datetime) -> None:
    """Acknowledge an online application; who stands at the counter is told there."""
    dossier = dossier_told(event.subject)
    if event.channel == "ONLINE":
        tell(dossier, wording.submitted(dossier, event.answer_due_at), at)


def tell_completed(event: SupplementCompleted | SupplementReceivedAtCounter, at: datetime) -> None:
    """Acknowledge a completed supplement; one brought to the counter too: who brings it need not be the applicant."""
    dossier = dossier_told(event.subject)
    tell(dossier, wording.supplement_received(dossier, event.answer_due_at), at)


def tell_supplement(event: IntakeSupplementRequested | AskingEnteredFromPaper, at: datetime) -> None:
    """Say which papers are missing and why."""
    dossier = dossier_told(event.subject)
    request = dossier.supplement_requests.latest("requested_at")
    items = request.items.select_related("paper__required_paper").order_by("paper__position")
    wanted = [f"{item.paper.required_paper.name}: {item.note}" for item in items]
    tell(dossier, wording.supplement_requested(dossier, request.reason, wanted), at)


def tell_declined(event: DossierDeclined | DeclineEnteredFromPaper, at: datetime) -> None:
    """Say on which ground the dossier was not accepted."""
    dossier = dossier_told(event.subject)
    why = dossier.declining
    with translation.override(settings.LANGUAGE_CODE):  # the message is Vietnamese, whatever the officer reads
        ground = why.get_ground_display()
    tell(dossier, wording.declined(dossier, ground, why.citation, why.reason), at)


def tell_accepted(event: DossierAccepted | DossierEnteredFromPaper, at: datetime) -> None:
    """Give the promise; to whom it was given on paper, say that the dossier can be followed now."""
    dossier = dossier_told(event.subject)
    tell(dossier, wording.accepted(dossier), at)


def tell_result(event: ResultIssued, at: datetime) -> None:
    """Say that the result is there; the results of a linked application that go out together are told of at the end."""
    dossier = dossier_told(event.subject)
    whole = whole_of(dossier, at=at)
    if whole is None or not whole.goes_out_together:
        tell(dossier, wording.result_ready(dossier), at)


def tell_linked_ended(event: LinkedApplicationEnded, at: datetime) -> None:
    """Say that every leg has ended, and how each did; not where each result was told of when it was issued."""
    dossier = dossier_told(reference_in(event.subject))
    with translation.override(settings.LANGUAGE_CODE):  # the message is Vietnamese
        whole = whole_of(dossier, at=at)
    if whole is not None and whole.goes_out_together and whole.awaiting:
        results = [f"{leg.name}: {leg.state_label}" for leg in whole.legs]
        tell(dossier, wording.linked_ready(dossier, results), at)


def tell_returned(event: ResultReturned, at: datetime) -> None:
    """Say that the matter is closed; of one leg that went out on its own, also after the others, say which."""
    dossier = dossier_told(event.subject)
    post_no, is_of_leg = dossier.result.sent_by_post_no, _goes_out_alone(dossier)
    tell(dossier, wording.returned(dossier, channel=event.channel, post_no=post_no, is_of_leg=is_of_leg), at)


def _goes_out_alone(dossier: Dossier) -> bool:
    """Tell whether it is a leg whose result was given out apart from the others, or after them."""
    whole = dossier.linked_application
    if whole is None:
        return False
    return not whole.group.returns_together or dossier.closed_at != whole.given_out_at


def tell_given_by_hand(event: ResultGivenAtOnce | ReturnEnteredFromPaper, at: datetime) -> None:
    """Say the same where the result was given out on the spot, or on paper while the system was down."""
    dossier = dossier_told(event.subject)
    channel, is_of_leg = ReturnChannel.AT_THE_DESK, _goes_out_alone(dossier)
    tell(dossier, wording.returned(dossier, channel=channel, post_no="", is_of_leg=is_of_leg), at)


def tell_withdrawn(event: DossierWithdrawn | DossierWithdrawnAtCounter, at: datetime) -> None:
    """Confirm the withdrawal."""
    dossier = dossier_told(event.subject)
    tell(dossier, wording.withdrawn(dossier), at)


def tell_linked_withdrawn(event: LinkedApplicationWithdrawn, at: datetime) -> None:
    """Confirm the withdrawal of all that was not decided."""
    dossier = dossier_told(reference_in(event.subject))
    tell(dossier, wording.withdrawn(dossier), at)


def tell_recounted(happened: Sequence[ClocksRecounted], at: datetime) -> None:  # noqa: ARG001  # the job has its own
    """Have those told, by a job, whose result comes later because the calendar changed."""
    later = [event for event in happened if event.due_at and event.old_due_at and event.due_at > event.old_due_at]
    if later:
        tell_moved.defer(announcement=later[0].announcement, references=[event.subject for event in later])


def tell_version(event: DossierMoved, at: datetime) -> None:
    """Say that the new content of the procedure holds for the dossier, and what becomes of the promise (R-13)."""
    dossier = dossier_told(event.subject)
    former = event.old_due_at if event.due_at < event.old_due_at else None
    tell(dossier, wording.follows_version(dossier, event.decision, former), at)


def dossier_told(reference: str) -> Dossier:
    """Return the dossier with all that the wording reads of it."""
    return _TOLD.get(reference)


def tell(dossier: Dossier, said: Wording, at: datetime) -> None:
    """Say it to the applicant on the site, by e-mail and by text message, as far as they can be reached."""
    keep_and_send(messages_to(dossier, said, at))


def keep_and_send(messages: list[Message]) -> None:
    """Keep the messages, and have those that leave the house sent once the transaction is committed."""
    insert_rows(messages)
    leaving = [message for message in messages if message.channel != Message.Channel.SITE]
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
subscribe(DossierEnteredFromPaper, tell_accepted)
subscribe(ResultIssued, tell_result)
subscribe(LinkedApplicationEnded, tell_linked_ended)
subscribe(ResultReturned, tell_returned)
subscribe(ResultGivenAtOnce, tell_given_by_hand)
subscribe(ReturnEnteredFromPaper, tell_given_by_hand)
subscribe(DeclineEnteredFromPaper, tell_declined)
subscribe(AskingEnteredFromPaper, tell_supplement)
subscribe(DossierWithdrawn, tell_withdrawn)
subscribe(DossierWithdrawnAtCounter, tell_withdrawn)
subscribe(LinkedApplicationWithdrawn, tell_linked_withdrawn)
subscribe_many(ClocksRecounted, tell_recounted)
subscribe(DossierMoved, tell_version)
