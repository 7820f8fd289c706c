"""Write plain words about a published version beside it."""

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from motcua.catalogue.models import PlainSummary, ProcedureVersion
from motcua.catalogue.people_events import PlainSummaryWritten
from motcua.catalogue.quality_facts import may_declare
from motcua.kernel import events

if TYPE_CHECKING:
    from motcua.accounts.models import User

__all__ = ["MayNotWrite", "PlainWords", "VersionNotPublished", "write_plain_words"]


class MayNotWrite(Exception):
    """The official does not control procedures in the province."""


class VersionNotPublished(Exception):
    """The version is a draft: its summary is written into it."""


@dataclass(frozen=True, slots=True)
class PlainWords:
    """The five answers in plain words; an empty one is left to what can be derived."""

    purpose: str = ""
    who: str = ""
    how_long: str = ""
    cost: str = ""
    place: str = ""


@transaction.atomic
def write_plain_words(
    *, version: ProcedureVersion, words: PlainWords, actor: "User", at: datetime
) -> PlainSummary | None:
    """Write `words` about `version` and return the row; the same words again leave what is there, without an event.

    None where nothing was ever written and nothing is now. Raises `MayNotWrite`, `VersionNotPublished`.
    """
    version = ProcedureVersion.objects.select_for_update(of=("self",)).select_related("procedure").get(pk=version.pk)
    if not may_declare(version, actor, at):
        raise MayNotWrite
    if not version.is_published:
        raise VersionNotPublished
    said = asdict(words)
    before = version.plain_summaries.order_by("-number").first()
    if {name: getattr(before, name) for name in said} == said if before else not any(said.values()):
        return before
    number = before.number + 1 if before else 1
    row = version.plain_summaries.create(number=number, written_by=actor, written_at=at, **said)
    event = PlainSummaryWritten(
        subject=version.procedure.code,
        version=version.number,
        number=number,
        answers=tuple(name for name, text in said.items() if text),
    )
    events.record(event, actor=actor, at=at)
    return row
