"""What can happen to the words beside the catalogue."""

from dataclasses import dataclass

from motcua.kernel.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class PlainSummaryWritten(Event):
    """Plain words about version `version` were written, for the `number`-th time; the subject is the procedure's code.

    `answers` names which of the five were written; none: they were taken back.
    """

    version: int
    number: int
    answers: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LifeEventWritten(Event):
    """An event of life was written with these procedures in order; the subject is its code."""

    procedures: tuple[str, ...]
