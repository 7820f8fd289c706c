"""What happens while a desk works on paper: kits of numbers, outages, what is entered later (B-25)."""

from dataclasses import dataclass
from datetime import date, datetime

from motcua.kernel.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperKitReserved(Event):
    """The head of a desk had numbers of an agency kept for paper, in a kit named by its code (B-25)."""

    competent_unit: str
    first_number: int
    last_number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperKitWithdrawn(Event):
    """A kit is used no more; `unused` are the numbers that had neither been used nor spoilt."""

    unused: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperSlotSpoilt(Event):
    """The sheet of one number of a kit may not be used any more."""

    number: int
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OutageDeclared(Event):
    """The head of a desk, named by its code, declared that it could not work on the system; None: it still cannot."""

    began_at: datetime
    ended_at: datetime | None
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OutageEnded(Event):
    """A desk works on the system again."""

    began_at: datetime
    ended_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class DossierEnteredFromPaper(Event):
    """A dossier taken in on paper during an outage was entered with its original moments (B-25, B-59).

    `transferred_at` is None while it has not gone to the agency; `written_due_on` is the day its receipt promises,
    `counted_due_on` the one that the rules counted.
    """

    code: str
    kit: str
    procedure: str
    competent_unit: str
    regime: str
    document: str
    accepted_at: datetime
    transferred_at: datetime | None
    due_at: datetime
    written_due_on: date
    counted_due_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class DeclineEnteredFromPaper(Event):
    """An application declined on paper during an outage (form 03) was entered with its original moment (B-25)."""

    kit: str
    procedure: str
    competent_unit: str
    document: str
    ground: str
    declined_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class AskingEnteredFromPaper(Event):
    """Papers asked for on paper during an outage (form 02) were entered with their original moment (B-25)."""

    kit: str
    procedure: str
    competent_unit: str
    document: str
    positions: tuple[int, ...]
    asked_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnEnteredFromPaper(Event):
    """A result given out on paper during an outage was entered with its original moment (B-25)."""

    given_at: datetime
