"""Who is told that a dossier is late, and after how much working time: the ladder of a province.

Source: docs/law/watching.md (L-12; the law asks for warnings and leaves the ladder to the province). Amber is told once
to whoever holds the dossier; from the due moment on each rung of the ladder is told once.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from motcua.rules.working_time import WorkingCalendar, add_working_time


class Watcher(StrEnum):
    """Who stands on a rung; the value is what the settings hold.

    HOLDER is whoever must act now; dispatcher and signer are those of the competent agency, the head that of the desk.
    """

    HOLDER = "HOLDER"
    DISPATCHER = "DISPATCHER"
    SIGNER = "SIGNER"
    HEAD_OF_ONE_STOP = "HEAD_OF_ONE_STOP"


@dataclass(frozen=True, slots=True)
class Rung:
    """`watcher` is told once the dossier has been late for `after` of working time."""

    after: timedelta
    watcher: Watcher


class LadderUnclear(Exception):
    """`text` does not read as rungs such as 0:HOLDER,8:SIGNER, hours first, in ascending order."""

    def __init__(self, text: str) -> None:
        super().__init__(f"ladder not understood: {text!r}")
        self.text = text


_RUNG = re.compile(r"\s*(\d{1,3}):([A-Z_]+)\s*")


def parse_ladder(text: str) -> tuple[Rung, ...]:
    """Read "0:HOLDER,8:SIGNER": working hours past the due moment and who is told then; raises `LadderUnclear`."""
    rungs = list[Rung]()
    for part in text.split(","):
        found = _RUNG.fullmatch(part)
        if found is None or found[2] not in set(Watcher):
            raise LadderUnclear(text)
        rungs.append(Rung(timedelta(hours=int(found[1])), Watcher(found[2])))
    if [rung.after for rung in rungs] != sorted(rung.after for rung in rungs):
        raise LadderUnclear(text)
    return tuple(rungs)


def rungs_reached(due_at: datetime, at: datetime, ladder: Iterable[Rung], calendar: WorkingCalendar) -> tuple[int, ...]:
    """Return the numbers, from 1, of the rungs that a dossier due at `due_at` has reached at `at`."""
    if at <= due_at:
        return ()
    return tuple(
        number for number, rung in enumerate(ladder, start=1) if at >= add_working_time(due_at, rung.after, calendar)
    )
