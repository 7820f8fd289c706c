"""Put definitions on the shelf: sectors, procedures and new versions with their parts, many at a time."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

from django.utils import timezone

from motcua.catalogue.definitions import Content, ProcedureDefinition, TermsDefinition
from motcua.catalogue.models import (
    Channel,
    ExpectedResult,
    Procedure,
    ProcedureVersion,
    RequiredPaper,
    Sector,
)
from motcua.catalogue.search_words import extra_words, standing
from motcua.rules.declarations import as_stored
from motcua.rules.vietnamese import search_key, slug, sort_key

_LATER_PARTS: Final = ("terms", "papers", "channels", "results", "declaration")
_SORTED_LENGTH: Final = 400  # an index entry has to stay below 2,700 bytes
_LONGEST_SLUG: Final = 200
PROCEDURE_COLUMNS: Final = (
    "title",
    "sector",
    "scope",
    "issuing_authority",
    "kind",
    "sort_key",
    "search_key",
    "search_extra",
    "search_standing",
)


@dataclass(frozen=True, slots=True)
class Edition:
    """A definition to become the newest version of its procedure; `replaces` is the version open until then."""

    definition: ProcedureDefinition
    valid_from: date
    replaces: ProcedureVersion | None
    is_handmade: bool


class Shelf:
    """Sectors known by their name and procedures by their code, so that a long load asks for each once."""

    def __init__(self) -> None:
        self._sectors = {sector.search_key: sector for sector in Sector.objects.all()}

    def put(self, editions: Sequence[Edition], *, at: datetime) -> list[ProcedureVersion]:
        """Store `editions`, at most one a procedure, publish them at `at`, and return their versions in order."""
        codes = [edition.definition.code for edition in editions]
        procedures = {row.code: row for row in Procedure.objects.filter(code__in=codes)}
        on = timezone.localdate(at)
        rows = [self._procedure(edition, procedures.get(edition.definition.code), on) for edition in editions]
        known = [row for row in rows if row.code in procedures]
        Procedure.objects.bulk_update(known, PROCEDURE_COLUMNS, batch_size=200)
        Procedure.objects.bulk_create(row for row in rows if row.code not in procedures)
        _close(editions)
        versions = [_version(edition, row) for edition, row in zip(editions, rows, strict=True)]
        ProcedureVersion.objects.bulk_create(versions)
        put_parts((edition.definition.content, version) for edition, version in zip(editions, versions, strict=True))
        ProcedureVersion.objects.filter(pk__in=[version.pk for version in versions]).update(published_at=at)
        for version in versions:
            version.published_at = at
        return versions

    def describe(self, edition: Edition, procedure: Procedure, on: date) -> None:
        """Let a stored procedure say and be found by what `edition` says of it, once that holds on `on`.

        The one version of a procedure that was not there before is told at once.
        """
        self._procedure(edition, procedure, on).save(update_fields=PROCEDURE_COLUMNS)

    def _procedure(self, edition: Edition, row: Procedure | None, on: date) -> Procedure:
        procedure = row or Procedure(code=edition.definition.code)
        procedure.sector = self._sector(edition.definition.sector)
        is_told = edition.valid_from <= on or edition.replaces is None
        describe_row(procedure, edition.definition, is_handmade=edition.is_handmade, is_named=is_told)
        return procedure

    def _sector(self, name: str) -> Sector:
        key = search_key(name)
        if key not in self._sectors:
            self._sectors[key] = Sector.objects.create(
                code=_sector_code(name), name=name, search_key=key, sort_key=sort_key(name)
            )
        return self._sectors[key]


def describe_row(
    procedure: Procedure, definition: ProcedureDefinition, *, is_handmade: bool, is_named: bool = True
) -> None:
    """Let a row say, and if `is_named` be called and found by, what `definition` says of it; not its sector.

    Nothing is saved.
    """
    procedure.scope = definition.scope
    procedure.issuing_authority = definition.issuing_authority
    procedure.kind = definition.kind
    if not is_named:
        return
    procedure.title = definition.content.title
    procedure.sort_key = sort_key(procedure.title)[:_SORTED_LENGTH]
    procedure.search_key = search_key(procedure.title)
    procedure.search_extra = extra_words(definition)
    procedure.search_standing = standing(definition.content, is_handmade=is_handmade)


def _sector_code(name: str) -> str:
    code = slug(name)
    if len(code) <= _LONGEST_SLUG and not Sector.objects.filter(code=code).exists():
        return code
    digest = hashlib.sha256(search_key(name).encode()).hexdigest()[:8]
    return f"{code[: _LONGEST_SLUG - len(digest) - 1]}-{digest}"


def first_day(wanted: date, replaces: ProcedureVersion | None) -> date:
    """Return the first day of a version wanted from `wanted`: at the earliest the day after the one before began.

    A procedure says one thing a day, so a second change on one day holds from the next.
    """
    return wanted if replaces is None else max(wanted, replaces.valid_from + timedelta(days=1))


def terms_columns(terms: TermsDefinition) -> dict[str, object]:
    """Return `terms` as the columns of a row."""
    columns: dict[str, object] = asdict(terms)
    del columns["limit"]
    columns["limit_amount"] = terms.limit.amount if terms.limit else None
    columns["limit_unit"] = terms.limit.unit.value if terms.limit else ""
    return columns


def _close(editions: Iterable[Edition]) -> None:
    closing = []
    for edition in editions:
        if edition.replaces is not None:
            edition.replaces.valid_until = edition.valid_from
            closing.append(edition.replaces)
    ProcedureVersion.objects.bulk_update(closing, ["valid_until"], batch_size=200)


def content_columns(content: Content) -> dict[str, Any]:
    """Return `content` as the columns of a version; its papers, channels and results are rows of their own."""
    columns = {
        name: list(value) if isinstance(value, tuple) else value
        for name, value in ((name, getattr(content, name)) for name in content.__slots__)
        if name not in _LATER_PARTS
    }
    declaration = [as_stored(field) for field in content.declaration]
    return {**columns, **terms_columns(content.terms), "declaration": declaration}


def _version(edition: Edition, procedure: Procedure) -> ProcedureVersion:
    definition = edition.definition
    return ProcedureVersion(
        procedure=procedure,
        number=edition.replaces.number + 1 if edition.replaces else 1,
        valid_from=edition.valid_from,
        source=definition.source.name,
        source_url=definition.source.url,
        source_date=definition.source.dated,
        content_hash=definition.digest,
        is_handmade=edition.is_handmade,
        **content_columns(definition.content),
    )


def put_parts(contents: Iterable[tuple[Content, ProcedureVersion]]) -> None:
    """Store the papers, channels and results of stored versions, which have none yet."""
    pairs = list(contents)
    RequiredPaper.objects.bulk_create(
        RequiredPaper(version=version, position=position, **{**asdict(paper), "form_files": list(paper.form_files)})
        for content, version in pairs
        for position, paper in enumerate(content.papers, start=1)
    )
    Channel.objects.bulk_create(
        Channel(
            version=version,
            position=position,
            method=channel.method,
            note=channel.note,
            **terms_columns(channel.terms),
        )
        for content, version in pairs
        for position, channel in enumerate(content.channels, start=1)
    )
    ExpectedResult.objects.bulk_create(
        ExpectedResult(version=version, position=position, name=result.name, code=result.code)
        for content, version in pairs
        for position, result in enumerate(content.results, start=1)
    )
