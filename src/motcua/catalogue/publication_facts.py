"""Rows about publications as the values that rules and commands decide on."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Final

from motcua.catalogue.content_checks import unsound_fields
from motcua.catalogue.contents import content_of
from motcua.catalogue.definitions import Content, ProcedureDefinition, TermsDefinition
from motcua.catalogue.models import Procedure, ProcedureVersion, PublicationDecision, PublicationLine
from motcua.catalogue.publication_beside import broken_groups, long_processes
from motcua.legislation.queries.standing import wrong_bases
from motcua.organisations.models import Unit, UnitLevel
from motcua.rules import procedure_parts
from motcua.rules.declarations import FieldDefinition, from_stored
from motcua.rules.procedure_parts import MAY_BE_NONE, Part, PartsFacts
from motcua.rules.publication import (
    WITH_CONTENT,
    Extent,
    LineFacts,
    LineKind,
    PublicationOffice,
    Publisher,
    extent_of,
)

_NEVER_SHOWN: Final = frozenset({"decision_no"})
_FIELDS_OF: Final = {
    Part.NAME: ("title",),
    Part.STEPS: ("steps",),
    Part.MANNER: ("channels",),
    Part.PAPERS: ("papers",),
    Part.SETS: ("set_count",),
    Part.LIMIT: ("terms",),
    Part.SUBJECTS: ("subjects",),
    Part.AGENCIES: ("deciding_agency", "implementing_agencies"),
    Part.LEGAL_BASIS: ("legal_basis",),
}


def office_of(issuer: Unit, on: date) -> PublicationOffice:
    """Return where the decisions of `issuer` are kept: its agencies of the province's level prepare them."""
    beside = Unit.objects.on(on).filter(parent=issuer, level=UnitLevel.PROVINCE)
    return PublicationOffice(issuer.pk, frozenset(beside.values_list("pk", flat=True)))


def extent_for(decision: PublicationDecision, procedure: Procedure) -> Extent | None:
    """Return how much the decision may say of `procedure` (C-05)."""
    is_local = procedure.scope == Procedure.Scope.LOCAL
    return extent_of(Publisher(decision.publisher), is_local=is_local)


def definition_of(procedure: Procedure, content: Content) -> ProcedureDefinition:
    """Return the procedure as somebody defines it with this content; needs `sector` loaded."""
    return ProcedureDefinition(
        code=procedure.code,
        sector=procedure.sector.name,
        content=content,
        scope=procedure.scope,
        issuing_authority=procedure.issuing_authority,
        kind=procedure.kind,
    )


def changed_parts(before: Content, after: Content) -> frozenset[str]:
    """Return the names of the fields in which two contents differ; the number of the decision is none of them."""
    names = set(Content.__slots__) - _NEVER_SHOWN
    return frozenset(name for name in names if getattr(before, name) != getattr(after, name))


def missing_parts(content: Content) -> frozenset[str]:
    """Return the parts without which a procedure is not complete (C-03, 1 to 8 and 13) and that `content` lacks.

    Named as the fields of `Content`. A limit of its own on every way to file counts as a limit.
    """
    terms = [content.terms, *(channel.terms for channel in content.channels)]
    has_limit = _says_limit(terms[0]) or (len(terms) > 1 and all(map(_says_limit, terms[1:])))
    there = {
        "title": content.title,
        "steps": content.steps,
        "channels": content.channels,
        "papers": content.papers,
        "set_count": content.set_count,
        "terms": has_limit,
        "subjects": content.subjects,
        "deciding_agency": content.deciding_agency,
        "implementing_agencies": content.implementing_agencies,
        "legal_basis": content.legal_basis,
    }
    empty = frozenset(name for name, value in there.items() if not value)
    filled = frozenset(part for part, names in _FIELDS_OF.items() if empty.isdisjoint(names))
    missing = procedure_parts.missing_parts(PartsFacts(filled, declared_none=frozenset(MAY_BE_NONE)))
    return empty & {name for part in missing for name in _FIELDS_OF[part]}


def lines_of(decision: PublicationDecision) -> list[PublicationLine]:
    """Return the lines with all that is asked of them loaded, by code, in as many queries for one as for many."""
    rows = decision.lines.select_related("procedure__sector", "replaced_by", "version", "based_on")
    parts = ("version__papers", "version__channels", "version__results", "based_on__papers")
    lines = list(rows.prefetch_related(*parts).order_by("procedure__code"))
    for line in lines:
        line.decision = decision
    return lines


def versions_now(lines: Iterable[PublicationLine]) -> dict[int, ProcedureVersion]:
    """Return the open version of each procedure that the lines name, by the key of the procedure."""
    named = {pk for line in lines for pk in (line.procedure_id, line.replaced_by_id) if pk}
    found = ProcedureVersion.objects.open_ended().filter(procedure__in=named)
    return {row.procedure_id: row for row in found.prefetch_related("papers", "channels", "results")}


def all_line_facts(lines: Sequence[PublicationLine], *, day: date) -> list[LineFacts]:
    """Return lines taken from `lines_of` as the rules know them on `day`, in as many queries for one as for many."""
    now = versions_now(lines)
    takes_effect_on = max((line.decision.norm_effective_on for line in lines), default=day)
    numbers = {number for line in lines if line.version is not None for number in line.version.legal_basis}
    ended = wrong_bases(numbers, day=day, takes_effect_on=max(takes_effect_on, day))
    broken = broken_groups(lines, day)
    too_long = long_processes(lines, max(takes_effect_on, day))
    return [
        replace(
            _line_facts(line, now),
            ended_bases=ended.intersection(line.version.legal_basis if line.version else ()),
            broken_groups=broken.get(line.procedure_id, frozenset()),
            long_processes=too_long.get(line.procedure_id, frozenset()),
        )
        for line in lines
    ]


def _line_facts(line: PublicationLine, now: Mapping[int, ProcedureVersion]) -> LineFacts:
    procedure, kind = line.procedure, LineKind(line.kind)
    open_version = now.get(procedure.pk)
    is_same, missing, unsound = False, frozenset[str](), frozenset[str]()
    if kind in WITH_CONTENT and line.version is not None:
        content = content_of(line.version)
        is_same = open_version is not None and not changed_parts(content_of(open_version), content)
        if extent_for(line.decision, procedure) is Extent.FULL:
            missing = missing_parts(content)
            unsound = unsound_fields(content.declaration, declaration_before(line))
    successor = line.replaced_by
    return LineFacts(
        code=procedure.code,
        kind=kind,
        is_in_force=open_version is not None,
        is_withdrawn=procedure.is_withdrawn,
        is_local=procedure.scope == Procedure.Scope.LOCAL,
        is_same=is_same,
        has_moved=(open_version.pk if open_version else None) != line.based_on_id,
        missing=missing,
        unsound=unsound,
        successor=successor.code if successor else "",
        is_successor_in_force=successor is not None and not successor.is_withdrawn and successor.pk in now,
        norm=line.norm,
    )


def declaration_before(line: PublicationLine) -> tuple[FieldDefinition, ...]:
    """Return what the version asks that the draft of `line` was begun from; nothing for a new procedure."""
    return tuple(from_stored(field) for field in line.based_on.declaration) if line.based_on else ()


def _says_limit(terms: TermsDefinition) -> bool:
    return terms.limit is not None or bool(terms.limit_text)
