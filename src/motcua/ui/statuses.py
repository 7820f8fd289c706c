"""The look of each status of a dossier; its words belong to the model's labels."""

from dataclasses import dataclass

from motcua.rules.transitions import Status
from motcua.ui.parts import Tone


@dataclass(frozen=True, slots=True)
class Look:
    """A tone and an icon."""

    tone: Tone
    icon: str


LOOKS: dict[Status, Look] = {
    Status.DRAFT: Look(Tone.QUIET, "edit"),
    Status.SUBMITTED: Look(Tone.INFO, "inbox"),
    Status.INTAKE_SUPPLEMENT: Look(Tone.WARN, "upload"),
    Status.NOT_ACCEPTED: Look(Tone.BAD, "stop"),
    Status.ACCEPTED: Look(Tone.INFO, "stamp"),
    Status.TRANSFERRED: Look(Tone.INFO, "forward"),
    Status.IN_PROGRESS: Look(Tone.INFO, "clock"),
    Status.SUPPLEMENT: Look(Tone.WARN, "upload"),
    Status.CONSULTING: Look(Tone.INFO, "users"),
    Status.FINANCIAL: Look(Tone.WARN, "money"),
    Status.PENDING_SIGN: Look(Tone.ACCENT, "pen"),
    Status.SIGNED: Look(Tone.ACCENT, "pen"),
    Status.DONE: Look(Tone.GOOD, "check-circle"),
    Status.REFUSED: Look(Tone.BAD, "stop"),
    Status.CORRECTING: Look(Tone.WARN, "edit"),
    Status.RETURNED: Look(Tone.GOOD, "hand-over"),
    Status.IMMEDIATE_DONE: Look(Tone.GOOD, "hand-over"),
    Status.WITHDRAWN: Look(Tone.QUIET, "undo"),
    Status.STOPPED: Look(Tone.BAD, "stop"),
    Status.CLOSED_UNANSWERED: Look(Tone.QUIET, "stop"),
}


def look_of(status: str) -> Look:
    """Give the look of a status by its database value."""
    return LOOKS[Status(status)]
