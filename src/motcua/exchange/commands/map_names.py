"""Say what a word of the national database is called here, or take that back."""

import uuid
from datetime import datetime

from django.db import transaction

from motcua.accounts.models import User
from motcua.exchange.commands.take_records import wait_for_turn
from motcua.exchange.events import NationalMappingRevoked, NationalNameMapped
from motcua.exchange.facts import MayNotExchange, candidates, require_keeper
from motcua.exchange.models import NameMapping
from motcua.kernel import events
from motcua.rules.national_entry import MappingKind
from motcua.rules.vietnamese import search_key

__all__ = ["MayNotExchange", "NameUnknownHere", "confirm_name", "revoke_name"]


class NameUnknownHere(Exception):
    """Nothing here is called so."""


@transaction.atomic
def confirm_name(*, key: uuid.UUID, ours: str, actor: User, at: datetime) -> NameMapping:
    """Have every later reading write `ours` for the word of the national database; the same twice is one act.

    Raises `MayNotExchange`, `NameUnknownHere`, `NameMapping.DoesNotExist`.
    """
    require_keeper(actor, at)
    wait_for_turn()
    row = NameMapping.objects.select_for_update().get(key=key)
    kind, wanted = MappingKind(row.kind), search_key(ours)
    known = next((name for name in candidates(kind, row.example) if wanted and search_key(name) == wanted), None)
    if known is None:
        raise NameUnknownHere
    if row.ours == known:
        return row
    row.ours, row.confirmed_by, row.confirmed_at = known, actor, at
    row.save(update_fields=["ours", "confirmed_by", "confirmed_at"])
    events.record(NationalNameMapped(subject=_subject(row), kind=row.kind), actor=actor, at=at)
    return row


@transaction.atomic
def revoke_name(*, key: uuid.UUID, actor: User, at: datetime) -> NameMapping:
    """Let the word wait again; one that waits already is left alone, without an event.

    What was taken over with it stays. Raises `MayNotExchange`, `NameMapping.DoesNotExist`.
    """
    require_keeper(actor, at)
    wait_for_turn()
    row = NameMapping.objects.select_for_update().get(key=key)
    if row.ours:
        row.ours, row.confirmed_by, row.confirmed_at = "", None, None
        row.save(update_fields=["ours", "confirmed_by", "confirmed_at"])
        events.record(NationalMappingRevoked(subject=_subject(row), kind=row.kind), actor=actor, at=at)
    return row


def _subject(row: NameMapping) -> str:
    return f"national-mapping:{row.key}"
