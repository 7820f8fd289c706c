"""What can happen to the postings; the subject is `posting:` and the code of the desk."""

from dataclasses import dataclass
from datetime import date

from motcua.kernel.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class PostingConfirmed(Event):
    """A desk put procedures up, or took them down, on a day; `versions` stand beside `procedures`, 0 for none."""

    key: str
    act: str
    kind: str
    on: date
    shows_feedback: bool
    procedures: tuple[str, ...]
    versions: tuple[int, ...]
    photo_hash: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PostingCorrected(Event):
    """The confirmation `corrected` counts no more; the one of `key` stands in its place."""

    key: str
    corrected: str
    kind: str
    on: date
    shows_feedback: bool
    photo_hash: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PostingWithdrawn(Event):
    """A confirmation that was a mistake counts no more."""

    key: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedbackAddressTold(Event):
    """From a day on feedback about a desk goes elsewhere; the subject is `posting:` and the code of the unit."""

    valid_from: date
    receiver: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedbackAddressesBroughtIn(Event):
    """Addresses came in a configuration package, whose manifest's SHA-256 is `package`; the subject is the kind."""

    package: str
    item_count: int
