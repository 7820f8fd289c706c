"""Sectors, procedures and what publishes them, as a configuration package carries them: plain values, named by codes.

Drafts are work under way, not set-up: only what was published or approved is carried.
"""

from dataclasses import dataclass
from datetime import date, datetime

from motcua.catalogue.contents import content_of
from motcua.catalogue.definitions import Content, Provenance
from motcua.catalogue.models import (
    HourlyIncome,
    Procedure,
    ProcedureVersion,
    PublicationDecision,
    PublicationLine,
    SearchSynonym,
    Sector,
)


@dataclass(frozen=True, slots=True)
class CarriedClock:
    """What the law of a sector says of its clocks (S-13)."""

    valid_from: date
    valid_until: date | None
    supplement: str
    excludes_financial: bool
    source: str


@dataclass(frozen=True, slots=True)
class CarriedSector:
    """A sector with its clocks."""

    code: str
    name: str
    clocks: tuple[CarriedClock, ...]


@dataclass(frozen=True, slots=True)
class CarriedNone:
    """A part that a version was said not to have (C-03); who said so is left out."""

    part: str
    declared_at: datetime


@dataclass(frozen=True, slots=True)
class CarriedVersion:
    """A published version with all its parts; `content_hash` is the one it was published under."""

    number: int
    valid_from: date
    valid_until: date | None
    published_at: datetime
    content: Content
    is_handmade: bool
    source: Provenance
    content_hash: str
    declared_nones: tuple[CarriedNone, ...]


@dataclass(frozen=True, slots=True)
class CarriedProcedure:
    """A procedure with its published versions, the first one first; `sector` and `replaced_by` are codes."""

    code: str
    title: str
    sector: str
    scope: str
    issuing_authority: str
    kind: str
    withdrawn_on: date | None
    replaced_by: str
    versions: tuple[CarriedVersion, ...]


@dataclass(frozen=True, slots=True)
class CarriedLine:
    """What a decision does to one procedure; versions by their number and the hash they were published under.

    A number alone would name whatever another place published under it; the hash is empty where there is no version.
    """

    kind: str
    procedure: str
    version: int | None
    version_hash: str
    based_on: int | None
    based_on_hash: str
    replaced_by: str
    norm: str
    note: str
    ended_on: date | None


@dataclass(frozen=True, slots=True)
class CarriedDecision:
    """A published decision with its lines; who prepared and who signed it is left out."""

    key: str
    title: str
    issuer: str
    publisher: str
    norm: str
    norm_issued_on: date | None
    norm_effective_on: date
    is_shortened: bool
    number: str
    signed_on: date
    begun_at: datetime
    submitted_at: datetime | None
    published_at: datetime
    entered_on: date | None
    lines: tuple[CarriedLine, ...]


@dataclass(frozen=True, slots=True)
class CarriedIncome:
    """The income by which an hour is counted, from a day on (C-16)."""

    valid_from: date
    yearly_income_vnd: int
    hours_a_year: int
    source: str


@dataclass(frozen=True, slots=True)
class CarriedSynonym:
    """A word people type and what it stands for."""

    term: str
    expansion: str


def carried_sectors() -> list[CarriedSector]:
    """Return every sector by its code."""
    rows = Sector.objects.prefetch_related("clocks").order_by("code")
    return [
        CarriedSector(
            row.code,
            row.name,
            tuple(
                CarriedClock(one.valid_from, one.valid_until, one.supplement, one.excludes_financial, one.source)
                for one in sorted(row.clocks.all(), key=lambda one: one.valid_from)
            ),
        )
        for row in rows
    ]


def carried_procedures() -> list[CarriedProcedure]:
    """Return every procedure that was ever published, by its code."""
    rows = Procedure.objects.filter(versions__published_at__isnull=False).distinct()
    parts = ("papers", "channels", "results", "declared_nones")
    names = ("sector", "replaced_by")
    versions: dict[int, list[ProcedureVersion]] = {}
    published = ProcedureVersion.objects.filter(published_at__isnull=False).order_by("procedure", "number")
    for version in published.prefetch_related(*parts):
        versions.setdefault(version.procedure_id, []).append(version)
    return [_procedure(row, versions[row.pk]) for row in rows.select_related(*names).order_by("code")]


def _procedure(row: Procedure, versions: list[ProcedureVersion]) -> CarriedProcedure:
    return CarriedProcedure(
        code=row.code,
        title=row.title,
        sector=row.sector.code,
        scope=row.scope,
        issuing_authority=row.issuing_authority,
        kind=row.kind,
        withdrawn_on=row.withdrawn_on,
        replaced_by=row.replaced_by.code if row.replaced_by else "",
        versions=tuple(_version(version) for version in versions),
    )


def _version(row: ProcedureVersion) -> CarriedVersion:
    assert row.published_at is not None
    nones = [CarriedNone(one.part, one.declared_at) for one in row.declared_nones.all()]
    return CarriedVersion(
        number=row.number,
        valid_from=row.valid_from,
        valid_until=row.valid_until,
        published_at=row.published_at,
        content=content_of(row),
        is_handmade=row.is_handmade,
        source=Provenance(row.source, row.source_url, row.source_date),
        content_hash=row.content_hash,
        declared_nones=tuple(sorted(nones, key=lambda one: one.part)),
    )


def carried_decisions() -> list[CarriedDecision]:
    """Return the published decisions in the order they were published."""
    rows = PublicationDecision.objects.filter(state="PUBLISHED").select_related("issuer")
    lines = ("lines__procedure", "lines__version", "lines__based_on", "lines__replaced_by")
    return [_decision(row) for row in rows.prefetch_related(*lines).order_by("published_at", "key")]


def _decision(row: PublicationDecision) -> CarriedDecision:
    assert row.signed_on is not None
    assert row.published_at is not None
    return CarriedDecision(
        key=str(row.key),
        title=row.title,
        issuer=row.issuer.code,
        publisher=row.publisher,
        norm=row.norm,
        norm_issued_on=row.norm_issued_on,
        norm_effective_on=row.norm_effective_on,
        is_shortened=row.is_shortened,
        number=row.number,
        signed_on=row.signed_on,
        begun_at=row.begun_at,
        submitted_at=row.submitted_at,
        published_at=row.published_at,
        entered_on=row.entered_on,
        lines=tuple(_line(one) for one in sorted(row.lines.all(), key=lambda one: one.procedure.code)),
    )


def _line(row: PublicationLine) -> CarriedLine:
    return CarriedLine(
        kind=row.kind,
        procedure=row.procedure.code,
        version=row.version.number if row.version else None,
        version_hash=row.version.content_hash if row.version else "",
        based_on=row.based_on.number if row.based_on else None,
        based_on_hash=row.based_on.content_hash if row.based_on else "",
        replaced_by=row.replaced_by.code if row.replaced_by else "",
        norm=row.norm,
        note=row.note,
        ended_on=row.ended_on,
    )


def carried_incomes() -> list[CarriedIncome]:
    """Return the incomes by their first day."""
    rows = HourlyIncome.objects.order_by("valid_from")
    return [CarriedIncome(row.valid_from, row.yearly_income_vnd, row.hours_a_year, row.source) for row in rows]


def carried_synonyms() -> list[CarriedSynonym]:
    """Return what the search was taught."""
    rows = SearchSynonym.objects.all()
    return sorted((CarriedSynonym(row.term, row.expansion) for row in rows), key=lambda one: (one.term, one.expansion))
