"""What keeps new content from taking effect, however it comes: by a decision, from above, or in a package (B-29)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from motcua.catalogue.models import ProcedureVersion, PublicationLine
from motcua.catalogue.publication_beside import long_processes
from motcua.rules.declaration_flaws import declaration_flaws
from motcua.rules.declarations import FieldDefinition, from_stored
from motcua.rules.publication import Fault, Flaw


class ContentUnfit(Exception):
    """The content of procedure `code` cannot take effect: `flaws` say why, as for a publication."""

    def __init__(self, code: str, flaws: tuple[Flaw, ...]) -> None:
        super().__init__(f"{code}: {', '.join(f'{flaw.fault} {sorted(flaw.parts)}' for flaw in flaws)}")
        self.code = code
        self.flaws = flaws


@dataclass(frozen=True, slots=True)
class Change:
    """A version with what it takes the place of; None where nothing was there. `procedure` of `after` is loaded."""

    before: ProcedureVersion | None
    after: ProcedureVersion


def require_fit(changes: Iterable[Change], day: date) -> None:
    """Raise `ContentUnfit` for the first procedure, by code, whose new content an internal process or form rules out.

    Its approved processes on `day` take longer than its new limit, or its electronic declaration, where it changes,
    cannot be filled in. What was not there before comes with its processes, which are as they were approved.
    """
    told = sorted(changes, key=lambda change: change.after.procedure.code)
    lines = [
        PublicationLine(procedure=one.after.procedure, version=one.after, based_on=one.before)
        for one in told
        if one.before is not None and one.before.limit != one.after.limit
    ]
    too_long = long_processes(lines, day)
    for change in told:
        found = _flaws(change, too_long.get(change.after.procedure_id, frozenset()))
        if found:
            raise ContentUnfit(change.after.procedure.code, found)


def open_versions() -> Mapping[int, int]:
    """Return the open version of each procedure, both by their keys, in one query."""
    return dict(ProcedureVersion.objects.open_ended().values_list("procedure", "pk"))


def require_fit_since(before: Mapping[int, int], day: date) -> None:
    """Check every procedure whose open version is another than `before` says; raises `ContentUnfit`."""
    later = {pk: version for pk, version in open_versions().items() if before.get(pk) != version}
    named = {*later.values(), *(before[pk] for pk in later if pk in before)}
    rows = ProcedureVersion.objects.select_related("procedure").in_bulk(named)
    changes = [Change(rows[before[pk]] if pk in before else None, rows[version]) for pk, version in later.items()]
    require_fit(changes, day)


def unsound_fields(declaration: Iterable[FieldDefinition], before: Iterable[FieldDefinition]) -> frozenset[str]:
    """Return the labels of the fields of a declaration that cannot be as they are, after one that asked `before`."""
    fields = tuple(declaration)
    labels = {field.key: field.label or field.key for field in fields}
    return frozenset(labels[flaw.key] for flaw in declaration_flaws(fields, tuple(before)))


def _flaws(change: Change, too_long: frozenset[str]) -> tuple[Flaw, ...]:
    code, before = change.after.procedure.code, change.before.declaration if change.before else []
    is_same = change.before is not None and before == change.after.declaration
    unsound = frozenset[str]() if is_same else unsound_fields(_fields(change.after.declaration), _fields(before))
    named = {Fault.PROCESS_TOO_LONG: too_long, Fault.DECLARATION_UNSOUND: unsound}
    return tuple(Flaw(fault, code, parts) for fault, parts in named.items() if parts)


def _fields(stored: Iterable[Any]) -> tuple[FieldDefinition, ...]:
    return tuple(map(from_stored, stored))
