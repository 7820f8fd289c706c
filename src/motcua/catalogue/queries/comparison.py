"""Two versions of one procedure beside one another: what differs, part by part (C-03)."""

from dataclasses import dataclass
from datetime import date

from motcua.catalogue.contents import content_of
from motcua.catalogue.models import ProcedureVersion
from motcua.catalogue.version_text import lines_of
from motcua.rules.procedure_parts import Part
from motcua.rules.version_differences import PartDifference, part_differences


@dataclass(frozen=True, slots=True)
class ComparedVersion:
    """One of the two versions: its number, the decision it rests on, and its first day."""

    number: int
    decision_no: str
    valid_from: date


@dataclass(frozen=True, slots=True)
class Comparison:
    """What differs from `before` to `after`; `unchanged` are the parts that say the same."""

    code: str
    title: str
    before: ComparedVersion
    after: ComparedVersion
    differences: tuple[PartDifference, ...]
    unchanged: tuple[Part, ...]


def comparison(code: str, before: int, after: int) -> Comparison:
    """Return what differs between two published versions, in four queries; raises `ProcedureVersion.DoesNotExist`."""
    rows = {
        row.number: row
        for row in ProcedureVersion.objects.filter(
            procedure__code=code, number__in={before, after}, published_at__isnull=False
        )
        .select_related("procedure")
        .prefetch_related("papers", "channels", "results")
    }
    if not {before, after} <= rows.keys():
        raise ProcedureVersion.DoesNotExist(f"{code} {before} {after}")
    old, new = rows[before], rows[after]
    found = part_differences(lines_of(content_of(old)), lines_of(content_of(new)))
    changed = {difference.part for difference in found}
    return Comparison(
        code=code,
        title=new.title,
        before=_compared(old),
        after=_compared(new),
        differences=found,
        unchanged=tuple(part for part in Part if part not in changed),
    )


def _compared(row: ProcedureVersion) -> ComparedVersion:
    return ComparedVersion(row.number, row.decision_no, row.valid_from)
