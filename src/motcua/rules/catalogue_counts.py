"""How many procedures are in force on two days, and what happened in between (C-13).

Source: docs/law/catalogue-counts.md. A period has a first and a last day; "before" is the evening before the first day,
"after" the evening of the last. What counts as new, amended or abolished is the day on which it takes effect.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

EVERYTHING: Final = ""
"""The group that every procedure in force belongs to."""

_A_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Stretch:
    """What holds from `starts_on` until before `ends_on` (None: no end is known): a version's number, or a group."""

    value: str
    starts_on: date
    ends_on: date | None

    def holds_on(self, day: date) -> bool:
        """Tell whether it holds on `day`."""
        return self.starts_on <= day and (self.ends_on is None or day < self.ends_on)


@dataclass(frozen=True, slots=True)
class History:
    """One procedure: the stretches of its versions, which never overlap, and of the groups it is counted in.

    A group is a level, a sector or a unit; there may be several at a time. `replaced_on` is the day from which another
    procedure stands in its place, None when none does.
    """

    versions: tuple[Stretch, ...]
    groups: tuple[Stretch, ...]
    replaced_on: date | None = None


@dataclass(frozen=True, slots=True)
class Movement:
    """The counts of one group: `replaced` are among the `abolished`; `moved_in` and `moved_out` changed groups.

    A procedure that is replaced counts as abolished, and the one in its place as new: together they change nothing. One
    amended twice counts twice.
    """

    before: int = 0
    new: int = 0
    amended: int = 0
    abolished: int = 0
    replaced: int = 0
    moved_in: int = 0
    moved_out: int = 0
    after: int = 0

    @property
    def expected_after(self) -> int:
        """How many must be in force in the end, by what happened."""
        return self.before + self.new + self.moved_in - self.abolished - self.moved_out

    @property
    def adds_up(self) -> bool:
        """Whether the identity holds: what is in force after is what was before and what came, less what went."""
        return self.after == self.expected_after

    @property
    def published(self) -> int:
        """How many acts of publication took effect: new, amended and abolished together."""
        return self.new + self.amended + self.abolished


def movements(histories: Iterable[History], first: date, last: date) -> dict[str, Movement]:
    """Return the counts of every group that had a procedure in force in the period; `EVERYTHING` is always there.

    `before` and `after` are counted from the days themselves, the others from the changes: the identity is a check.
    """
    tally: dict[str, dict[str, int]] = {EVERYTHING: {}}
    for history in histories:
        _tell(tally, "before", _groups(history, first - _A_DAY))
        _tell(tally, "after", _groups(history, last))
        for day in _days_of_change(history, first, last):
            _tell_change(tally, history, day)
    return {group: Movement(**counted) for group, counted in tally.items()}


def _days_of_change(history: History, first: date, last: date) -> list[date]:
    bounds = {day for one in (*history.versions, *history.groups) for day in (one.starts_on, one.ends_on) if day}
    return sorted(day for day in bounds if first <= day <= last)


def _tell_change(tally: dict[str, dict[str, int]], history: History, day: date) -> None:
    was, now = _version(history, day - _A_DAY), _version(history, day)
    left, joined = _groups(history, day - _A_DAY), _groups(history, day)
    if was is None:
        _tell(tally, "new", joined)
    elif now is None:
        _tell(tally, "abolished", left)
        _tell(tally, "replaced", left if history.replaced_on == day else frozenset())
    else:
        _tell(tally, "moved_in", joined - left)
        _tell(tally, "moved_out", left - joined)
        _tell(tally, "amended", left & joined if was != now else frozenset())


def _tell(tally: dict[str, dict[str, int]], what: str, groups: frozenset[str]) -> None:
    for group in groups:
        counted = tally.setdefault(group, {})
        counted[what] = counted.get(what, 0) + 1


def _version(history: History, day: date) -> str | None:
    return next((one.value for one in history.versions if one.holds_on(day)), None)


def _groups(history: History, day: date) -> frozenset[str]:
    """Return the groups of the procedure on `day`: none when it is not in force."""
    if _version(history, day) is None:
        return frozenset()
    return frozenset({EVERYTHING, *(one.value for one in history.groups if one.holds_on(day))})
