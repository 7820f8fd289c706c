"""Every desk of the province: how many postings stand as they must, how late they came, what an inspection finds."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from statistics import median

from motcua.catalogue.models import Procedure, PublicationDecision
from motcua.organisations.facts import working_calendars
from motcua.organisations.models import Unit
from motcua.posting.facts import (
    Said,
    confirmed,
    editions,
    feedback_addresses,
    last_said,
    nearest,
    parents,
    receptions,
)
from motcua.rules.posting import (
    AT_THE_OFFICE,
    DIFFERS,
    PostingKind,
    PostingState,
    Standing,
    lacks_feedback,
    standing,
)
from motcua.rules.publication import DecisionState

PAGE = 50


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """A desk. `counts` are its procedures by state; `lag_median` and `lag_worst` working days, None with nothing up.

    `has_f06`: what it posts differs from the list in force. `has_f07`: where feedback goes is not posted there, or
    nobody has said where that is (`has_address`).
    """

    code: str
    name: str
    parent: str
    counts: Mapping[PostingState, int]
    total: int
    lag_median: float | None
    lag_worst: int | None
    last_on: date | None
    has_address: bool
    has_f06: bool
    has_f07: bool


@dataclass(frozen=True, slots=True)
class StaleLine:
    """A procedure whose posting at a desk differs from the list in force; `shown` are the versions on show."""

    unit_code: str
    unit: str
    code: str
    title: str
    standing: Standing


@dataclass(frozen=True, slots=True)
class Overview:
    """Every desk by name, what differs at them, and the lag over all desks in working days, None with nothing up.

    `portal_count` procedures are shown by this site itself, always as in force; `not_entered` published decisions have
    no day of their entry into the national database.
    """

    places: tuple[PlaceRow, ...]
    differing: tuple[StaleLine, ...]
    lag_median: float | None
    lag_worst: int | None
    total: int
    right: int
    portal_count: int
    not_entered: int


def overview(on: date) -> Overview:
    """Return how the desks that receive anything, or still show anything, stand on `on`; eleven queries."""
    found = _standings(on)
    units = {unit.pk: unit for unit in Unit.objects.filter(pk__in=found).select_related("parent").by_name()}
    addresses, tree, last = feedback_addresses(on), parents(), last_said()
    rows = tuple(
        _row(unit, found[pk].values(), last.get(pk, {}), has_address=nearest(pk, addresses, tree) is not None)
        for pk, unit in units.items()
    )
    lags = _lags(how for at_desk in found.values() for how in at_desk.values())
    return Overview(
        places=rows,
        differing=_differing(units, found),
        lag_median=median(lags) if lags else None,
        lag_worst=max(lags, default=None),
        total=sum(row.total for row in rows),
        right=sum(row.counts[PostingState.CURRENT] + row.counts[PostingState.LATE] for row in rows),
        portal_count=Procedure.objects.in_force(on).count(),
        not_entered=PublicationDecision.objects.filter(state=DecisionState.PUBLISHED.value, entered_on=None).count(),
    )


def _standings(on: date) -> dict[int, dict[int, Standing]]:
    """Return how each procedure stands at each desk, by the keys of both."""
    received, said, published = receptions(on), confirmed(on), editions(on)
    places = received.keys() | said.keys()
    calendars = working_calendars({place.unit_id for place in places}, on)
    found: defaultdict[int, dict[int, Standing]] = defaultdict(dict)
    for place in places:
        texts = published.get(place.procedure_id, ())
        how = standing(texts, received.get(place), said.get(place, ()), on, calendars[place.unit_id])
        if how is not None:
            found[place.unit_id][place.procedure_id] = how
    return found


def _row(unit: Unit, standings: Iterable[Standing], last: Mapping[PostingKind, Said], *, has_address: bool) -> PlaceRow:
    standings = list(standings)
    counts = Counter(how.state for how in standings)
    lags = _lags(standings)
    in_use = {one.kind for how in standings for one in how.shown}
    return PlaceRow(
        code=unit.code,
        name=unit.name,
        parent=unit.parent.name if unit.parent else "",
        counts={state: counts[state] for state in PostingState},
        total=len(standings),
        lag_median=median(lags) if lags else None,
        lag_worst=max(lags, default=None),
        last_on=max((said.on for kind, said in last.items() if kind in AT_THE_OFFICE), default=None),
        has_address=has_address,
        has_f06=any(counts[state] for state in DIFFERS),
        has_f07=not has_address or lacks_feedback(in_use, {kind: said.shows_feedback for kind, said in last.items()}),
    )


def _lags(standings: Iterable[Standing]) -> list[int]:
    return [how.lag for how in standings if how.put_up_on is not None and how.lag is not None]


def _differing(units: Mapping[int, Unit], found: Mapping[int, Mapping[int, Standing]]) -> tuple[StaleLine, ...]:
    """Return what differs, stale before missing, then by desk and title."""
    wrong = {pk: {key: how for key, how in of.items() if how.state in DIFFERS} for pk, of in found.items()}
    ids = {key for of in wrong.values() for key in of}
    procedures = {
        procedure.pk: procedure
        for procedure in Procedure.objects.filter(pk__in=ids)
        .only("code", "title", "sort_key")
        .order_by("sort_key", "pk")
    }
    lines = [
        StaleLine(unit.code, unit.name, procedure.code, procedure.title, wrong[pk][key])
        for pk, unit in units.items()
        for key, procedure in procedures.items()
        if key in wrong[pk]
    ]
    return tuple(sorted(lines, key=lambda line: list(PostingState).index(line.standing.state)))
