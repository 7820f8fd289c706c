"""Internal processes in the words and parts that templates print."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.utils.translation import gettext as _

from motcua.catalogue.definitions import StepDefinition
from motcua.catalogue.models import WorkflowStep
from motcua.catalogue.process_files import ReadProblem, UnreadPlace
from motcua.catalogue.process_pages import ProcessPage
from motcua.catalogue.process_table import Difference
from motcua.rules.workflow import Branching, Flaw
from motcua.ui import wording
from motcua.workspace.labels import ROLES
from motcua.workspace.process_words import FAULTS, FIELDS, PROBLEMS, Words


@dataclass(frozen=True, slots=True)
class PrintedStep:
    """One row of the table, as it is read."""

    code: str
    name: str
    kind: str
    role: str
    place: str
    time: str
    output: str
    ways: tuple[str, ...]
    faults: tuple[Words, ...]


def step_lines(steps: Sequence[StepDefinition], faults: Mapping[str, tuple[Words, ...]]) -> list[PrintedStep]:
    """Return the steps as rows to read, each with what is wrong with it."""
    return [
        PrintedStep(
            code=step.code,
            name=step.name,
            kind=str(WorkflowStep.Kind(step.kind.value).label),
            role=str(ROLES[step.role]),
            place=step.unit.name if step.unit else str(WorkflowStep.Place(step.place.value).label),
            time=wording.working_time(timedelta(hours=float(step.hours))),
            output=step.output,
            ways=_ways(step),
            faults=faults.get(step.code, ()),
        )
        for step in steps
    ]


def _ways(step: StepDefinition) -> tuple[str, ...]:
    if len(step.next_codes) > 1 and step.branching is Branching.PARALLEL:
        return (_("Song song: %(codes)s") % {"codes": ", ".join(step.next_codes)},)
    labels = step.next_labels or ("",) * len(step.next_codes)
    return tuple(
        _("%(code)s, nếu %(label)s") % {"code": code, "label": label} if label else code
        for code, label in zip(step.next_codes, labels, strict=False)
    )


def faults_of(flaws: Sequence[Flaw]) -> dict[str, tuple[Words, ...]]:
    """Return what is wrong, by the code of the step it concerns."""
    codes = dict.fromkeys(code for flaw in flaws for code in flaw.codes)
    return {code: tuple(FAULTS[flaw.fault] for flaw in flaws if code in flaw.codes) for code in codes}


def general_faults(flaws: Sequence[Flaw]) -> list[Words]:
    """Return what is wrong with the process as a whole."""
    return [FAULTS[flaw.fault] for flaw in flaws if not flaw.codes]


def standing_of(page: ProcessPage) -> str:
    """Say how a version stands."""
    workflow = page.workflow
    unit = workflow.unit.name if workflow.unit else _("mọi cơ quan giải quyết")
    told = {"number": workflow.number, "unit": unit}
    if workflow.approved_at is None:
        if workflow.submitted_at is not None:
            return _("Lần %(number)s, cho %(unit)s: đang chờ phê duyệt.") % told
        return _("Lần %(number)s, cho %(unit)s: đang soạn.") % told
    told |= {"decision": workflow.decision_no or "–", "day": f"{workflow.valid_from:%d/%m/%Y}"}
    if workflow.valid_until is None:
        return _("Lần %(number)s, cho %(unit)s: quyết định %(decision)s, áp dụng từ %(day)s.") % told
    told["until"] = f"{workflow.valid_until:%d/%m/%Y}"
    return _("Lần %(number)s, cho %(unit)s: quyết định %(decision)s, từ %(day)s đến trước %(until)s.") % told


def change_in_words(change: Difference) -> str:
    """Say how a step differs from the version before."""
    if change.after is None:
        name = change.before.name if change.before else ""
        return _("Bỏ %(code)s: %(name)s") % {"code": change.code, "name": name}
    told = {"code": change.code, "name": change.after.name}
    if change.before is None:
        return _("Thêm %(code)s: %(name)s") % told
    told["fields"] = ", ".join(str(FIELDS[field]).lower() for field in change.fields)
    return _("Sửa %(code)s (%(name)s): %(fields)s") % told


def problem_in_words(problem: UnreadPlace) -> str:
    """Say which cell or element of a file was not read, and why."""
    return f"{problem.place}: {PROBLEMS[ReadProblem(problem.problem)]}"
