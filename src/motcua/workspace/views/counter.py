"""The counter: pick a procedure, take the application down, print what was taken."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from motcua.catalogue.models import Offering, ProcedureVersion
from motcua.catalogue.queries import offering_at
from motcua.dossiers.commands.file_at_counter import NotOffered, file_at_counter
from motcua.dossiers.queries.counter import offered_at, version_asked
from motcua.rules.permissions import NotPermitted, Role, may_file_at
from motcua.rules.transitions import Action
from motcua.workspace.forms.counter import CounterForm
from motcua.workspace.frame import show, typed_before
from motcua.workspace.officer import Officer, officers_only
from motcua.workspace.printed import dossier_context
from motcua.workspace.refusals import REFUSALS, told
from motcua.workspace.uploads import uploads_of


@officers_only
def pick(request: HttpRequest, officer: Officer) -> HttpResponseBase:
    """Show what the official's desks can take, searched or all."""
    desks = officer.units(Role.RECEPTION_OFFICER)
    if not desks:
        return _refused(request, officer, NotPermitted(Action.SUBMIT))
    text = request.GET.get("q", "")
    offered = [(desk, offered_at(desk, on=officer.today, text=text)) for desk in desks]
    context = {"offered": offered, "text": text, "count": sum(len(choices) for _desk, choices in offered)}
    return show(request, officer, "workspace/counter/pick.html", context, part="workspace/parts/offered.html")


@officers_only
def take_down(request: HttpRequest, officer: Officer, desk: str, procedure: str, competent: str) -> HttpResponseBase:
    """Take one application down, and go on to its acceptance."""
    try:
        offering, version = _asked(officer, desk, procedure, competent)
    except (NotOffered, NotPermitted) as refusal:
        return _refused(request, officer, refusal)
    form = _form(request, officer, version)
    if request.method != "POST" or not form.is_valid():
        return _shown(request, officer, offering, form)
    try:
        dossier = file_at_counter(offering=offering, filing=form.filing(), officer=officer.user, at=officer.at)
    except REFUSALS as refusal:
        form.add_error(None, told(refusal).sentence)
        return _shown(request, officer, offering, form)
    messages.success(request, _("Đã ghi nhận hồ sơ. Hãy kiểm tra giấy tờ rồi tiếp nhận, hoặc in phiếu cho người nộp."))
    return redirect("workspace:accept", code=dossier.public_code)


@officers_only
def slip(request: HttpRequest, officer: Officer, code: str) -> HttpResponseBase:
    """Print what was taken at the counter, with the code and the PIN for the applicant."""
    dossier = officer.dossier(code)
    if not may_file_at(dossier.receiving_unit_id, officer.grants, on=officer.today):
        return _refused(request, officer, NotPermitted(Action.SUBMIT))
    return show(request, officer, "workspace/counter/slip.html", dossier_context(officer.page(dossier)))


def _asked(officer: Officer, desk: str, procedure: str, competent: str) -> tuple[Offering, ProcedureVersion]:
    """Return what is offered there and what it asks; raises `NotPermitted`, and `NotOffered` for what once was."""
    try:
        offering = offering_at(procedure, desk, competent, officer.today)
    except Offering.DoesNotExist as unknown:
        codes = {"receiving_unit__code": desk, "procedure__code": procedure, "competent_unit__code": competent}
        if not Offering.objects.filter(**codes).exists():
            raise Http404 from unknown
        raise NotOffered(procedure) from unknown
    if not may_file_at(offering.receiving_unit_id, officer.grants, on=officer.today):
        raise NotPermitted(Action.SUBMIT)
    version = version_asked(offering, officer.today)
    if version is None:
        raise NotOffered(procedure)
    return offering, version


def _form(request: HttpRequest, officer: Officer, version: ProcedureVersion) -> CounterForm:
    papers = sorted((paper for paper in version.papers.all() if not paper.is_note), key=lambda paper: paper.position)
    if request.method != "POST":
        return CounterForm(version=version, papers=papers, initial=typed_before(request))
    return CounterForm(request.POST, version=version, papers=papers, uploads=uploads_of(request, officer))


def _shown(request: HttpRequest, officer: Officer, offering: Offering, form: CounterForm) -> HttpResponseBase:
    context = {"offering": offering, "form": form}
    status = 422 if form.errors else 200
    return show(request, officer, "workspace/counter/take_down.html", context, status=status)


def _refused(request: HttpRequest, officer: Officer, refusal: Exception) -> HttpResponseBase:
    said = told(refusal)
    return show(request, officer, "workspace/closed.html", {"sentence": said.sentence}, status=said.status)
