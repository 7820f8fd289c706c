"""The values that components print: a face builds them from what its query returned."""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum


class Tone(StrEnum):
    """What a colour says; it never stands without a word and an icon."""

    GOOD = "good"
    WARN = "warn"
    BAD = "bad"
    INFO = "info"
    QUIET = "quiet"
    ACCENT = "accent"


class Urgency(StrEnum):
    """How a row of the worklist stands to its due moment."""

    OVERDUE = "overdue"
    SOON = "soon"
    ON_TRACK = "on-track"
    PAUSED = "paused"
    NONE = "none"


class StepState(StrEnum):
    """Where a step of the timeline lies, seen from the dossier."""

    DONE = "done"
    CURRENT = "current"
    FUTURE = "future"
    STOPPED = "stopped"


@dataclass(frozen=True, slots=True)
class Link:
    """A place to go: of the navigation, the breadcrumb (no url: the page itself), the tabs or the footer."""

    label: str
    url: str = ""
    is_current: bool = False
    count: int | None = None
    icon: str = ""


@dataclass(frozen=True, slots=True)
class LinkGroup:
    """Places of the navigation under one heading, which folds."""

    label: str
    links: tuple[Link, ...]

    @property
    def here(self) -> Link | None:
        """The present place, None where it is another one."""
        return next((link for link in self.links if link.is_current), None)


@dataclass(frozen=True, slots=True)
class SummaryRow:
    """A question and its answer; `action_hint` says to a screen reader what is changed."""

    label: str
    value: object
    action_url: str = ""
    action_label: str = ""
    action_hint: str = ""


@dataclass(frozen=True, slots=True)
class TimelineStep:
    """A stage of the dossier; `holder` is the unit or role, never the name of a person."""

    title: str
    state: StepState
    at: datetime | None = None
    holder: str = ""
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Task:
    """A part of a long form or a check to make."""

    name: str
    url: str = ""
    hint: str = ""
    status: str = ""
    tone: Tone = Tone.QUIET
    icon: str = ""


@dataclass(frozen=True, slots=True)
class Figure:
    """A number that leads to its list; `note` says when it was computed or how it is defined."""

    label: str
    value: object
    url: str = ""
    tone: Tone = Tone.QUIET
    icon: str = ""
    note: str = ""
    is_current: bool = False


@dataclass(frozen=True, slots=True)
class DerivationDay:
    """A day of a due moment's derivation."""

    on: date
    text: str
    rules: tuple[str, ...] = ()
    is_off: bool = False
    is_due: bool = False


@dataclass(frozen=True, slots=True)
class Badge:
    """A word about a row, on the colour of a tone."""

    label: str
    tone: Tone = Tone.ACCENT
    icon: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """What a column of a list says of one row; `detail` follows in a quieter voice, `language` is that of the value."""

    label: str
    value: object
    detail: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class RowAct:
    """An act that a row leads to: its icon and, where a key does it too, that key."""

    label: str
    url: str
    icon: str
    key: str = ""


@dataclass(frozen=True, slots=True)
class WorklistRow:
    """What an officer reads of one dossier; `time_left` is in words, `due_at` None while nothing is promised.

    `cells` are what the chosen columns say of it, in their order.
    """

    code: str
    url: str
    title: str
    cells: tuple[Cell, ...]
    urgency: Urgency
    time_left: str
    due_at: datetime | None = None
    badges: tuple[Badge, ...] = field(default_factory=tuple)
    acts: tuple[RowAct, ...] = field(default_factory=tuple)
