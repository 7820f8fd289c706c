"""Look for everything that stands on law that has ended: own documents, procedures, forms, processes (J-07)."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from motcua.catalogue.models import ProcedureVersion, RequiredPaper, Workflow
from motcua.legislation.commands.basis_reviews import Dependant, Need, note_needs, wait_for_turn
from motcua.legislation.models import BasisReviewItem
from motcua.legislation.queries.standing import ended_documents, own_documents_on

_Kind = BasisReviewItem.Kind


@transaction.atomic
def check_bases(*, at: datetime) -> int:
    """Open a review for every ended document something stands on today; return how many items are new.

    Safe at any time and as often as one likes: what is known stays, and a day without news records nothing.
    """
    wait_for_turn()  # first of all: what is read before would be what was so before another's change
    today = timezone.localdate(at)
    ended = ended_documents(today)
    documents = own_documents_on([one.pk for one in ended], today)
    procedures = _standing_on({one.number for one in ended}, today)
    needs = [
        Need(
            document_id=one.pk,
            severity=one.severity,
            ended_on=one.ended_on,
            dependants=(
                *(Dependant(_Kind.DOCUMENT, own.code, own.name) for own in documents.get(one.pk, ())),
                *(procedures.get(one.number, ()) if one.is_only else ()),
            ),
        )
        for one in ended
    ]
    return note_needs(needs, at=at)


def _standing_on(numbers: Iterable[str], day: date) -> Mapping[str, tuple[Dependant, ...]]:
    """Return the procedures in force that name each number as a basis, with their forms and processes."""
    wanted = sorted(numbers)
    versions = list(
        ProcedureVersion.objects.on(day)
        .alive(day)
        .filter(legal_basis__overlap=wanted)
        .select_related("procedure")
        .only("legal_basis", "title", "procedure__code", "procedure__title")
        .order_by("procedure__code")
    )
    forms = _forms_of(versions)
    processes = _processes_of(versions, day)
    found: defaultdict[str, list[Dependant]] = defaultdict(list)
    for version in versions:
        code = version.procedure.code
        standing = (
            Dependant(_Kind.PROCEDURE, code, version.title),
            *forms.get(version.pk, ()),
            *processes.get(version.procedure_id, ()),
        )
        for number in set(version.legal_basis) & set(wanted):
            found[number].extend(standing)
    return {number: tuple(dependants) for number, dependants in found.items()}


def _forms_of(versions: Iterable[ProcedureVersion]) -> Mapping[int, list[Dependant]]:
    """Return the forms of each version: one for each number of a form, named with its paper."""
    code_of = {version.pk: version.procedure.code for version in versions}
    papers = RequiredPaper.objects.filter(version__in=code_of, is_note=False).exclude(form_no="")
    found: defaultdict[int, dict[str, Dependant]] = defaultdict(dict)
    for paper in papers.order_by("version", "position"):
        code = f"{code_of[paper.version_id]}#{paper.form_no}"
        found[paper.version_id].setdefault(code, Dependant(_Kind.FORM, code, f"{paper.form_no}: {paper.name}"))
    return {pk: list(forms.values()) for pk, forms in found.items()}


def _processes_of(versions: Iterable[ProcedureVersion], day: date) -> Mapping[int, list[Dependant]]:
    code_of = {version.procedure_id: version.procedure.code for version in versions}
    workflows = Workflow.objects.on(day).filter(procedure__in=code_of).select_related("procedure", "unit")
    found: defaultdict[int, list[Dependant]] = defaultdict(list)
    for workflow in workflows.order_by("procedure", "number"):
        found[workflow.procedure_id].append(_process(workflow))
    return found


def _process(workflow: Workflow) -> Dependant:
    where = f" ({workflow.unit.name})" if workflow.unit else ""
    return Dependant(
        _Kind.PROCESS, f"{workflow.procedure.code}/{workflow.number}", f"{workflow.procedure.title}{where}"
    )
