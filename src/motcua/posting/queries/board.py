"""One desk: what it must put up and take down, what stands as it must, and what it confirmed so far (C-10)."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from motcua.accounts.facts import grants_of, units_above
from motcua.accounts.models import User
from motcua.catalogue.models import Procedure
from motcua.organisations.facts import working_calendars
from motcua.organisations.models import Unit
from motcua.posting.facts import (
    confirmed,
    editions,
    feedback_addresses,
    keeping_ids,
    last_said,
    receptions,
)
from motcua.posting.models import FeedbackAddress, PostingConfirmation
from motcua.rules.posting import (
    PostingKind,
    PostingState,
    Standing,
    lacks_feedback,
    may_confirm,
    may_tell_address,
    medium_due,
    standing,
)

HISTORY = 30


@dataclass(frozen=True, slots=True)
class BoardLine:
    """A procedure at the desk; `posted` names what is to be confirmed of it: its code and version, `1.000001:2`."""

    code: str
    title: str
    sector: str
    standing: Standing

    @property
    def posted(self) -> str:
        """What a form sends back when this line is ticked."""
        return f"{self.code}:{self.standing.number}"


@dataclass(frozen=True, slots=True)
class ConfirmationCard:
    """What a desk confirmed: `is_void` says that it no longer counts, `replaced_by` is the key of its correction."""

    key: uuid.UUID
    act: str
    kind: str
    on: date
    count: int
    shows_feedback: bool
    has_photo: bool
    note: str
    confirmed_by: str
    confirmed_at: datetime
    is_void: bool
    replaced_by: uuid.UUID | None


@dataclass(frozen=True, slots=True)
class BoardPage:
    """A desk on a day: `put_up` is what is to be put up, most pressing first; `take_down` what is on show and ended.

    `right` stands as it must. `address` is where feedback about the desk goes, None where nobody said so.
    `lacks_feedback`: the desk did not confirm of all that it uses, or of nothing yet, that this is posted there (F07).
    `put_up_kind` and `take_down_kind` are the media on which most of either is to be done.
    """

    unit: Unit
    put_up: tuple[BoardLine, ...]
    take_down: tuple[BoardLine, ...]
    right: tuple[BoardLine, ...]
    history: tuple[ConfirmationCard, ...]
    has_older: bool
    address: FeedbackAddress | None
    lacks_feedback: bool
    put_up_kind: PostingKind
    take_down_kind: PostingKind
    may_confirm: bool
    may_tell_address: bool


def board_page(code: str, actor: User, *, on: date) -> BoardPage:
    """Return how the desk of that code stands on `on`; raises `Unit.DoesNotExist`, also for one that never received."""
    unit = Unit.objects.select_related("parent").get(code=code)
    lines = board_lines(unit, on)
    history, has_older = _history(unit)
    if not lines and not history and not receptions(on, {unit.pk}):
        raise Unit.DoesNotExist
    grants, addresses = grants_of(actor, on), feedback_addresses(on)
    open_states = {PostingState.STALE, PostingState.MISSING, PostingState.DUE}
    up = [line for line in lines if line.standing.number and line.standing.state in open_states]
    down = tuple(line for line in lines if line.standing.outdated and not line.standing.number)
    board = [line.standing for line in lines]
    last = {kind: said.shows_feedback for kind, said in last_said({unit.pk}).get(unit.pk, {}).items()}
    return BoardPage(
        unit=unit,
        put_up=tuple(sorted(up, key=_pressing)),
        take_down=down,
        right=tuple(line for line in lines if line.standing.state not in open_states),
        history=history,
        has_older=has_older,
        address=next((addresses[pk] for pk in units_above(unit) if pk in addresses), None),
        lacks_feedback=lacks_feedback({one.kind for how in board for one in how.shown}, last),
        put_up_kind=medium_due((line.standing for line in up), board),
        take_down_kind=medium_due((line.standing for line in down), board),
        may_confirm=may_confirm(unit.pk, grants, on=on),
        may_tell_address=may_tell_address(keeping_ids(unit, on), grants, on=on),
    )


def board_lines(unit: Unit, on: date) -> tuple[BoardLine, ...]:
    """Return every procedure that the desk must show or shows on `on`, by sector and title in Vietnamese order."""
    received, said = receptions(on, {unit.pk}), confirmed(on, {unit.pk})
    places = received.keys() | said.keys()
    published = editions(on, {place.procedure_id for place in places})
    calendar = working_calendars([unit.pk], on)[unit.pk]
    found = {}
    for place in places:
        texts = published.get(place.procedure_id, ())
        how = standing(texts, received.get(place), said.get(place, ()), on, calendar)
        if how is not None:
            found[place.procedure_id] = how
    return tuple(
        BoardLine(procedure.code, procedure.title, procedure.sector.name, found[procedure.pk])
        for procedure in _in_order(found)
    )


def _in_order(procedure_ids: Iterable[int]) -> Iterable[Procedure]:
    rows = Procedure.objects.filter(pk__in=list(procedure_ids)).select_related("sector")
    return rows.only("code", "title", "sector__name").order_by("sector__sort_key", "sort_key", "code")


def _pressing(line: BoardLine) -> tuple[int, date]:
    return list(PostingState).index(line.standing.state), line.standing.due_on or date.max


def _history(unit: Unit) -> tuple[tuple[ConfirmationCard, ...], bool]:
    rows = list(
        PostingConfirmation.objects.filter(unit=unit)
        .select_related("confirmed_by", "correction")
        .prefetch_related("lines")
        .newest_first()[: HISTORY + 1]
    )
    return tuple(_card(row) for row in rows[:HISTORY]), len(rows) > HISTORY


def _card(row: PostingConfirmation) -> ConfirmationCard:
    correction = getattr(row, "correction", None)
    return ConfirmationCard(
        key=row.key,
        act=row.get_act_display(),
        kind=row.get_kind_display(),
        on=row.on,
        count=len(row.lines.all()),
        shows_feedback=row.shows_feedback,
        has_photo=row.photo_id is not None,
        note=row.note,
        confirmed_by=row.confirmed_by.display_name,
        confirmed_at=row.confirmed_at,
        is_void=row.withdrawn_at is not None,
        replaced_by=correction.key if correction else None,
    )
