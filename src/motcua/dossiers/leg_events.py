"""What can happen to the parallel legs of a dossier. The subject is its reference."""

from dataclasses import dataclass
from datetime import datetime

from motcua.kernel.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class LegAssigned(Event):
    """The dispatcher of a unit gave its leg to one of its officers, by user name; `former` had it, empty: nobody.

    `has_text` tells that words went with it, which stay with the dossier.
    """

    unit: str
    step: str
    officer: str
    former: str
    has_text: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class LegFinished(Event):
    """A unit finished a step of a parallel leg; `is_joined` tells that the leg came to its join.

    `legs` are the steps that began with it: the next one of the leg, and the first ones of legs inside it.
    """

    unit: str
    step: str
    is_joined: bool
    legs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class LegOverdue(Event):
    """A unit let the own time of its step of a parallel leg pass (B-21, B-29)."""

    unit: str
    step: str
    due_at: datetime
