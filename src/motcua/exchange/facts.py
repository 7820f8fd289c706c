"""Rows as what the exchange decides on: who keeps it, what our words are, what a record says in them."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import lru_cache
from typing import Final

from django.utils import timezone

from motcua.accounts.facts import grants_of
from motcua.accounts.models import User
from motcua.catalogue.contents import content_of
from motcua.catalogue.definitions import ProcedureDefinition
from motcua.catalogue.local_list import with_list
from motcua.catalogue.models import Procedure, ProcedureVersion, Sector
from motcua.catalogue.publication_facts import definition_of
from motcua.catalogue.publication_pages import issuers
from motcua.catalogue.version_text import lines_of
from motcua.exchange.likeness import likeness
from motcua.exchange.models import NameMapping
from motcua.exchange.models import NationalRecord as StoredRecord
from motcua.exchange.national_format import NationalRecord
from motcua.exchange.national_reading import definition_of as read_record
from motcua.exchange.national_words import PUBLIC, TIME_UNIT_OF, TIME_UNITS
from motcua.kernel.events import JsonValue
from motcua.organisations.models import Unit
from motcua.rules.national_entry import MappingKind
from motcua.rules.procedure_parts import Part
from motcua.rules.version_differences import PartDifference, part_differences
from motcua.rules.vietnamese import search_key

SUBJECT: Final = "national-database"
_ALIKE: Final = 0.6
"""A paper that shares less than this with ours is another paper, not another name of it."""

_key = lru_cache(maxsize=50_000)(search_key)
"""Files name the same few sectors, agencies, units and papers again and again."""

Names = Mapping[MappingKind, Mapping[str, str]]


class MayNotExchange(Exception):
    """The official does not control procedures at the province."""


def require_keeper(actor: User, at: datetime) -> None:
    """Raise `MayNotExchange` unless the official controls procedures at a province (C-08, N)."""
    if not may_exchange(actor, timezone.localdate(at)):
        raise MayNotExchange


def may_exchange(actor: User, on: date) -> bool:
    """Tell whether the official controls procedures at a province on `on`."""
    return bool(issuers(tuple(grants_of(actor, on)), on))


def definition_here(version: ProcedureVersion) -> ProcedureDefinition:
    """Return our version as a definition; needs `procedure__sector` loaded, and asks for parts that are not."""
    return definition_of(version.procedure, content_of(version))


def is_local(procedure: Procedure) -> bool:
    """Tell whether the province regulates it, so that nothing told from above takes its place (C-05)."""
    return procedure.scope == Procedure.Scope.LOCAL


def is_public(record: NationalRecord) -> bool:
    """Tell whether the national database shows the procedure; a record that does not say is public."""
    return str(record.get("TRANGTHAI", PUBLIC)) == PUBLIC


def name_key(kind: MappingKind, name: str, code: str) -> str:
    """Return the key of a name; a paper's holds for its procedure alone, because many papers are called alike."""
    place = code if kind is MappingKind.PAPER else ""
    return hashlib.sha256(f"{place} {_key(name)}".encode()).hexdigest()


def confirmed_names() -> Names:
    """Return what the confirmed mappings say, by kind and key, in one query."""
    found: dict[MappingKind, dict[str, str]] = {kind: {} for kind in MappingKind}
    rows = NameMapping.objects.exclude(ours="").values_list("kind", "theirs_key", "ours")
    for kind, key, ours in rows:
        found[MappingKind(kind)][key] = ours
    return found


def in_our_words(record: NationalRecord, names: Names, code: str) -> NationalRecord:
    """Return the record with every mapped name written as ours; nothing else changes."""
    if not any(names.values()):
        return record

    def written(value: JsonValue) -> JsonValue:
        if isinstance(value, list):
            return [written(item) for item in value]
        if not isinstance(value, dict):
            return value
        return {key: _ours(key, item, names, code) if key in _KIND_OF else written(item) for key, item in value.items()}

    read = written(record)
    assert isinstance(read, dict)
    return read


_KIND_OF: Final = {
    "TENLINHVUC": MappingKind.SECTOR,
    "TENDONVI": MappingKind.AGENCY,
    "TENGIAYTO": MappingKind.PAPER,
    "DONVITINH": MappingKind.TIME_UNIT,
}


def _ours(key: str, value: JsonValue, names: Names, code: str) -> JsonValue:
    kind = _KIND_OF[key]
    ours = names[kind]
    return ours.get(name_key(kind, value, code), value) if ours and isinstance(value, str) else value


@dataclass(frozen=True, slots=True)
class Differing:
    """How a record and our version differ, ours first.

    `in_list` are the parts in which a list of the province says, or would say, something else; `is_beyond_list`: so
    does anything beside it (C-05). `is_local`: either side says that the province regulates it.
    """

    parts: tuple[PartDifference, ...] = ()
    in_list: frozenset[Part] = frozenset()
    is_beyond_list: bool = False
    is_local: bool = False

    @property
    def is_as_published(self) -> bool:
        """Whether everything that the province publishes of it stands there: of a national procedure its list."""
        return not (self.parts if self.is_local else self.in_list)


