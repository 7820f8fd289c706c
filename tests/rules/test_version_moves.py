"""Open dossiers and a new version: who may follow, and what becomes of their promise (R-13, B-59)."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.rules.transitions import Status
from motcua.rules.version_moves import MOVABLE, Bar, Move, OpenDossier, PromiseRule, move

NOW = datetime(2026, 3, 4, 9, 0)
PROMISED = datetime(2026, 3, 9, 17, 0)
SOONER = datetime(2026, 3, 5, 17, 0)
UNDER_WAY = OpenDossier(Status.IN_PROGRESS, PROMISED, by_old=PROMISED, by_new=SOONER)


def test_the_promise_stays_as_printed_unless_the_order_says_otherwise() -> None:
    assert move(UNDER_WAY, PromiseRule.KEEP, at=NOW) == Move(None, PROMISED)
    assert move(UNDER_WAY, PromiseRule.ADVANCE, at=NOW) == Move(None, SOONER, is_sooner=True)


def test_a_sooner_moment_that_has_passed_is_no_promise() -> None:
    assert move(UNDER_WAY, PromiseRule.ADVANCE, at=SOONER) == Move(None, PROMISED)


def test_a_date_extended_or_written_beyond_both_counts_is_kept() -> None:
    extended = replace(UNDER_WAY, by_new=PROMISED)

    assert move(extended, PromiseRule.ADVANCE, at=NOW) == Move(None, PROMISED)


@pytest.mark.parametrize(
    ("dossier", "bar"),
    [
        (replace(UNDER_WAY, status=Status.SUBMITTED, promised_at=None), Bar.NOT_ACCEPTED),
        (replace(UNDER_WAY, status=Status.INTAKE_SUPPLEMENT, promised_at=None), Bar.NOT_ACCEPTED),
        (replace(UNDER_WAY, status=Status.SUPPLEMENT), Bar.CLOCK_STANDS),
        (replace(UNDER_WAY, status=Status.FINANCIAL), Bar.CLOCK_STANDS),
        (replace(UNDER_WAY, status=Status.SIGNED), Bar.DECIDED),
        (replace(UNDER_WAY, is_superseded=True), Bar.SUPERSEDED),
        (replace(UNDER_WAY, is_linked=True), Bar.LINKED),
        (replace(UNDER_WAY, is_at_once=True), Bar.AT_ONCE),
        (replace(UNDER_WAY, lost={"con-1-ten"}), Bar.ANSWERS_LOST),
        (replace(UNDER_WAY, by_new=None), Bar.LIMIT_UNKNOWN),
        (replace(UNDER_WAY, by_old=None), Bar.LIMIT_UNKNOWN),
        (replace(UNDER_WAY, promised_at=None), Bar.LIMIT_UNKNOWN),
        (replace(UNDER_WAY, by_new=PROMISED + timedelta(days=1)), Bar.WOULD_BE_LATER),
    ],
)
def test_who_stays_is_told_why_and_keeps_the_promise(dossier: OpenDossier, bar: Bar) -> None:
    assert move(dossier, PromiseRule.ADVANCE, at=NOW) == Move(bar, dossier.promised_at)


@given(
    status=st.sampled_from(Status),
    hours=st.tuples(*[st.integers(-200, 400)] * 3),
    rule=st.sampled_from(PromiseRule),
)
def test_no_promise_ever_moves_later_or_into_the_past(
    status: Status, hours: tuple[int, int, int], rule: PromiseRule
) -> None:
    promised, old, new = (NOW + timedelta(hours=count) for count in hours)

    found = move(OpenDossier(status, promised, old, new), rule, at=NOW)

    assert found.due_at is not None
    assert found.due_at <= promised
    assert found.is_sooner == (found.due_at < promised)
    assert not found.is_sooner or (found.due_at > NOW and status in MOVABLE)
