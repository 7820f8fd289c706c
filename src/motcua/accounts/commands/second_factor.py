"""The second factor of an official's sign-in."""

from datetime import datetime

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from django.db import transaction

from motcua.accounts.events import SecondFactorSet
from motcua.accounts.models import User
from motcua.kernel import events


@transaction.atomic
def set_second_factor(*, user: User, secret: str, at: datetime) -> None:
    """Give `user` a new TOTP secret (base32) in place of any other; codes of the old one are worthless at once."""
    user = User.objects.select_for_update(of=("self",)).get(pk=user.pk)
    Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).delete()
    TOTP.activate(user, secret)
    events.record(SecondFactorSet(subject=user.record_subject), actor=None, at=at)
