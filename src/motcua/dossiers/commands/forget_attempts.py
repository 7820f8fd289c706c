"""Forget who guessed and who had codes sent, once it no longer counts."""

from datetime import datetime

from django.db import transaction

from motcua.dossiers.commands import confirm_contact, look_up
from motcua.dossiers.models import CodeSending, LookupFailure


@transaction.atomic
def forget_attempts(at: datetime) -> int:
    """Delete the wrong look-ups and the sendings of codes that no limit counts any more; return how many there were."""
    failures, _ = LookupFailure.objects.filter(at__lte=at - look_up.REMEMBERED).delete()
    sendings, _ = CodeSending.objects.filter(at__lte=at - confirm_contact.DAY).delete()
    return failures + sendings
