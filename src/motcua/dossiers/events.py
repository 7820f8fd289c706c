"""What can happen to a dossier. The subject is its reference; no event holds personal data."""

from dataclasses import dataclass
from datetime import datetime

from motcua.kernel.events import Event, Secret


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftStarted(Event):
    """Somebody began an application."""

    procedure: str
    competent_unit: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftChanged(Event):
    """One part of a draft was written: APPLICANT, DECLARATION, RETURN, PAPER, ABSENCE (of a paper) or CONTACT."""

    part: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftDeleted(Event):
    """A draft was deleted with all that was typed into it: by its APPLICANT, or for its AGE."""

    cause: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactCodeSent(Event):
    """A one-time code goes to the applicant's phone (SMS) or address (EMAIL); the record does not keep the code."""

    channel: str
    secret: Secret


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactConfirmed(Event):
    """The applicant typed the code that was sent to that channel."""

    channel: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DossierSubmitted(Event):
    """The application was handed in; the desk must answer by `answer_due_at` (B-20)."""

    procedure: str
    channel: str
    answer_due_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class DossierFiledAtCounter(Event):
    """An officer took the application of somebody who came in person; the desk must answer by `answer_due_at`."""

    procedure: str
    competent_unit: str
    answer_due_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class IntakeSupplementRequested(Event):
    """The desk asked for more papers before acceptance (form 02)."""

    document: str
    positions: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SupplementCompleted(Event):
    """The applicant handed in what was asked for; the desk must answer anew."""

    answer_due_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class SupplementReceivedAtCounter(Event):
    """An officer took the papers asked for, at `positions`, from somebody who came; the desk must answer anew."""

    positions: tuple[int, ...]
    answer_due_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class DossierDeclined(Event):
    """The dossier was not accepted (form 03)."""

    document: str
    ground: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DossierAccepted(Event):
    """The dossier was accepted: its code and its promise (form 01)."""

    code: str
    due_at: datetime
    regime: str
    document: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DossierTransferred(Event):
    """The desk handed the dossier to the competent agency."""

    to_unit: str
    step: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DossierAssigned(Event):
    """The dispatcher gave the dossier to an officer, named by user name."""

    officer: str
    step: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultProposed(Event):
    """The officer verified the dossier and laid the draft result before the signer.

    `file_sha256` is the digest of the draft's file, here as in the two events after it; empty when it is on paper.
    """

    step: str
    file_sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReworkRequested(Event):
    """The signer gave the dossier back to the officer."""

    step: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultSigned(Event):
    """The signer signed the result: the file of that digest, and no other."""

    step: str
    file_sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultIssued(Event):
    """The records clerk numbered and stamped the result; it lies at the desk."""

    outcome: str
    file_sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultReturned(Event):
    """The applicant has the result."""

    channel: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DossierWithdrawn(Event):
    """The applicant took the application back."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DossierWithdrawnAtCounter(Event):
    """The applicant asked the desk to take the application back, and an officer did."""
