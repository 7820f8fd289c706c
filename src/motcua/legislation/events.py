"""What can happen to the register of legal documents."""

from dataclasses import dataclass
from datetime import date

from motcua.kernel.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentEntered(Event):
    """A document was entered; the subject of this and the next three is its code."""

    number: str
    effective_from: date | None
    effective_until: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentChanged(Event):
    """What is known of a document was changed; `was` holds the columns that changed, as they were before."""

    was: dict[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentsRelated(Event):
    """A document was said to do something to another."""

    relation: str
    target: str
    articles: str
    from_day: date | None
    until: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RelationRemoved(Event):
    """A relation entered by mistake was taken away."""

    relation: str
    target: str
    articles: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentsLoaded(Event):
    """A file of documents was loaded; the subject is `legal-documents`."""

    file: str
    digest: str
    loaded_count: int
    changed_count: int
    unchanged_count: int
    rejected_count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class BasesChecked(Event):
    """What stands on ended law was looked for, and something new was found; the subject is `legal-bases`."""

    opened: tuple[str, ...]
    item_count: int
    gone_count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class BasisItemSettled(Event):
    """Somebody said what becomes of a thing that stands on ended law; the subject is the document's code."""

    kind: str
    code: str
    outcome: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentsBroughtIn(Event):
    """Documents came in a configuration package, the SHA-256 of whose manifest is `package`: `legal-documents`."""

    package: str
    item_count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LegalDraftBegun(Event):
    """A document of the province began to be drafted; the subject of this and the next seven is the draft's key."""

    kind: str
    issuer: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LegalDraftWritten(Event):
    """What a draft says of itself was changed: `columns` are those that changed, without what stands in them."""

    version: int
    columns: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LegalDraftTied(Event):
    """A draft was said to do something to a document once it is signed."""

    relation: str
    target: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LegalDraftUntied(Event):
    """What a draft was to do to a document was taken back."""

    relation: str
    target: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LegalDraftItemSettled(Event):
    """An item of a draft's checklist was settled, or opened again."""

    item: str
    state: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LegalDraftSubmitted(Event):
    """A draft was laid before its signer."""

    version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LegalDraftGivenBack(Event):
    """The signer gave a draft back; why stands with the draft."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LegalDraftSigned(Event):
    """A draft was signed, and is the document `document` of the register."""

    document: str
    signed_on: date
    effective_from: date
