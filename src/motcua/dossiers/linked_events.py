"""What can happen to a linked application. The subject of the whole is `linked:` and its reference."""

from dataclasses import dataclass
from datetime import datetime

from motcua.kernel.events import Event

_WHOLE = "linked:"


def subject_of(reference: str) -> str:
    """Return under which subject the record keeps what happens to the whole of that reference."""
    return f"{_WHOLE}{reference}"


def reference_in(subject: str) -> str:
    """Return the reference of the whole that `subject` names."""
    return subject.removeprefix(_WHOLE)


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkedDraftStarted(Event):
    """Somebody began a linked application for `group`; the subject is its leading dossier."""

    group: str
    competent_unit: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkedFiledAtCounter(Event):
    """An officer took down an application for `group` from somebody at the counter.

    The subject is its leading dossier; the desk must answer by `answer_due_at`.
    """

    group: str
    competent_unit: str
    answer_due_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkedLegOpened(Event):
    """A leg began: its dossier, the subject, lies with the agency `to_unit`, which has until `due_at`."""

    application: str
    leg: int
    code: str
    to_unit: str
    due_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkedApplicationMoved(Event):
    """What followed from how the legs stood: legs `opened`, legs that never will, later dates, where it stands."""

    opened: tuple[int, ...]
    not_needed: tuple[int, ...]
    state: str
    due_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkedApplicationEnded(Event):
    """The last leg ended: the whole was granted, in part or not at all (`state`), EARLY, ON_TIME or LATE."""

    state: str
    outcome: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkedApplicationReopened(Event):
    """The results were given out, and that of each of `legs` is being put right since (B-23)."""

    legs: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkedResultReturned(Event):
    """The result of a leg went out with that of another, all at once; the subject is the leg's dossier.

    `given_at` is the original moment where it was given out on paper and entered later (B-25), else None.
    """

    channel: str
    given_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkedPaperRenewed(Event):
    """A paper of a leg under way, whose dossier is the subject, was replaced by the corrected result of `from_leg`."""

    from_leg: int
    file_sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkedApplicationWithdrawn(Event):
    """The whole was taken back: legs under way were `withdrawn`, others will never open, those decided stay."""

    withdrawn: tuple[int, ...]
    not_needed: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkedLegWithdrawn(Event):
    """The leg, whose dossier is the subject, was taken back with the whole."""

    leg: int
