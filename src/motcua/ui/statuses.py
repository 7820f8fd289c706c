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
    Status.PENDING_SIGN: Look(Tone.ACCENT, "pen"),
    Status.SIGNED: Look(Tone.ACCENT, "pen"),
    Status.DONE: Look(Tone.GOOD, "check-circle"),
    Status.RETURNED: Look(Tone.GOOD, "hand-over"),
    Status.WITHDRAWN: Look(Tone.QUIET, "undo"),
}


def look_of(status: str) -> Look:
    """Give the look of a status by its database value."""
    return LOOKS[Status(status)]
