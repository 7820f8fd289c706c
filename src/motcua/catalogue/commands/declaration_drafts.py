"""Write the electronic declaration of a draft version (C-09): hidden until published, frozen afterwards."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from motcua.catalogue.commands.publication_drafts import (
    ActNotOpen,
    BeyondTheList,
    DraftMoved,
    MayNotPublish,
    guard,
    put_content,
)
from motcua.catalogue.contents import content_of
from motcua.catalogue.models import PublicationLine
from motcua.rules.declarations import FieldDefinition
from motcua.rules.publication import DecisionAct, DecisionState

if TYPE_CHECKING:
    from motcua.accounts.models import User

__all__ = ["ActNotOpen", "BeyondTheList", "DraftMoved", "MayNotPublish", "write_declaration"]


@transaction.atomic
def write_declaration(
    *, line: PublicationLine, fields: Sequence[FieldDefinition], seen: str, actor: "User", at: datetime
) -> PublicationLine:
    """Put `fields` in the place of what the draft of the line asks; `seen` is the hash of the content they go by.

    What stands there already is not written twice. Raises `MayNotPublish`, `ActNotOpen`, `BeyondTheList`, `DraftMoved`.
    """
    decision = guard(line.decision, DecisionAct.EDIT, actor, at)
    rows = PublicationLine.objects.select_related("procedure__sector", "version")
    found = rows.prefetch_related("version__papers", "version__channels", "version__results").get(pk=line.pk)
    version = found.version
    if version is None:
        raise ActNotOpen(DecisionState(decision.state), DecisionAct.EDIT)
    found.decision = decision
    content = content_of(version)
    if content.declaration == tuple(fields):
        return found
    if seen != version.content_hash:
        raise DraftMoved
    content = replace(content, declaration=tuple(fields))
    return put_content(line=found, version=version, content=content, note=found.note, actor=actor, at=at)
