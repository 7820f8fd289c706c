"""A package applied twice changes nothing the second time; one that extends another comes to the same alone."""

from collections.abc import Sequence

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from motcua.organisations.models import Unit
from motcua.province_setup.commands.apply_package import apply_package
from motcua.province_setup.commands.packages import receive_package
from motcua.province_setup.contents import made_package
from motcua.province_setup.merging import Item, State, Weight, merge
from tests.make import make_offering, make_unit
from tests.province_setup.province import elsewhere
from tests.province_setup.test_apply import LATER, WHOLE
from tests.province_setup.test_merging import FACTS, RULES, item, record, version

_WORDS = st.sampled_from(["", "Luật A", "Luật B"])
_DAYS = st.sampled_from([None, "2020-01-01", "2021-01-01"])
_RECORDS = st.builds(
    lambda title, day, is_own, text, is_stub, hash_: record(
        title=title, day=day, is_own=is_own, text=text, is_stub=is_stub, hash_=hash_
    ),
    _WORDS,
    _DAYS,
    st.booleans(),
    _WORDS,
    st.booleans(),
    st.sampled_from(["", "1", "2"]),
)
_ITEMS = st.builds(
    lambda name, until, numbers: item(name=name, until=until, versions=[version(number) for number in sorted(numbers)]),
    st.sampled_from(["A", "B"]),
    _DAYS,
    st.sets(st.integers(1, 4), min_size=1),
)


@given(_RECORDS, _RECORDS, st.sampled_from([Weight.EVEN, Weight.THEIRS]))
def test_facts_brought_together_twice_stay(ours: Item, theirs: Item, weight: Weight) -> None:
    once = merge(ours, theirs, FACTS, weight=weight)
    again = merge(once.item, theirs, FACTS, weight=weight)

    if once.state is not State.CLASH:  # a clash is left alone whole
        assert (again.state, again.item) == (State.SAME, once.item)


@given(_ITEMS, _ITEMS)
def test_items_brought_together_twice_stay(ours: Item, theirs: Item) -> None:
    once = merge(ours, theirs, RULES)

    if once.state is not State.CLASH:
        assert merge(once.item, theirs, RULES).state is State.SAME


@given(_RECORDS, _RECORDS)
def test_a_fact_that_is_known_is_never_emptied(ours: Item, theirs: Item) -> None:
    for weight in Weight:
        merged = merge(ours, theirs, FACTS, weight=weight).item

        assert isinstance(ours["written"], dict)
        assert isinstance(merged["written"], dict)
        assert all(merged["written"][name] not in ("", None) for name, value in ours["written"].items() if value)
        assert merged["text"] or not ours["text"]


@pytest.mark.django_db
@settings(max_examples=5, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.booleans(), max_size=3), st.lists(st.booleans(), min_size=1, max_size=3))
def test_what_extends_another_comes_to_the_same_alone(first: Sequence[bool], more: Sequence[bool]) -> None:
    with elsewhere():
        _grow(first)
        small = made_package().content
        _grow(more)
        large = made_package().content

    with elsewhere():
        assert Unit.objects.count() == 0
        _apply(large)
        alone = made_package().content
        assert _apply(large) is None
    with elsewhere():
        _apply(small)
        _apply(large)
        after = made_package().content
        assert _apply(small) is None

    assert alone == after == large


def _grow(offers: Sequence[bool]) -> None:
    for is_offer in offers:
        if is_offer:
            make_offering()
        else:
            make_unit()


def _apply(content: bytes) -> object:
    package = receive_package(content=content, actor=None, at=LATER)
    return apply_package(package=package, choice=WHOLE, actor=None, at=LATER)
