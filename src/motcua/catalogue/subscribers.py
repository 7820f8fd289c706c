"""What the catalogue does when the law beneath it changes: look at once for what stands on it (J-07, seed 002)."""

from datetime import datetime

from motcua.catalogue.commands.check_bases import check_bases
from motcua.kernel.events import Event, subscribe
from motcua.legislation.events import (
    DocumentChanged,
    DocumentEntered,
    DocumentsLoaded,
    DocumentsRelated,
    RelationRemoved,
)


def look_again(_event: Event, at: datetime) -> None:
    """Open reviews for what has ended, in the transaction in which it was entered."""
    check_bases(at=at)


for kind in (DocumentEntered, DocumentChanged, DocumentsRelated, RelationRemoved, DocumentsLoaded):
    subscribe(kind, look_again)
