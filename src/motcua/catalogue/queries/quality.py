"""The quality of the catalogue: which procedures in force lack a part or stand in doubt, and where (C-03)."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from motcua.accounts.models import User
from motcua.catalogue.models import NoneDeclaration, ProcedureVersion
from motcua.catalogue.quality_facts import may_declare, parts_facts
from motcua.catalogue.queries.day import Narrowing, versions_in_force
from motcua.rules.procedure_parts import MAY_BE_NONE, Fault, Part, missing_parts, problems

PROBLEMS: Final[dict[str, Part | Fault]] = {problem.value: problem for problem in (*Part, *Fault)}
"""Every problem there can be, by its code, in the order of the report."""


@dataclass(frozen=True, slots=True)
class QualityLine:
    """A procedure with something to mend, in the version in force."""

    code: str
    title: str
    sector: str
    level: str
    version: int
    problems: tuple[Part | Fault, ...]


@dataclass(frozen=True, slots=True)
class QualityReport:
    """The report of one day: how many procedures, how many with all parts, how many with each problem, and which.

    `counts` holds every problem that occurs, by its code; a procedure may have several. `lines` are those with the
    problem asked for, or with any.
    """

    total: int
    complete: int
    counts: dict[str, int]
    lines: tuple[QualityLine, ...]


def quality_report(day: date, narrowing: Narrowing, problem: str = "") -> QualityReport:
    """Return the report of `day`, narrowed, in Vietnamese order; `problem` is a code of `PROBLEMS`, empty for any."""
    rows = list(
        versions_in_force(day, narrowing)
        .order_by("procedure__sort_key", "procedure__code")
        .values_list("pk", "procedure__code", "title", "procedure__sector__name", "level", "number")
    )
    facts = parts_facts(row[0] for row in rows)
    found = {pk: problems(told) for pk, told in facts.items()}
    counts = Counter(one.value for every in found.values() for one in every)
    labels = dict(ProcedureVersion.Level.choices)
    return QualityReport(
        total=len(rows),
        complete=sum(not missing_parts(told) for told in facts.values()),
        counts={code: counts[code] for code in PROBLEMS if counts[code]},
        lines=tuple(
            QualityLine(code, title, sector, str(labels[level]), number, found[pk])
            for pk, code, title, sector, level, number in rows
            if (PROBLEMS[problem] in found[pk] if problem else found[pk])
        ),
    )


@dataclass(frozen=True, slots=True)
class PartState:
    """How a part of a version stands: filled, missing, or declared "none" by whom and when.

    `may_be_declared`: it is empty, may be, and the reader may say so. `may_be_taken_back`: the reader may take it back.
    """

    part: Part
    is_filled: bool
    declared_by: str
    declared_at: datetime | None
    may_be_declared: bool
    may_be_taken_back: bool


@dataclass(frozen=True, slots=True)
class PartsPage:
    """The thirteen parts of a published version, and what else is doubtful about it."""

    version: ProcedureVersion
    parts: tuple[PartState, ...]
    faults: tuple[Fault, ...]


def parts_page(code: str, number: int, reader: User, *, at: datetime) -> PartsPage:
    """Return how the parts of a published version stand; raises `ProcedureVersion.DoesNotExist`."""
    version = ProcedureVersion.objects.select_related("procedure").get(
        procedure__code=code, number=number, published_at__isnull=False
    )
    facts = parts_facts([version.pk])[version.pk]
    nones = {
        Part(row.part): row for row in NoneDeclaration.objects.filter(version=version).select_related("declared_by")
    }
    is_theirs = may_declare(version, reader, at)
    return PartsPage(
        version=version,
        parts=tuple(
            PartState(
                part=part,
                is_filled=part in facts.filled,
                declared_by=_name_of(nones[part].declared_by) if part in nones else "",
                declared_at=nones[part].declared_at if part in nones else None,
                may_be_declared=is_theirs and part in MAY_BE_NONE and part not in facts.filled and part not in nones,
                may_be_taken_back=is_theirs and part in nones,
            )
            for part in Part
        ),
        faults=tuple(one for one in problems(facts) if isinstance(one, Fault)),
    )


def _name_of(user: User | None) -> str:
    return user.display_name if user else ""
