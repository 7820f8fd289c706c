"""What can happen when open dossiers follow a new version of their procedure (R-13); no event holds personal data."""

from dataclasses import dataclass
from datetime import datetime

from motcua.kernel.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionMoveOrdered(Event):
    """The publisher ordered that open dossiers follow the versions of a decision, whose key is the subject.

    `order` is the key of the order, `article` the provision that says so, `promises` KEEP or ADVANCE.
    """

    order: str
    article: str
    promises: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DossierMoved(Event):
    """The dossier follows another version of its procedure, by the order of that key.

    It was promised by `old_due_at`, and is by `due_at`: the same, or sooner.
    """

    order: str
    decision: str
    from_version: int
    to_version: int
    old_due_at: datetime
    due_at: datetime
