"""The step table of a draft: rows typed, moved, added, taken away, or read from a file."""

from collections.abc import Sequence
from decimal import Decimal

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from motcua.catalogue.commands.process_drafts import save_process_draft
from motcua.catalogue.definitions import StepDefinition
from motcua.catalogue.process_files import FileUnreadable
from motcua.catalogue.process_pages import ProcessPage
from motcua.catalogue.process_reading import read_process
from motcua.catalogue.process_table import FollowingUnclear, TableRow, steps_of_rows
from motcua.rules.workflow import ROLE_OF, StepKind, StepPlace
from motcua.workspace.flow_picture import flow_picture
from motcua.workspace.forms.processes import ImportForm, StepTable, initial_rows, step_table
from motcua.workspace.frame import show
from motcua.workspace.officer import Officer, officers_only
from motcua.workspace.printed_process import faults_of, general_faults, problem_in_words
from motcua.workspace.views.processes import closed, page_of, shown

_LARGEST_FILE = 5_000_000


@officers_only
def edit(request: HttpRequest, officer: Officer, procedure: str, number: int) -> HttpResponseBase:
    """Show the table of a draft and keep what is typed."""
    page = page_of(officer, procedure, number)
    refused = _refusal(request, officer, page)
    if refused:
        return refused
    if request.method != "POST":
        return _shown(request, officer, page, step_table(initial=initial_rows(page.steps)))
    table = step_table(request.POST)
    if not table.is_valid():
        return _shown(request, officer, page, table, status=422)
    return _kept(request, officer, page, table)


def _kept(request: HttpRequest, officer: Officer, page: ProcessPage, table: StepTable) -> HttpResponseBase:
    """Keep the rows as the button that was pressed arranges them, and go on."""
    act, _dash, place = request.POST.get("do", "save").partition("-")
    rows = _rearranged([form.row() for form in table.forms], act, int(place) if place.isdigit() else 0)
    try:
        steps = steps_of_rows(rows)
    except FollowingUnclear as refusal:
        sentence = _("Không đọc được bước tiếp theo “%(text)s”.") % {"text": refusal.text}
        return _shown(request, officer, page, table, [sentence], status=422)
    save_process_draft(workflow=page.workflow, steps=steps, actor=officer.user, at=officer.at)
    is_saved = act == "save"
    if is_saved:
        messages.success(request, _("Đã lưu bảng các bước."))
    there = "workspace:process" if is_saved else "workspace:edit-process"
    return redirect(there, procedure=page.workflow.procedure.code, number=page.workflow.number)


@officers_only
def take_file(request: HttpRequest, officer: Officer, procedure: str, number: int) -> HttpResponseBase:
    """Fill a draft from a file; what could not be read is named. Who comes by the address lands on the table."""
    page = page_of(officer, procedure, number)
    if request.method != "POST":
        return redirect("workspace:edit-process", procedure=procedure, number=number)
    refused = _refusal(request, officer, page)
    if refused:
        return refused
    form = ImportForm(request.POST, request.FILES)
    table = step_table(initial=initial_rows(page.steps))
    if not form.is_valid() or form.cleaned_data["file"].size > _LARGEST_FILE:
        sentence = _("Hãy chọn một tệp XLSX hoặc BPMN, không quá 5 MB.")
        return _shown(request, officer, page, table, [sentence], status=422)
    try:
        reading = read_process(form.cleaned_data["file"].read())
        steps = steps_of_rows(reading.rows)
    except (FileUnreadable, FollowingUnclear):
        sentence = _("Không tìm thấy bảng các bước trong tệp này.")
        return _shown(request, officer, page, table, [sentence], status=422)
    save_process_draft(workflow=page.workflow, steps=steps, actor=officer.user, at=officer.at)
    messages.success(request, _("Đã đọc %(count)s bước từ tệp.") % {"count": len(steps)})
    for problem in reading.problems:
        messages.warning(request, problem_in_words(problem))
    return redirect("workspace:edit-process", procedure=procedure, number=number)


def _refusal(request: HttpRequest, officer: Officer, page: ProcessPage) -> HttpResponseBase | None:
    if not page.may_draft:
        return closed(request, officer)
    if not page.is_draft:
        return shown(request, officer, page, _("Bản này không sửa được nữa: hãy soạn lần mới."), status=409)
    return None


def _rearranged(rows: list[TableRow], act: str, place: int) -> list[TableRow]:
    """Return the rows after the button that was pressed: a new row in that place, one moved up, or one gone."""
    if act == "add":
        return [*rows[:place], _new_row([row.step for row in rows]), *rows[place:]]
    if act == "up" and 0 < place < len(rows):
        return [*rows[: place - 1], rows[place], rows[place - 1], *rows[place + 1 :]]
    if act == "remove":
        return [*rows[:place], *rows[place + 1 :]]
    return rows


def _new_row(steps: Sequence[StepDefinition]) -> TableRow:
    codes = {step.code for step in steps}
    free = next(f"B{number}" for number in range(1, len(codes) + 2) if f"B{number}" not in codes)
    kind = StepKind.VERIFY
    step = StepDefinition(
        code=free, name=_("Bước mới"), kind=kind, role=ROLE_OF[kind], place=StepPlace.COMPETENT, hours=Decimal(4)
    )
    return TableRow(step, "")


def _shown(
    request: HttpRequest,
    officer: Officer,
    page: ProcessPage,
    table: StepTable,
    problems: Sequence[str] = (),
    *,
    status: int = 200,
) -> HttpResponseBase:
    faults = {} if table.is_bound else faults_of(page.flaws)
    rows = [(form, faults.get(str(form.initial.get("code", "")), ())) for form in table.forms]
    context = {
        "procedure": page.workflow.procedure,
        "number": page.workflow.number,
        "table": table,
        "rows": rows,
        "problems": [*problems, *([] if table.is_bound else map(str, general_faults(page.flaws)))],
        "file_form": ImportForm(),
        "picture": flow_picture(page.steps, frozenset(code for flaw in page.flaws for code in flaw.codes)),
    }
    return show(request, officer, "workspace/processes/edit.html", context, status=status)
