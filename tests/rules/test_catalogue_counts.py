"""Counts of the catalogue between two days, the identity of C-13, and the figures of seed 000."""

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from motcua.rules.catalogue_counts import EVERYTHING, History, Movement, Stretch, movements

FIRST, LAST = date(2026, 1, 1), date(2026, 9, 30)
LONG_AGO, MAY, JUNE = date(2020, 1, 1), date(2026, 5, 4), date(2026, 6, 1)


def history(*bounds: date, end: date | None = None, level: str = "COMMUNE") -> History:
    """A procedure whose versions begin on `bounds` and end on `end`, always of one level."""
    ends = (*bounds[1:], end)
    versions = tuple(
        Stretch(str(number), start, stop) for number, (start, stop) in enumerate(zip(bounds, ends, strict=True), 1)
    )
    return History(versions=versions, groups=(Stretch(level, date.min, None),))


def counted(*histories: History) -> Movement:
    return movements(histories, FIRST, LAST)[EVERYTHING]


def test_the_figures_of_a_province_in_nine_months() -> None:
    """Seed 000: 462 new, over 200 amended, 81 abolished, over 750 published; about 1,800 in force in the end."""
    catalogue = (
        *[history(LONG_AGO, MAY)] * 210,
        *[history(LONG_AGO, end=JUNE)] * 81,
        *[history(LONG_AGO)] * 1_128,
        *[history(MAY)] * 462,
        *[history(LONG_AGO, end=MAY - timedelta(days=500))] * 40,
        *[history(LAST + timedelta(days=1))] * 7,
    )

    found = counted(*catalogue)

    assert found == Movement(before=1_419, new=462, amended=210, abolished=81, after=1_800)
    assert found.published == 753
    assert found.expected_after == 1_800
    assert found.adds_up


def test_an_amendment_changes_nothing_and_two_of_them_are_two() -> None:
    assert counted(history(LONG_AGO, MAY, JUNE)) == Movement(before=1, amended=2, after=1)


def test_a_replaced_procedure_is_abolished_and_the_one_in_its_place_is_new() -> None:
    old, new = replace(history(LONG_AGO, end=MAY), replaced_on=MAY), history(MAY)

    assert counted(old, new) == Movement(before=1, new=1, abolished=1, replaced=1, after=1)


def test_what_came_and_went_within_the_period_is_both() -> None:
    assert counted(history(MAY, end=JUNE)) == Movement(new=1, abolished=1)


def test_the_first_and_the_last_day_belong_to_the_period() -> None:
    assert counted(history(FIRST), history(LAST), history(LONG_AGO, end=LAST)) == Movement(
        before=1, new=2, abolished=1, after=2
    )
    after = LAST + timedelta(days=1)
    assert counted(history(after), history(LONG_AGO, end=after), history(LONG_AGO, end=FIRST)) == Movement(
        before=2, abolished=1, after=1
    )


def test_a_procedure_that_changes_its_level_moves_and_stays_in_force() -> None:
    moved = replace(history(LONG_AGO, MAY), groups=(Stretch("PROVINCE", LONG_AGO, MAY), Stretch("COMMUNE", MAY, None)))

    found = movements([moved], FIRST, LAST)

    assert found == {
        EVERYTHING: Movement(before=1, amended=1, after=1),
        "PROVINCE": Movement(before=1, moved_out=1),
        "COMMUNE": Movement(moved_in=1, after=1),
    }
    assert all(one.adds_up for one in found.values())


def test_a_unit_that_begins_to_handle_a_procedure_in_force_has_it_moved_in() -> None:
    offered = replace(history(LONG_AGO), groups=(Stretch("H18.01", LONG_AGO, None), Stretch("H18.02", JUNE, None)))

    found = movements([offered], FIRST, LAST)

    assert found["H18.01"] == Movement(before=1, after=1)
    assert found["H18.02"] == Movement(moved_in=1, after=1)


def test_counts_that_do_not_add_up_are_told() -> None:
    assert not Movement(before=1, new=1, after=1).adds_up


def test_no_procedure_at_all_is_nought() -> None:
    assert movements([], FIRST, LAST) == {EVERYTHING: Movement()}


DAYS = st.integers(0, 30).map(lambda n: FIRST + timedelta(days=n))
GROUPS = st.lists(st.builds(Stretch, st.sampled_from("AB"), DAYS, DAYS | st.none()), max_size=4).map(tuple)


@st.composite
def histories(draw: st.DrawFn) -> History:
    starts = sorted(draw(st.lists(DAYS, unique=True, max_size=4)))
    following = [*starts[1:], None][: len(starts)]
    stops = [draw(st.sampled_from([day, None])) for day in following]
    gone = draw(DAYS | st.none())
    stretches = [
        Stretch(str(number), start, min((day for day in (stop, after, gone) if day), default=None))
        for number, (start, stop, after) in enumerate(zip(starts, stops, following, strict=True))
    ]
    return History(
        versions=tuple(one for one in stretches if one.ends_on is None or one.starts_on < one.ends_on),
        groups=draw(GROUPS),
    )


@given(catalogue=st.lists(histories(), max_size=5), first=DAYS, length=st.integers(0, 20))
def test_the_identity_holds_in_every_group_whatever_happened(
    catalogue: list[History], first: date, length: int
) -> None:
    last = first + timedelta(days=length)

    found = movements(catalogue, first, last)

    assert all(one.adds_up for one in found.values())
    for day, count in ((first - timedelta(days=1), found[EVERYTHING].before), (last, found[EVERYTHING].after)):
        assert count == sum(any(version.holds_on(day) for version in one.versions) for one in catalogue)
    days = [first + timedelta(days=n) for n in range(length + 1)]
    told = [(state(one, day - timedelta(days=1)), state(one, day)) for one in catalogue for day in days]
    assert found[EVERYTHING].new == sum(was is None and now is not None for was, now in told)
    assert found[EVERYTHING].abolished == sum(was is not None and now is None for was, now in told)
    assert found[EVERYTHING].amended == sum(was != now and None not in {was, now} for was, now in told)


def state(one: History, day: date) -> str | None:
    return next((version.value for version in one.versions if version.holds_on(day)), None)
