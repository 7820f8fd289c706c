"""Office hours: the spans of a working day, and the days of the week that have others.

Source: docs/law/working-calendar.md (L-01, L-02).
"""

import re
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from itertools import pairwise

SATURDAY = 5
"""The weekday from which on nobody works, as `date.weekday` counts."""

_NOTHING = timedelta()
_SPAN = re.compile(r"\s*(\d{1,2}):(\d{2})\s*[-\u2013]\s*(\d{1,2}):(\d{2})\s*")
_OTHER = re.compile(r"\s*T([2-7])\s+(.+)")
_SECOND_DAY = 2
"""Vietnamese weekdays begin with T2, Monday."""


class OfficeHoursUnclear(Exception):
    """`text` does not read as spans of a day, in order and apart, such as 07:30-11:30,13:00-17:00."""

    def __init__(self, text: str) -> None:
        super().__init__(f"office hours not understood: {text!r}")
        self.text = text


@dataclass(frozen=True, slots=True)
class OfficeHours:
    """The spans in which an office works on each of its working days, in order and apart."""

    spans: tuple[tuple[time, time], ...]
    _edges: tuple[tuple[timedelta, timedelta], ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        edges = [edge for span in self.spans for edge in span]
        if not edges or any(later <= earlier for earlier, later in pairwise(edges)):
            raise OfficeHoursUnclear(str(self))
        object.__setattr__(self, "_edges", tuple((clock_of(opens), clock_of(closes)) for opens, closes in self.spans))

    def __str__(self) -> str:
        return ",".join(f"{opens:%H:%M}-{closes:%H:%M}" for opens, closes in self.spans)

    @classmethod
    def parse(cls, text: str) -> "OfficeHours":
        """Read "07:30-11:30,13:00-17:00", hours and minutes only; raises `OfficeHoursUnclear`."""
        try:
            return cls(tuple(_span(part) for part in text.split(",")))
        except ValueError:
            raise OfficeHoursUnclear(text) from None

    @property
    def daily(self) -> timedelta:
        """The working time of one day."""
        return sum((closes - opens for opens, closes in self._edges), _NOTHING)

    @property
    def opens(self) -> time:
        """When the working day begins."""
        return self.spans[0][0]

    @property
    def closes(self) -> time:
        """When the working day ends."""
        return self.spans[-1][1]

    def worked_by(self, clock: timedelta) -> timedelta:
        """Return the working time from the opening until `clock` after midnight."""
        return sum((max(_NOTHING, min(clock, closes) - opens) for opens, closes in self._edges), _NOTHING)

    def clock_when(self, worked: timedelta) -> timedelta:
        """Return how long after midnight `worked` of the day's working time is used up; a break counts at its start."""
        clock = self._edges[0][0] + worked
        for (_, closes), (opens, _) in pairwise(self._edges):
            if clock > closes:
                clock += opens - closes
        return clock


def _span(text: str) -> tuple[time, time]:
    found = _SPAN.fullmatch(text)
    if found is None:
        raise ValueError(text)
    opens_hour, opens_minute, closes_hour, closes_minute = map(int, found.groups())
    return time(opens_hour, opens_minute), time(closes_hour, closes_minute)


def clock_of(moment: time | datetime) -> timedelta:
    """Return how long after midnight `moment` is."""
    return timedelta(hours=moment.hour, minutes=moment.minute, seconds=moment.second, microseconds=moment.microsecond)


@dataclass(frozen=True, slots=True)
class OtherDays:
    """The weekdays with hours of their own, by number (0 is Monday), in order.

    Those of Saturday are the hours of a Saturday desk (L-02): it receives then, but Saturday stays a day off. A
    Saturday worked in exchange keeps the usual hours.
    """

    by_weekday: tuple[tuple[int, OfficeHours], ...] = ()

    def __str__(self) -> str:
        return "; ".join(f"T{day + _SECOND_DAY} {hours}" for day, hours in self.by_weekday)

    @classmethod
    def parse(cls, text: str) -> "OtherDays":
        """Read "T6 07:30-11:30; T7 07:30-11:30", T2 being Monday; raises `OfficeHoursUnclear`."""
        found = dict[int, OfficeHours]()
        for part in filter(str.strip, text.split(";")):
            match = _OTHER.fullmatch(part)
            day = int(match.group(1)) - _SECOND_DAY if match else -1
            if match is None or day in found:
                raise OfficeHoursUnclear(text)
            found[day] = OfficeHours.parse(match.group(2))
        return cls(tuple(sorted(found.items(), key=lambda item: item[0])))

    def hours(self, weekday: int) -> OfficeHours | None:
        """Return the hours of that weekday; None when it has the usual ones."""
        return next((hours for day, hours in self.by_weekday if day == weekday), None)


DEFAULT_HOURS = OfficeHours(((time(7, 30), time(11, 30)), (time(13), time(17))))
"""L-01: eight hours a day, until a province sets its own."""

AS_USUAL = OtherDays()
"""No day of the week differs."""
