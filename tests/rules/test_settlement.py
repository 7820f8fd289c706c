"""The counts of C-30: one worked life seen month by month, the edges, and the identities over random lives (R-11)."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.rules.counting import CountingMode
from motcua.rules.settlement import (
    NOTHING,
    SETTLED,
    CountedDossier,
    Identity,
    Promised,
    Reception,
    ReportedTotals,
    Settlement,
    Standing,
    Wait,
    broken_identities,
    reception_in,
    settlement,
    standing_at,
)
from tests.rules.lived import DIRECT, ONLINE, at, lives, month

MARCH, APRIL, MAY = month(3), month(4), month(5)
DUE = (Promised(at(16, 17)),)


@pytest.mark.parametrize(
    ("dossier", "standing"),
    [
        (CountedDossier(at(2), ONLINE, DUE, ended_at=at(13, 16)), Standing.EARLY),
        (CountedDossier(at(2), ONLINE, DUE, ended_at=at(16, 18)), Standing.ON_TIME),
        (CountedDossier(at(2), ONLINE, DUE, ended_at=at(17, 8)), Standing.LATE),
        (CountedDossier(at(2), ONLINE, DUE), Standing.OVERDUE),
        (CountedDossier(at(2), ONLINE, (Promised(at(1, 17, month=4)),)), Standing.WITHIN_LIMIT),
        # Ended in April, so still under way at the end of March.
        (CountedDossier(at(2), ONLINE, DUE, ended_at=at(1, 0, month=4)), Standing.OVERDUE),
        # It is the applicant's turn: the clock does not run.
        (CountedDossier(at(2), ONLINE, DUE, (Wait(at(10)),)), Standing.WITHIN_LIMIT),
        (CountedDossier(at(2), ONLINE, DUE, (Wait(at(10), at(12)),)), Standing.OVERDUE),
        (CountedDossier(at(2), ONLINE, DUE, (Wait(at(10), at(1, 0, month=4)),)), Standing.WITHIN_LIMIT),
        # Withdrawn, stopped, closed: on time unless the promise was broken by then.
        (CountedDossier(at(2), ONLINE, DUE, ended_at=at(3), has_result=False), Standing.ON_TIME),
        (CountedDossier(at(2), ONLINE, DUE, ended_at=at(17), has_result=False), Standing.LATE),
        # By the hour where the promise names one (L-11).
        (CountedDossier(at(2), ONLINE, (Promised(at(2, 15)),), ended_at=at(2, 14), mode=CountingMode.ROLLING), "EARLY"),
        (CountedDossier(at(2), ONLINE, (Promised(at(2, 15)),), ended_at=at(2, 16), mode=CountingMode.ROLLING), "LATE"),
        # The promise that held then counts: replaced on the 14th by one that is later.
        (
            CountedDossier(at(2), ONLINE, (Promised(at(16, 17), at(14)), Promised(at(30, 17))), ended_at=at(20)),
            Standing.EARLY,
        ),
        (
            CountedDossier(at(2), ONLINE, (Promised(at(16, 17), at(20, month=4)), Promised(at(30, 17, month=4)))),
            Standing.OVERDUE,
        ),
    ],
)
def test_how_a_dossier_stood_at_the_end_of_march(dossier: CountedDossier, standing: Standing) -> None:
    assert standing_at(dossier, MARCH.until) == standing


@pytest.mark.parametrize(
    ("accepted_at", "came_in", "ended_at", "reception"),
    [
        (at(1, 0), ONLINE, None, ONLINE),
        (at(31, 23), DIRECT, None, DIRECT),
        (at(28, month=2), ONLINE, None, Reception.CARRIED_OVER),
        (at(28, month=2), ONLINE, at(1, 0), Reception.CARRIED_OVER),
        (at(27, month=2), ONLINE, at(28, 23, month=2), None),
        (at(1, 0, month=4), ONLINE, None, None),
    ],
)
def test_how_a_dossier_came_into_march(
    accepted_at: datetime, came_in: Reception, ended_at: datetime | None, reception: Reception | None
) -> None:
    assert reception_in(CountedDossier(accepted_at, came_in, DUE, ended_at=ended_at), MARCH) == reception


def test_one_life_month_by_month() -> None:
    life = [CountedDossier(at(30), DIRECT, (Promised(at(14, 17, month=4)),), ended_at=at(5, month=5))]

    assert [settlement(life, period) for period in (month(2), MARCH, APRIL, MAY, month(6))] == [
        NOTHING,
        Settlement(direct_or_postal=1, within_limit=1),
        Settlement(carried_over=1, overdue=1),
        Settlement(carried_over=1, late=1),
        NOTHING,
    ]


def test_seed_003_breaks_an_identity_by_388() -> None:
    line = Settlement(online=7678, on_time=7613, within_limit=453)
    stated = ReportedTotals(received=7678, settled=7613, in_progress=453)

    assert broken_identities(line, stated) == {Identity.WHOLE: 388}


@given(st.lists(lives(), max_size=12))
def test_whatever_happens_the_identities_hold(dossiers: list[CountedDossier]) -> None:
    before = None
    for period in (MARCH, APRIL, MAY, month(6)):
        line = settlement(dossiers, period)
        accepted = sum(period.since <= one.accepted_at < period.until for one in dossiers)
        ended = sum(one.ended_at is not None and period.since <= one.ended_at < period.until for one in dossiers)
        still = sum(
            one.accepted_at < period.until and (one.ended_at is None or one.ended_at >= period.until)
            for one in dossiers
        )
        carried = before.in_progress if before else 0

        stated = ReportedTotals(received=accepted + carried, settled=ended, in_progress=still)
        assert broken_identities(line, stated, before) == {}
        before = line


@given(lives(), st.integers(0, 5000))
def test_what_is_settled_stays_as_it_was_settled(dossier: CountedDossier, hours: int) -> None:
    end = at(1, 0) + timedelta(hours=hours)
    if dossier.accepted_at < end and (standing := standing_at(dossier, end)) in SETTLED:
        assert standing_at(dossier, end + timedelta(days=400)) == standing
