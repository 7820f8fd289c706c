"""What a load did: counts, and the lines that were not taken with the reason."""

from collections.abc import Callable
from dataclasses import dataclass

Progress = Callable[[int], None]
"""Told, now and then, how many lines have been dealt with."""


class FileUnreadable(Exception):
    """Nothing of the file was loaded: it cannot be read as a whole. `problem` says why, in English."""

    def __init__(self, name: str, problem: str) -> None:
        super().__init__(f"{name}: {problem}")
        self.name = name
        self.problem = problem


@dataclass(frozen=True, slots=True)
class RejectedLine:
    """A line that was not taken: its number in the file (the first is 1), a stable word for why, and the detail."""

    number: int
    reason: str
    detail: str


@dataclass(frozen=True, slots=True)
class LoadReport:
    """What was read and what became of it; `created + changed + unchanged + rejected` are the lines read."""

    file: str
    line_count: int
    created_count: int
    changed_count: int
    unchanged_count: int
    rejected: tuple[RejectedLine, ...]
    review_count: int = 0

    @property
    def has_changed_anything(self) -> bool:
        """Whether a row was written."""
        return self.created_count + self.changed_count > 0
