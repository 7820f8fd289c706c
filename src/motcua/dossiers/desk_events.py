"""What happens at an officer's desk beside the life of a dossier: reminding, noting, following, bulk acts, filters."""

from dataclasses import dataclass
from datetime import datetime

from motcua.kernel.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class DossierReminded(Event):
    """Whoever answers for the dossier reminded its holder, with or without a word."""

    has_text: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class MemoWritten(Event):
    """An official left a note for colleagues; its text stays with the dossier."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DossierFollowed(Event):
    """An official wants to be told what happens to the dossier."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DossierUnfollowed(Event):
    """An official wants to be told no longer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FilterSaved(Event):
    """An official (the subject) saved a filter of the worklist; `unit` is whose colleagues have it too, if any."""

    name: str
    unit: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FilterRemoved(Event):
    """An official (the subject) removed a filter they had saved."""

    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StockPhraseKept(Event):
    """An official of the unit (the subject, by its code) kept wording for an act, to be used again."""

    act: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StockPhraseRemoved(Event):
    """An official of the unit (the subject, by its code) removed wording."""

    act: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BulkOrdered(Event):
    """An official ordered one act on many dossiers, as the job of that key (the subject), to start at a moment.

    `takes_back` is the key of the job whose doings it takes back, empty for every other act.
    """

    act: str
    dossier_count: int
    starts_at: datetime
    takes_back: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class BulkCancelled(Event):
    """Whoever ordered the job stopped it; `cancelled_count` of its dossiers were left as they were."""

    cancelled_count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class BulkFinished(Event):
    """The job came to its end."""

    done_count: int
    refused_count: int
