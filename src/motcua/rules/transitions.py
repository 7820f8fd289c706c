"""What may be done to a dossier in each status, what status follows, and its code in the national list.

Source: docs/law/dossier-status.md (rulebook B, status model). What a deadline or a count forbids beside (a second
extension, a second supplement, closing too soon) stands in `rules.promises`, `rules.papers` and `rules.deadlines`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Status(StrEnum):
    """Where a dossier stands; the value is what the database holds."""

    DRAFT = "DRAFT"
    SUBMITTED = "SUBMITTED"
    INTAKE_SUPPLEMENT = "INTAKE_SUPPLEMENT"
    NOT_ACCEPTED = "NOT_ACCEPTED"
    ACCEPTED = "ACCEPTED"
    TRANSFERRED = "TRANSFERRED"
    IN_PROGRESS = "IN_PROGRESS"
    SUPPLEMENT = "SUPPLEMENT"
    CONSULTING = "CONSULTING"
    FINANCIAL = "FINANCIAL"
    PENDING_SIGN = "PENDING_SIGN"
    SIGNED = "SIGNED"
    DONE = "DONE"
    REFUSED = "REFUSED"
    CORRECTING = "CORRECTING"
    RETURNED = "RETURNED"
    IMMEDIATE_DONE = "IMMEDIATE_DONE"
    WITHDRAWN = "WITHDRAWN"
    STOPPED = "STOPPED"
    CLOSED_UNANSWERED = "CLOSED_UNANSWERED"


class Action(StrEnum):
    """What an officer or an applicant does to a dossier."""

    SUBMIT = "SUBMIT"
    GUIDE = "GUIDE"
    REQUEST_INTAKE_SUPPLEMENT = "REQUEST_INTAKE_SUPPLEMENT"
    COMPLETE_SUPPLEMENT = "COMPLETE_SUPPLEMENT"
    RECEIVE_SUPPLEMENT = "RECEIVE_SUPPLEMENT"
    DECLINE = "DECLINE"
    ACCEPT = "ACCEPT"
    SETTLE_AT_ONCE = "SETTLE_AT_ONCE"
    TRANSFER = "TRANSFER"
    ASSIGN = "ASSIGN"
    ASSIGN_LEG = "ASSIGN_LEG"
    RECORD_VERIFICATION = "RECORD_VERIFICATION"
    REQUEST_SUPPLEMENT = "REQUEST_SUPPLEMENT"
    OVERRIDE_SUPPLEMENT = "OVERRIDE_SUPPLEMENT"
    CONSULT = "CONSULT"
    ANSWER_CONSULTATION = "ANSWER_CONSULTATION"
    GO_ON_UNANSWERED = "GO_ON_UNANSWERED"
    AWAIT_FINANCIAL = "AWAIT_FINANCIAL"
    SETTLE_FINANCIAL = "SETTLE_FINANCIAL"
    EXTEND = "EXTEND"
    PASS_ON = "PASS_ON"  # noqa: S105  # an act, no password
    FINISH_LEG = "FINISH_LEG"
    PROPOSE = "PROPOSE"
    PROPOSE_REFUSAL = "PROPOSE_REFUSAL"
    APPROVE_DRAFT = "APPROVE_DRAFT"
    GIVE_BACK_DRAFT = "GIVE_BACK_DRAFT"
    RETURN_FOR_REWORK = "RETURN_FOR_REWORK"
    SIGN = "SIGN"
    ISSUE = "ISSUE"
    ISSUE_REFUSAL = "ISSUE_REFUSAL"
    HAND_OVER = "HAND_OVER"
    POST_RESULT = "POST_RESULT"
    RELEASE_ONLINE = "RELEASE_ONLINE"
    REPORT_ERROR = "REPORT_ERROR"
    CORRECT = "CORRECT"
    RATE = "RATE"
    WITHDRAW = "WITHDRAW"
    RECORD_WITHDRAWAL = "RECORD_WITHDRAWAL"
    STOP = "STOP"
    CLOSE_UNANSWERED = "CLOSE_UNANSWERED"


_CAN_BE_WITHDRAWN = (
    Status.SUBMITTED,
    Status.INTAKE_SUPPLEMENT,
    Status.ACCEPTED,
    Status.TRANSFERRED,
    Status.IN_PROGRESS,
    Status.SUPPLEMENT,
    Status.CONSULTING,
    Status.FINANCIAL,
    Status.PENDING_SIGN,
)
"""B-22: the applicant may withdraw until the decision is signed, by themselves or by telling the desk."""
_UNDER_WAY = (
    Status.TRANSFERRED,
    Status.IN_PROGRESS,
    Status.SUPPLEMENT,
    Status.CONSULTING,
    Status.FINANCIAL,
    Status.PENDING_SIGN,
)
"""The agency has the dossier and has not decided: it may still be stopped (B, status model)."""
LEGS_RUN = (Status.IN_PROGRESS, Status.SUPPLEMENT, Status.CONSULTING, Status.FINANCIAL)
"""Parallel legs of its internal process go on while a dossier waits for papers, an opinion or money (B-21)."""
_RUNNING = (Status.TRANSFERRED, Status.IN_PROGRESS, Status.CONSULTING, Status.PENDING_SIGN, Status.SIGNED)
"""The applicant waits and a promise stands, which may be extended once (B step 13)."""

WAYS_BACK = (Action.HAND_OVER, Action.POST_RESULT, Action.RELEASE_ONLINE)
"""How a result reaches the applicant: by hand, by post, online (B step 16)."""
AWAITS_HANDING_OUT = frozenset({Status.DONE, Status.REFUSED})
"""The result, a refusal like any other, is issued and not yet given out (B steps 14, 16)."""
GIVEN_OUT = frozenset({Status.RETURNED, Status.IMMEDIATE_DONE})
"""The applicant has the result: given out once it had come back to the desk, or on the spot (B steps 5, 16)."""
ISSUED = AWAITS_HANDING_OUT | GIVEN_OUT
"""There is a result that its applicant may have; one being put right (B-23) is withheld."""
DECIDED = ISSUED | {Status.SIGNED, Status.CORRECTING}
"""The decision is signed: the applicant cannot take the dossier back any more (B-22)."""

NEXT: dict[tuple[Status, Action], Status] = {
    (Status.DRAFT, Action.SUBMIT): Status.SUBMITTED,
    (Status.SUBMITTED, Action.GUIDE): Status.SUBMITTED,
    (Status.INTAKE_SUPPLEMENT, Action.GUIDE): Status.INTAKE_SUPPLEMENT,
    (Status.SUBMITTED, Action.REQUEST_INTAKE_SUPPLEMENT): Status.INTAKE_SUPPLEMENT,
    (Status.INTAKE_SUPPLEMENT, Action.COMPLETE_SUPPLEMENT): Status.SUBMITTED,
    (Status.INTAKE_SUPPLEMENT, Action.RECEIVE_SUPPLEMENT): Status.SUBMITTED,
    (Status.SUBMITTED, Action.DECLINE): Status.NOT_ACCEPTED,
    (Status.SUBMITTED, Action.ACCEPT): Status.ACCEPTED,
    (Status.ACCEPTED, Action.SETTLE_AT_ONCE): Status.IMMEDIATE_DONE,
    (Status.ACCEPTED, Action.TRANSFER): Status.TRANSFERRED,
    (Status.TRANSFERRED, Action.ASSIGN): Status.IN_PROGRESS,
    (Status.IN_PROGRESS, Action.ASSIGN): Status.IN_PROGRESS,
    (Status.IN_PROGRESS, Action.RECORD_VERIFICATION): Status.IN_PROGRESS,
    (Status.IN_PROGRESS, Action.REQUEST_SUPPLEMENT): Status.SUPPLEMENT,
    (Status.IN_PROGRESS, Action.OVERRIDE_SUPPLEMENT): Status.SUPPLEMENT,
    (Status.SUPPLEMENT, Action.COMPLETE_SUPPLEMENT): Status.IN_PROGRESS,
    (Status.SUPPLEMENT, Action.RECEIVE_SUPPLEMENT): Status.IN_PROGRESS,
    (Status.IN_PROGRESS, Action.CONSULT): Status.CONSULTING,
    (Status.CONSULTING, Action.CONSULT): Status.CONSULTING,
    (Status.CONSULTING, Action.ANSWER_CONSULTATION): Status.IN_PROGRESS,
    (Status.CONSULTING, Action.GO_ON_UNANSWERED): Status.IN_PROGRESS,
    (Status.IN_PROGRESS, Action.AWAIT_FINANCIAL): Status.FINANCIAL,
    (Status.FINANCIAL, Action.SETTLE_FINANCIAL): Status.IN_PROGRESS,
    (Status.IN_PROGRESS, Action.PASS_ON): Status.IN_PROGRESS,
    **{(status, act): status for status in LEGS_RUN for act in (Action.ASSIGN_LEG, Action.FINISH_LEG)},
    (Status.IN_PROGRESS, Action.PROPOSE): Status.PENDING_SIGN,
    (Status.IN_PROGRESS, Action.PROPOSE_REFUSAL): Status.PENDING_SIGN,
    (Status.PENDING_SIGN, Action.APPROVE_DRAFT): Status.PENDING_SIGN,
    (Status.PENDING_SIGN, Action.GIVE_BACK_DRAFT): Status.IN_PROGRESS,
    (Status.PENDING_SIGN, Action.RETURN_FOR_REWORK): Status.IN_PROGRESS,
    (Status.PENDING_SIGN, Action.SIGN): Status.SIGNED,
    (Status.SIGNED, Action.ISSUE): Status.DONE,
    (Status.SIGNED, Action.ISSUE_REFUSAL): Status.REFUSED,
    **{(there, act): Status.RETURNED for there in AWAITS_HANDING_OUT for act in WAYS_BACK},
    **{(status, Action.REPORT_ERROR): Status.CORRECTING for status in (Status.DONE, *sorted(GIVEN_OUT))},
    (Status.CORRECTING, Action.CORRECT): Status.DONE,
    **{(status, Action.RATE): status for status in sorted(GIVEN_OUT)},
    **{(status, Action.WITHDRAW): Status.WITHDRAWN for status in _CAN_BE_WITHDRAWN},
    **{(status, Action.RECORD_WITHDRAWAL): Status.WITHDRAWN for status in _CAN_BE_WITHDRAWN},
    **{(status, Action.STOP): Status.STOPPED for status in _UNDER_WAY},
    **{(status, Action.EXTEND): status for status in _RUNNING},
    (Status.INTAKE_SUPPLEMENT, Action.CLOSE_UNANSWERED): Status.CLOSED_UNANSWERED,
    (Status.SUPPLEMENT, Action.CLOSE_UNANSWERED): Status.CLOSED_UNANSWERED,
}

ENDED_EARLY = frozenset({Status.WITHDRAWN, Status.STOPPED, Status.CLOSED_UNANSWERED})
"""Over before there was a decision: withdrawn, stopped, closed unanswered."""
FINAL = frozenset({Status.NOT_ACCEPTED}) | GIVEN_OUT | ENDED_EARLY
"""Over for the agency; a result that was given out may still be corrected (B-23) and rated (B step 17)."""
SUPPLEMENTING = frozenset({Status.INTAKE_SUPPLEMENT, Status.SUPPLEMENT})
"""Papers were asked for: before acceptance by the desk, after it by the agency."""
WAITING_FOR_APPLICANT = SUPPLEMENTING | {Status.FINANCIAL}
"""It is the applicant's turn; statistics subtract this time (L-10)."""
BEFORE_ACCEPTANCE = frozenset({Status.DRAFT, Status.SUBMITTED, Status.INTAKE_SUPPLEMENT, Status.NOT_ACCEPTED})

