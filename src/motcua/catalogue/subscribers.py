"""What the catalogue does when the law beneath it or it itself changes: look at once for what stands on it (J-07)."""

from datetime import datetime

from motcua.catalogue.commands.check_bases import check_bases
from motcua.catalogue.events import PublicationIssued
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


for kind in (DocumentEntered, DocumentChanged, DocumentsRelated, RelationRemoved, DocumentsLoaded, PublicationIssued):
    subscribe(kind, look_again)
