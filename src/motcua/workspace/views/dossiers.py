"""One dossier: its page, the papers handed in, the forms issued, the result."""

from urllib.parse import quote

from django.forms import Form
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404

from motcua.documents.models import IssuedDocument, StoredFile
from motcua.documents.storage import path_of
from motcua.dossiers.models import Dossier, Paper, Result
from motcua.dossiers.queries.beside import beside
from motcua.dossiers.queries.control_sheet import pdf_of_control_sheet
from motcua.dossiers.queries.issued_form import pdf_of
from motcua.ui.boxes import PAPER_POLICY
from motcua.workspace.beside import opened
from motcua.workspace.forms.beside import BesideForms
from motcua.workspace.frame import show
from motcua.workspace.officer import Officer, officers_only
from motcua.workspace.printed import whole_context


@officers_only
def dossier(request: HttpRequest, officer: Officer, code: str) -> HttpResponseBase:
    """Show everything about one dossier, and the acts open to the official."""
    return whole_page(request, officer, officer.dossier(code))


def whole_page(
    request: HttpRequest, officer: Officer, found: Dossier, typed: Form | None = None, *, status: int = 200
) -> HttpResponseBase:
    """Show the page of a dossier taken from `Officer.dossier`, with what was `typed` into a form beside it."""
    page = officer.page(found)
    forms = BesideForms(typed)
    context = {
        **whole_context(page, officer.life(page.dossier), officer.whole(page.dossier)),
        **opened(officer, page),
        "beside": beside(page.dossier, officer.user, officer.grants, at=officer.at),
        "beside_forms": forms,
        "form": forms.current,
    }
    return show(request, officer, "workspace/dossier.html", context, status=status)


@officers_only
def accepted(request: HttpRequest, officer: Officer, code: str) -> HttpResponseBase:
    """Show what to tell the applicant after acceptance: code, due moment, form 01."""
    found = officer.dossier(code)
    if found.accepted_at is None:
        raise Http404
    context = whole_context(officer.page(found), officer.life(found), officer.whole(found))
    return show(request, officer, "workspace/accepted.html", context)


@officers_only
def paper(request: HttpRequest, officer: Officer, code: str, position: int) -> HttpResponseBase:
    """Show the file of one paper."""
    papers = Paper.objects.select_related("file").filter(dossier=officer.dossier(code), file__isnull=False)
    return stored_file(get_object_or_404(papers, position=position).file)


@officers_only
def result(request: HttpRequest, officer: Officer, code: str) -> HttpResponseBase:
    """Show the result's file, the draft before it is signed."""
    results = Result.objects.select_related("file").filter(file__isnull=False)
    return stored_file(get_object_or_404(results, dossier=officer.dossier(code)).file)


@officers_only
def signed_draft(request: HttpRequest, officer: Officer, code: str) -> HttpResponseBase:
    """Show the file that was signed, which stays beside the stamped one."""
    results = Result.objects.select_related("signed_file").filter(signed_file__isnull=False)
    return stored_file(get_object_or_404(results, dossier=officer.dossier(code)).signed_file)


@officers_only
def life_file(request: HttpRequest, officer: Officer, code: str, kind: str, pk: int) -> HttpResponseBase:
    """Show the letter of an opinion or of a leg, the minutes of a check, or the wrong result that was put right."""
    dossier = officer.dossier(code)
    if kind == "y-kien":
        return stored_file(get_object_or_404(dossier.consultations.select_related("file"), pk=pk).file)
    if kind == "bien-ban":
        return stored_file(get_object_or_404(dossier.verifications.select_related("file"), pk=pk).file)
    if kind == "phoi-hop":
        return stored_file(get_object_or_404(dossier.steps.select_related("file"), pk=pk).file)
    if kind == "ban-sai":
        return stored_file(get_object_or_404(dossier.corrections.select_related("wrong_file"), pk=pk).wrong_file)
    raise Http404


@officers_only
def issued_form(request: HttpRequest, officer: Officer, code: str, pk: int) -> HttpResponseBase:
    """Show one form the desk issued about the dossier."""
    reference = officer.dossier(code).reference
    form = get_object_or_404(IssuedDocument, pk=pk, subject=reference)
    answer = HttpResponse(pdf_of(form.pk, reference), content_type="application/pdf")
    return boxed(answer, f"{form.data['number']}.pdf".replace("/", "-"))


@officers_only
def control_sheet(request: HttpRequest, officer: Officer, code: str) -> HttpResponseBase:
    """Show who gave the dossier to whom and when, as the record stands now."""
    found = officer.dossier(code)
    if found.accepted_at is None:
        raise Http404
    drawn = pdf_of_control_sheet(found, officer.user, at=officer.at)
    return boxed(HttpResponse(drawn, content_type="application/pdf"), f"phieu-kiem-soat-{found.public_code}.pdf")


def stored_file(file: StoredFile | None) -> HttpResponseBase:
    """Send a kept file to be shown in the browser, boxed in."""
    if file is None:
        raise Http404
    answer = FileResponse(path_of(file.sha256).open("rb"), content_type=file.media_type)
    return boxed(answer, file.original_name)


def boxed(answer: HttpResponseBase, name: str) -> HttpResponseBase:
    """Have a file called `name` shown in the browser, where nothing in it can act, and kept by no cache."""
    answer.headers["Content-Disposition"] = f"inline; filename*=UTF-8''{quote(name, safe='')}"
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["X-Frame-Options"] = "SAMEORIGIN"
    answer.headers["Content-Security-Policy"] = PAPER_POLICY
    answer.headers["Cache-Control"] = "private, no-store"
    return answer
