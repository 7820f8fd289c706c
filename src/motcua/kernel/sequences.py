"""Numbers that restart every day in each scope, without a double under any concurrency (B-40, B-42)."""

from collections.abc import Sequence
from datetime import date

from django.db import connection

_TAKE = """
INSERT INTO kernel_sequence (scope, "on", last_number)
SELECT scope, "on", 1 FROM unnest(%s::text[], %s::date[]) asked(scope, "on") ORDER BY scope, "on"
ON CONFLICT (scope, "on") DO UPDATE SET last_number = kernel_sequence.last_number + 1
RETURNING scope, "on", last_number
"""


def next_number(scope: str, on: date) -> int:
    """Take the next number of `scope` on that day, starting from 1.

    The row stays locked until the transaction ends, so numbers are consecutive: a rolled-back taker gives its number
    back, and others of the same scope wait for it. Take it last.
    """
    return next_numbers([(scope, on)])[0]


def next_numbers(asked: Sequence[tuple[str, date]]) -> list[int]:
    """Take the next number of each scope on its day, in one go and in one order of locks; no pair may come twice."""
    scopes, days = [scope for scope, _ in asked], [day for _, day in asked]
    with connection.cursor() as cursor:
        cursor.execute(_TAKE, [scopes, days])
        taken: dict[tuple[str, date], int] = {(scope, on): number for scope, on, number in cursor.fetchall()}
    return [taken[one] for one in asked]
