"""What is wrong with the bases a document stands on (J-07, seed 002).

Source: docs/law/legal-documents.md.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from motcua.rules.legal_effect import ENDED, PARTLY_ENDED, EffectStatus


class Severity(StrEnum):
    """How bad a finding is: ERROR stands in the way of signing, WARNING wants a look."""

    ERROR = "ERROR"
    WARNING = "WARNING"


class Flaw(StrEnum):
    """What is wrong with one basis."""

    ENDED = "ENDED"
    PARTLY_ENDED = "PARTLY_ENDED"
    SUSPENDED = "SUSPENDED"
    TAKES_EFFECT_LATER = "TAKES_EFFECT_LATER"
    EFFECT_UNKNOWN = "EFFECT_UNKNOWN"
    NOT_IN_THE_REGISTER = "NOT_IN_THE_REGISTER"
    NUMBER_OR_DATE_MISSING = "NUMBER_OR_DATE_MISSING"


SEVERITY: dict[Flaw, Severity] = {
    Flaw.ENDED: Severity.ERROR,
    Flaw.TAKES_EFFECT_LATER: Severity.ERROR,
    Flaw.PARTLY_ENDED: Severity.WARNING,
    Flaw.SUSPENDED: Severity.WARNING,
    Flaw.EFFECT_UNKNOWN: Severity.WARNING,
    Flaw.NOT_IN_THE_REGISTER: Severity.WARNING,
    Flaw.NUMBER_OR_DATE_MISSING: Severity.WARNING,
}
"""J-07 names the first three and the last; what the register does not know is ours."""


@dataclass(frozen=True, slots=True)
class Basis:
    """A document that another stands on.

    `status` is that of the day of signing, None where the register does not have it; `from_day` is when it takes
    effect, None where unknown.
    """

    name: str
    status: EffectStatus | None
    from_day: date | None = None
    has_number_and_date: bool = True


@dataclass(frozen=True, slots=True)
class Finding:
    """One flaw of one basis."""

    name: str
    flaw: Flaw

    @property
    def severity(self) -> Severity:
        """How bad it is."""
        return SEVERITY[self.flaw]


def findings(bases: Iterable[Basis], *, takes_effect_on: date | None) -> tuple[Finding, ...]:
    """Return what is wrong with `bases` at signing, in their order; at most one finding a basis (J-07).

    A basis not yet in force is allowed when it takes effect no later than the document, which does on
    `takes_effect_on` (None: it is not said, and counts as the day of signing).
    """
    found = ((basis, _flaw(basis, takes_effect_on)) for basis in bases)
    return tuple(Finding(basis.name, flaw) for basis, flaw in found if flaw is not None)


def severity_of(status: EffectStatus) -> Severity | None:
    """Return how bad it is to stand on a document of that status, None when it is not (J-07)."""
    if status in ENDED:
        return Severity.ERROR
    return Severity.WARNING if status in PARTLY_ENDED else None


def _flaw(basis: Basis, takes_effect_on: date | None) -> Flaw | None:
    if basis.status is None:
        return Flaw.NOT_IN_THE_REGISTER if basis.has_number_and_date else Flaw.NUMBER_OR_DATE_MISSING
    if basis.status is EffectStatus.NOT_YET:
        is_late = basis.from_day is None or takes_effect_on is None or basis.from_day > takes_effect_on
        return Flaw.TAKES_EFFECT_LATER if is_late else None
    by_status = {
        EffectStatus.UNKNOWN: Flaw.EFFECT_UNKNOWN,
        EffectStatus.IN_FORCE: None,
        EffectStatus.SUSPENDED_PART: Flaw.SUSPENDED,
        EffectStatus.SUSPENDED_ALL: Flaw.SUSPENDED,
        EffectStatus.EXPIRED_PART: Flaw.PARTLY_ENDED,
        EffectStatus.EXPIRED_ALL: Flaw.ENDED,
        EffectStatus.REPEALED: Flaw.ENDED,
    }
    return by_status[basis.status]
