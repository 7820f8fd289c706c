"""Bearer tokens of the API."""

import hashlib
import secrets
from datetime import datetime, timedelta

from django.db import transaction

from motcua.accounts.events import TokenIssued, TokensRevoked
from motcua.accounts.models import ApiToken, User
from motcua.kernel import events

LIFETIME = timedelta(days=90)


@transaction.atomic
def issue_token(*, user: User, name: str, at: datetime) -> str:
    """Make a token for `user`, good for 90 days, and return it: it is shown once, only its hash is kept."""
    user = User.objects.select_for_update(of=("self",)).get(pk=user.pk)
    token = f"mc_{secrets.token_urlsafe(32)}"
    row = ApiToken.objects.create(
        user=user, name=name, digest=digest_of(token), created_at=at, expires_at=at + LIFETIME
    )
    events.record(TokenIssued(subject=user.record_subject, name=name, expires_at=row.expires_at), actor=None, at=at)
    return token


@transaction.atomic
def revoke_tokens(*, user: User, at: datetime) -> int:
    """Revoke every token of `user` that has not ended, also of a closed account, and return how many there were."""
    user = User.objects.select_for_update(of=("self",)).get(pk=user.pk)
    count = user.api_tokens.filter(expires_at__gt=at, revoked_at=None).update(revoked_at=at)
    if count:
        events.record(TokensRevoked(subject=user.record_subject, count=count), actor=None, at=at)
    return count


def digest_of(token: str) -> str:
    """Return the SHA-256 under which a token is kept; tokens are long and random, so no salt is needed."""
    return hashlib.sha256(token.encode()).hexdigest()
