"""Let what the national database says of a procedure take the place of ours, by an explicit act (C-09)."""

from dataclasses import replace
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from motcua.accounts.models import User
from motcua.catalogue.commands.count_words import count_words
from motcua.catalogue.commands.shelf import Edition, Shelf, first_day
from motcua.catalogue.content_checks import Change, ContentUnfit, require_fit
from motcua.catalogue.definitions import ProcedureDefinition, Provenance
from motcua.catalogue.local_list import is_listed, with_list
from motcua.catalogue.models import Procedure, ProcedureVersion, PublicationLine
from motcua.catalogue.publication_beside import broken_groups
from motcua.exchange.events import NationalContentTakenOver
from motcua.exchange.facts import (
    MayNotExchange,
    confirmed_names,
    definition_here,
    differing_parts,
    in_our_words,
    is_local,
    is_public,
    require_keeper,
)
from motcua.exchange.models import NationalDifference, NationalRecord
from motcua.exchange.national_reading import definition_of
from motcua.exchange.national_words import SOURCE
from motcua.kernel import events
from motcua.rules.national_entry import DifferenceKind, may_take_over

__all__ = [
    "ContentUnfit",
    "GroupBreaks",
    "MayNotExchange",
    "NotTheirs",
    "NothingToTakeOver",
    "RecordMoved",
    "take_over",
]


class NotTheirs(Exception):
    """The province regulates this one: it is never overwritten (C-05)."""


class NothingToTakeOver(Exception):
    """The national database does not show it, or says what we say, or what holds here has not begun yet.

    What only our list of the procedure says otherwise is nothing to take over either (C-05).
    """


class RecordMoved(Exception):
    """The national database says something else by now than what the officer looked at."""


class GroupBreaks(Exception):
    """Linked groups share papers or answers by places that would move: `names` are theirs (B-21)."""

    def __init__(self, names: frozenset[str]) -> None:
        super().__init__(", ".join(sorted(names)))
        self.names = names


@transaction.atomic
def take_over(*, code: str, seen_digest: str, actor: User, at: datetime) -> ProcedureVersion:
    """Put what the national database says in force from today on, and return the new version.

    What it does not speak of (questions of our declaration, short title, …) stays, and so does what the province's
    list of a procedure regulated above decides (C-05); dossiers accepted before finish under what held then (C-12).
    Raises `MayNotExchange`, `NothingToTakeOver`, `RecordMoved`, `NotTheirs`,
    `GroupBreaks`, `ContentUnfit`.
    """
    require_keeper(actor, at)
    procedure = Procedure.objects.select_for_update(of=("self",)).filter(code=code).first()
    record = NationalRecord.objects.select_for_update().filter(code=code).first()
    if record is None or not is_public(record.content) or (procedure is not None and procedure.is_withdrawn):
        raise NothingToTakeOver
    if record.digest != seen_digest:
        raise RecordMoved
    today = timezone.localdate(at)
    loaded = ProcedureVersion.objects.open_ended().select_related("procedure__sector")
    before = loaded.prefetch_related("papers").filter(procedure__code=code).first()
    if before is not None and before.valid_from > today:
        raise NothingToTakeOver
    wanted = _wanted(record, before)
    edition = Edition(wanted, first_day(today, before), before, is_handmade=before is not None and before.is_handmade)
    (version,) = Shelf().put([edition], at=at)
    count_words()
    _require_groups(before, version, at)
    require_fit([Change(before, version)], today)
    _put_difference(record, version)
    event = NationalContentTakenOver(
        subject=code, version=version.number, content_hash=version.content_hash, record_digest=record.digest
    )
    events.record(event, actor=actor, at=at)
    return version


def _wanted(record: NationalRecord, before: ProcedureVersion | None) -> ProcedureDefinition:
    ours = definition_here(before) if before else None
    kind = DifferenceKind.DIFFERING if before else DifferenceKind.MISSING_HERE
    theirs = definition_of(in_our_words(record.content, confirmed_names(), record.code), ours)
    is_ours = theirs.scope == Procedure.Scope.LOCAL or (before is not None and is_local(before.procedure))
    if not may_take_over(kind, is_local=is_ours):
        raise NotTheirs
    if ours is not None and before is not None:
        if is_listed(before.procedure):
            theirs = replace(theirs, content=with_list(theirs.content, ours.content))
        if ours.digest == theirs.digest:
            raise NothingToTakeOver
    return replace(theirs, source=Provenance(SOURCE, "", timezone.localdate(record.told_at).isoformat()))


def _put_difference(record: NationalRecord, version: ProcedureVersion) -> None:
    """Leave in the list what our list of the procedure still says otherwise; it has to be mended there."""
    fresh = ProcedureVersion.objects.select_related("procedure__sector").get(pk=version.pk)
    parts = [one.part.value for one in differing_parts(fresh, record, confirmed_names()).parts]
    row = NationalDifference.objects.filter(code=record.code)
    if parts:
        row.update(kind=DifferenceKind.DIFFERING, title=fresh.title, parts=parts)
    else:
        row.delete()


def _require_groups(before: ProcedureVersion | None, version: ProcedureVersion, at: datetime) -> None:
    line = PublicationLine(procedure=version.procedure, version=version, based_on=before)
    broken = broken_groups([line], timezone.localdate(at))
    if version.procedure_id in broken:
        raise GroupBreaks(broken[version.procedure_id])
