"""A text and its successor at a desk, as tests about postings need them."""

from dataclasses import replace
from datetime import date

from motcua.rules.posting import (
    Confirmed,
    Edition,
    PostingAct,
    PostingKind,
    PostingState,
    Receiving,
)
from motcua.rules.working_time import working_calendar

CALENDAR = working_calendar()
RECEIVING = Receiving(date(2020, 1, 1))
SIGNED = date(2026, 3, 2)
"""A Monday; five working days later it is Monday the 9th."""
EFFECT = date(2026, 3, 16)
FIRST = Edition(1, date(2020, 1, 1), EFFECT, date(2019, 12, 30))
SECOND = Edition(2, EFFECT, signed_on=SIGNED)
BOTH = (FIRST, SECOND)
ENDED = (replace(FIRST, valid_until=EFFECT),)
S = PostingState


def up(edition: Edition, on: date, kind: PostingKind = PostingKind.BOARD) -> Confirmed:
    return Confirmed(PostingAct.PUT_UP, kind, on, edition)


def down(on: date, kind: PostingKind = PostingKind.BOARD) -> Confirmed:
    return Confirmed(PostingAct.TAKEN_DOWN, kind, on)


OLD_UP = up(FIRST, date(2020, 1, 2))


def day(number: int) -> date:
    return date(2026, 3, number)
