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
    """The applicant handed in what was asked for; desk or officer must act anew by `answer_due_at`."""

    answer_due_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SupplementReceivedAtCounter(Event):
    """An officer took the papers asked for, at `positions`, from somebody who came; desk or officer must act anew."""

    positions: tuple[int, ...]
    answer_due_at: datetime | None


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
    """The dispatcher gave the dossier to an officer, named by user name; `legs` are the parallel ones that began."""

    officer: str
    step: str
    legs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DossierPassedOn(Event):
    """A verification was finished that another one follows, which the named officer does; `legs` as above."""

    officer: str
    step: str
    legs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftApproved(Event):
    """The head of the division approved the draft result."""

    step: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftGivenBack(Event):
    """The head of the division gave the draft back to the officer."""

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
class ResultGivenAtOnce(Event):
    """The desk gave out on the spot what the named signer had signed: the file of that digest (B step 5).

    `given_at` is the original moment of one entered from paper (B-25), None for what was written down as it happened.
    """

    outcome: str
    signer: str
    file_sha256: str
    given_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultReturned(Event):
    """The applicant has the result."""

    channel: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DossierDueSoon(Event):
    """The clock turned amber for the promise `due_at` (L-12)."""

    due_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class DossierOverdue(Event):
    """The dossier was not acted on by `due_at` and has reached that rung of the ladder, where `watcher` stands."""

    due_at: datetime
    rung: int
    watcher: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsultationSilent(Event):
    """The unit that was asked let its term pass (B step 11, F15)."""

    unit: str
    due_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class DossierWithdrawn(Event):
    """The applicant took the application back."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DossierWithdrawnAtCounter(Event):
    """The applicant asked the desk to take the application back, and an officer did."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ApplicantGuided(Event):
    """The desk told the applicant what to do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SupplementRequested(Event):
    """The officer asked for more papers after acceptance (form 02); the clock stands until they come."""

    document: str
    positions: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SecondSupplementRequested(Event):
    """The agency head let a second request go out, which is a finding (R-4, F10)."""

    document: str
    positions: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class VerificationRecorded(Event):
    """The minutes of a check on the spot were kept."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsultationRequested(Event):
    """A unit was asked for its opinion, to answer by `due_at`."""

    unit: str
    due_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsultationAnswered(Event):
    """The unit that was asked gave its opinion."""

    unit: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsultationGivenUp(Event):
    """The officer goes on without the answers of the `units` whose term was over."""

    units: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FinancialObligationSet(Event):
    """The applicant was told what to pay before the agency may go on; whole dong."""

    notice_no: str
    amount_vnd: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FinancialObligationSettled(Event):
    """The proof of payment came to the desk."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DossierExtended(Event):
    """The agency apologised and gave a new date (form 04)."""

    document: str
    old_due_at: datetime
    due_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class RefusalProposed(Event):
    """The officer laid a draft refusal before the signer; its digest is empty when it is on paper."""

    step: str
    file_sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RefusalIssued(Event):
    """The refusal was numbered and stamped; it lies at the desk."""

    outcome: str
    file_sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultErrorReported(Event):
    """The result was found wrong; it must be right by `due_at` (B-23)."""

    due_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultCorrected(Event):
    """The right result was signed and issued: the file of that digest."""

    file_sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DossierRated(Event):
    """The applicant said what they thought, from 1 to 5."""

    score: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DossierStopped(Event):
    """The agency head stopped the dossier (form 05)."""

    document: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ClocksRecounted(Event):
    """What `announcement` (`calendar:ID`) says of the calendar moved or settled clocks of the dossier.

    The promise was due at `old_due_at` and is at `due_at`: the same where it only is provisional no more, both None
    where it was not touched. `terms` names the other clocks that moved: STEP, CONSULTATION, INTAKE.
    """

    announcement: str
    old_due_at: datetime | None
    due_at: datetime | None
    terms: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DossierClosedUnanswered(Event):
    """The desk closed the dossier after the applicant stayed silent (form 05)."""

    document: str
