"""Internal processes on screen: versions, the step table of a draft, the chairman's decision (B-29)."""

from collections.abc import Sequence

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from motcua.catalogue.commands import process_drafts
from motcua.catalogue.commands.process_drafts import MayNotKeepProcesses, NotADraft, WorkflowUnsound
from motcua.catalogue.facts import process_offices
from motcua.catalogue.models import Procedure, Workflow
from motcua.catalogue.process_bpmn import write_bpmn
from motcua.catalogue.process_pages import ProcessPage, process_page, processes, versions
from motcua.catalogue.process_sheets import write_sheet
from motcua.organisations.models import Unit
from motcua.rules.entrusting_processes import ProcessAct, may_keep_process
from motcua.workspace.flow_picture import flow_picture
from motcua.workspace.forms.processes import ApproveProcessForm, GiveProcessBackForm
from motcua.workspace.frame import show
from motcua.workspace.officer import Officer, officers_only
from motcua.workspace.printed_process import change_in_words, faults_of, general_faults, standing_of, step_lines

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@officers_only
def every(request: HttpRequest, officer: Officer) -> HttpResponseBase:
    """Show the procedures with how many processes each has, searched or all."""
    text = request.GET.get("q", "")
    context = {"text": text, "lines": processes(text, officer.today)}
    return show(request, officer, "workspace/processes/list.html", context)


@officers_only
def of_procedure(request: HttpRequest, officer: Officer, procedure: str) -> HttpResponseBase:
    """Show every version of a procedure's process, and begin the next one."""
    found = get_object_or_404(Procedure, code=procedure)
    offices = process_offices(found, [None, *_competent(found)], officer.today)
    own = [
        unit
        for unit, office in offices.items()
        if may_keep_process(ProcessAct.DRAFT, office, officer.grants, on=officer.today)
    ]
    context = {"procedure": found, "lines": versions(found), "units": [unit for unit in own if unit] if own else None}
    if request.method != "POST":
        return show(request, officer, "workspace/processes/versions.html", context)
    unit = get_object_or_404(Unit, code=request.POST["unit"]) if request.POST.get("unit") else None
    try:
        draft = process_drafts.start_process_draft(procedure=found, unit=unit, actor=officer.user, at=officer.at)
    except process_drafts.DraftUnderWay as refusal:
        context["sentence"] = _("Lần %(number)s đang soạn cho nơi này: hãy sửa tiếp lần ấy.") % {
            "number": refusal.number
        }
        return show(request, officer, "workspace/processes/versions.html", context, status=409)
    except MayNotKeepProcesses:
        return closed(request, officer)
    return redirect("workspace:edit-process", procedure=procedure, number=draft.number)


@officers_only
def version(request: HttpRequest, officer: Officer, procedure: str, number: int) -> HttpResponseBase:
    """Show one version: the picture, the table, what is wrong with a draft, what changed."""
    return shown(request, officer, page_of(officer, procedure, number))


@officers_only
def submit(request: HttpRequest, officer: Officer, procedure: str, number: int) -> HttpResponseBase:
    """Lay a draft before the chairman; who comes by the address lands on its page."""
    page = page_of(officer, procedure, number)
    if request.method != "POST":
        return redirect("workspace:process", procedure=procedure, number=number)
    try:
        process_drafts.submit_process(workflow=page.workflow, actor=officer.user, at=officer.at)
    except MayNotKeepProcesses:
        return closed(request, officer)
    except (NotADraft, WorkflowUnsound):
        return shown(request, officer, page, _("Bản này chưa trình được: xem các chỗ cần sửa."), status=409)
    messages.success(request, _("Đã trình lãnh đạo phê duyệt."))
    return redirect("workspace:process", procedure=procedure, number=number)


@officers_only
def approve(request: HttpRequest, officer: Officer, procedure: str, number: int) -> HttpResponseBase:
    """Approve a process from a day on, or give it back."""
    page = page_of(officer, procedure, number)
    if not page.may_approve:
        return closed(request, officer)
    if not page.waits:
        return shown(request, officer, page, _("Bản này không chờ phê duyệt."), status=409)
    is_back = request.POST.get("do") == "back"
    form = ApproveProcessForm(None if is_back else request.POST or None, initial={"valid_from": officer.today})
    back_form = GiveProcessBackForm(request.POST if is_back else None)
    done = _decided(officer, page, form, back_form)
    if done:
        messages.success(request, done)
        return redirect("workspace:process", procedure=procedure, number=number)
    context = {
        "procedure": page.workflow.procedure,
        "page": page,
        "standing": standing_of(page),
        "form": form,
        "back_form": back_form,
    }
    status = 422 if form.errors or back_form.errors else 200
    return show(request, officer, "workspace/processes/approve.html", context, status=status)