_NATIONAL_CODE: Mapping[Status, int | None] = {
    Status.DRAFT: None,
    Status.SUBMITTED: 1,
    Status.INTAKE_SUPPLEMENT: 5,
    Status.NOT_ACCEPTED: 3,
    Status.ACCEPTED: 2,
    Status.TRANSFERRED: 4,
    Status.IN_PROGRESS: 4,
    Status.SUPPLEMENT: 5,
    Status.CONSULTING: 4,
    Status.FINANCIAL: 6,
    Status.PENDING_SIGN: 4,
    Status.SIGNED: 4,
    Status.DONE: 9,
    Status.CORRECTING: 4,
    Status.RETURNED: 10,
    Status.WITHDRAWN: 7,
    Status.STOPPED: 8,
    Status.CLOSED_UNANSWERED: 8,
}


@dataclass(frozen=True, slots=True)
class UnsureCodes:
    """What the national list is taken to say, from `valid_from` on, where no text we have says it [U]."""

    valid_from: date
    codes: Mapping[Status, int]


UNSURE_CODES: tuple[UnsureCodes, ...] = (
    UnsureCodes(date(2018, 6, 21), {Status.REFUSED: 9, Status.IMMEDIATE_DONE: 10}),
)
"""The oldest first; each row says all of them."""


class TransitionRefused(Exception):
    """`action` is not open in `status`."""

    def __init__(self, status: Status, action: Action) -> None:
        super().__init__(f"{action} is not open in {status}")
        self.status, self.action = status, action


def open_actions(status: Status) -> tuple[Action, ...]:
    """Return the actions open in `status`, in the order of `Action`."""
    return tuple(action for action in Action if (status, action) in NEXT)


def status_after(status: Status, action: Action) -> Status:
    """Return the status that `action` leads to; raises `TransitionRefused` when it is not open."""
    try:
        return NEXT[status, action]
    except KeyError:
        raise TransitionRefused(status, action) from None


def national_code(status: Status, on: date, unsure_codes: Sequence[UnsureCodes] = UNSURE_CODES) -> int | None:
    """Return the status' number in the National Portal's list as told on the day `on`; None for a draft.

    From 1, newly filed, to 10. What is unsure of it is as `unsure_codes` has it that day, or in its first row before.
    """
    unsure = next((row for row in reversed(unsure_codes) if row.valid_from <= on), unsure_codes[0])
    return unsure.codes[status] if status in unsure.codes else _NATIONAL_CODE[status]
