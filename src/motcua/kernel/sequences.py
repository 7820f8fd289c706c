"""Numbers that restart every day in each scope, without a double under any concurrency (B-40, B-42)."""

from datetime import date

from django.db import connection

_TAKE = """
INSERT INTO kernel_sequence (scope, "on", last_number) VALUES (%s, %s, 1)
ON CONFLICT (scope, "on") DO UPDATE SET last_number = kernel_sequence.last_number + 1
RETURNING last_number
"""


def next_number(scope: str, on: date) -> int:
    """Take the next number of `scope` on that day, starting from 1.

    The row stays locked until the transaction ends, so numbers are consecutive: a rolled-back taker gives its number
    back, and others of the same scope wait for it. Take it last.
    """
    with connection.cursor() as cursor:
        cursor.execute(_TAKE, [scope, on])
        number: int = cursor.fetchone()[0]
    return number
