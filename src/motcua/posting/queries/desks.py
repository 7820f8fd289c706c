"""How all that a desk posts stands on a day, summed up; remembered until anything it was computed from has changed.

To know that, the database adds up place and writer (`ctid`, `xmin`) of every row that the answer is read from: whatever
is written, changed or removed, in whichever way, makes another sum, and no sum comes again. Lines of a confirmation are
written with it and frozen, so that its row speaks for them. A desk is computed anew when its own rows or its calendar
changed, every desk when a text or a decision did. Each process remembers for itself, of each desk the last day asked.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from django.db import connection

from motcua.organisations.facts import working_calendars
from motcua.posting.facts import confirmed, editions, receptions
from motcua.rules.posting import DIFFERS, PostingKind, PostingState, Standing, standing
from motcua.rules.working_time import WorkingCalendar

_SUM: Final = "sum(hashtidextended(ctid, xmin::text::bigint))"
_OF_ALL: Final = (
    "catalogue_procedure",
    "catalogue_procedureversion",
    "catalogue_publicationline",
    "catalogue_publicationdecision",
)
_OF_DESKS: Final = {"catalogue_offering": "receiving_unit_id", "posting_postingconfirmation": "unit_id"}
_MARKS: Final = " UNION ALL ".join(
    [
        *(f"SELECT '{table}' AS source, 0::bigint AS desk, {_SUM} FROM {table}" for table in _OF_ALL),  # noqa: S608  # our own names
        *(f"SELECT '{table}', {desk}, {_SUM} FROM {table} GROUP BY {desk}" for table, desk in _OF_DESKS.items()),  # noqa: S608  # as above
        "SELECT current_database(), 0, 0",
    ]
)


@dataclass(frozen=True, slots=True)
class AtDesk:
    """A desk: its procedures by state, the lags in working days of what is up, the kinds on which anything is on show.

    `differing` are those procedures, by their keys, whose posting differs from the list in force (F06).
    """

    counts: Mapping[PostingState, int]
    lags: tuple[int, ...]
    in_use: frozenset[PostingKind]
    differing: Mapping[int, Standing]


_Mark = tuple[tuple[str, Decimal | None], ...]


@dataclass(frozen=True, slots=True)
class _Known:
    """What was computed, None where a desk neither has to show anything nor does; `key` says for when and from what."""

    key: tuple[date, _Mark, WorkingCalendar]
    at: AtDesk | None


_known: dict[int, _Known] = {}


def at_desks(on: date) -> dict[int, AtDesk]:
    """Return how the desks stand on `on` that have to show anything, or show it; two queries where nothing changed."""
    marks = _marks()
    calendars = working_calendars(marks.keys(), on)
    right = {desk: (on, mark, calendars[desk]) for desk, mark in marks.items()}
    known = {desk: one for desk in marks if (one := _known.get(desk)) and one.key == right[desk]}
    changed = marks.keys() - known.keys()
    if changed:
        computed = compute(on, changed if known else None)
        new = {desk: _Known(right[desk], computed.get(desk)) for desk in changed}
        _known.update(new)
        known |= new
    return {desk: one.at for desk, one in known.items() if one.at is not None}


def forget() -> None:
    """Begin as a new process does, which remembers nothing."""
    _known.clear()


def compute(on: date, desks: Collection[int] | None = None) -> dict[int, AtDesk]:
    """Return the same from the rows themselves, for some desks or, with None, for every one; four queries."""
    received, said = receptions(on, desks), confirmed(on, desks)
    places = received.keys() | said.keys()
    published = editions(on, None if desks is None else {place.procedure_id for place in places})
    calendars = working_calendars({place.unit_id for place in places}, on)
    found: defaultdict[int, dict[int, Standing]] = defaultdict(dict)
    for place in places:
        texts = published.get(place.procedure_id, ())
        how = standing(texts, received.get(place), said.get(place, ()), on, calendars[place.unit_id])
        if how is not None:
            found[place.unit_id][place.procedure_id] = how
    return {desk: _summed(standings) for desk, standings in found.items()}


def _summed(standings: Mapping[int, Standing]) -> AtDesk:
    every = standings.values()
    return AtDesk(
        counts=Counter(how.state for how in every),
        lags=tuple(sorted(how.lag for how in every if how.put_up_on is not None and how.lag is not None)),
        in_use=frozenset(one.kind for how in every for one in how.shown),
        differing={key: how for key, how in standings.items() if how.state in DIFFERS},
    )


def _marks() -> dict[int, _Mark]:
    """Return, by desk, what changes with the rows that its answer is read from."""
    of_all: list[tuple[str, Decimal | None]] = []
    of_desks: defaultdict[int, list[tuple[str, Decimal | None]]] = defaultdict(list)
    with connection.cursor() as cursor:
        cursor.execute(_MARKS)
        for source, desk, total in cursor.fetchall():
            (of_desks[desk] if desk else of_all).append((source, total))
    return {desk: (*sorted(of_all), *sorted(of_desk)) for desk, of_desk in of_desks.items()}
