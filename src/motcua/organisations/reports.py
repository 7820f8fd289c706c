"""What a load did: counts, and the lines that were not taken with the reason."""

from collections.abc import Callable
from dataclasses import dataclass

Progress = Callable[[int, int], None]
"""Told, now and then, how many lines have been dealt with, and of how many."""


class FileUnreadable(Exception):
    """Nothing of the file was loaded: it cannot be read as a whole. `problem` says why, in English."""

    def __init__(self, name: str, problem: str) -> None:
        super().__init__(f"{name}: {problem}")
        self.name = name
        self.problem = problem


@dataclass(frozen=True, slots=True)
class RejectedLine:
    """A line that was not taken: its number in the file (the first is 1), a stable word for why, and the detail."""

    line: int
    fault: str
    detail: str

    @property
    def reason(self) -> str:
        """Why, for the person who will mend it."""
        return f"{self.fault}: {self.detail}"


@dataclass(frozen=True, slots=True)
class LoadReport:
    """What became of the lines of a file: every one is loaded (new), changed, unchanged or rejected.

    `kept` of the unchanged were left alone because somebody here had written them by hand; `to_review` of the loaded
    and changed hold a limit or a fee that was not understood.
    """

    file: str
    loaded: int
    changed: int
    unchanged: int
    rejected: tuple[RejectedLine, ...]
    kept: int = 0
    to_review: int = 0

    @property
    def lines(self) -> int:
        """How many lines were read."""
        return self.loaded + self.changed + self.unchanged + len(self.rejected)