def differing_parts(version: ProcedureVersion, record: StoredRecord, names: Names) -> Differing:
    """Return in what a record says something else than our version; needs its parts and `procedure__sector` loaded."""
    ours = definition_here(version)
    theirs = read_record(in_our_words(record.content, names, record.code), ours)
    is_ours = is_local(version.procedure) or theirs.scope == Procedure.Scope.LOCAL
    parts = parts_between(ours, theirs)
    if not parts:
        return Differing(is_local=is_ours)
    listed = replace(theirs, content=with_list(theirs.content, ours.content))
    in_list = frozenset(one.part for one in parts_between(listed, theirs))
    return Differing(parts, in_list, bool(parts_between(ours, listed)), is_ours)


def parts_between(ours: ProcedureDefinition, theirs: ProcedureDefinition) -> tuple[PartDifference, ...]:
    """Return the parts in which two definitions say something else, the first one first."""
    if theirs.content == ours.content:
        return ()
    return part_differences(lines_of(ours.content), lines_of(theirs.content))


@dataclass(frozen=True, slots=True)
class TheirName:
    """A word of the national database that is not known here, with its code there and a procedure that uses it."""

    kind: MappingKind
    name: str
    their_code: str
    procedure: str


@dataclass(slots=True)
class OurNames:
    """The names that are known here, as search keys; papers by procedure, as they are written."""

    sectors: frozenset[str]
    agencies: frozenset[str]
    papers: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def unknown_in(self, record: NationalRecord, code: str) -> Iterator[TheirName]:
        """Yield the names of the record that are not ours, in no case twice."""
        told: dict[MappingKind, dict[str, tuple[str, str]]] = {kind: {} for kind in MappingKind}
        for kind, name, beside in _told(record):
            told[kind][_key(name)] = (name, beside)
        known = {
            MappingKind.SECTOR: self.sectors,
            MappingKind.AGENCY: self.agencies,
            MappingKind.TIME_UNIT: TIME_UNIT_OF.keys(),
        }
        for kind, ours in known.items():
            for key in told[kind].keys() - ours - {""}:
                name, their_code = told[kind][key]
                yield TheirName(kind, name, their_code[:100], code)
        papers = told[MappingKind.PAPER]
        ours_here = {_key(paper): paper for paper in self.papers.get(code, ())}
        left = [paper for key, paper in ours_here.items() if key not in papers]
        for key in papers.keys() - ours_here.keys() - {""}:
            name, their_code = papers[key]
            if any(likeness(name, paper) >= _ALIKE for paper in left):
                yield TheirName(MappingKind.PAPER, name, their_code[:100], code)


def _told(value: JsonValue) -> Iterator[tuple[MappingKind, str, str]]:
    """Yield the names anywhere in the record with their kind and the code that stands beside each."""
    if isinstance(value, list):
        for item in value:
            yield from _told(item)
    elif isinstance(value, dict):
        for key, item in value.items():
            kind = _KIND_OF.get(key)
            if kind is not None and isinstance(item, str):
                yield kind, item, str(value.get(_CODE_BESIDE.get(key, ""), "") or "")
            elif isinstance(item, list | dict):
                yield from _told(item)


_CODE_BESIDE: Final = {"TENLINHVUC": "MALINHVUC", "TENDONVI": "MADONVI", "TENGIAYTO": "MAGIAYTO"}


def our_names(versions: Iterable[ProcedureVersion] = ()) -> OurNames:
    """Return the names known here, with the papers of `versions`, whose papers are loaded."""
    papers = {row.procedure.code: tuple(paper.name for paper in row.papers.all()) for row in versions}
    agencies = frozenset(search_key(name) for name in agency_names())
    return OurNames(frozenset(Sector.objects.values_list("search_key", flat=True)), agencies, papers)


def agency_names() -> frozenset[str]:
    """Return what agencies are called here: by their name, as they sign, and as procedures name them."""
    told = ProcedureVersion.objects.open_ended().values_list("implementing_agencies", "deciding_agency")
    units = Unit.objects.filter(dissolved_on=None)
    own = {name for unit in units for name in (unit.name, unit.authority_name)}
    return frozenset(own | {name for names, deciding in told for name in (*names, deciding) if name})


def candidates(kind: MappingKind, procedure: str) -> list[str]:
    """Return every name here that a name of `kind` may stand for, in order; of papers those of `procedure` in force."""
    if kind is MappingKind.TIME_UNIT:
        return list(TIME_UNITS.values())
    if kind is MappingKind.SECTOR:
        return list(Sector.objects.order_by("sort_key", "code").values_list("name", flat=True))
    if kind is MappingKind.AGENCY:
        return sorted(agency_names())
    version = ProcedureVersion.objects.open_ended().filter(procedure__code=procedure).first()
    return list(version.papers.order_by("position").values_list("name", flat=True)) if version else []
