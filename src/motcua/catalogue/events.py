"""What can happen to the catalogue."""

from dataclasses import dataclass
from datetime import date

from motcua.kernel.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class ProcedurePublished(Event):
    """A procedure, its internal process or its desks were published; the subject is its code."""

    version: int
    valid_from: date
    content_hash: str
    workflow: int | None
    desk_count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ProcedureWithdrawn(Event):
    """A procedure was abolished; the subject is its code."""

    withdrawn_on: date
    replaced_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ProceduresLoaded(Event):
    """A file of procedures was loaded; the subject is `procedures`. Each new version keeps the hash of its content."""

    file: str
    digest: str
    loaded_count: int
    changed_count: int
    unchanged_count: int
    rejected_count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SynonymsTaught(Event):
    """Words people use were taught to the search; the subject is `search`."""

    terms: tuple[str, ...]