@officers_only
def sheet(request: HttpRequest, officer: Officer, procedure: str, number: int) -> HttpResponseBase:
    """Hand the table out as officials know it."""
    page = page_of(officer, procedure, number)
    answer = HttpResponse(write_sheet(page.workflow.procedure.title, page.steps), content_type=XLSX)
    answer.headers["Content-Disposition"] = f'attachment; filename="quy-trinh-{procedure}-{number}.xlsx"'
    return answer


@officers_only
def drawing(request: HttpRequest, officer: Officer, procedure: str, number: int) -> HttpResponseBase:
    """Hand an approved process, or a sound draft, out as BPMN; a flawed one has no drawing."""
    page = page_of(officer, procedure, number)
    if page.flaws or not page.steps:
        return shown(request, officer, page, _("Quy trình còn chỗ cần sửa nên chưa xuất được BPMN."), status=409)
    answer = HttpResponse(write_bpmn(page.workflow.procedure.title, page.steps), content_type="application/xml")
    answer.headers["Content-Disposition"] = f'attachment; filename="quy-trinh-{procedure}-{number}.bpmn"'
    return answer


def page_of(officer: Officer, procedure: str, number: int) -> ProcessPage:
    """Return the page of a version; one that there is not is not found."""
    try:
        return process_page(procedure, number, officer.user, on=officer.today)
    except Workflow.DoesNotExist:
        raise Http404 from None


def shown(
    request: HttpRequest, officer: Officer, page: ProcessPage, sentence: str = "", *, status: int = 200
) -> HttpResponseBase:
    """Answer with the page of a version."""
    marked = frozenset(code for flaw in page.flaws for code in flaw.codes)
    context = {
        "page": page,
        "procedure": page.workflow.procedure,
        "standing": standing_of(page),
        "sentence": sentence,
        "general_faults": general_faults(page.flaws),
        "picture": flow_picture(page.steps, marked),
        "lines": step_lines(page.steps, faults_of(page.flaws)),
        "changes": [change_in_words(change) for change in page.differences],
    }
    return show(request, officer, "workspace/processes/process.html", context, status=status)


def closed(request: HttpRequest, officer: Officer) -> HttpResponseBase:
    """Say that only who controls procedures writes processes, and only the chairman approves them."""
    sentence = _("Chỉ cán bộ kiểm soát thủ tục soạn quy trình, và lãnh đạo cơ quan phê duyệt.")
    return show(request, officer, "workspace/closed.html", {"sentence": sentence}, status=403)


def _decided(officer: Officer, page: ProcessPage, form: ApproveProcessForm, back_form: GiveProcessBackForm) -> str:
    """Do what the chairman decided and return what to say; empty when nothing was done."""
    workflow, actor, at = page.workflow, officer.user, officer.at
    if back_form.is_bound and back_form.is_valid():
        reason = back_form.cleaned_data["reason"]
        process_drafts.give_process_back(workflow=workflow, reason=reason, actor=actor, at=at)
        return _("Đã trả lại để sửa.")
    if not form.is_bound or not form.is_valid():
        return ""
    typed = form.cleaned_data
    try:
        process_drafts.approve_process(
            workflow=workflow, decision_no=typed["decision_no"], valid_from=typed["valid_from"], actor=actor, at=at
        )
    except process_drafts.FirstDayTooEarly as refusal:
        earliest = f"{refusal.earliest:%d/%m/%Y}"
        form.add_error("valid_from", _("Sớm nhất là ngày %(day)s.") % {"day": earliest})
        return ""
    except WorkflowUnsound:
        form.add_error(None, _("Quy trình không còn đúng: hãy trả lại để sửa."))
        return ""
    return _("Đã phê duyệt quy trình.")


def _competent(procedure: Procedure) -> Sequence[Unit]:
    units = Unit.objects.filter(competences__procedure=procedure, competences__valid_until=None)
    return list(units.distinct().order_by("sort_key", "code"))
