"""What an act may do only as an exception, or did too late, and which finding of an inspection it is (rulebook P).

Source: docs/law/irregularities.md. Nothing here forbids: the record keeps what happened, with the code an inspector
knows it by.
"""

from enum import StrEnum


class Irregularity(StrEnum):
    """Something an inspection would ask about; the value is what the database holds."""

    SECOND_SUPPLEMENT = "SECOND_SUPPLEMENT"
    LATE_SUPPLEMENT = "LATE_SUPPLEMENT"
    LATE_APOLOGY = "LATE_APOLOGY"
    SILENT_CONSULTATION = "SILENT_CONSULTATION"
    LATE_TRANSFER = "LATE_TRANSFER"


FINDING_CODE: dict[Irregularity, str | None] = {
    Irregularity.SECOND_SUPPLEMENT: "F10",
    Irregularity.LATE_SUPPLEMENT: "F10",
    Irregularity.LATE_APOLOGY: "F13",
    Irregularity.SILENT_CONSULTATION: "F15",
    Irregularity.LATE_TRANSFER: None,
}
"""The finding each is recorded as; None where the list of findings has none yet (a late transfer, R-7)."""
