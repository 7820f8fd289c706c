"""The marks that long lists are continued from: the moment and the number of the last row shown."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Mark:
    """One row's place in its list; `moment` is None for a row without one."""

    moment: datetime | None
    pk: int


def read_mark(text: str) -> Mark | None:
    """Return the mark that `text` writes as `moment~number`; None when it is none, a moment without a zone included."""
    moment, _, number = text.partition("~")
    try:
        mark = Mark(datetime.fromisoformat(moment) if moment else None, int(number))
    except ValueError:
        return None
    return None if mark.moment and mark.moment.tzinfo is None else mark
