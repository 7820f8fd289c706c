"""Open dossiers and a new version of their procedure: who may follow it, and what becomes of their promise (R-13).

Source: docs/law/version-moves.md. A dossier finishes under the version of its acceptance unless the new norm says
otherwise (C-12); then one decision moves those that may follow. A promise is kept or comes sooner, never later (B-59).
"""

from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from motcua.rules.transitions import Status


class PromiseRule(StrEnum):
    """What the order says of promises already given: kept as printed, or sooner where the new limit is shorter."""

    KEEP = "KEEP"
    ADVANCE = "ADVANCE"


class Bar(StrEnum):
    """Why a dossier stays with the version it has."""

    SUPERSEDED = "SUPERSEDED"
    NOT_ACCEPTED = "NOT_ACCEPTED"
    CLOCK_STANDS = "CLOCK_STANDS"
    DECIDED = "DECIDED"
    LINKED = "LINKED"
    AT_ONCE = "AT_ONCE"
    ANSWERS_LOST = "ANSWERS_LOST"
    LIMIT_UNKNOWN = "LIMIT_UNKNOWN"
    WOULD_BE_LATER = "WOULD_BE_LATER"


MOVABLE: Final = frozenset(
    {Status.ACCEPTED, Status.TRANSFERRED, Status.IN_PROGRESS, Status.CONSULTING, Status.PENDING_SIGN}
)
"""Where a dossier is under way, its clock runs and nothing is decided."""
BEFORE_ACCEPTANCE: Final = frozenset({Status.SUBMITTED, Status.INTAKE_SUPPLEMENT})
STANDING: Final = frozenset({Status.SUPPLEMENT, Status.FINANCIAL})
"""Where the applicant's turn stops the clock: what the answer does to the promise was told under the old version."""


@dataclass(frozen=True, slots=True)
class OpenDossier:
    """What the rules need to know of a dossier that an order may touch.

    `lost` are the keys of the answers that the new version would not show. `by_old` and `by_new` are when the result
    would be due by the facts of its clock under either version; None: cannot be counted. `is_superseded`: the new
    version has been replaced or ended itself.
    """

    status: Status
    promised_at: datetime | None
    by_old: datetime | None
    by_new: datetime | None
    lost: AbstractSet[str] = frozenset()
    is_superseded: bool = False
    is_linked: bool = False
    is_at_once: bool = False


@dataclass(frozen=True, slots=True)
class Move:
    """What an order does to one dossier: `bar` None means it follows, and is due at `due_at` from then on.

    `due_at` is None before acceptance. `is_sooner`: the promise moves forward.
    """

    bar: Bar | None
    due_at: datetime | None
    is_sooner: bool = False


def move(dossier: OpenDossier, rule: PromiseRule, *, at: datetime) -> Move:
    """Return what an order with `rule` given at `at` does to `dossier` (R-13, B-59).

    A sooner moment that has passed by `at` is none: the promise given then stays.
    """
    bar = _bar(dossier)
    if bar is not None or dossier.by_new is None or dossier.promised_at is None:
        return Move(bar or Bar.LIMIT_UNKNOWN, dossier.promised_at)
    is_sooner = rule is PromiseRule.ADVANCE and at < dossier.by_new < dossier.promised_at
    return Move(None, dossier.by_new if is_sooner else dossier.promised_at, is_sooner)


def _bar(dossier: OpenDossier) -> Bar | None:
    """Return the first reason to stay, in the order in which people would name them."""
    old, new = dossier.by_old, dossier.by_new
    reasons = {
        Bar.SUPERSEDED: dossier.is_superseded,
        Bar.NOT_ACCEPTED: dossier.status in BEFORE_ACCEPTANCE,
        Bar.CLOCK_STANDS: dossier.status in STANDING,
        Bar.DECIDED: dossier.status not in MOVABLE | BEFORE_ACCEPTANCE | STANDING,
        Bar.LINKED: dossier.is_linked,
        Bar.AT_ONCE: dossier.is_at_once,
        Bar.ANSWERS_LOST: bool(dossier.lost),
        Bar.LIMIT_UNKNOWN: old is None or new is None,
        Bar.WOULD_BE_LATER: old is not None and new is not None and new > old,
    }
    return next((bar for bar, holds in reasons.items() if holds), None)
