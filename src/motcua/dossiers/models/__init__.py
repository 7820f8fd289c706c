"""Tables of the heart: dossiers and their parts."""

from motcua.dossiers.models.dossier import STATUS_LABELS, Dossier, FilingChannel, ReturnChannel
from motcua.dossiers.models.parts import (
    ANSWER_LABELS,
    CHECK_LABELS,
    GROUND_LABELS,
    Applicant,
    CodeSending,
    ContactCode,
    Declining,
    LookupFailure,
    Paper,
    Result,
    Step,
    SupplementItem,
    SupplementRequest,
    Withdrawal,
)

__all__ = [
    "ANSWER_LABELS",
    "CHECK_LABELS",
    "GROUND_LABELS",
    "STATUS_LABELS",
    "Applicant",
    "CodeSending",
    "ContactCode",
    "Declining",
    "Dossier",
    "FilingChannel",
    "LookupFailure",
    "Paper",
    "Result",
    "ReturnChannel",
    "Step",
    "SupplementItem",
    "SupplementRequest",
    "Withdrawal",
]
