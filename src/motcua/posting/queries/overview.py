"""Every desk of the province: how many postings stand as they must, how late they came, what an inspection finds."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from statistics import median

from motcua.catalogue.models import Procedure, PublicationDecision
from motcua.organisations.models import Unit
from motcua.posting.facts import Said, feedback_addresses, last_said, nearest, parents
from motcua.posting.queries.desks import AtDesk, at_desks
from motcua.rules.posting import AT_THE_OFFICE, PostingKind, PostingState, Standing, lacks_feedback
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
    """Return how the desks that receive anything, or still show anything, stand on `on`.

    Eight queries, and four more for all that changed since it was asked last.
    """
    found = at_desks(on)
    units = {unit.pk: unit for unit in Unit.objects.filter(pk__in=found).select_related("parent").by_name()}
    addresses, tree, last = feedback_addresses(on), parents(), last_said()
    rows = tuple(
        _row(unit, found[pk], last.get(pk, {}), has_address=nearest(pk, addresses, tree) is not None)
        for pk, unit in units.items()
    )
    lags = [lag for at in found.values() for lag in at.lags]
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


def _row(unit: Unit, at: AtDesk, last: Mapping[PostingKind, Said], *, has_address: bool) -> PlaceRow:
    return PlaceRow(
        code=unit.code,
        name=unit.name,
        parent=unit.parent.name if unit.parent else "",
        counts={state: at.counts[state] for state in PostingState},
        total=sum(at.counts.values()),
        lag_median=median(at.lags) if at.lags else None,
        lag_worst=max(at.lags, default=None),
        last_on=max((said.on for kind, said in last.items() if kind in AT_THE_OFFICE), default=None),
        has_address=has_address,
        has_f06=bool(at.differing),
        has_f07=not has_address
        or lacks_feedback(at.in_use, {kind: said.shows_feedback for kind, said in last.items()}),
    )


def _differing(units: Mapping[int, Unit], found: Mapping[int, AtDesk]) -> tuple[StaleLine, ...]:
    """Return what differs, stale before missing, then by desk and title."""
    ids = {key for at in found.values() for key in at.differing}
    procedures = {
        procedure.pk: procedure
        for procedure in Procedure.objects.filter(pk__in=ids)
        .only("code", "title", "sort_key")
        .order_by("sort_key", "pk")
    }
    lines = [
        StaleLine(unit.code, unit.name, procedure.code, procedure.title, found[pk].differing[key])
        for pk, unit in units.items()
        for key, procedure in procedures.items()
        if key in found[pk].differing
    ]
    return tuple(sorted(lines, key=lambda line: list(PostingState).index(line.standing.state)))
