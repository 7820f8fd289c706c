"""What can happen to the figures of reports."""

from dataclasses import dataclass
from datetime import date

from motcua.kernel.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class FiguresProved(Event):
    """All figures were held against a recount; the subject is `figures`."""

    dossier_count: int
    differing_dossier_count: int
    differing_sum_count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CountingDefinitionChosen(Event):
    """The province chose how it counts on time and late from a day on; the subject is `counting-definition`."""

    valid_from: date
    waiting: str
    without_result: str
    extended: str
    early: str
    rate: str
    ground: str
