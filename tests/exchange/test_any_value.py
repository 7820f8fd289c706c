"""Whatever stands at whatever place of a record, the record is read or refused by itself (C-09)."""

import copy
import json
from collections.abc import Iterator

from hypothesis import example, given, settings
from hypothesis import strategies as st

from motcua.catalogue.definitions import ProcedureDefinition
from motcua.catalogue.version_text import lines_of
from motcua.exchange.facts import OurNames, in_our_words, is_public, parts_between
from motcua.exchange.national_files import records_in, require_storable
from motcua.exchange.national_format import NationalRecord, record_of
from motcua.exchange.national_reading import definition_of, digest_of
from motcua.kernel.events import JsonValue
from motcua.organisations.records import RecordUnclear
from motcua.organisations.reports import FileUnreadable
from motcua.rules.national_entry import MappingKind
from tests.exchange.test_national_format import WHOLE_DEFINITION, foreign

Place = tuple[str | int, ...]
NOBODY = OurNames(frozenset(), frozenset(), {"1.001193": ("Tờ khai đăng ký",)})
NO_NAMES: dict[MappingKind, dict[str, str]] = {kind: {} for kind in MappingKind}
TEXTS = st.one_of(
    st.text(st.characters(codec=None), max_size=8),
    st.sampled_from(["", " ", "1", "-1", "1e999", "NaN", "[]", "{}", '[{"a": NaN}]', "true", "\x00", "\ud800", "٣"]),
)
NUMBERS = st.one_of(st.integers(), st.floats(), st.sampled_from([10**400, -0.0, 1e300]))
VALUES = st.recursive(
    st.one_of(st.none(), st.booleans(), NUMBERS, TEXTS),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(TEXTS, inner, max_size=3)),
    max_leaves=6,
)


def places(value: JsonValue, place: Place = ()) -> Iterator[Place]:
    """Every place in a record."""
    yield place
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, one in inner:
        yield from places(one, (*place, key))


def put(record: NationalRecord, place: Place, value: JsonValue) -> NationalRecord:
    """The record with `value` at `place`."""
    changed = copy.deepcopy(record)
    target: JsonValue = changed
    for key in place[:-1]:
        target = target[key]  # type: ignore[index]  # the place is one of the record's
    target[place[-1]] = value  # type: ignore[index]  # as above
    return changed


def attempt(record: NationalRecord) -> ProcedureDefinition | RecordUnclear:
    """What the record says, or why it is refused."""
    try:
        require_storable(record)
        return definition_of(record)
    except RecordUnclear as unclear:
        return unclear


RECORDS = (foreign(), record_of(WHOLE_DEFINITION))
PLACES = [(which, place) for which, record in enumerate(RECORDS) for place in places(record) if place]


@settings(max_examples=300)
@given(st.sampled_from(PLACES), VALUES)
@example((0, ("TENTTHC",)), "\ud800")
@example((0, ("CACHTHUCTHUCHIEN", 0, "THOIGIAN", 0, "PHILEPHI", 0, "SOTIEN")), 10**400)
@example((1, ("THOIGIANCHUNG", "THOIGIANGIAIQUYET")), "NaN")
@example((1, ("MOTCUA", "declaration", 0, "condition")), {"field": 1, "effect": []})
def test_any_value_at_any_place_is_read_or_refused(where: tuple[int, Place], value: JsonValue) -> None:
    which, place = where
    record = put(RECORDS[which], place, value)

    read = attempt(record)

    if isinstance(read, RecordUnclear):
        assert read.fault
        assert "\x00" not in read.detail
        assert read.detail.encode()
        return
    assert len(digest_of(record)) == 64
    assert isinstance(is_public(record), bool)
    assert all(name.name for name in NOBODY.unknown_in(record, read.code))
    again = definition_of(in_our_words(record, NO_NAMES, read.code), WHOLE_DEFINITION)
    assert parts_between(again, again) == ()
    assert lines_of(read.content)
    # What was read is written and read as itself: nothing half understood is kept.
    assert definition_of(record_of(read)).content == read.content


@settings(max_examples=200)
@given(st.one_of(st.binary(max_size=60), VALUES.map(lambda value: json.dumps(value).encode())))
def test_any_bytes_are_a_file_of_records_or_none(content: bytes) -> None:
    try:
        found = list(records_in(content, "a"))
    except FileUnreadable:
        return

    assert any(isinstance(record, dict) for _line, record in found)
