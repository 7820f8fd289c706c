"""Bring in sectors and procedures of another installation, as a configuration package carries them.

What is published is completed by later versions, never written anew; what would contradict it was sorted out before.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from motcua.catalogue.carried import CarriedProcedure, CarriedSector, CarriedVersion
from motcua.catalogue.commands.count_words import count_words
from motcua.catalogue.commands.shelf import (
    PROCEDURE_COLUMNS,
    Edition,
    Shelf,
    content_columns,
    describe_row,
    first_day,
    put_parts,
)
from motcua.catalogue.content_checks import Change, ContentUnfit, require_fit
from motcua.catalogue.definitions import ProcedureDefinition
from motcua.catalogue.events import CatalogueBroughtIn, ProcedurePublished
from motcua.catalogue.models import (
    NoneDeclaration,
    Offering,
    Procedure,
    ProcedureVersion,
    Sector,
    SectorClock,
    Workflow,
)
from motcua.catalogue.publication_beside import groups_broken_by
from motcua.kernel import events
from motcua.rules.vietnamese import search_key, sort_key

if TYPE_CHECKING:
    from motcua.accounts.models import User

__all__ = [
    "BreaksLinkedGroup",
    "ContentUnfit",
    "ProcedureNotThere",
    "SectorNotThere",
    "bring_in_procedures",
    "bring_in_sectors",
    "publish_anew",
]


class SectorNotThere(Exception):
    """A procedure belongs to a sector that the place does not have."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class ProcedureNotThere(Exception):
    """What is brought in names a procedure, or a version of one, that the place does not have."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class BreaksLinkedGroup(Exception):
    """What `code` would say moves papers or questions that linked groups share by their place (B-21)."""

    def __init__(self, code: str, groups: frozenset[str]) -> None:
        super().__init__(f"{code}: {', '.join(sorted(groups))}")
        self.code = code
        self.groups = groups


@transaction.atomic
def bring_in_sectors(sectors: Sequence[CarriedSector], *, package: str, actor: "User | None", at: datetime) -> None:
    """Enter sectors that are not there, and what their law says of clocks (S-13)."""
    if not sectors:
        return
    for told in sectors:
        sector, _is_new = Sector.objects.get_or_create(
            code=told.code,
            defaults={"name": told.name, "search_key": search_key(told.name), "sort_key": sort_key(told.name)},
        )
        for clock in sorted(told.clocks, key=lambda one: one.valid_until is None):  # what ends makes room first
            SectorClock.objects.update_or_create(
                sector=sector,
                valid_from=clock.valid_from,
                defaults={
                    "valid_until": clock.valid_until,
                    "supplement": clock.supplement,
                    "excludes_financial": clock.excludes_financial,
                    "source": clock.source,
                },
            )
    event = CatalogueBroughtIn(subject="sectors", package=package, item_count=len(sectors))
    events.record(event, actor=actor, at=at)


@transaction.atomic
def bring_in_procedures(
    procedures: Sequence[CarriedProcedure], *, package: str, actor: "User | None", at: datetime
) -> None:
    """Enter procedures with their versions, and later versions of those that are there (C-11, C-12).

    Versions keep their number, their days, and the moment they were published. Raises `SectorNotThere`,
    `ProcedureNotThere`, `BreaksLinkedGroup` and, where a trigger holds a published version, Django's `IntegrityError`.
    """
    if not procedures:
        return
    rows = _rows(procedures, timezone.localdate(at))
    versions = ProcedureVersion.objects.filter(procedure__in=[row.pk for row in rows.values()], number__gt=0)
    there = {(row.procedure_id, row.number): row for row in versions}
    new: list[tuple[CarriedVersion, ProcedureVersion]] = []
    ending = []
    for told in procedures:
        procedure = rows[told.code]
        for version in told.versions:
            known = there.get((procedure.pk, version.number))
            if known is None:
                new.append((version, _version(version, procedure)))
            elif known.valid_until != version.valid_until:
                known.valid_until = version.valid_until
                ending.append(known)
    ProcedureVersion.objects.bulk_update(ending, ["valid_until"], batch_size=200)
    _publish(new)
    newest = {row.procedure_id: row.pk for _told, row in sorted(new, key=lambda pair: pair[1].number)}
    _check_groups({row.pk: newest[row.procedure_id] for row in ending if row.procedure_id in newest}, at)
    _declare(procedures, rows, {**there, **{(row.procedure_id, row.number): row for _told, row in new}})
    count_words()
    event = CatalogueBroughtIn(subject="procedures", package=package, item_count=len(procedures))
    events.record(event, actor=actor, at=at)


def _rows(procedures: Sequence[CarriedProcedure], on: date) -> Mapping[str, Procedure]:
    """Return the rows of `procedures` by code: the new ones entered, the others written anew.

    They are called and found by what holds on `on`; a later version names them when it takes effect.
    """
    sectors = {sector.code: sector for sector in Sector.objects.all()}
    codes = [told.code for told in procedures]
    there = {row.code: row for row in Procedure.objects.select_for_update(of=("self",)).filter(code__in=codes)}
    rows = {}
    for told in procedures:
        if told.sector not in sectors:
            raise SectorNotThere(told.sector)
        row = there.get(told.code) or Procedure(code=told.code)
        row.sector = sectors[told.sector]
        naming = _begun(told.versions, on)[-1]
        describe_row(row, definition_of(told, naming, sectors[told.sector].name), is_handmade=naming.is_handmade)
        row.withdrawn_on = told.withdrawn_on
        rows[told.code] = row
    Procedure.objects.bulk_create([row for code, row in rows.items() if code not in there], batch_size=500)
    known = {code: row for code, row in rows.items() if code in there}
    Procedure.objects.bulk_update(known.values(), [*PROCEDURE_COLUMNS, "withdrawn_on"], batch_size=200)
    _name_successors(procedures, rows)
    return rows


def _begun(versions: Sequence[CarriedVersion], on: date) -> Sequence[CarriedVersion]:
    """Return the versions that have begun by `on`; the first one, where none has: a procedure has a name."""
    return [one for one in versions if one.valid_from <= on] or versions[:1]


def definition_of(procedure: CarriedProcedure, version: CarriedVersion, sector: str) -> ProcedureDefinition:
    """Return what a carried version says, as somebody would define it; `sector` is the name."""
    return ProcedureDefinition(
        code=procedure.code,
        sector=sector,
        content=version.content,
        scope=procedure.scope,
        issuing_authority=procedure.issuing_authority,
        kind=procedure.kind,
        source=version.source,
    )


def _name_successors(procedures: Sequence[CarriedProcedure], rows: Mapping[str, Procedure]) -> None:
    named = {told.code: told.replaced_by for told in procedures if told.replaced_by}
    outside = Procedure.objects.filter(code__in=set(named.values()) - rows.keys())
    successors = {**rows, **{row.code: row for row in outside}}
    for code, successor in named.items():
        if successor not in successors:
            raise ProcedureNotThere(successor)
        rows[code].replaced_by = successors[successor]
    Procedure.objects.bulk_update([rows[code] for code in named], ["replaced_by"], batch_size=200)


def _version(told: CarriedVersion, procedure: Procedure) -> ProcedureVersion:
    return ProcedureVersion(
        procedure=procedure,
        number=told.number,
        valid_from=told.valid_from,
        valid_until=told.valid_until,
        source=told.source.name,
        source_url=told.source.url,
        source_date=told.source.dated,
        content_hash=told.content_hash,
        is_handmade=told.is_handmade,
        **content_columns(told.content),
    )


def _publish(new: Sequence[tuple[CarriedVersion, ProcedureVersion]]) -> None:
    ProcedureVersion.objects.bulk_create([row for _told, row in new], batch_size=200)
    put_parts((told.content, row) for told, row in new)
    for told, row in new:
        row.published_at = told.published_at
    ProcedureVersion.objects.bulk_update([row for _told, row in new], ["published_at"], batch_size=200)


def _check_groups(later: Mapping[int, int], at: datetime) -> None:
    """Raise `BreaksLinkedGroup` for the first procedure whose later version moves what a group shares."""
    broken = groups_broken_by(later, timezone.localdate(at))
    for code in sorted(broken):
        raise BreaksLinkedGroup(code, broken[code])


def _declare(
    procedures: Sequence[CarriedProcedure],
    rows: Mapping[str, Procedure],
    versions: Mapping[tuple[int, int], ProcedureVersion],
) -> None:
    NoneDeclaration.objects.bulk_create(
        (
            NoneDeclaration(
                version=versions[rows[told.code].pk, version.number], part=one.part, declared_at=one.declared_at
            )
            for told in procedures
            for version in told.versions
            for one in version.declared_nones
        ),
        ignore_conflicts=True,
    )


@transaction.atomic
def publish_anew(procedure: CarriedProcedure, *, on: date, actor: "User | None", at: datetime) -> ProcedureVersion:
    """Publish what the carried versions say from `on` on as the next versions of here, and return the last (C-12).

    What holds there on `on` begins then, what is to come on its own day; each after the version before began. What is
    published here stays as it is and ends the day before; a version that says the same stays. Raises
    `ProcedureNotThere` where nothing of it is in force any more, `BreaksLinkedGroup` and `ContentUnfit`.
    """
    there = Procedure.objects.select_for_update(of=("self",)).select_related("sector").filter(code=procedure.code)
    row = there.first()
    before = ProcedureVersion.objects.open_ended().filter(procedure__code=procedure.code).first()
    if row is None or before is None or row.is_withdrawn:
        raise ProcedureNotThere(procedure.code)
    shelf, version, later = Shelf(), before, {}
    for told in _to_publish(procedure, before, on):
        definition = definition_of(procedure, told, row.sector.name)
        if version.content_hash != definition.digest:
            wanted = first_day(max(on, told.valid_from), version)
            (fresh,) = shelf.put([Edition(definition, wanted, version, is_handmade=True)], at=at)
            later[version.pk], version = fresh.pk, fresh
            _record_published(row, version, actor, at)
    if later:
        _check_groups(later, at)
        require_fit([Change(before, version)], on)
        count_words()
    return version


def _to_publish(procedure: CarriedProcedure, before: ProcedureVersion, on: date) -> Sequence[CarriedVersion]:
    """Return what follows `before`, which is open here: what holds on `on`, and what is to come.

    Where `before` is itself to come, nothing can begin earlier any more: the newest one alone follows it.
    """
    if before.valid_from > on:
        return procedure.versions[-1:]
    return [_begun(procedure.versions, on)[-1], *(one for one in procedure.versions if one.valid_from > on)]


def _record_published(row: Procedure, version: ProcedureVersion, actor: "User | None", at: datetime) -> None:
    process = Workflow.objects.filter(procedure=row, unit=None, valid_until=None, approved_at__isnull=False).first()
    event = ProcedurePublished(
        subject=row.code,
        version=version.number,
        valid_from=version.valid_from,
        content_hash=version.content_hash,
        workflow=process.number if process else None,
        desk_count=Offering.objects.filter(procedure=row, valid_until=None).count(),
    )
    events.record(event, actor=actor, at=at)
