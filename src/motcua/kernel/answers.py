"""Answers kept for a retry: the same key of the same caller gets the same answer, and nothing is done twice."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db import connection, transaction

from motcua.kernel.events import JsonValue
from motcua.kernel.models import KeptAnswer

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractBaseUser

KEPT_FOR = timedelta(days=7)
# Waits for whoever is at work under the same key: when they are done the row is there, when they failed it is ours.
_RESERVE = """
INSERT INTO kernel_keptanswer (actor_id, key, request_hash, status, body, at) VALUES (%s, %s, %s, 0, '{}', %s)
ON CONFLICT (actor_id, key) DO NOTHING RETURNING id
"""


class KeyReused(Exception):
    """The caller's key stands for another request already."""


@dataclass(frozen=True, slots=True)
class Request:
    """A write as it came in: who asks, under which key, and the hash of all that was said."""

    actor: "AbstractBaseUser"
    key: str
    request_hash: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Answer:
    """What a write was answered with; `is_repeat` marks one taken from the shelf."""

    status: int
    body: dict[str, JsonValue]
    is_repeat: bool = False


@transaction.atomic
def answer_once(request: Request, act: Callable[[], Answer]) -> Answer:
    """Do `act` and keep its answer in the same transaction, or return the answer kept under the key.

    An act that raises leaves nothing, so the key is free again. Raises `KeyReused`, and whatever `act` raises.
    """
    reserved = _reserve(request)
    if reserved is None:
        kept = KeptAnswer.objects.get(actor=request.actor.pk, key=request.key)
        if kept.request_hash != request.request_hash:
            raise KeyReused
        return Answer(status=kept.status, body=kept.body, is_repeat=True)
    answer = act()
    KeptAnswer.objects.filter(pk=reserved).update(status=answer.status, body=answer.body)
    return answer


def forget_answers(at: datetime) -> int:
    """Delete the answers older than a week, and return how many there were: no client retries that late."""
    count, _ = KeptAnswer.objects.filter(at__lt=at - KEPT_FOR).delete()
    return count


def _reserve(request: Request) -> int | None:
    with connection.cursor() as cursor:
        cursor.execute(_RESERVE, [request.actor.pk, request.key, request.request_hash, request.at])
        row: tuple[int] | None = cursor.fetchone()
    return row[0] if row else None
