"""Delete messages that carried a one-time code."""

from datetime import datetime

from motcua.notifications.models import Message, PetitionMessage


def forget_codes(at: datetime) -> int:
    """Delete the messages whose time is over, sent or not: they hold a code in clear, which opens nothing any more."""
    count, _ = Message.objects.filter(good_until__lt=at).delete()
    of_petitions, _ = PetitionMessage.objects.filter(good_until__lt=at).delete()
    return count + of_petitions
