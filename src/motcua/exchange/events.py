"""What can happen between us and the national database."""

from dataclasses import dataclass
from datetime import date

from motcua.kernel.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class NationalRecordsTaken(Event):
    """A file or a pull of the national database was taken in; the subject is `national-database`."""

    digest: str
    is_whole: bool
    new_count: int
    changed_count: int
    gone_count: int
    rejected_count: int
    failed_count: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class NationalDifferencesListed(Event):
    """A comparison found other differences than the one before; the subject is `national-database`."""

    new_count: int
    changed_count: int
    gone_count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class NationalNameMapped(Event):
    """An officer said what a word of the national database is called here; the subject is `national-mapping:KEY`."""

    kind: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NationalMappingRevoked(Event):
    """An officer took that back."""

    kind: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NationalContentTakenOver(Event):
    """What the national database says took the place of ours; the subject of this and the next is the code."""

    version: int
    content_hash: str
    record_digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NationalEntryOrdered(Event):
    """An officer had the entry of a procedure sent once more, under the key `entry` that it always had."""

    decision: str
    entry: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NationalEntrySent(Event):
    """The entry of a procedure left for the national database, and was answered."""

    decision: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NationalEntryFailed(Event):
    """The entry of a procedure could not be sent for good; `fault` is a stable word."""

    decision: str
    fault: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NationalEntryConfirmed(Event):
    """A procedure stands in the national database since `entered_on` (C-08), as an officer or a comparison found."""

    decision: str
    entered_on: date
