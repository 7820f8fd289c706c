"""Lives of dossiers as the report on settlement sees them, drawn at random."""

from datetime import datetime, timedelta

from hypothesis import strategies as st

from motcua.rules.counting import CountingMode
from motcua.rules.settlement import CountedDossier, Period, Promised, Reception, Wait
from motcua.rules.working_time import HANOI

ONLINE, DIRECT = Reception.ONLINE, Reception.DIRECT_OR_POSTAL


def at(day: int, hour: int = 9, *, month: int = 3) -> datetime:
    return datetime(2026, month, day, hour, tzinfo=HANOI)


def month(number: int) -> Period:
    return Period(at(1, 0, month=number), at(1, 0, month=number + 1))


@st.composite
def lives(draw: st.DrawFn) -> CountedDossier:
    accepted = at(1, 0) + timedelta(hours=draw(st.integers(0, 90 * 24)))
    ended = draw(st.none() | st.integers(0, 60 * 24).map(lambda hours: accepted + timedelta(hours=hours)))
    dues = sorted(draw(st.lists(st.integers(0, 40 * 24), min_size=1, max_size=3)))
    given_at = sorted(draw(st.lists(st.integers(0, 40 * 24), min_size=len(dues) - 1, max_size=len(dues) - 1)))
    ends = [accepted + timedelta(hours=hours) for hours in given_at]
    promises = [
        Promised(accepted + timedelta(hours=due), until, is_extension=draw(st.booleans()))
        for due, until in zip(dues[:-1], ends, strict=True)
    ]
    waited = draw(st.none() | st.tuples(st.integers(0, 900), st.none() | st.integers(1, 400)))
    waits: tuple[Wait, ...] = ()
    if waited:
        since = accepted + timedelta(hours=waited[0])
        waits = (Wait(since, since + timedelta(hours=waited[1]) if waited[1] else None),)
    return CountedDossier(
        accepted,
        draw(st.sampled_from([ONLINE, DIRECT])),
        (*promises, Promised(accepted + timedelta(hours=dues[-1]), is_extension=draw(st.booleans()))),
        waits,
        ended_at=ended,
        has_result=draw(st.booleans()),
        mode=draw(st.sampled_from(CountingMode)),
    )
