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


@dataclass(frozen=True, slots=True, kw_only=True)
class ProcessDraftStarted(Event):
    """A new version of an internal process was begun, for all units or for the one of code `unit`."""

    number: int
    unit: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ProcessDrafted(Event):
    """The steps of a draft were written; the subject of this and the next is the procedure's code."""

    number: int
    step_count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ProcessSubmitted(Event):
    """A draft was laid before the chairman."""

    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ProcessGivenBack(Event):
    """The chairman gave a draft back."""

    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ProcessApproved(Event):
    """The chairman approved a process from a day on."""

    number: int
    decision_no: str
    valid_from: date


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkedGroupPublished(Event):
    """A group of `procedures`, the leading one first, can be applied for together; the subject is the group's code."""

    valid_from: date
    procedures: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class NoneDeclared(Event):
    """An officer said that version `number` has no such `part`; the subject of this and the next is the code."""

    number: int
    part: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NoneTakenBack(Event):
    """An officer took back that version `number` has no such `part`."""

    number: int
    part: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicationBegun(Event):
    """A publication decision was begun for a text that takes effect that day; the subject is the decision's key."""

    issuer: str
    norm_effective_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicationChanged(Event):
    """What the decision says of itself was changed."""

    norm_effective_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicationLineAdded(Event):
    """A procedure was entered in a decision."""

    procedure: str
    kind: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicationLineRemoved(Event):
    """A procedure was taken out of a decision again."""

    procedure: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicationContentWritten(Event):
    """The content of a procedure was written in a decision; `content_hash` is that of the draft."""

    procedure: str
    content_hash: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicationSubmitted(Event):
    """A decision was laid before the publisher."""

    line_count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicationGivenBack(Event):
    """The publisher gave a decision back."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicationIssued(Event):
    """A decision was published: the codes of its procedures by what it did to them, and the hash of each new version.

    `valid_from` are the first days of the new versions and of the ends, in the order of the lists one after the other.
    """

    number: str
    signed_on: date
    new: tuple[str, ...]
    amended: tuple[str, ...]
    replaced: tuple[str, ...]
    abolished: tuple[str, ...]
    valid_from: tuple[date, ...]
    content_hashes: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicationEntered(Event):
    """A published decision entered the national database on that day (C-08)."""

    entered_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class CatalogueBroughtIn(Event):
    """Something of the catalogue came in a configuration package, the SHA-256 of whose manifest is `package`.

    The subject is its kind: `sectors`, `procedures`, `processes`, `offers`, `linked-groups`, `publication-decisions`,
    `plain-words`, `life-events`, `service-levels`, `service-targets`, `hourly-incomes`.
    """

    package: str
    item_count: int
