"""Daily figures: worked lives, and that any period of days is what the dossiers are when counted one by one (C-30)."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.rules.deadlines import Outcome, outcome
from motcua.rules.permissions import Role, RoleGrant
from motcua.rules.settlement import (
    NOTHING,
    CountedDossier,
    Period,
    Promised,
    Reception,
    Settlement,
    Standing,
    Wait,
    promise_at,
    reception_in,
    settlement,
    standing_at,
    waits_at,
)
from motcua.rules.settlement_figures import (
    DayChange,
    DossierFigures,
    FilingWay,
    Measure,
    figures_of,
    midnight,
)
from motcua.rules.settlement_table import (
    NOTHING_BESIDE,
    OURS,
    Beside,
    CountingDefinition,
    EarlyAs,
    ExtendedBy,
    RateOf,
    WaitingAs,
    WithoutResultAs,
    beside_line,
    may_choose_definition,
    on_time_rate,
    settlement_line,
)
from motcua.rules.working_time import in_hanoi
from tests.rules.lived import DIRECT, ONLINE, at, lives

DUE = (Promised(at(16, 17)),)
APOLOGY = (Promised(at(16, 17), at(14)), Promised(at(30, 17), is_extension=True))


def march(day: int) -> date:
    return date(2026, 3, day)


def kept_by_an_apology(due_on: date, ended_on: date, ended_as: Measure) -> DossierFigures:
    return DossierFigures(march(2), FilingWay.ONLINE, due_on, ended_on, ended_as, is_kept_by_extension=True)


@pytest.mark.parametrize(
    ("dossier", "figures"),
    [
        (
            CountedDossier(at(2), ONLINE, DUE, ended_at=at(13, 16)),
            DossierFigures(march(2), FilingWay.ONLINE, march(16), march(13), Measure.RESULT_EARLY),
        ),
        (
            CountedDossier(at(2), ONLINE, DUE),
            DossierFigures(march(2), FilingWay.ONLINE, march(16), overdue=(march(16),)),
        ),
        (
            CountedDossier(at(2), ONLINE, DUE, ended_at=at(18)),
            DossierFigures(
                march(2), FilingWay.ONLINE, march(16), march(18), Measure.RESULT_LATE, overdue=(march(16), march(18))
            ),
        ),
        (
            CountedDossier(at(2), ONLINE, DUE, (Wait(at(10), at(20)),)),
            DossierFigures(march(2), FilingWay.ONLINE, march(16), waiting=(march(10), march(20)), overdue=(march(20),)),
        ),
        # Asked and answered on the same day: at its end nobody waits.
        (
            CountedDossier(at(2), ONLINE, DUE, (Wait(at(10, 9), at(10, 15)),), ended_at=at(12), has_result=False),
            DossierFigures(march(2), FilingWay.ONLINE, march(16), march(12), Measure.ENDED_EARLY),
        ),
        # Late by the first date, early by the new one, which a change of the calendar moved once more.
        (
            CountedDossier(at(2), ONLINE, APOLOGY, ended_at=at(20)),
            DossierFigures(
                march(2), FilingWay.ONLINE, march(30), march(20), Measure.RESULT_EARLY, is_kept_by_extension=True
            ),
        ),
        (
            CountedDossier(
                at(2),
                ONLINE,
                (APOLOGY[0], replace(APOLOGY[1], until=at(15)), Promised(at(31, 17), is_extension=True)),
                ended_at=at(31, 8),
            ),
            DossierFigures(
                march(2), FilingWay.ONLINE, march(31), march(31), Measure.RESULT_ON_TIME, is_kept_by_extension=True
            ),
        ),
        # An apology before the first date was over changed nothing.
        (
            CountedDossier(at(2), ONLINE, APOLOGY, ended_at=at(16)),
            DossierFigures(march(2), FilingWay.ONLINE, march(30), march(16), Measure.RESULT_EARLY),
        ),
        (
            CountedDossier(at(2), ONLINE, APOLOGY, ended_at=at(20), has_result=False),
            DossierFigures(march(2), FilingWay.ONLINE, march(30), march(20), Measure.ENDED_EARLY),
        ),
    ],
    ids=[
        "early",
        "under way",
        "late",
        "waited",
        "waited within a day",
        "kept by an apology",
        "an apology moved",
        "an apology not needed",
        "withdrawn after an apology",
    ],
)
def test_what_a_dossier_counts_as(dossier: CountedDossier, figures: DossierFigures) -> None:
    assert figures_of(dossier, FilingWay.ONLINE) == figures


def test_the_days_of_a_late_dossier() -> None:
    figures = figures_of(CountedDossier(at(2), DIRECT, APOLOGY, (Wait(at(3), at(4)),), at(31)), FilingWay.POSTAL)

    assert list(figures.changes()) == [
        DayChange(march(2), Measure.ACCEPTED_POSTAL, 1),
        DayChange(march(30), Measure.DUE, 1),
        DayChange(march(31), Measure.RESULT_LATE, 1),
        DayChange(march(3), Measure.WAITING, 1),
        DayChange(march(4), Measure.WAITING, -1),
        DayChange(march(30), Measure.OVERDUE, 1),
        DayChange(march(31), Measure.OVERDUE, -1),
    ]


def test_what_was_kept_by_an_apology_is_counted_beside() -> None:
    figures = figures_of(CountedDossier(at(2), DIRECT, APOLOGY, (), at(20)), FilingWay.DIRECT)

    assert DayChange(march(20), Measure.EXTENDED_EARLY, 1) in figures.changes()


# One of each: ended early, on time and late with and without a result, kept by an apology, waiting, and overdue.
ONE_OF_EACH = {
    Measure.ACCEPTED_ONLINE: 9,
    Measure.ACCEPTED_DIRECT: 1,
    Measure.RESULT_EARLY: 2,
    Measure.RESULT_ON_TIME: 2,
    Measure.RESULT_LATE: 1,
    Measure.ENDED_EARLY: 1,
    Measure.ENDED_ON_TIME: 1,
    Measure.ENDED_LATE: 1,
    Measure.EXTENDED_EARLY: 1,
    Measure.EXTENDED_ON_TIME: 1,
    Measure.DUE: 4,
    Measure.WAITING: 1,
    Measure.OVERDUE: 1,
}


@pytest.mark.parametrize(
    ("definition", "line", "rate"),
    [
        (OURS, Settlement(9, 1, 0, 2, 4, 2, 1, 1), Fraction(6, 8)),
        # The old form II.06a: what waits for its applicant, and what ended without a result, is on time.
        (
            CountingDefinition(WaitingAs.SETTLED_ON_TIME, WithoutResultAs.ALWAYS_ON_TIME),
            Settlement(9, 1, 0, 2, 6, 1, 0, 1),
            Fraction(8, 9),
        ),
        (
            CountingDefinition(without_result=WithoutResultAs.LIKE_A_RESULT),
            Settlement(9, 1, 0, 3, 3, 2, 1, 1),
            Fraction(6, 8),
        ),
        (
            CountingDefinition(extended=ExtendedBy.FIRST_DATE),
            Settlement(9, 1, 0, 1, 3, 4, 1, 1),
            Fraction(4, 8),
        ),
        # Gia Lai: early is on the day too; late is what is late of all there was to settle.
        (
            CountingDefinition(early=EarlyAs.ON_OR_BEFORE, rate=RateOf.TO_SETTLE),
            Settlement(9, 1, 0, 6, 0, 2, 1, 1),
            Fraction(7, 10),
        ),
        # Vĩnh Phúc: late is what is late of what fell due.
        (CountingDefinition(rate=RateOf.DUE), Settlement(9, 1, 0, 2, 4, 2, 1, 1), Fraction(1, 4)),
    ],
    ids=["ours", "II.06a", "like a result", "by the first date", "Gia Lai", "Vinh Phuc"],
)
def test_the_same_figures_by_each_definition(definition: CountingDefinition, line: Settlement, rate: Fraction) -> None:
    beside = beside_line({}, ONE_OF_EACH)

    assert settlement_line({}, ONE_OF_EACH, definition) == line
    assert beside == Beside(due=4, extended=2, without_result=3, waiting=1)
    assert on_time_rate(line, beside, definition) == rate


@pytest.mark.parametrize("rate", RateOf)
def test_there_is_no_share_of_nothing(rate: RateOf) -> None:
    assert on_time_rate(NOTHING, NOTHING_BESIDE, CountingDefinition(rate=rate)) is None


def test_two_lines_beside_make_one() -> None:
    assert Beside(1, 2, 3, 4) + Beside(10, 20, 30, 40) == Beside(11, 22, 33, 44)


@pytest.mark.parametrize(
    ("grant", "may"),
    [
        (RoleGrant(Role.PROCEDURE_CONTROL_OFFICER, 1, march(1)), True),
        (RoleGrant(Role.PROCEDURE_CONTROL_OFFICER, 1, march(3)), False),
        (RoleGrant(Role.PROCEDURE_CONTROL_OFFICER, 2, march(1)), False),
        (RoleGrant(Role.SIGNER, 1, march(1)), False),
    ],
    ids=["the province's", "not yet", "another unit's", "the chairman"],
)
def test_who_controls_procedures_at_the_province_says_how_it_counts(grant: RoleGrant, may: bool) -> None:
    assert may_choose_definition({1}, [grant], on=march(2)) is may


def sums_before(day: date, dossiers: Iterable[CountedDossier]) -> Counter[Measure]:
    found = Counter[Measure]()
    for dossier in dossiers:
        way = FilingWay.ONLINE if dossier.came_in is ONLINE else FilingWay.DIRECT
        for change in figures_of(dossier, way).changes():
            if change.on < day:
                found[change.measure] += change.count
    return found


def recounted(dossiers: Iterable[CountedDossier], period: Period, definition: CountingDefinition) -> Settlement:
    """Count one by one, each dossier by itself, without a sum."""
    line = NOTHING
    for dossier in dossiers:
        reception = reception_in(dossier, period)
        if reception is not None:
            standing = standing_by(dossier, in_hanoi(period.until).date(), definition)
            line += replace(NOTHING, **{reception.value.lower(): 1})
            line += replace(NOTHING, **{standing.value.lower(): 1})
    return line


def standing_by(dossier: CountedDossier, end: date, definition: CountingDefinition) -> Standing:
    found = standing_as_chosen(dossier, end, definition)
    if found is Standing.ON_TIME and definition.early is EarlyAs.ON_OR_BEFORE:
        return Standing.EARLY
    return found


def standing_as_chosen(dossier: CountedDossier, end: date, definition: CountingDefinition) -> Standing:
    if dossier.ended_at is None or dossier.ended_at >= midnight(end):
        is_settled = definition.waiting is WaitingAs.SETTLED_ON_TIME and waits_at(dossier, midnight(end))
        return Standing.ON_TIME if is_settled else standing_at(dossier, midnight(end))
    if not dossier.has_result and definition.without_result is WithoutResultAs.ALWAYS_ON_TIME:
        return Standing.ON_TIME
    if not dossier.has_result and definition.without_result is WithoutResultAs.ON_TIME_UNLESS_BROKEN:
        return standing_at(dossier, midnight(end))
    given = promise_at(dossier, dossier.ended_at)
    compared = [given]
    if dossier.has_result and definition.extended is ExtendedBy.FIRST_DATE:
        earlier = list(dossier.promises[: dossier.promises.index(given) + 1])
        while len(earlier) > 1 and earlier[-1].is_extension:
            earlier.pop()
        compared.append(earlier[-1])
    outcomes = [outcome(dossier.ended_at, one.due_at, dossier.mode) for one in compared]
    return Standing.LATE if Outcome.LATE in outcomes else Standing(outcomes[0].value)


SPANS = st.tuples(st.integers(0, 200), st.integers(1, 100)).map(
    lambda span: (date(2026, 2, 20) + timedelta(days=span[0]), date(2026, 2, 20) + timedelta(days=sum(span)))
)


@given(
    st.lists(lives(), max_size=12),
    SPANS,
    st.builds(
        CountingDefinition,
        st.sampled_from(WaitingAs),
        st.sampled_from(WithoutResultAs),
        st.sampled_from(ExtendedBy),
        st.sampled_from(EarlyAs),
    ),
)
def test_the_days_of_any_period_make_what_its_dossiers_are(
    dossiers: list[CountedDossier], span: tuple[date, date], definition: CountingDefinition
) -> None:
    since, until = span
    period = Period(midnight(since), midnight(until))
    before, after = sums_before(since, dossiers), sums_before(until, dossiers)

    assert settlement_line(before, after, definition) == recounted(dossiers, period, definition)
    assert settlement_line(before, after) == settlement(dossiers, period)
    ended = [one for one in dossiers if one.ended_at and period.since <= one.ended_at < period.until]
    beside = beside_line(before, after)
    assert beside.without_result == sum(not one.has_result for one in ended)
    assert beside.waiting == sum(
        reception_in(one, period) is not None
        and not (one.ended_at and one.ended_at < period.until)
        and waits_at(one, period.until)
        for one in dossiers
    )


@given(lives())
def test_a_dossier_is_accepted_once_due_once_and_ends_at_most_once(dossier: CountedDossier) -> None:
    figures = figures_of(dossier, FilingWay.DIRECT)
    totals = Counter[Measure]()
    for change in figures.changes():
        totals[change.measure] += change.count

    assert totals[Measure.ACCEPTED_DIRECT] == totals[Measure.DUE] == 1
    assert (figures.ended_on is None) == (dossier.ended_at is None)
    assert figures.accepted_on == in_hanoi(dossier.accepted_at).date()
    if dossier.ended_at is not None:
        assert totals[Measure.WAITING] == totals[Measure.OVERDUE] == 0
    assert {totals[Measure.WAITING], totals[Measure.OVERDUE]} <= {0, 1}
    assert Reception.CARRIED_OVER is not dossier.came_in
