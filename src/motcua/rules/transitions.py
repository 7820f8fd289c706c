"""What may be done to a dossier in each status, what status follows, and its code in the national list.

Source: docs/law/dossier-status.md (rulebook B, status model). The table holds every status; acts that belong to later
stages of the law's flow (supplement after acceptance, consultation, extension) join it with their commands.
"""

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
    PENDING_SIGN = "PENDING_SIGN"
    SIGNED = "SIGNED"
    DONE = "DONE"
    RETURNED = "RETURNED"
    WITHDRAWN = "WITHDRAWN"


class Action(StrEnum):
    """What an officer or an applicant does to a dossier."""

    SUBMIT = "SUBMIT"
    REQUEST_INTAKE_SUPPLEMENT = "REQUEST_INTAKE_SUPPLEMENT"
    COMPLETE_SUPPLEMENT = "COMPLETE_SUPPLEMENT"
    RECEIVE_SUPPLEMENT = "RECEIVE_SUPPLEMENT"
    DECLINE = "DECLINE"
    ACCEPT = "ACCEPT"
    TRANSFER = "TRANSFER"
    ASSIGN = "ASSIGN"
    PROPOSE = "PROPOSE"
    RETURN_FOR_REWORK = "RETURN_FOR_REWORK"
    SIGN = "SIGN"
    ISSUE = "ISSUE"
    HAND_OVER = "HAND_OVER"
    WITHDRAW = "WITHDRAW"
    RECORD_WITHDRAWAL = "RECORD_WITHDRAWAL"


_CAN_BE_WITHDRAWN = (
    Status.SUBMITTED,
    Status.INTAKE_SUPPLEMENT,
    Status.ACCEPTED,
    Status.TRANSFERRED,
    Status.IN_PROGRESS,
    Status.PENDING_SIGN,
)
"""B-22: the applicant may withdraw until the decision is signed, by themselves or by telling the desk."""

NEXT: dict[tuple[Status, Action], Status] = {
    (Status.DRAFT, Action.SUBMIT): Status.SUBMITTED,
    (Status.SUBMITTED, Action.REQUEST_INTAKE_SUPPLEMENT): Status.INTAKE_SUPPLEMENT,
    (Status.INTAKE_SUPPLEMENT, Action.COMPLETE_SUPPLEMENT): Status.SUBMITTED,
    (Status.INTAKE_SUPPLEMENT, Action.RECEIVE_SUPPLEMENT): Status.SUBMITTED,
    (Status.SUBMITTED, Action.DECLINE): Status.NOT_ACCEPTED,
    (Status.SUBMITTED, Action.ACCEPT): Status.ACCEPTED,
    (Status.ACCEPTED, Action.TRANSFER): Status.TRANSFERRED,
    (Status.TRANSFERRED, Action.ASSIGN): Status.IN_PROGRESS,
    (Status.IN_PROGRESS, Action.ASSIGN): Status.IN_PROGRESS,
    (Status.IN_PROGRESS, Action.PROPOSE): Status.PENDING_SIGN,
    (Status.PENDING_SIGN, Action.RETURN_FOR_REWORK): Status.IN_PROGRESS,
    (Status.PENDING_SIGN, Action.SIGN): Status.SIGNED,
    (Status.SIGNED, Action.ISSUE): Status.DONE,
    (Status.DONE, Action.HAND_OVER): Status.RETURNED,
    **{(status, Action.WITHDRAW): Status.WITHDRAWN for status in _CAN_BE_WITHDRAWN},
    **{(status, Action.RECORD_WITHDRAWAL): Status.WITHDRAWN for status in _CAN_BE_WITHDRAWN},
}

FINAL = frozenset({Status.NOT_ACCEPTED, Status.RETURNED, Status.WITHDRAWN})
BEFORE_ACCEPTANCE = frozenset({Status.DRAFT, Status.SUBMITTED, Status.INTAKE_SUPPLEMENT, Status.NOT_ACCEPTED})

_NATIONAL_CODE: dict[Status, int | None] = {
    Status.DRAFT: None,
    Status.SUBMITTED: 1,
    Status.INTAKE_SUPPLEMENT: 5,
    Status.NOT_ACCEPTED: 3,
    Status.ACCEPTED: 2,
    Status.TRANSFERRED: 4,
    Status.IN_PROGRESS: 4,
    Status.PENDING_SIGN: 4,
    Status.SIGNED: 4,
    Status.DONE: 9,
    Status.RETURNED: 10,
    Status.WITHDRAWN: 7,
}


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


def national_code(status: Status) -> int | None:
    """Return the status' number in the National Portal's list (1 newly filed … 10 returned); None for a draft."""
    return _NATIONAL_CODE[status]
