"""The papers a one-stop desk issues, and when a paper handed in or asked for counts (B-08, B-30 to B-35, B-58).

Source: docs/law/forms.md, docs/law/completeness.md.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class PaperKind(StrEnum):
    """A prescribed form; the value is what the database holds."""

    RECEIPT = "RECEIPT"
    SUPPLEMENT_REQUEST = "SUPPLEMENT_REQUEST"
    REFUSAL = "REFUSAL"
    APOLOGY = "APOLOGY"
    STOP_NOTICE = "STOP_NOTICE"


class CheckState(StrEnum):
    """What the reception officer found of one paper of the closed list."""

    UNCHECKED = "UNCHECKED"
    PRESENT = "PRESENT"
    NOT_NEEDED = "NOT_NEEDED"
    MISSING = "MISSING"
    WRONG = "WRONG"


@dataclass(frozen=True, slots=True)
class PaperFact:
    """One paper of the published list as it stands in a dossier; `is_needed` papers may not be waived."""

    position: int
    is_needed: bool
    state: CheckState


def papers_in_the_way(papers: Iterable[PaperFact]) -> tuple[int, ...]:
    """Return the positions of the papers that keep a dossier from being accepted (B-08), in their order.

    A paper every case needs must be present; one that only some cases need must have been looked at.
    """
    return tuple(
        paper.position
        for paper in sorted(papers, key=lambda paper: paper.position)
        if paper.state not in ({CheckState.PRESENT} if paper.is_needed else {CheckState.PRESENT, CheckState.NOT_NEEDED})
    )


class SupplementAnswer(StrEnum):
    """How a paper that the desk asked for was answered: a new file, sheets at the counter, or a reason for none."""

    FILE = "FILE"
    ON_PAPER = "ON_PAPER"
    NONE = "NONE"


@dataclass(frozen=True, slots=True)
class AskedPaper:
    """One paper of an open request; `is_needed` papers may not be waived, `answer` is None until there is one."""

    position: int
    is_needed: bool
    answer: SupplementAnswer | None


def may_go_without(*, is_needed: bool) -> bool:
    """Tell whether an applicant may answer, with the reason, that they have none: not where every case needs one."""
    return not is_needed


def unanswered(papers: Iterable[AskedPaper]) -> tuple[int, ...]:
    """Return the positions that keep a supplement from being complete, in their order.

    What was handed in before the request answers nothing: the desk found it wrong.
    """
    return tuple(
        paper.position
        for paper in sorted(papers, key=lambda paper: paper.position)
        if paper.answer is None
        or (paper.answer is SupplementAnswer.NONE and not may_go_without(is_needed=paper.is_needed))
    )


def may_ask(*, asked_count: int, basis: str) -> bool:
    """Tell whether form 02 may go out when it already went out `asked_count` times (B step 4a, B-58).

    Once only; again only where a provision, cited as `basis`, orders it.
    """
    return asked_count == 0 or bool(basis.strip())


class DeclineGround(StrEnum):
    """Why a dossier is not accepted (B table step 4b, B-07): taken from the procedure's own parts."""

    NOT_WITHIN_AUTHORITY = "NOT_WITHIN_AUTHORITY"
    CONDITION_NOT_MET = "CONDITION_NOT_MET"
    WRONG_SUBJECT = "WRONG_SUBJECT"
    ALREADY_SETTLED = "ALREADY_SETTLED"
    OTHER_PROCEDURE = "OTHER_PROCEDURE"
