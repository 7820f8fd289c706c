"""Public posting: what a desk must show, until when, and whether it shows what is in force (C-08, C-10; F06, F07).

Source: docs/law/posting.md. Deadlines are measured and never block.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache
from typing import Final

from motcua.rules.permissions import AT_THE_DESK, Role, RoleGrant
from motcua.rules.publication import Publisher
from motcua.rules.working_time import CalendarExhausted, WorkingCalendar


class PostingAct(StrEnum):
    """What a desk confirms."""

    PUT_UP = "PUT_UP"
    TAKEN_DOWN = "TAKEN_DOWN"


class PostingKind(StrEnum):
    """What shows it (C-10)."""

    BOARD = "BOARD"
    ELECTRONIC = "ELECTRONIC"
    WEB_PAGE = "WEB_PAGE"


AT_THE_OFFICE: Final = frozenset({PostingKind.BOARD, PostingKind.ELECTRONIC})
"""Either of these is the posting that the office owes (C-10); a page of the web is looked at only for what is stale."""


class PostingState(StrEnum):
    """How a procedure stands at one desk, the most pressing first."""

    STALE = "STALE"
    MISSING = "MISSING"
    DUE = "DUE"
    LATE = "LATE"
    CURRENT = "CURRENT"


DIFFERS: Final = frozenset({PostingState.STALE, PostingState.MISSING})
"""The posted list differs from the list in force (finding F06)."""
OPEN_WORK: Final = DIFFERS | {PostingState.DUE}
"""Something has to be put up or taken down."""


@dataclass(frozen=True, slots=True)
class PostingTerms:
    """The working days after the signature within which a text is put up, for decisions signed from `valid_from` on."""

    valid_from: date
    working_days: dict[Publisher, int]
    shortened_working_days: int

    def count(self, publisher: Publisher, *, is_shortened: bool) -> int:
        """Return the working days that one decision leaves."""
        return self.shortened_working_days if is_shortened else self.working_days[publisher]


_DAYS: Final = {Publisher.MINISTER: 10, Publisher.CHAIRMAN: 5}
TERMS: Final = (
    PostingTerms(date(2010, 10, 14), _DAYS, 2),
    PostingTerms(date(2022, 8, 1), _DAYS, 2),
)
"""Dated: the days of Decree 63/2010 Art 24 are those of the database; Decision 766/QĐ-TTg measures posting by them."""


@dataclass(frozen=True, slots=True)
class Edition:
    """A published version of a procedure: in force from `valid_from` until `valid_until` (None: not known to end).

    `signed_on` is the day of its publication decision, None where the register has none; `published_on` the day on
    which the register published it, None where that does not matter.
    """

    number: int
    valid_from: date
    valid_until: date | None = None
    signed_on: date | None = None
    publisher: Publisher = Publisher.CHAIRMAN
    is_shortened: bool = False
    published_on: date | None = None

    def has_ended(self, day: date) -> bool:
        """Tell whether it is no longer in force on `day`."""
        return self.valid_until is not None and self.valid_until <= day


@dataclass(frozen=True, slots=True)
class Receiving:
    """A desk receives a procedure from `since` until the day before `until` (None: not known to end)."""

    since: date
    until: date | None = None

    def holds_on(self, day: date) -> bool:
        """Tell whether it receives on `day`."""
        return self.since <= day and (self.until is None or day < self.until)

    def reaches(self, day: date) -> bool:
        """Tell whether it goes on until `day` at least, or goes over into what begins on that day."""
        return self.until is None or day <= self.until


@dataclass(frozen=True, slots=True)
class Confirmed:
    """What a desk confirmed of one procedure: `edition` is what was put up, None with something taken down.

    Where the last of several confirmations of one text and kind stands for all, `first_on` is the day of the first.
    """

    act: PostingAct
    kind: PostingKind
    on: date
    edition: Edition | None = None
    first_on: date | None = None


@dataclass(frozen=True, slots=True)
class Shown:
    """A version on show; `since` is the day on which it was first put up there."""

    kind: PostingKind
    number: int
    since: date


@dataclass(frozen=True, slots=True)
class Standing:
    """How one procedure stands at one desk on a day.

    `number` is the version to be put up, or that is on show as it must; 0 when all that is left is to take down.
    `shown` are the versions on show, `outdated` those among them that are no longer owed. `due_on` is the last day to
    put it up, None when the calendar does not reach so far. `put_up_on` is None while it is not on show at the office.
    `lag` counts working days from the day that started the term until it was put up, or until now; None with nothing
    to put up, or beyond the calendar.
    """

    state: PostingState
    number: int
    shown: tuple[Shown, ...] = ()
    outdated: tuple[Shown, ...] = ()
    due_on: date | None = None
    put_up_on: date | None = None
    lag: int | None = None


_STATES: Final = {
    (True, False): PostingState.CURRENT,
    (True, True): PostingState.LATE,
    (False, False): PostingState.DUE,
    (False, True): PostingState.MISSING,
}
"""By whether a text is on show at the office, and whether its last day passed before."""
_PRESSING: Final = {state: place for place, state in enumerate(PostingState)}


def terms_on(day: date) -> PostingTerms:
    """Return the terms for a decision signed on `day`; before the first text those of the first."""
    return next((terms for terms in reversed(TERMS) if terms.valid_from <= day), TERMS[0])


def first_day_to_post(edition: Edition) -> date:
    """Return the day before which nobody can have put `edition` up: that of the signature of its decision.

    Without a known decision a text is known from its first day of effect, or from the day on which the register
    published it if that came first.
    """
    return edition.signed_on or min(edition.valid_from, edition.published_on or edition.valid_from)


def receiving_on(periods: Iterable[Receiving], day: date) -> Receiving | None:
    """Return the unbroken time around `day` in which a desk receives a procedure; None when it does not receive then.

    Periods that touch or overlap are one: when another unit decides, nothing changes for the board of the desk.
    """
    run: Receiving | None = None
    for one in sorted(periods, key=lambda period: period.since):
        if run is None or not run.reaches(one.since):
            if run is not None and run.holds_on(day):
                return run
            run = one
        elif run.until is not None:
            run = Receiving(run.since, None if one.until is None else max(run.until, one.until))
    return run if run is not None and run.holds_on(day) else None


def owed(editions: Iterable[Edition], receiving: Receiving | None, day: date) -> list[Edition]:
    """Return the texts that a desk has to show on `day`: signed, not ended, and in force while it receives them.

    A text without a known decision is owed as soon as the register has published it. `receiving` is None for a desk
    that does not receive the procedure on `day`.
    """
    if receiving is None:
        return []
    return [
        one
        for one in editions
        if not one.has_ended(day)
        and (one.signed_on is None or one.signed_on <= day)
        and (receiving.until is None or one.valid_from < receiving.until)
    ]


def counted_from(edition: Edition, receiving: Receiving) -> date:
    """Return the day whose working days are counted after at a desk: of the signature, without one of the effect.

    A desk that begins to receive the procedure after that has its term from its own first day.
    """
    return max(edition.signed_on or edition.valid_from, receiving.since)


def put_up_by(edition: Edition, receiving: Receiving, calendar: WorkingCalendar) -> date:
    """Return the last day on which `edition` is put up in time (C-08); raises `CalendarExhausted`.

    The count of days is the one for the day of the signature, wherever the term begins. What began before the calendar
    is known counts from its first day.
    """
    signed = edition.signed_on or edition.valid_from
    count = terms_on(signed).count(edition.publisher, is_shortened=edition.is_shortened)
    return _last_day(_known(counted_from(edition, receiving), calendar), count, calendar)


def lag_of(begun: date, put_up_on: date, calendar: WorkingCalendar) -> int:
    """Return on which working day after `begun` something was put up, 0 on the day itself or before.

    A day off counts as the working day that follows, so that the lag exceeds the term exactly when the last day has
    passed. Raises `CalendarExhausted`.
    """
    return _lag(_known(begun, calendar), put_up_on, calendar)


@lru_cache(maxsize=20_000)
def _last_day(begun: date, count: int, calendar: WorkingCalendar) -> date:
    """Remembered: an overview asks it of every procedure at every desk, and few days differ."""
    return calendar.close_after(begun, count).date()


@lru_cache(maxsize=20_000)
def _lag(begun: date, put_up_on: date, calendar: WorkingCalendar) -> int:
    if put_up_on <= begun:
        return 0
    return 1 + calendar.working_days_between(begun, put_up_on) - calendar.is_working_day(put_up_on)


def on_show(confirmed: Iterable[Confirmed], day: date) -> tuple[Shown, ...]:
    """Return what is on show on `day`, by kind; `confirmed` are about one procedure, in the order of their entry.

    Of each kind, since all of it was last taken down: the text that took the place of the others last, and every text
    put up ahead of its effect. A text takes its place on the day it was put up, one put up ahead on the day from which
    it holds; it leaves up what is still ahead.
    """
    confirmed = tuple(confirmed)
    if len(confirmed) == 1 and confirmed[0].edition is not None and confirmed[0].on <= day:
        (only,) = confirmed
        return (Shown(only.kind, confirmed[0].edition.number, only.first_on or only.on),)
    by_kind: dict[PostingKind, list[Confirmed]] = {}
    for one in confirmed:
        if one.on <= day:
            by_kind.setdefault(one.kind, []).append(one)
    found: list[Shown] = []
    for kind in sorted(by_kind):
        said = sorted(by_kind[kind], key=lambda one: one.on)
        ends = max((place for place, one in enumerate(said) if one.edition is None), default=-1)
        up = [(one, one.edition) for one in said[ends + 1 :] if one.edition is not None]
        numbers = {edition.number for _, edition in up if edition.valid_from > day}
        places = [(max(one.on, edition.valid_from), one.on, place) for place, (one, edition) in enumerate(up)]
        taken = max((place for place in places if place[0] <= day), default=None)
        if taken is not None:
            numbers.add(up[taken[2]][1].number)
        found += [Shown(kind, number, _first(said, number)) for number in sorted(numbers)]
    return tuple(found)


def _first(said: Iterable[Confirmed], number: int) -> date:
    return min(one.first_on or one.on for one in said if one.edition is not None and one.edition.number == number)


def standing(
    editions: Iterable[Edition],
    receiving: Receiving | None,
    confirmed: Iterable[Confirmed],
    day: date,
    calendar: WorkingCalendar,
) -> Standing | None:
    """Return how a procedure stands at a desk on `day`; None when there is nothing to show and nothing shown.

    `editions` are its published versions, `receiving` the unbroken time around `day` in which the desk receives it,
    None when it does not. A version is `owed` from its signature on, and to be put up within the term; a text that its
    successor replaces is stale once both that successor holds and its term is over, one with no successor from the day
    on which it ends.
    """
    to_show = owed(editions, receiving, day)
    confirmed = tuple(confirmed)
    up = on_show(confirmed, day)
    numbers = {edition.number for edition in to_show}
    outdated = tuple(one for one in up if one.number not in numbers)
    judged = [_judged(edition, receiving, up, confirmed, day, calendar) for edition in to_show if receiving is not None]
    if not judged:
        return Standing(PostingState.STALE, 0, up, outdated) if outdated else None
    first = min(judged, key=lambda one: (_PRESSING[one.state], -one.number))
    state = first.state
    if outdated:
        holding = [one for one, edition in zip(judged, to_show, strict=True) if edition.valid_from <= day]
        is_in_time = any(one.due_on is None or day <= one.due_on for one in holding)
        state = PostingState.DUE if is_in_time else PostingState.STALE
    return Standing(state, first.number, up, outdated, first.due_on, first.put_up_on, first.lag)


def _judged(
    edition: Edition,
    receiving: Receiving,
    up: tuple[Shown, ...],
    confirmed: tuple[Confirmed, ...],
    day: date,
    calendar: WorkingCalendar,
) -> Standing:
    is_up = any(one.number == edition.number and one.kind in AT_THE_OFFICE for one in up)
    put_up_on = _first((one for one in confirmed if one.kind in AT_THE_OFFICE), edition.number) if is_up else None
    try:
        due_on: date | None = put_up_by(edition, receiving, calendar)
        lag: int | None = lag_of(counted_from(edition, receiving), put_up_on or day, calendar)
    except CalendarExhausted:
        due_on = lag = None
    is_past = due_on is not None and due_on < (put_up_on or day)
    return Standing(_STATES[is_up, is_past], edition.number, due_on=due_on, put_up_on=put_up_on, lag=lag)


def lacks_feedback(in_use: AbstractSet[PostingKind], last: Mapping[PostingKind, bool]) -> bool:
    """Tell whether where feedback goes is missing somewhere at a desk (F07).

    It has to stand at the office, and on every board, screen and page `in_use`, on which a procedure is on show;
    `last` says of each kind whether the desk confirmed last that it does.
    """
    return not in_use & AT_THE_OFFICE or not all(last.get(kind, False) for kind in in_use)


def medium_due(due: Iterable[Standing], board: Iterable[Standing]) -> PostingKind:
    """Return on what most of `due` is to be put up or taken down; `board` is how all stands at the desk.

    What is no longer owed comes down where it is on show. What is not yet up at the office goes up there: on the
    medium of its outdated text, else on that which shows most of the board, the plain board before any is in use.
    """
    usual = _most((one.kind for how in board for one in how.shown if one.kind in AT_THE_OFFICE), PostingKind.BOARD)
    asked: list[PostingKind] = []
    for how in due:
        stale = {one.kind for one in how.outdated}
        if how.number and how.put_up_on is None:
            stale = stale & AT_THE_OFFICE or {usual}
        asked += stale
    return _most(asked, usual)


def _most(kinds: Iterable[PostingKind], otherwise: PostingKind) -> PostingKind:
    counts = Counter(kinds)
    return max(PostingKind, key=lambda kind: counts[kind]) if counts else otherwise


def may_confirm(place_id: int, grants: Iterable[RoleGrant], *, on: date) -> bool:
    """Tell whether an official with `grants` confirms on `on` what the desk `place_id` shows: who works there (N)."""
    return any(grant.role in AT_THE_DESK and grant.unit_id == place_id and grant.holds_on(on) for grant in grants)


def may_tell_address(keeping_ids: AbstractSet[int], grants: Iterable[RoleGrant], *, on: date) -> bool:
    """Tell whether an official says on `on` where feedback goes: who controls procedures for the province (N).

    `keeping_ids` are the province and its agencies.
    """
    role = Role.PROCEDURE_CONTROL_OFFICER
    return any(grant.role is role and grant.unit_id in keeping_ids and grant.holds_on(on) for grant in grants)


def _known(day: date, calendar: WorkingCalendar) -> date:
    return max(day, calendar.loaded_from)
