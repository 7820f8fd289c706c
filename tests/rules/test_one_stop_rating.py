"""The nine indices of one-stop work and the grades made of them (B-51, B-52)."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.rules.deadlines import Outcome
from motcua.rules.one_stop_rating import (
    OF_A_DOSSIER,
    OF_AN_OFFICIAL,
    Fulfilment,
    Grade,
    Index,
    RatedAgency,
    RatedDossier,
    Tier,
    Total,
    agency_points,
    dossier_points,
    fulfilment_of,
    grade_of,
    index_values,
    total,
)

GOOD = RatedDossier(
    whole=Outcome.EARLY,
    at_units=(Outcome.EARLY,),
    contacts=0,
    agencies=0,
    is_posted=True,
    is_published=True,
    has_founded_complaint=False,
)
DESK = RatedAgency(
    tier=Tier.COMMUNE,
    procedures=10,
    whole_at_desk=10,
    is_all_received=True,
    feedback=0,
    feedback_on_time=0,
    online_procedures=2,
    filed=100,
    filed_online=30,
    online_late=0,
)
DOSSIERS = st.builds(
    RatedDossier,
    whole=st.none() | st.sampled_from(Outcome),
    at_units=st.lists(st.sampled_from(Outcome), max_size=4).map(tuple),
    contacts=st.none() | st.integers(0, 9),
    agencies=st.integers(0, 9),
    is_posted=st.booleans(),
    is_published=st.booleans(),
    has_founded_complaint=st.booleans(),
)


@pytest.mark.parametrize(
    ("changed", "index", "points"),
    [
        ({}, Index.TOTAL_TIME, 2),
        ({"whole": Outcome.ON_TIME}, Index.TOTAL_TIME, 1),
        ({"whole": Outcome.LATE}, Index.TOTAL_TIME, 0),
        ({"whole": None}, Index.TOTAL_TIME, None),
        ({"at_units": (Outcome.EARLY, Outcome.EARLY)}, Index.TIME_AT_UNITS, 2),
        ({"at_units": (Outcome.EARLY, Outcome.ON_TIME)}, Index.TIME_AT_UNITS, 1),
        ({"at_units": (Outcome.EARLY, Outcome.LATE)}, Index.TIME_AT_UNITS, 0),
        ({"at_units": ()}, Index.TIME_AT_UNITS, None),
        ({"contacts": 0}, Index.CONTACTS, 2),
        ({"contacts": 1}, Index.CONTACTS, 1),
        ({"contacts": 2}, Index.CONTACTS, 0),
        ({"contacts": None}, Index.CONTACTS, None),
        ({"agencies": 0}, Index.AGENCIES, 2),
        ({"agencies": 1}, Index.AGENCIES, 1),
        ({"agencies": 3}, Index.AGENCIES, 0),
        ({}, Index.PUBLICITY, 2),
        ({"is_posted": False}, Index.PUBLICITY, 1),
        ({"is_published": False}, Index.PUBLICITY, 1),
        ({"is_posted": False, "is_published": False}, Index.PUBLICITY, 0),
        ({}, Index.ATTITUDE, 2),
        ({"whole": Outcome.ON_TIME}, Index.ATTITUDE, 1),
        ({"whole": Outcome.LATE}, Index.ATTITUDE, 0),
        ({"has_founded_complaint": True}, Index.ATTITUDE, 0),
        ({"whole": None}, Index.ATTITUDE, None),
        ({"whole": None, "has_founded_complaint": True}, Index.ATTITUDE, 0),
    ],
)
def test_points_of_a_dossier(changed: dict[str, object], index: Index, points: int | None) -> None:
    assert dossier_points(replace(GOOD, **changed))[index] == points  # type: ignore[arg-type]  # columns of every type


@pytest.mark.parametrize(
    ("changed", "index", "points"),
    [
        ({}, Index.ORGANISATION, 2),
        ({"whole_at_desk": 9}, Index.ORGANISATION, 1),
        ({"whole_at_desk": 9, "is_all_received": False}, Index.ORGANISATION, 0),
        ({"whole_at_desk": 5, "tier": Tier.DISTRICT}, Index.ORGANISATION, 2),
        ({"whole_at_desk": 4, "tier": Tier.DISTRICT}, Index.ORGANISATION, 1),
        ({"whole_at_desk": 2, "tier": Tier.PROVINCE}, Index.ORGANISATION, 2),
        ({"whole_at_desk": 1, "tier": Tier.PROVINCE, "is_all_received": False}, Index.ORGANISATION, 0),
        ({"procedures": 0, "whole_at_desk": 0}, Index.ORGANISATION, None),
        ({}, Index.FEEDBACK, 2),
        ({"feedback": 10, "feedback_on_time": 10}, Index.FEEDBACK, 2),
        ({"feedback": 10, "feedback_on_time": 9}, Index.FEEDBACK, 1),
        ({"feedback": 10, "feedback_on_time": 8}, Index.FEEDBACK, 0),
        ({}, Index.ONLINE, 2),
        ({"online_late": 1}, Index.ONLINE, 1),
        ({"online_procedures": 1}, Index.ONLINE, 1),
        ({"filed_online": 29}, Index.ONLINE, 1),
        ({"filed_online": 15}, Index.ONLINE, 1),
        ({"filed_online": 14}, Index.ONLINE, 0),
        ({"filed": 0, "filed_online": 0}, Index.ONLINE, None),
        ({"procedures": 0, "whole_at_desk": 0, "online_procedures": 0}, Index.ONLINE, None),
    ],
)
def test_points_of_an_agency(changed: dict[str, object], index: Index, points: int | None) -> None:
    assert agency_points(replace(DESK, **changed))[index] == points  # type: ignore[arg-type]  # columns of every type


def test_the_value_of_an_index_is_the_mean_over_the_dossiers_it_applies_to() -> None:
    dossiers = [GOOD, replace(GOOD, contacts=1), replace(GOOD, contacts=1), replace(GOOD, contacts=None)]

    assert index_values(dossiers)[Index.CONTACTS] == Decimal("1.3")
    assert index_values([]) == dict.fromkeys(OF_A_DOSSIER)


def test_an_index_that_does_not_apply_is_skipped_and_not_counted_as_nothing() -> None:
    values = {Index.TOTAL_TIME: Decimal(2), Index.TIME_AT_UNITS: None, Index.CONTACTS: Decimal(1)}

    assert total(values, OF_AN_OFFICIAL) == Total(points=Decimal(3), scaled=Decimal("7.5"), applied=2)
    assert total({Index.ONLINE: Decimal(2)}, OF_AN_OFFICIAL) is None


@pytest.mark.parametrize(
    ("points", "grade"),
    [("18", Grade.EXCELLENT), ("15", Grade.EXCELLENT), ("14.9", Grade.GOOD), ("12", Grade.GOOD), ("11.9", Grade.FAIR)],
)
def test_grades_from_above(points: str, grade: Grade) -> None:
    assert grade_of(Total(Decimal(points), Decimal(points), 9)) is grade


@pytest.mark.parametrize(
    ("points", "grade"),
    [("9", Grade.FAIR), ("8.9", Grade.AVERAGE), ("6", Grade.AVERAGE), ("5.9", Grade.WEAK), ("0", Grade.WEAK)],
)
def test_grades_from_below(points: str, grade: Grade) -> None:
    assert grade_of(Total(Decimal(points), Decimal(points), 9)) is grade


@pytest.mark.parametrize(
    ("points", "fulfilment"),
    [
        ("10", Fulfilment.WHOLE),
        ("5", Fulfilment.WHOLE),
        ("4.9", Fulfilment.MOSTLY),
        ("3.5", Fulfilment.MOSTLY),
        ("3.4", Fulfilment.LESS),
        ("0", Fulfilment.LESS),
    ],
)
def test_an_officials_grade(points: str, fulfilment: Fulfilment) -> None:
    assert fulfilment_of(Total(Decimal(points), Decimal(points), 5)) is fulfilment


@given(st.lists(DOSSIERS, max_size=20))
def test_every_value_lies_between_nothing_and_two(dossiers: list[RatedDossier]) -> None:
    values = index_values(dossiers)

    assert all(value is None or 0 <= value <= 2 for value in values.values())


@given(st.lists(DOSSIERS, max_size=10), st.dictionaries(st.sampled_from(Index), st.none() | st.integers(0, 2)))
def test_a_total_is_never_above_what_can_be_had(
    dossiers: list[RatedDossier], given_to_agency: dict[Index, int | None]
) -> None:
    found = total({**given_to_agency, **index_values(dossiers)}, tuple(Index))

    assert found is None or 0 <= found.points <= found.scaled <= 2 * len(Index)
