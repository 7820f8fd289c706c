"""Linked groups and internal processes that would no longer fit the new content of a procedure."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date

from motcua.catalogue.facts import working_time_within
from motcua.catalogue.models import GroupLeg, ProcedureVersion, PublicationLine, Workflow
from motcua.rules.linked_papers import keeps_places
from motcua.rules.workflow_time import critical_path, total


def broken_groups(lines: Iterable[PublicationLine], day: date) -> Mapping[int, frozenset[str]]:
    """Return the names of the linked groups on `day` that share by places which the draft moves, by procedure (B-21).

    Lines are taken from `lines_of`.
    """
    return _groups_of({line.procedure_id for line in lines if _moves(line)}, day)


def groups_broken_by(later: Mapping[int, int], day: date) -> Mapping[str, frozenset[str]]:
    """Return the names of the linked groups on `day` that share by places which versions move, by procedure code.

    `later` says by the pk of a version that of the one that comes after it.
    """
    rows = ProcedureVersion.objects.filter(pk__in={*later, *later.values()})
    versions = {row.pk: row for row in rows.select_related("procedure").prefetch_related("papers")}
    moved = {
        versions[before].procedure_id: versions[before].procedure.code
        for before, after in later.items()
        if not _keeps(versions[before], versions[after])
    }
    return {moved[pk]: groups for pk, groups in _groups_of(set(moved), day).items()}


def _groups_of(moved: set[int], day: date) -> Mapping[int, frozenset[str]]:
    legs = GroupLeg.objects.filter(procedure__in=moved, group__in=_sharing(day)).select_related("group")
    found: defaultdict[int, frozenset[str]] = defaultdict(frozenset)
    for leg in legs.order_by("pk"):
        found[leg.procedure_id] |= {leg.group.name}
    return found


def long_processes(lines: Iterable[PublicationLine], day: date) -> Mapping[int, frozenset[str]]:
    """Return the numbers of the approved processes, from `day` on, that take longer than the draft allows (B-29).

    By procedure; lines are taken from `lines_of`. A process that is to be shorter is approved before the limit is.
    """
    limits = {line.procedure_id: working_time_within(line.version.limit) for line in lines if line.version}
    approved = Workflow.objects.filter(procedure__in=limits, approved_at__isnull=False)
    rows = approved.filter(valid_until=None) | approved.filter(valid_until__gt=day)
    found: defaultdict[int, frozenset[str]] = defaultdict(frozenset)
    for workflow in rows.prefetch_related("steps__unit").order_by("pk"):
        steps = [step.as_rule() for step in sorted(workflow.steps.all(), key=lambda step: step.position)]
        limit = limits[workflow.procedure_id]
        if limit is not None and total(critical_path(steps)) > limit:
            found[workflow.procedure_id] |= {str(workflow.number)}
    return found


def _sharing(day: date) -> list[int]:
    """Return the groups in force, or to come, in which anything is shared."""
    legs = GroupLeg.objects.filter(group__valid_until=None) | GroupLeg.objects.filter(group__valid_until__gt=day)
    rows = legs.values_list("group", "shared_answers", "shared_papers", "result_papers")
    return [group for group, *shared in rows if any(shared)]


def _moves(line: PublicationLine) -> bool:
    if line.version is None or line.based_on is None:
        return False
    return not _keeps(line.based_on, line.version)


def _keeps(before: ProcedureVersion, after: ProcedureVersion) -> bool:
    return keeps_places(_papers(before), _papers(after), _keys(before), _keys(after))


def _papers(version: ProcedureVersion) -> dict[int, str]:
    return {row.position: row.name for row in version.papers.all() if not row.is_note}


def _keys(version: ProcedureVersion) -> list[str]:
    return [field["key"] for field in version.declaration]
